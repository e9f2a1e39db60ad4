import type { AgentKey, LearningSink, Strategy, UnsupportedParameterMode } from '@imrs/core'
import { ConfigError, UNSUPPORTED_PARAMETER_MODES, presetIdOf, systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'
import { resolveFeedbackRules } from '@imrs/feedback'
import type { ResolvedFeedbackRules } from '@imrs/feedback'

import { resolveAlerts } from './alerts/alert-options.ts'
import type { ResolvedAlertOptions } from './alerts/alert-options.ts'
import { positive, resolveAttemptOptions } from './attempt/attempt-options.ts'
import type { ResolvedAttemptOptions } from './attempt/attempt-options.ts'
import { resolveBudgetOptions } from './budgets/budget-options.ts'
import type { ResolvedBudgetOptions } from './budgets/budget-options.ts'
import { assertCatalogOptions } from './catalog-options.ts'
import { resolveMaintenanceOptions } from './maintenance/maintenance-options.ts'
import type { ResolvedMaintenanceOptions } from './maintenance/maintenance-options.ts'
import type { LabelLimits } from './metrics/label-bounds.ts'
import { resolveMetrics } from './metrics/metrics-options.ts'
import type { RouterOptions } from './options.ts'
import { userHasher } from './preferences/user-hash.ts'
import type { HashUser } from './preferences/user-hash.ts'
import { resolveSpoolOptions } from './record/spool/spool-options.ts'
import type { ResolvedSpoolOptions } from './record/spool/spool-options.ts'
import { resolveSinkDelivery, resolveSinks } from './sinks/delivery-options.ts'
import type { ResolvedSinkDelivery } from './sinks/delivery-options.ts'
import { assertRestrictions } from './snapshot/role-restrictions.ts'
import type { RoleRestriction } from './snapshot/role-restrictions.ts'
import { DEFAULT_SNAPSHOT_BYTES } from './snapshot/snapshot-cache.ts'
import { weighted } from './strategies/weighted.ts'

export interface ResolvedRouterOptions {
  readonly migrate: 'at-start' | 'refuse'
  readonly attempts: ResolvedAttemptOptions
  readonly runtime: Runtime
  readonly strategyOf: (agent: AgentKey) => Strategy
  readonly unconfiguredAgents: 'all' | 'none'
  readonly startTimeoutMs: number
  readonly snapshotBytes: number
  readonly storeContent: boolean
  readonly refreshEveryMs: number | undefined
  readonly restrictions: readonly RoleRestriction[]
  readonly spool: ResolvedSpoolOptions | undefined
  readonly budgets: ResolvedBudgetOptions
  readonly unsupportedParameters: UnsupportedParameterMode
  readonly feedback: ResolvedFeedbackRules
  readonly maintenance: ResolvedMaintenanceOptions
  readonly sinks: readonly LearningSink[]
  readonly sinkDelivery: ResolvedSinkDelivery
  readonly metrics: LabelLimits
  readonly alerts: ResolvedAlertOptions | undefined
  readonly hashUser: HashUser | undefined
}

const SWITCHES = [
  'allowPrivateNetworks',
  'allowUserKeys',
  'shareExperience',
  'storeContent',
] as const

/** @throws ConfigError that names the option, the rule and the value. */
export function resolveRouterOptions(options: RouterOptions): ResolvedRouterOptions {
  const { unconfiguredAgents = 'none', unsupportedParameters = 'drop' } = options
  const { migrate = 'at-start', restrictions = [] } = options
  assertOneOf('unconfiguredAgents', unconfiguredAgents, ['all', 'none'])
  assertOneOf('unsupportedParameters', unsupportedParameters, UNSUPPORTED_PARAMETER_MODES)
  assertOneOf('migrate', migrate, ['at-start', 'refuse'])
  assertRestrictions(restrictions)
  assertRest(options)
  return Object.freeze({
    migrate,
    restrictions,
    runtime: options.runtime ?? systemRuntime,
    strategyOf: strategyOf(options.strategy ?? weighted()),
    unconfiguredAgents,
    unsupportedParameters,
    attempts: resolveAttemptOptions(options),
    snapshotBytes: snapshotBytesOf(options),
    startTimeoutMs: positive('startTimeoutMs', options.startTimeoutMs ?? 10_000),
    budgets: resolveBudgetOptions(options.budgets ?? {}),
    storeContent: options.storeContent ?? false,
    feedback: resolveFeedbackRules(options.feedback),
    maintenance: resolveMaintenanceOptions(options),
    sinks: resolveSinks(options.sinks),
    sinkDelivery: resolveSinkDelivery(options.sinkDelivery),
    spool: options.spool === undefined ? undefined : resolveSpoolOptions(options.spool),
    refreshEveryMs: refreshEveryMsOf(options),
    metrics: resolveMetrics(options.metrics),
    alerts: resolveAlerts(options.alerts),
    hashUser: userHasher(options.userHashKey),
  })
}

/** What is taken as it is. */
function assertRest(options: RouterOptions): void {
  if (!Array.isArray(options.providers)) {
    throw new ConfigError('`providers` must be a list, such as [openRouter(), openai()]')
  }
  assertDefaultModel(options.defaultModel)
  assertCatalogOptions(options)
  for (const name of SWITCHES) assertSwitch(name, options[name])
}

function snapshotBytesOf({ snapshotBytes = DEFAULT_SNAPSHOT_BYTES }: RouterOptions): number {
  return positive('snapshotBytes', snapshotBytes)
}

function refreshEveryMsOf({ refreshEveryMs }: RouterOptions): number | undefined {
  return refreshEveryMs === undefined ? undefined : positive('refreshEveryMs', refreshEveryMs)
}

/** `'false'` would be taken for true, and opens what is meant to be shut. */
function assertSwitch(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'boolean') return
  throw new ConfigError(`\`${name}\` must be true or false, got ${JSON.stringify(value)}`)
}

/** It stands in where nothing can be chosen, so it must be one model. */
function assertDefaultModel(defaultModel: string | undefined): void {
  if (defaultModel === undefined || presetIdOf(defaultModel) === undefined) return
  throw new ConfigError(
    `\`defaultModel\` must name a model and no preset, got ${JSON.stringify(defaultModel)}`,
  )
}

function assertOneOf(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return
  const words = allowed.map((word) => JSON.stringify(word)).join(' or ')
  throw new ConfigError(`\`${name}\` must be ${words}, got ${JSON.stringify(value)}`)
}

function strategyOf(
  strategy: Strategy | ((agent: AgentKey) => Strategy),
): (agent: AgentKey) => Strategy {
  return typeof strategy === 'function' ? strategy : () => strategy
}
