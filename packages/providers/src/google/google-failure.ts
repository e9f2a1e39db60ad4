import {
  asList,
  asObject,
  asText,
  kindOfStatus,
  retryAfterOf,
  saysItLacksFeature,
} from '@imrs/core'
import type { FailureKind, JsonObject, ProviderFailure } from '@imrs/core'

import { failureSentence } from '../shared/failure-sentence.ts'

/** What the Gemini API answered in place of an answer. */
export interface GoogleFailureInput {
  /** For the sentence: `Google Gemini`. */
  readonly providerName: string
  /** HTTP status; `undefined` for an error in the middle of a stream. */
  readonly status: number | undefined
  readonly headers: Headers | undefined
  /** The body: `{ error: { code, message, status, details } }`, a list of one of these, or text. */
  readonly body: unknown
  readonly nowMs: number
  /** The key that was used: it is taken out of what the provider says. */
  readonly secret?: string | undefined
}

/** Turns an answer into a failure. Pure; the only place of this family that looks at a status. */
export function googleFailure(input: GoogleFailureInput): ProviderFailure {
  const error = errorOf(input.body)
  const status = statusIn(error) ?? input.status
  const code = reasonOf(error) ?? asText(error?.['status']) ?? ''
  const message = asText(error?.['message']) ?? ''
  const kind = kindOf({ status, code, message })
  const isRateLimited = kind === 'rate-limited'
  const retryAfterMs = retryAfterOf({ ...input, error, isRateLimited })
  return {
    kind,
    message: failureSentence({ ...input, kind, message }),
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(code === '' ? {} : { providerCode: code }),
  }
}

interface Facts {
  readonly status: number | undefined
  /** The reason of the `ErrorInfo`, else the canonical status. */
  readonly code: string
  readonly message: string
}

function kindOf(facts: Facts): FailureKind {
  return REASONS[facts.code] ?? byMessage(facts) ?? byStatus(facts)
}

/** `reason` of an `ErrorInfo`. A wrong key is a 400, which would say that the request is wrong. */
const REASONS: Readonly<Record<string, FailureKind>> = Object.freeze({
  API_KEY_INVALID: 'credentials',
  API_KEY_EXPIRED: 'credentials',
  API_KEY_SERVICE_BLOCKED: 'credentials',
  API_KEY_HTTP_REFERRER_BLOCKED: 'credentials',
  API_KEY_IP_ADDRESS_BLOCKED: 'credentials',
  ACCESS_TOKEN_EXPIRED: 'credentials',
  CONSUMER_SUSPENDED: 'credentials',
  SERVICE_DISABLED: 'credentials',
  BILLING_DISABLED: 'payment',
})

/** Sentences that mean more than their status. */
const MESSAGES: readonly (readonly [RegExp, FailureKind])[] = [
  [/api key (?:not valid|not found|expired)|pass a valid api key/i, 'credentials'],
  [/pre-?pa(?:y|id) credits?|credits? (?:are|is) (?:exhausted|depleted)/i, 'payment'],
  [
    /token count .{0,60}exceeds|exceeds? the (?:maximum|max) number of tokens|context (?:length|window)/i,
    'context-too-long',
  ],
  [/prompt was blocked|blocked (?:due to|because of)/i, 'content-filtered'],
  [/\boverloaded\b/i, 'overloaded'],
]

function byMessage({ message, status }: Facts): FailureKind | undefined {
  const said = MESSAGES.find(([pattern]) => pattern.test(message))?.[1]
  return said ?? (saysItLacksFeature(message, status) ? 'model-unfit' : undefined)
}

function byStatus({ status, code }: Facts): FailureKind {
  if (status === undefined) return CANONICAL[code] ?? 'unknown'
  return kindOfStatus(status)
}

/** The canonical statuses, for an error that comes without a number. */
const CANONICAL: Readonly<Record<string, FailureKind>> = Object.freeze({
  UNAUTHENTICATED: 'credentials',
  PERMISSION_DENIED: 'credentials',
  NOT_FOUND: 'model-gone',
  RESOURCE_EXHAUSTED: 'rate-limited',
  UNAVAILABLE: 'overloaded',
  INTERNAL: 'unavailable',
  DEADLINE_EXCEEDED: 'unavailable',
  INVALID_ARGUMENT: 'invalid-request',
  FAILED_PRECONDITION: 'invalid-request',
})

function errorOf(body: unknown): JsonObject | undefined {
  const object = asObject(asList(body)?.[0] ?? body)
  return asObject(object?.['error'])
}

function statusIn(error: JsonObject | undefined): number | undefined {
  const code = error?.['code']
  return typeof code === 'number' && code >= 400 && code < 600 ? code : undefined
}

function reasonOf(error: JsonObject | undefined): string | undefined {
  const reasons = (asList(error?.['details']) ?? []).map((detail) =>
    asText(asObject(detail)?.['reason']),
  )
  return reasons.find((reason) => reason !== undefined)
}
