import { ConfigError } from '@imrs/core'

/** Signals that say something without being a rating; what each is worth can be set. */
export const IMPLICIT_SIGNALS = ['regenerate', 'copy', 'continue', 'override', 'abandon'] as const
export type ImplicitSignal = (typeof IMPLICIT_SIGNALS)[number]

/** What implicit signals are worth, 0 to 1. */
export interface SignalValues {
  /** Default: `0`. */
  readonly regenerate?: number | undefined
  /** Default: `1`. */
  readonly copy?: number | undefined
  /** The user went on without rating. Default: `0.5`. */
  readonly continue?: number | undefined
  /** The user chose another model for the same question. Only for strategies that learn. Default: `0`. */
  readonly override?: number | undefined
  /** The user left before the end, for whatever reason. Only for strategies that learn. Default: `0.25`. */
  readonly abandon?: number | undefined
}

export type ResolvedSignalValues = Readonly<Record<ImplicitSignal, number>>

const DEFAULTS: ResolvedSignalValues = Object.freeze({
  regenerate: 0,
  copy: 1,
  continue: 0.5,
  override: 0,
  abandon: 0.25,
})

/** How feedback is taken. */
export interface FeedbackRules {
  readonly signals?: SignalValues | undefined
  /**
   * The most of a cell (one model at one task of one agent in one month) that one user may weigh for
   * strategies that learn, above 0 to 1; a single whole rating is always let through. 1 is no bound: for
   * hosts whose agents serve one person. `weighted` averages all ratings, whoever gave them. Default: `0.05`.
   */
  readonly maxUserShare?: number | undefined
}

export interface ResolvedFeedbackRules {
  readonly signals: ResolvedSignalValues
  /** In thousandths. */
  readonly maxUserShareMilli: number
}

/** @throws ConfigError that names the field, the rule and the value. */
export function resolveFeedbackRules(rules: FeedbackRules = {}): ResolvedFeedbackRules {
  const { signals = {}, maxUserShare = 0.05 } = rules
  for (const name of Object.keys(signals)) assertImplicit(name)
  if (!(maxUserShare >= 0.001 && maxUserShare <= 1)) {
    throw new ConfigError(
      `\`feedback.maxUserShare\` must be from 0.001 to 1, got ${String(maxUserShare)}`,
    )
  }
  const values = IMPLICIT_SIGNALS.map((name) => [name, valueOf(name, signals[name])] as const)
  return Object.freeze({
    // Made of the list of all names.
    signals: Object.freeze(Object.fromEntries(values)) as ResolvedSignalValues,
    maxUserShareMilli: Math.round(maxUserShare * 1000),
  })
}

function valueOf(name: ImplicitSignal, value: number = DEFAULTS[name]): number {
  if (value >= 0 && value <= 1) return value
  throw new ConfigError(`\`feedback.signals.${name}\` must be from 0 to 1, got ${String(value)}`)
}

function assertImplicit(name: string): void {
  if ((IMPLICIT_SIGNALS as readonly string[]).includes(name)) return
  const names = IMPLICIT_SIGNALS.join(', ')
  throw new ConfigError(`\`feedback.signals\` may name ${names}, got ${JSON.stringify(name)}`)
}
