import type { AlertSink } from '@imrs/core'
import { ConfigError } from '@imrs/core'

import type { AlertDwell, AlertThresholds } from './alert-state.ts'

/** When an alert is raised and cleared. */
export interface AlertRule extends Partial<AlertThresholds>, Partial<AlertDwell> {
  /** Over how long it is measured, milliseconds. */
  readonly windowMs?: number | undefined
  /** Fewer than this in the window say nothing. */
  readonly minCount?: number | undefined
}

export interface UsageRule extends AlertRule {
  /** How many windows must be over before anything is called unusual. */
  readonly minWindows?: number | undefined
}

/** Alerts; `false` leaves one out. */
export interface AlertOptions {
  /**
   * A provider counts as down (its value is 1; 0.5 is degraded). Default: raised at once, cleared when
   * it was healthy for `60_000` ms.
   */
  readonly providerDown?: Partial<AlertDwell> | false | undefined
  /**
   * The share of failed calls of a provider, and of failed answers. Failures that are the request's own
   * fault do not count. Default: raised at 0.25 of 20 or more in `300_000` ms for `30_000` ms, cleared
   * at 0.1 for `120_000` ms.
   */
  readonly errorRate?: AlertRule | false | undefined
  /**
   * The share of misses of the caches `lists` and `snapshots`. Default: raised at 0.5 of 100 or more in
   * `600_000` ms for `60_000` ms, cleared at 0.3 for `300_000` ms.
   */
  readonly cacheDegradation?: AlertRule | false | undefined
  /**
   * How many times its usual requests a tenant makes, or a model gets. Default: raised at 4 times with 100 or
   * more in `300_000` ms once 6 windows were seen, cleared at 2 times for `600_000` ms.
   */
  readonly unusualUsage?: UsageRule | false | undefined
  /** How often it is looked, milliseconds. Default: `10_000`. */
  readonly everyMs?: number | undefined
  /** Who is told besides listeners: `alertWebhook`. Closed by `router.close()`. Default: nobody. */
  readonly sinks?: readonly AlertSink[] | undefined
}

export interface ResolvedAlertRule extends AlertThresholds, AlertDwell {
  readonly windowMs: number
  readonly minCount: number
  readonly minWindows: number
}

/** By alert; absent is left out. */
export interface ResolvedAlertOptions {
  readonly providerDown: ResolvedAlertRule | undefined
  readonly errorRate: ResolvedAlertRule | undefined
  readonly cacheDegradation: ResolvedAlertRule | undefined
  readonly unusualUsage: ResolvedAlertRule | undefined
  readonly everyMs: number
  readonly sinks: readonly AlertSink[]
}

type RuleName = 'providerDown' | 'errorRate' | 'cacheDegradation' | 'unusualUsage'

const DEFAULTS: Readonly<Record<RuleName, ResolvedAlertRule>> = Object.freeze({
  providerDown: rule({ raiseAt: 1, clearAt: 0, raiseAfterMs: 0, clearAfterMs: 60_000 }),
  errorRate: rule({
    raiseAt: 0.25,
    clearAt: 0.1,
    raiseAfterMs: 30_000,
    clearAfterMs: 120_000,
    windowMs: 300_000,
    minCount: 20,
  }),
  cacheDegradation: rule({
    raiseAt: 0.5,
    clearAt: 0.3,
    raiseAfterMs: 60_000,
    clearAfterMs: 300_000,
    windowMs: 600_000,
    minCount: 100,
  }),
  unusualUsage: rule({
    raiseAt: 4,
    clearAt: 2,
    raiseAfterMs: 0,
    clearAfterMs: 600_000,
    windowMs: 300_000,
    minCount: 100,
    minWindows: 6,
  }),
})

/** `undefined`: no alert was asked for. @throws ConfigError that names the option, the rule and the value. */
export function resolveAlerts(options: AlertOptions | undefined): ResolvedAlertOptions | undefined {
  if (options === undefined) return undefined
  const { sinks = [], everyMs = 10_000 } = options
  const names = new Set(sinks.map(({ name }) => name))
  if (names.size < sinks.length) {
    throw new ConfigError('`alerts.sinks` must have different names')
  }
  return Object.freeze({
    providerDown: resolveRule('providerDown', options.providerDown),
    errorRate: resolveRule('errorRate', options.errorRate),
    cacheDegradation: resolveRule('cacheDegradation', options.cacheDegradation),
    unusualUsage: resolveRule('unusualUsage', options.unusualUsage),
    everyMs: atLeast('alerts.everyMs', everyMs, 100),
    sinks: Object.freeze([...sinks]),
  })
}

function resolveRule(name: RuleName, given: UsageRule | false = {}): ResolvedAlertRule | undefined {
  if (given === false) return undefined
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined)
  const resolved: ResolvedAlertRule = { ...DEFAULTS[name], ...Object.fromEntries(chosen) }
  const field = `alerts.${name}`
  for (const [key, value] of Object.entries(resolved)) atLeast(`${field}.${key}`, value, 0)
  atLeast(`${field}.windowMs`, resolved.windowMs, 1000)
  if (resolved.clearAt > resolved.raiseAt) {
    throw new ConfigError(
      `\`${field}.clearAt\` must be at most raiseAt, ${resolved.raiseAt}, got ${resolved.clearAt}`,
    )
  }
  return Object.freeze(resolved)
}

function atLeast(name: string, value: number, least: number): number {
  if (Number.isFinite(value) && value >= least) return value
  throw new ConfigError(`\`${name}\` must be a number from ${least} up, got ${String(value)}`)
}

function rule(given: Partial<ResolvedAlertRule> & AlertThresholds & AlertDwell): ResolvedAlertRule {
  return Object.freeze({ windowMs: 60_000, minCount: 0, minWindows: 0, ...given })
}
