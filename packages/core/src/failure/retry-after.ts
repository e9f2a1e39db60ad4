import { asList, asObject, asText } from '../foreign-json.ts'
import type { JsonObject } from '../json.ts'

/** Longer than this nobody waits; the provider means "not today". */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000

/** What a failure says about when to come back. */
export interface RetryAfterSource {
  /** Names and values, as `Headers` gives them; the case of names does not matter. */
  readonly headers: Iterable<readonly [string, string]> | undefined
  /** The `error` of the body. */
  readonly error: JsonObject | undefined
  /**
   * Too many requests: then what the provider says of its limits counts, too. In any other failure
   * those headers come along and mean nothing.
   */
  readonly isRateLimited: boolean
  /** When the answer came. */
  readonly nowMs: number
}

/**
 * What the provider asked to wait, milliseconds: 0 for a moment that is over, 24 hours at most.
 *
 * The first of these that says something: `retry-after-ms`; `retry-after` in seconds, as a date or as
 * a duration; Gemini's `RetryInfo`; the same headers inside OpenRouter's body; the soonest reset of a
 * limit that is used up, from the headers or from OpenRouter's body; "try again in 6.5s" in the
 * sentence. What is negative or makes no sense says nothing.
 */
export function retryAfterOf(source: RetryAfterSource): number | undefined {
  const { headers, error, isRateLimited, nowMs } = source
  const outer = namesToValues(headers === undefined ? [] : [...headers])
  const inner = namesToValues(Object.entries(headersInBody(error)))
  const asked =
    fromRetryHeaders(outer, nowMs) ?? fromRetryInfo(error) ?? fromRetryHeaders(inner, nowMs)
  const wait =
    asked ??
    (isRateLimited
      ? (fromLimits(outer, nowMs) ?? fromLimits(inner, nowMs) ?? fromSentence(error))
      : undefined)
  return wait === undefined ? undefined : Math.min(Math.max(0, Math.ceil(wait)), MAX_RETRY_AFTER_MS)
}

/** Lower case, without those that are no text. */
type HeaderValues = ReadonlyMap<string, string>

function namesToValues(entries: readonly (readonly [string, unknown])[]): HeaderValues {
  return new Map(
    entries.flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number'
        ? [[name.toLowerCase(), String(value).trim()] as const]
        : [],
    ),
  )
}

function headersInBody(error: JsonObject | undefined): JsonObject {
  return asObject(asObject(error?.['metadata'])?.['headers']) ?? {}
}

function fromRetryHeaders(headers: HeaderValues, nowMs: number): number | undefined {
  const milliseconds = decimal(headers.get('retry-after-ms'))
  if (milliseconds !== undefined) return milliseconds
  const text = headers.get('retry-after')
  const seconds = decimal(text)
  if (seconds !== undefined) return seconds * 1000
  return untilDate(text, nowMs) ?? duration(text)
}

function fromRetryInfo(error: JsonObject | undefined): number | undefined {
  for (const detail of asList(error?.['details']) ?? []) {
    const delay = duration(asText(asObject(detail)?.['retryDelay']))
    if (delay !== undefined) return delay
  }
  return undefined
}

interface LimitNames {
  readonly reset: RegExp
  /** What is left of the limit, in the words of a replacement. */
  readonly remaining: string
  /** The only limit there is: when nothing is said of what is left, it is the one that is used up. */
  readonly isOnly: boolean
}

/** How the providers name the reset of a limit, and what is left of it. */
const LIMITS: readonly LimitNames[] = [
  // OpenAI, Groq, Azure: `-requests`, `-tokens`.
  { reset: /^x-ratelimit-reset-(.+)$/, remaining: 'x-ratelimit-remaining-$1', isOnly: false },
  // Anthropic: `requests`, `tokens`, `input-tokens`, `output-tokens`.
  {
    reset: /^anthropic-ratelimit-(.+)-reset$/,
    remaining: 'anthropic-ratelimit-$1-remaining',
    isOnly: false,
  },
  // Together, OpenRouter.
  { reset: /^x-ratelimit-reset$/, remaining: 'x-ratelimit-remaining', isOnly: true },
  { reset: /^ratelimit-reset$/, remaining: 'ratelimit-remaining', isOnly: true },
]

/** The soonest reset of the limits that are used up. */
function fromLimits(headers: HeaderValues, nowMs: number): number | undefined {
  const waits = [...headers].flatMap(([name, value]) => {
    const names = LIMITS.find(({ reset }) => reset.test(name))
    if (names === undefined) return []
    const left = decimal(headers.get(name.replace(names.reset, names.remaining)))
    const isUsedUp = left === 0 || (left === undefined && names.isOnly)
    const wait = isUsedUp ? untilReset(value, nowMs) : undefined
    return wait === undefined ? [] : [wait]
  })
  return waits.length === 0 ? undefined : Math.min(...waits)
}

/** A number is a moment when it is too large for a number of seconds. */
const EARLIEST_EPOCH_S = 1_000_000_000
const EARLIEST_EPOCH_MS = EARLIEST_EPOCH_S * 1000

function untilReset(text: string, nowMs: number): number | undefined {
  const number = decimal(text)
  if (number === undefined) return untilDate(text, nowMs) ?? duration(text)
  if (number >= EARLIEST_EPOCH_MS) return number - nowMs
  return number >= EARLIEST_EPOCH_S ? number * 1000 - nowMs : number * 1000
}

/** OpenAI: "Please try again in 1.2s."; Gemini: "Please retry in 34.19s." */
function fromSentence(error: JsonObject | undefined): number | undefined {
  const sentence = asText(error?.['message']) ?? ''
  return duration(/\b(?:try again|retry) in ([\d.]+[\dhms.]*[hms])\b/i.exec(sentence)?.[1])
}

const DECIMAL = /^\d+(?:\.\d+)?$/

function decimal(text: string | undefined): number | undefined {
  return text !== undefined && DECIMAL.test(text) ? Number(text) : undefined
}

/** The three forms of HTTP's dates and ISO 8601 have a time of day; what has none is no date. */
const TIME_OF_DAY = /\d\d:\d\d:\d\d/
const ZONE = /(?:GMT|UTC|Z|[+-]\d\d:?\d\d)$/

function untilDate(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined || !TIME_OF_DAY.test(text)) return undefined
  const dateMs = Date.parse(ZONE.test(text) ? text : `${text} GMT`)
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs)
}

const UNITS_MS: Readonly<Record<string, number>> = Object.freeze({
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
})
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|h|m|s))+$/

/** As Go and protobuf write it: `6m0s`, `2m59.56s`, `120ms`, `34s`. */
function duration(text: string | undefined): number | undefined {
  if (text === undefined || !DURATION.test(text)) return undefined
  return [...text.matchAll(/([\d.]+)(ms|h|m|s)/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * (UNITS_MS[unit ?? ''] ?? 0),
    0,
  )
}
