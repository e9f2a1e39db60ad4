import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

import type { ReceivedRecord } from './received-record.ts'

export const SINK_KINDS = ['somabrain', 'webhook'] as const
export type SinkKind = (typeof SINK_KINDS)[number]

/** One request as it came. */
export interface SinkCall {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export type SinkJudgement =
  | { readonly kind: 'good'; readonly record: ReceivedRecord }
  | { readonly kind: 'bad'; readonly status: number; readonly detail: string }

export interface SinkProtocol {
  readonly judge: (
    call: SinkCall,
    context: { readonly secret: string; readonly nowMs: number },
  ) => SinkJudgement
  /** What it says of a record that it took. */
  readonly answer: string
}

const TOLERANCE_S = 300

/** As SomaBrain says of itself: `POST /context/feedback`, a bearer token, the tenant in a header. */
const somaBrain: SinkProtocol = {
  answer: JSON.stringify({ accepted: true, adaptation_applied: true, elapsed_ms: 1.5 }),
  judge: ({ method, path, headers, text }, { secret }) => {
    if (method !== 'POST' || path !== '/context/feedback') return bad(404, 'Not Found')
    if (headers.authorization !== `Bearer ${secret}`) return bad(401, 'invalid token')
    const tenantId = textOf(headers['x-tenant-id'])
    if (tenantId === '') return bad(400, 'X-Tenant-ID is missing')
    const body = objectOf(text)
    if (body === undefined) return bad(422, 'no JSON object')
    for (const field of ['session_id', 'query', 'prompt', 'response_text']) {
      if (typeof body[field] !== 'string') return bad(422, `${field}: str type expected`)
    }
    for (const field of ['utility', 'reward']) {
      const value = body[field]
      if (typeof value !== 'number' || !(value >= 0 && value <= 1))
        return bad(422, `${field}: 0 to 1`)
    }
    return good({ id: textOf(headers['idempotency-key']), tenantId, body })
  },
}

/** As the Standard Webhooks specification tells receivers to check what comes. */
const webhook: SinkProtocol = {
  answer: '',
  judge: ({ method, headers, text }, { secret, nowMs }) => {
    if (method !== 'POST') return bad(405, 'Method Not Allowed')
    const id = textOf(headers['webhook-id'])
    const timestamp = textOf(headers['webhook-timestamp'])
    if (Math.abs(Number(timestamp) - nowMs / 1000) > TOLERANCE_S) return bad(401, 'too old')
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${text}`).digest()
    const isSigned = textOf(headers['webhook-signature'])
      .split(' ')
      .some((signature) => isSame(signature, expected))
    if (!isSigned) return bad(401, 'the signature does not fit')
    const body = objectOf(text)
    const data = body?.['data']
    const hasData = typeof data === 'object' && data !== null
    if (body === undefined || !hasData) return bad(422, 'no event')
    // What is about the whole host names no tenant.
    const tenantId = 'tenant_id' in data ? String(data.tenant_id) : ''
    return good({ id, tenantId, body })
  },
}

export const SINK_PROTOCOLS: Readonly<Record<SinkKind, SinkProtocol>> = {
  somabrain: somaBrain,
  webhook,
}

function isSame(signature: string, expected: Buffer): boolean {
  const [version, value = ''] = signature.split(',')
  const given = Buffer.from(value, 'base64')
  return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
}

function good(record: ReceivedRecord): SinkJudgement {
  return { kind: 'good', record }
}

function bad(status: number, detail: string): SinkJudgement {
  return { kind: 'bad', status, detail }
}

function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value?.join(', ') ?? '')
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    // An object of JSON has text for keys.
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
