import { asObject, asText, kindOfStatus, retryAfterOf, saysItLacksFeature } from '@imrs/core'
import type { FailureKind, ProviderFailure } from '@imrs/core'

import { failureSentence } from '../shared/failure-sentence.ts'

/** What the Anthropic API answered in place of an answer. */
export interface AnthropicFailureInput {
  /** For the sentence: `Anthropic`. */
  readonly providerName: string
  /** HTTP status; `undefined` for an error in the middle of a stream. */
  readonly status: number | undefined
  readonly headers: Headers | undefined
  /** The body: `{ type: 'error', error: { type, message } }`, or text. */
  readonly body: unknown
  readonly nowMs: number
  /** The key that was used: it is taken out of what the provider says. */
  readonly secret?: string | undefined
}

/** Turns an answer into a failure. Pure; the only place of this family that looks at a status. */
export function anthropicFailure(input: AnthropicFailureInput): ProviderFailure {
  const { status, headers, body, nowMs, providerName, secret } = input
  const error = asObject(asObject(body)?.['error'])
  const code = asText(error?.['type']) ?? ''
  const message = asText(error?.['message']) ?? ''
  const kind = kindOf({ status, code, message })
  return {
    kind,
    message: failureSentence({ providerName, kind, message, secret }),
    status,
    retryAfterMs: retryAfterOf({ headers, error, nowMs, isRateLimited: kind === 'rate-limited' }),
    providerCode: code === '' ? undefined : code,
  }
}

interface Facts {
  readonly status: number | undefined
  readonly code: string
  readonly message: string
}

function kindOf(facts: Facts): FailureKind {
  return byMessage(facts) ?? byType(facts) ?? byStatus(facts.status)
}

/** `invalid_request_error` says many things; these mean more than that the request is wrong. */
const MESSAGES: readonly (readonly [RegExp, FailureKind])[] = [
  [
    /prompt is too long|exceeds? (?:the )?(?:context|model'?s? context|maximum context)|context (?:limit|window)/i,
    'context-too-long',
  ],
  [
    /credit balance is too low|usage limits?\b.{0,40}exceeded|reached your .{0,20}usage limits?/i,
    'payment',
  ],
  [/content filtering policy/i, 'content-filtered'],
]

const VAGUE_TYPES: ReadonlySet<string> = new Set(['', 'invalid_request_error', 'api_error'])

function byMessage({ status, code, message }: Facts): FailureKind | undefined {
  if (!VAGUE_TYPES.has(code)) return undefined
  const said = MESSAGES.find(([pattern]) => pattern.test(message))?.[1]
  return said ?? (saysItLacksFeature(message, status) ? 'model-unfit' : undefined)
}

/** `error.type`. */
const TYPES: Readonly<Record<string, FailureKind>> = Object.freeze({
  invalid_request_error: 'invalid-request',
  authentication_error: 'credentials',
  permission_error: 'credentials',
  billing_error: 'payment',
  not_found_error: 'model-gone',
  request_too_large: 'context-too-long',
  rate_limit_error: 'rate-limited',
  api_error: 'unavailable',
  timeout_error: 'unavailable',
  overloaded_error: 'overloaded',
})

/** A status below 500 that has no type of its own comes with the one of bad requests. */
function byType({ status = 400, code }: Facts): FailureKind | undefined {
  return code === 'invalid_request_error' && status !== 400 ? undefined : TYPES[code]
}

function byStatus(status: number | undefined): FailureKind {
  if (status === undefined) return 'unknown'
  return kindOfStatus(status)
}
