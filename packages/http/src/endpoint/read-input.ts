import { ImrsError, parseBody } from '@imrs/core'
import { z } from 'zod'

import type { Endpoint } from './endpoint.ts'
import { readJson } from './read-json.ts'

/** The parts of a request, checked. */
export interface Input {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

export interface InputLimits {
  readonly maxBodyBytes: number
  readonly maxQueryBytes: number
}

const NO_QUERY = z.strictObject({})

/** The most names a query may have, repeated ones among them. */
const MAX_QUERY_VALUES = 100

/**
 * Checks path, query and body against the endpoint's schemas; nothing that is not in them is read.
 *
 * @throws ImrsError `invalid-request` that names the first field that is wrong; `payload-too-large`.
 */
export async function readInput(
  request: Request,
  spec: Pick<Endpoint, 'params' | 'query' | 'body'>,
  { params, limits }: { readonly params: Record<string, string>; readonly limits: InputLimits },
): Promise<Input> {
  return {
    params: spec.params && parseBody(spec.params, withoutNul(params), 'path'),
    query: parseBody(spec.query ?? NO_QUERY, queryOf(request.url, limits.maxQueryBytes), 'query'),
    body: spec.body && parseBody(spec.body, await readJson(request, limits.maxBodyBytes)),
  }
}

/** A name that is repeated gives a list. */
function queryOf(url: string, maxBytes: number): Record<string, string | string[]> {
  const { search, searchParams } = new URL(url)
  if (search.length > maxBytes) {
    throw new ImrsError('invalid-request', `The query must not be longer than ${maxBytes} bytes.`)
  }
  const query: Record<string, string | string[]> = Object.create(null) as Record<string, string>
  let count = 0
  for (const [name, value] of searchParams) {
    count += 1
    if (count > MAX_QUERY_VALUES) {
      throw new ImrsError(
        'invalid-request',
        `The query must not have more than ${MAX_QUERY_VALUES} values.`,
      )
    }
    assertNoNul(name, value)
    const earlier = query[name]
    query[name] = earlier === undefined ? value : [earlier, value].flat()
  }
  return query
}

function withoutNul(params: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(params)) assertNoNul(name, value)
  return params
}

/** Databases take no NUL in text. */
function assertNoNul(name: string, value: string): void {
  if (!value.includes('\0')) return
  throw new ImrsError('invalid-request', `\`${name.slice(0, 100)}\`: must not hold NUL`, {
    field: name.slice(0, 100),
  })
}
