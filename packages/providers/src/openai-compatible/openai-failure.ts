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

/** What a server of this family answered in place of an answer. */
export interface OpenAiFailureInput {
  /** For the sentence: `OpenRouter`. */
  readonly providerName: string
  /** HTTP status, or the code an error in the middle of a stream gave. */
  readonly status: number | undefined
  readonly headers: Headers | undefined
  /** The body, or the data of the event: an object with `error`, or whatever the server sends instead. */
  readonly body: unknown
  readonly nowMs: number
  /** The key that was used: it is taken out of what the provider says. */
  readonly secret?: string | undefined
}

/** Turns an answer into a failure. Pure; the only place of this family that looks at a status. */
export function openAiFailure(input: OpenAiFailureInput): ProviderFailure {
  const error = errorOf(input.body) ?? {}
  const facts = factsOf(input, error)
  const kind = kindOf(facts)
  return {
    kind,
    message: failureSentence({ ...input, kind, message: facts.message }),
    status: facts.status,
    retryAfterMs: retryAfterOf({ ...input, error, isRateLimited: kind === 'rate-limited' }),
    providerCode: facts.code === '' ? undefined : facts.code,
  }
}

function factsOf({ status, body }: OpenAiFailureInput, error: JsonObject): Facts {
  const metadata = asObject(error['metadata']) ?? {}
  return {
    status: status ?? statusIn(error),
    code: asText(error['code']) ?? asText(error['type']) ?? '',
    errorType: asText(metadata['error_type']) ?? '',
    message: messageOf(body, error),
    isUpstream: metadata['raw'] !== undefined || isProviderReturned(error),
  }
}

interface Facts {
  readonly status: number | undefined
  /** OpenAI's `code`, else `type`. */
  readonly code: string
  /** OpenRouter's vocabulary. */
  readonly errorType: string
  readonly message: string
  /** An aggregator passes on somebody else's failure. */
  readonly isUpstream: boolean
}

function kindOf(facts: Facts): FailureKind {
  // First, because a model without the feature is `not_found` at OpenRouter.
  if (saysItLacksFeature(facts.message, facts.status)) return 'model-unfit'
  return ERROR_TYPES[facts.errorType] ?? CODES[facts.code] ?? byMessage(facts) ?? byStatus(facts)
}

/** OpenRouter's `metadata.error_type`. */
const ERROR_TYPES: Readonly<Record<string, FailureKind>> = Object.freeze({
  context_length_exceeded: 'context-too-long',
  token_limit_exceeded: 'context-too-long',
  string_too_long: 'context-too-long',
  authentication: 'credentials',
  permission_denied: 'credentials',
  rate_limit_exceeded: 'rate-limited',
  provider_overloaded: 'overloaded',
  provider_unavailable: 'unavailable',
  content_policy_violation: 'content-filtered',
  refusal: 'content-filtered',
  invalid_request: 'invalid-request',
  invalid_prompt: 'invalid-request',
  max_tokens_exceeded: 'invalid-request',
  payload_too_large: 'context-too-long',
  unprocessable: 'invalid-request',
  precondition_failed: 'invalid-request',
  invalid_image: 'invalid-request',
  image_too_large: 'invalid-request',
  image_too_small: 'invalid-request',
  unsupported_image_format: 'invalid-request',
  image_not_found: 'invalid-request',
  image_download_failed: 'invalid-request',
  not_found: 'model-gone',
  server: 'unavailable',
  timeout: 'unavailable',
})

/** OpenAI's codes and types, and those of servers that copy it. */
const CODES: Readonly<Record<string, FailureKind>> = Object.freeze({
  insufficient_quota: 'payment',
  billing_not_active: 'payment',
  billing_hard_limit_reached: 'payment',
  context_length_exceeded: 'context-too-long',
  string_above_max_length: 'context-too-long',
  invalid_api_key: 'credentials',
  account_deactivated: 'credentials',
  model_not_found: 'model-gone',
  model_decommissioned: 'model-gone',
  invalid_model: 'model-gone',
  content_filter: 'content-filtered',
  content_policy_violation: 'content-filtered',
  rate_limit_exceeded: 'rate-limited',
  server_overloaded: 'overloaded',
  server_error: 'unavailable',
  service_unavailable: 'overloaded',
  // Reasons to finish that say that the answer was broken off.
  insufficient_system_resource: 'overloaded',
  network_error: 'unavailable',
  timeout: 'unavailable',
  abort: 'truncated',
  aborted: 'truncated',
  cancelled: 'truncated',
})

/** Sentences that mean more than their status. */
const MESSAGES: readonly (readonly [RegExp, FailureKind])[] = [
  [
    /context (?:length|window|size)|too many tokens|(?:prompt|input) is too long|input length exceeds/i,
    'context-too-long',
  ],
  [
    /insufficient (?:balance|quota|credits)|credit balance is too low|exceeded your current quota.*billing/i,
    'payment',
  ],
  // The key is good; it is the model that may not be used with it.
  [/no endpoints found|not a valid model|not approved for your/i, 'model-gone'],
  [/flagged by|content (?:filter|management policy)/i, 'content-filtered'],
  [/overloaded/i, 'overloaded'],
  // In the middle of a stream Requesty says no more than this.
  [/rate limit|too many requests/i, 'rate-limited'],
]

function byMessage({ message, status }: Facts): FailureKind | undefined {
  if (status === 402 || status === 401) return undefined
  return MESSAGES.find(([pattern]) => pattern.test(message))?.[1]
}

function byStatus({ status, isUpstream }: Facts): FailureKind {
  if (status === 402) return isUpstream ? 'payment-upstream' : 'payment'
  if (status === undefined) return isUpstream ? 'unavailable' : 'unknown'
  return kindOfStatus(status, OWN_STATUSES)
}

/** What some hosts of this family mean by a status. */
const OWN_STATUSES: Readonly<Record<number, FailureKind>> = Object.freeze({
  412: 'payment',
  424: 'unavailable',
  425: 'unavailable',
  498: 'overloaded',
})

/** `{ error: {…} }`, `{ error: 'text' }`, `{ detail }`, a flat `{ object: 'error' }`, or text. */
function errorOf(body: unknown): JsonObject | undefined {
  const object = asObject(body)
  return asObject(object?.['error']) ?? object
}

function messageOf(body: unknown, error: JsonObject | undefined): string {
  const object = asObject(body)
  const raw = asText(asObject(error?.['metadata'])?.['raw'])
  const plain =
    asText(error?.['message']) ?? asText(object?.['error']) ?? detailOf(object?.['detail'])
  return [plain, raw].filter((text) => text !== undefined).join(': ') || (asText(body) ?? '')
}

/** Text, or what a server checked field by field; only what is wrong, never the value that was sent. */
function detailOf(detail: unknown): string | undefined {
  const found = (asList(detail) ?? []).map((one) => asText(asObject(one)?.['msg']) ?? '')
  return asText(detail) ?? asText(found.filter((text) => text !== '').join('; '))
}

function statusIn(error: JsonObject | undefined): number | undefined {
  const code = error?.['code'] ?? error?.['status']
  return typeof code === 'number' && code >= 100 && code < 600 ? code : undefined
}

function isProviderReturned(error: JsonObject | undefined): boolean {
  return (
    asText(error?.['message']) === 'Provider returned error' || error?.['origin'] === 'provider'
  )
}
