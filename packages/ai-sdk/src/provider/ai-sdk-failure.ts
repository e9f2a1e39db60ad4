import {
  APICallError,
  EmptyResponseBodyError,
  InvalidArgumentError,
  InvalidPromptError,
  InvalidResponseDataError,
  JSONParseError,
  LoadAPIKeyError,
  NoContentGeneratedError,
  NoSuchModelError,
  TypeValidationError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider'
import type { FailureKind, JsonObject, ProviderFailure } from '@imrs/core'
import { ProviderError, redact, retryAfterOf } from '@imrs/core'

import { asObject } from '../shared/plain-json.ts'
import type { AiSdkCallContext } from './ai-sdk-chat.ts'
import { failureKindOf } from './failure-kind.ts'

type Context = Pick<AiSdkCallContext, 'provider' | 'runtime'>

/**
 * What a model of the AI SDK threw, or gave as an `error` part, as a failure of ours.
 *
 * The SDK's own errors are not kept as the cause: they hold the whole request, prompts included, and
 * what the provider answered, which may repeat a key. What broke the connection is.
 */
export function toProviderError(error: unknown, context: Context): ProviderError {
  if (ProviderError.is(error)) return error
  const { provider } = context
  const cause = asObject(error)?.['cause']
  return new ProviderError(toFailure(error, context), {
    providerId: provider.id,
    ...(cause instanceof Error && isNetworkError(cause) ? { cause } : {}),
  })
}

function toFailure(error: unknown, context: Context): ProviderFailure {
  const { displayName: name } = context.provider
  const known = KINDS.find(([type]) => type.isInstance(error))?.[1]
  if (known !== undefined) return { kind: known, message: sentence(name, known, '') }
  const reported = reportedIn(error)
  const status = statusOf(error, reported)
  if (status === undefined || status < 400) {
    const broken = brokenKind(error, { wasAnswered: status !== undefined })
    if (broken !== undefined && reported === undefined) {
      return { kind: broken, message: sentence(name, broken, '') }
    }
  }
  return answeredFailure(error, { ...context, reported, status })
}

interface Answered extends Context {
  readonly reported: Readonly<Record<string, unknown>> | undefined
  readonly status: number | undefined
}

function answeredFailure(
  error: unknown,
  { provider, runtime, reported, status }: Answered,
): ProviderFailure {
  const codes = [reported?.['code'], reported?.['type'], reported?.['status']].flatMap((code) =>
    typeof code === 'string' ? [code.toLowerCase()] : [],
  )
  const message = textOf(reported?.['message']) ?? textOf(asObject(error)?.['message']) ?? ''
  const kind = failureKindOf({ status, codes, message })
  const headers = APICallError.isInstance(error) ? Object.entries(error.responseHeaders ?? {}) : []
  return {
    kind,
    message: sentence(provider.displayName, kind, message),
    status,
    retryAfterMs: retryAfterOf({
      headers,
      // What the provider sent came as JSON, or in its place.
      error: reported as JsonObject | undefined,
      isRateLimited: kind === 'rate-limited',
      nowMs: runtime.now(),
    }),
    providerCode: codes[0],
  }
}

interface ErrorType {
  isInstance(error: unknown): boolean
}

/** The SDK's errors whose class says all there is to say. */
const KINDS: readonly (readonly [ErrorType, FailureKind])[] = [
  [LoadAPIKeyError, 'credentials'],
  [NoSuchModelError, 'model-gone'],
  [UnsupportedFunctionalityError, 'model-unfit'],
  [InvalidArgumentError, 'invalid-request'],
  [InvalidPromptError, 'invalid-request'],
  [EmptyResponseBodyError, 'empty'],
  [NoContentGeneratedError, 'empty'],
]

/** A failure without an answer that says it: nobody was reached, the line was cut, or it was no answer. */
function brokenKind(
  error: unknown,
  { wasAnswered }: { readonly wasAnswered: boolean },
): FailureKind | undefined {
  const chain = chainOf(error)
  if (APICallError.isInstance(error) && chain.some(isCutJson)) return 'truncated'
  if (chain.some(isUnreadable)) return 'malformed'
  if (chain.some(isNetworkError)) return wasAnswered ? 'truncated' : 'connect'
  return wasAnswered ? 'malformed' : undefined
}

/** An answer in one piece that ends in the middle. */
function isCutJson(error: unknown): boolean {
  return JSONParseError.isInstance(error) && /^\s*[{[][^]*[^}\]\s]\s*$/.test(error.text)
}

function isUnreadable(error: unknown): boolean {
  return (
    JSONParseError.isInstance(error) ||
    TypeValidationError.isInstance(error) ||
    InvalidResponseDataError.isInstance(error)
  )
}

/** What undici and Node throw for a connection. */
function isNetworkError(error: unknown): boolean {
  const code = asObject(error)?.['code']
  const isNamed = typeof code === 'string' && /^(?:E[A-Z]{3,}|UND_ERR_\w+|HPE_\w+)$/.test(code)
  return isNamed || (error instanceof TypeError && /fetch failed|terminated/.test(error.message))
}

/** The error and what caused it, at most five deep. */
function chainOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = []
  let current = error
  while (current !== undefined && current !== null && chain.length < 5) {
    chain.push(current)
    current = asObject(current)?.['cause']
  }
  return chain
}

/** The provider's own error object, wherever the SDK put it. */
function reportedIn(error: unknown): Readonly<Record<string, unknown>> | undefined {
  if (APICallError.isInstance(error)) {
    return (
      errorIn(error.data) ?? errorIn(parsed(error.responseBody)) ?? reportedInValue(error.cause)
    )
  }
  if (error instanceof Error) return reportedInValue(error)
  const given = asObject(error)
  return errorIn(given?.['data']) ?? errorIn(given) ?? given
}

/** An answer that was no answer, but an error under status 200. */
function reportedInValue(error: unknown): Readonly<Record<string, unknown>> | undefined {
  return TypeValidationError.isInstance(error) ? errorIn(error.value) : undefined
}

function errorIn(body: unknown): Readonly<Record<string, unknown>> | undefined {
  const first: unknown = Array.isArray(body) ? body[0] : body
  const error = asObject(first)?.['error']
  return typeof error === 'string' && error !== '' ? { message: error } : asObject(error)
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function statusOf(
  error: unknown,
  reported: Readonly<Record<string, unknown>> | undefined,
): number | undefined {
  const own = asObject(error)?.['statusCode']
  const isGood = typeof own === 'number' && own < 400
  const inBody = [reported?.['code'], reported?.['status'], reported?.['statusCode']].find(
    (code) => typeof code === 'number' && code >= 400 && code < 600,
  )
  if (typeof own === 'number' && !isGood) return own
  return typeof inBody === 'number' ? inBody : typeof own === 'number' ? own : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

const WORDS: Readonly<Partial<Record<FailureKind, string>>> = Object.freeze({
  'rate-limited': 'has had too many requests',
  overloaded: 'is overloaded',
  unavailable: 'is not available',
  connect: 'could not be reached',
  credentials: 'refused the key',
  payment: 'says that the account has no credit left',
  'context-too-long': 'says that the request is too long for this model',
  'content-filtered': 'refused to answer this',
  'model-gone': 'does not serve this model',
  'model-unfit': 'cannot do what the request needs with this model',
  'invalid-request': 'refused the request',
  truncated: 'broke off before the answer was complete',
  malformed: 'sent an answer that cannot be read',
  empty: 'sent no answer',
})

/** What happened in our words, and the provider's own where they cannot hold a key. */
function sentence(name: string, kind: FailureKind, message: string): string {
  const ours = `${name} ${WORDS[kind] ?? 'failed'}`
  return kind === 'credentials' || message === '' ? `${ours}.` : `${ours}: ${redact(message)}`
}
