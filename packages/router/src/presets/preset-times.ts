import type { CandidateTable, Runtime } from '@imrs/core'

import type { RoutingSnapshot } from '../snapshot/routing-snapshot.ts'

/** How old times may be. */
const KEPT_MS = 1000

interface Timed {
  readonly atMs: number
  readonly table: CandidateTable
}

/** Tables with the times of models, for presets that go by them while the agent's own strategy does not. */
export class PresetTimes {
  readonly #runtime: Pick<Runtime, 'now'>
  readonly #latencyOf: (modelId: string) => number | undefined
  readonly #timed = new WeakMap<CandidateTable, Timed>()

  constructor(runtime: Pick<Runtime, 'now'>, latencyOf: (modelId: string) => number | undefined) {
    this.#runtime = runtime
    this.#latencyOf = latencyOf
  }

  /** The snapshot with times, a second old at most. */
  onto(snapshot: RoutingSnapshot): RoutingSnapshot {
    const { table } = snapshot
    const known = this.#timed.get(table)
    const atMs = this.#runtime.now()
    const isFresh = known !== undefined && atMs - known.atMs < KEPT_MS
    const timed = isFresh ? known : { atMs, table: this.#withTimes(table) }
    this.#timed.set(table, timed)
    return { ...snapshot, table: timed.table }
  }

  #withTimes(table: CandidateTable): CandidateTable {
    const times = table.modelIds.map((modelId) => this.#latencyOf(modelId) ?? Number.NaN)
    return { ...table, latencyMs: Float64Array.from(times) }
  }
}
