import fc from 'fast-check'
import { expect } from 'vitest'
import { z } from 'zod'

import { ERROR_CODES } from '@imrs/core'

import type { Endpoint } from '../endpoint/endpoint.ts'
import { endpointsOf } from '../endpoint/endpoints.ts'
import { resolveHttpOptions } from '../http-options.ts'
import { madeRequests } from './made-requests.ts'
import type { DescribedApi, MadeRequest } from './made-requests.ts'
import { bodyOf, openDoor, statedIdentity } from './open-door.ts'
import type { OpenDoor } from './open-door.ts'

const errorCode = z.enum(ERROR_CODES as [string, ...string[]])
const ERRORS = {
  imrs: z.strictObject({
    error: z.strictObject({
      code: errorCode,
      message: z.string().max(1500),
      field: z.string().optional(),
      request_id: z.string(),
      retry_after_ms: z.number().optional(),
    }),
  }),
  openai: z.strictObject({
    error: z.strictObject({
      message: z.string().max(1500),
      type: z.string(),
      param: z.string().nullable(),
      code: errorCode,
      request_id: z.string(),
    }),
  }),
}

/** What a run saw. */
export interface Seen {
  /** How often each operation answered with each status: `chat 200`. */
  readonly answers: ReadonlyMap<string, number>
  readonly operations: readonly string[]
}

/**
 * Asks a door for every operation, as its document describes them and with something wrong, and
 * expects of each answer: a documented status, a body of the documented form, and no failure inside.
 * A 5xx is only what the state of the router explains, by a code of 502 or 503 the endpoint names.
 */
export async function askEveryOperation(options: { readonly runs: number; readonly seed?: number }): Promise<Seen> {
  const rateLimits = { read: 1e9, write: 1e9, chat: 1e9, refresh: 1e9 }
  const door = await openDoor({ http: { rateLimits } })
  const api = await bodyOf<DescribedApi>(await door.send({ path: '/api/openapi.json' }))
  const resolved = resolveHttpOptions({ router: door.router, authentication: [statedIdentity] })
  const endpoints = new Map(endpointsOf(resolved).map((spec) => [spec.operationId, spec]))
  const answers = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(madeRequests(api), async (made) => {
      const status = await ask(door, made, { api, spec: endpoints.get(made.operationId) })
      const name = `${made.operationId} ${status}`
      answers.set(name, (answers.get(name) ?? 0) + 1)
    }),
    { numRuns: options.runs, ...(options.seed === undefined ? {} : { seed: options.seed }) },
  )
  return { answers, operations: [...endpoints.keys()] }
}

async function ask(
  door: OpenDoor,
  { operationId, sent }: MadeRequest,
  { api, spec }: { readonly api: DescribedApi; readonly spec: Endpoint | undefined },
): Promise<number> {
  if (spec === undefined) throw new Error(`There is no endpoint ${operationId}`)
  const response = await door.send(sent)
  const { status } = response
  const documented = Object.keys(api.paths[spec.path]?.[spec.method]?.responses ?? {})
  const text = await textOf(response)
  const seen = `${sent.method} ${sent.path} → ${status} ${text.slice(0, 300)}`
  expect(door.failures, seen).toEqual([])
  expect(documented, seen).toContain(String(status))
  if (status >= 400) {
    expect([502, 503].includes(status) || status < 500, seen).toBe(true)
    expectFits(ERRORS[spec.errorShape ?? 'imrs'], { text, seen })
    return status
  }
  expectDocumented(response, { spec, text, seen })
  return status
}

function expectDocumented(
  { status, headers }: Response,
  { spec, text, seen }: { readonly spec: Endpoint; readonly text: string; readonly seen: string },
): void {
  const { schema, contentType = 'application/json' } = spec.responses[status] ?? {}
  if (schema === undefined) return expect(text, seen).toBe('')
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') === true
  if (contentType === 'application/json' && !isStream) expectFits(schema, { text, seen })
}

/** The whole body; of a stream without an end, nothing. */
async function textOf(response: Response): Promise<string> {
  const isEndless = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  if (!isEndless) return response.text()
  await response.body?.cancel()
  return ''
}

/** What a schema leaves out was not documented. */
function expectFits(schema: z.ZodType, { text, seen }: { readonly text: string; readonly seen: string }): void {
  const body: unknown = JSON.parse(text)
  const parsed = schema.safeParse(body)
  expect(parsed.success ? [] : parsed.error.issues, seen).toEqual([])
  expect(parsed.data, seen).toEqual(body)
}
