import type { AgentKey, Strategy } from '@imrs/core'
import { ConfigError, systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'

import { positive, resolveAttemptOptions } from './attempt/attempt-options.ts'
import type { ResolvedAttemptOptions } from './attempt/attempt-options.ts'
import type { RouterOptions } from './options.ts'
import { resolveSpoolOptions } from './record/spool/spool-options.ts'
import type { ResolvedSpoolOptions } from './record/spool/spool-options.ts'
import { assertRestrictions } from './snapshot/role-restrictions.ts'
import type { RoleRestriction } from './snapshot/role-restrictions.ts'
import { weighted } from './strategies/weighted.ts'

export interface ResolvedRouterOptions {
  readonly attempts: ResolvedAttemptOptions
  readonly runtime: Runtime
  readonly strategyOf: (agent: AgentKey) => Strategy
  readonly unconfiguredAgents: 'all' | 'none'
  readonly startTimeoutMs: number
  readonly storeContent: boolean
  readonly refreshEveryMs: number | undefined
  readonly restrictions: readonly RoleRestriction[]
  readonly spool: ResolvedSpoolOptions | undefined
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
    attempts: resolveAttemptOptions(options),
    startTimeoutMs: positive('startTimeoutMs', options.startTimeoutMs ?? 10_000),
    storeContent: options.storeContent ?? false,
    spool: options.spool === undefined ? undefined : resolveSpoolOptions(options.spool),
    refreshEveryMs:
      options.refreshEveryMs === undefined
        ? undefined
        : positive('refreshEveryMs', options.refreshEveryMs),
  })
}

function strategyOf(
  strategy: Strategy | ((agent: AgentKey) => Strategy),
): (agent: AgentKey) => Strategy {
  return typeof strategy === 'function' ? strategy : () => strategy
}
