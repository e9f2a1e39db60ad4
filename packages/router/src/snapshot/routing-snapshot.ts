import type {
  AgentKey,
  CandidateTable,
  Model,
  ParameterDefaults,
  Provider,
  Strategy,
  TaskExperience,
  TaskType,
} from '@imrs/core'

import type { ParameterProfile } from '../parameters/parameter-profile.ts'
import type { PresetBook } from '../presets/preset-book.ts'
import type { TextGroup } from '../text/text-group.ts'
import type { RoleRestriction } from './role-restrictions.ts'

/**
 * Everything deciding needs to know about one agent. Immutable: a request sees one snapshot from
 * start to end. Rows are in the order of model ids.
 */
export interface RoutingSnapshot {
  /** Names the versions of what it was made from. */
  readonly version: string
  readonly agent: AgentKey
  readonly strategy: Strategy
  readonly table: CandidateTable
  /** By row. */
  readonly models: readonly Model[]
  readonly rowOf: ReadonlyMap<string, number>
  readonly providers: readonly Provider[]
  /** By row: the index of its provider in {@link providers}. */
  readonly providerOf: Readonly<Uint16Array>
  /** By row: the restrictions that hold for it, as bits. */
  readonly restrictionsOf: Readonly<Uint32Array>
  /** Models that only some roles may use; bit `i` is the restriction `i`. */
  readonly restrictions: readonly RoleRestriction[]
  /** By row: what it takes of the parameters, and what it is given by default. */
  readonly parameterProfiles: readonly ParameterProfile[]
  /** The defaults that count for this agent, which the profiles were made from. */
  readonly parameterDefaults: readonly ParameterDefaults[]
  /** Whether the agent may use whatever there is, since nothing was configured for it. */
  readonly takesAllModels: boolean
  /** Chat models that are in the catalogue and not enabled for this agent. */
  readonly notEnabled: number
  /** The tenant's presets. Default: the built-in ones. */
  readonly presets?: PresetBook | undefined
  readonly experience: ReadonlyMap<TaskType, TaskExperience>
  /** The groups of texts that the agent has ratings for, the best known first. */
  readonly textGroups: readonly TextGroup[]
  /** What the strategy made of all ratings; absent for one that does not learn. */
  readonly learned?: unknown
  /** Whether it stands in for one that could not be read, and holds the default model alone. Default: `false`. */
  readonly isStandby?: boolean | undefined
}
