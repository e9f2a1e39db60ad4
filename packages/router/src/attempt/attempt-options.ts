import { ConfigError } from '@imrs/core'

import type { BreakerLimits } from './breaker/breaker.ts'

/** How long each stage may take, milliseconds. All of them end the request to the provider. */
export interface TimeoutOptions {
  /** From the start of a call to the head of its answer. Default: `30_000`. */
  readonly headersMs?: number | undefined
  /** From the start of a call to its first visible part. Default: `60_000`. */
  readonly firstPartMs?: number | undefined
  /** From the start of a call that is not streamed to its whole answer. Default: `300_000`. */
  readonly wholeMs?: number | undefined
  /** Between two parts, while the reader waits for one. Default: `30_000`. */
  readonly idleMs?: number | undefined
  /** From the first pull to the end of the answer, all calls and waits together. Default: `600_000`. */
  readonly totalMs?: number | undefined
}

/** How often a call that failed before its first visible part is made again. */
export interface RetryOptions {
  /** At the last model there is, unless the provider's own policy says otherwise. Default: `2`. */
  readonly lastModel?: number | undefined
  /**
   * Repetitions that a provider is asked for at most, as a share of the calls it gets otherwise, so
   * that an outage does not multiply its traffic. Other models of a provider that has failed in the
   * same answer count as repetitions. Default: `0.2`.
   */
  readonly budgetShare?: number | undefined
  /** Repetitions a second that each provider is granted beside the share. Default: `1`. */
  readonly budgetPerSecond?: number | undefined
}

/** When a model is left alone after failures. */
export type BreakerOptions = { readonly [Limit in keyof BreakerLimits]?: number | undefined }

/** A second model beside one that is slow to begin. */
export interface HedgingOptions {
  /**
   * How long to wait for the first visible part, milliseconds. Default: the 95th percentile of what
   * the model itself needed in its last 100 answers; before 20 are known it is not hedged.
   */
  readonly afterMs?: number | undefined
}

/** How calls are carried out. */
export interface AttemptOptions {
  readonly timeouts?: TimeoutOptions | undefined
  readonly retries?: RetryOptions | undefined
  /** Default: open at half of at least 5 calls within a minute, for 5 seconds, doubled up to 5 minutes. */
  readonly breaker?: BreakerOptions | undefined
  /** The longest that an answer waits for models that cannot be called right now, all such waits together, milliseconds; 0: not at all. Back-off between repetitions is apart. Default: `5_000`. */
  readonly maxWaitMs?: number | undefined
  /** Default: off. The slower call is cancelled, and what it cost is in the ledger. */
  readonly hedging?: HedgingOptions | undefined
}

export type ResolvedTimeouts = Readonly<Record<keyof TimeoutOptions, number>>

export interface ResolvedAttemptOptions {
  readonly timeouts: ResolvedTimeouts
  readonly retries: Readonly<Record<keyof RetryOptions, number>>
  readonly breaker: BreakerLimits
  readonly maxWaitMs: number
  readonly hedging: HedgingOptions | undefined
}

/** @throws ConfigError that names the option, the rule and the value. */
export function resolveAttemptOptions(options: AttemptOptions): ResolvedAttemptOptions {
  const { retries = {}, hedging, maxWaitMs = 5_000 } = options
  return Object.freeze({
    timeouts: resolveTimeouts(options.timeouts ?? {}),
    retries: Object.freeze({
      lastModel: count('retries.lastModel', retries.lastModel ?? 2),
      budgetShare: atLeast0('retries.budgetShare', retries.budgetShare ?? 0.2),
      budgetPerSecond: atLeast0('retries.budgetPerSecond', retries.budgetPerSecond ?? 1),
    }),
    breaker: resolveBreaker(options.breaker ?? {}),
    maxWaitMs: atLeast0('maxWaitMs', maxWaitMs),
    hedging: hedging === undefined ? undefined : resolveHedging(hedging),
  })
}

function resolveTimeouts(timeouts: TimeoutOptions): ResolvedTimeouts {
  return Object.freeze({
    headersMs: positive('timeouts.headersMs', timeouts.headersMs ?? 30_000),
    firstPartMs: positive('timeouts.firstPartMs', timeouts.firstPartMs ?? 60_000),
    wholeMs: positive('timeouts.wholeMs', timeouts.wholeMs ?? 300_000),
    idleMs: positive('timeouts.idleMs', timeouts.idleMs ?? 30_000),
    totalMs: positive('timeouts.totalMs', timeouts.totalMs ?? 600_000),
  })
}

function resolveBreaker(breaker: BreakerOptions): BreakerLimits {
  const { failureShare = 0.5 } = breaker
  if (!(failureShare > 0 && failureShare <= 1)) {
    throw new ConfigError(
      `\`breaker.failureShare\` must be above 0 and at most 1, got ${String(failureShare)}`,
    )
  }
  const openMs = positive('breaker.openMs', breaker.openMs ?? 5_000)
  return Object.freeze({
    windowMs: positive('breaker.windowMs', breaker.windowMs ?? 60_000),
    minimumCalls: positive('breaker.minimumCalls', breaker.minimumCalls ?? 5),
    failureShare,
    openMs,
    longestOpenMs: atLeast(
      'breaker.longestOpenMs',
      breaker.longestOpenMs ?? Math.max(300_000, openMs),
      {
        name: 'breaker.openMs',
        value: openMs,
      },
    ),
    probeMs: positive('breaker.probeMs', breaker.probeMs ?? 60_000),
  })
}

function resolveHedging({ afterMs }: HedgingOptions): HedgingOptions {
  return Object.freeze({
    afterMs: afterMs === undefined ? undefined : positive('hedging.afterMs', afterMs),
  })
}

/** A number above 0. */
export function positive(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value
  throw new ConfigError(`\`${name}\` must be a number above 0, got ${String(value)}`)
}

function atLeast0(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value
  throw new ConfigError(`\`${name}\` must be a number of at least 0, got ${String(value)}`)
}

function atLeast(
  name: string,
  value: number,
  least: { readonly name: string; readonly value: number },
): number {
  if (Number.isFinite(value) && value >= least.value) return value
  throw new ConfigError(
    `\`${name}\` must be at least \`${least.name}\` (${least.value}), got ${String(value)}`,
  )
}

function count(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 0) return value
  throw new ConfigError(`\`${name}\` must be an integer of at least 0, got ${String(value)}`)
}
