import type { AgentKey, Strategy } from '@imrs/core'
import { ConfigError, systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'

import type { RouterOptions, TimeoutOptions } from './options.ts'
import { assertRestrictions } from './snapshot/role-restrictions.ts'
import type { RoleRestriction } from './snapshot/role-restrictions.ts'
import { weighted } from './strategies/weighted.ts'

export type ResolvedTimeouts = Readonly<Record<keyof TimeoutOptions, number>>

export interface ResolvedRouterOptions {
  readonly runtime: Runtime
  readonly strategyOf: (agent: AgentKey) => Strategy
  readonly unconfiguredAgents: 'all' | 'none'
  readonly timeouts: ResolvedTimeouts
  readonly startTimeoutMs: number
  readonly storeContent: boolean
  readonly refreshEveryMs: number | undefined
  readonly restrictions: readonly RoleRestriction[]
}

/** @throws ConfigError that names the option, the rule and the value. */
export function resolveRouterOptions(options: RouterOptions): ResolvedRouterOptions {
  const { unconfiguredAgents = 'none' } = options
  if (!Array.isArray(options.providers)) {
    throw new ConfigError('`providers` must be a list, such as [openRouter(), openai()]')
  }
  if (unconfiguredAgents !== 'all' && unconfiguredAgents !== 'none') {
    throw new ConfigError(
      `\`unconfiguredAgents\` must be "all" or "none", got ${JSON.stringify(unconfiguredAgents)}`,
    )
  }
  const restrictions = options.restrictions ?? []
  assertRestrictions(restrictions)
  return Object.freeze({
    restrictions,
    runtime: options.runtime ?? systemRuntime,
    strategyOf: strategyOf(options.strategy ?? weighted()),
    unconfiguredAgents,
    timeouts: resolveTimeouts(options.timeouts ?? {}),
    startTimeoutMs: positive('startTimeoutMs', options.startTimeoutMs ?? 10_000),
    storeContent: options.storeContent ?? false,
    refreshEveryMs:
      options.refreshEveryMs === undefined
        ? undefined
        : positive('refreshEveryMs', options.refreshEveryMs),
  })
}

function resolveTimeouts(timeouts: TimeoutOptions): ResolvedTimeouts {
  return Object.freeze({
    firstPartMs: positive('timeouts.firstPartMs', timeouts.firstPartMs ?? 30_000),
    idleMs: positive('timeouts.idleMs', timeouts.idleMs ?? 30_000),
    totalMs: positive('timeouts.totalMs', timeouts.totalMs ?? 600_000),
  })
}

function strategyOf(
  strategy: Strategy | ((agent: AgentKey) => Strategy),
): (agent: AgentKey) => Strategy {
  return typeof strategy === 'function' ? strategy : () => strategy
}

function positive(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value
  throw new ConfigError(`\`${name}\` must be a number above 0, got ${String(value)}`)
}
