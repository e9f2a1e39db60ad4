import type {
  AgentKey,
  CandidateTable,
  Model,
  Provider,
  Strategy,
  TaskExperience,
  TaskType,
} from '@imrs/core'

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
  /** Chat models that are in the catalogue and not enabled for this agent. */
  readonly notEnabled: number
  readonly experience: ReadonlyMap<TaskType, TaskExperience>
}
