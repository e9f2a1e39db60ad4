import type { Model, ParameterDefaults } from '@imrs/core'

import { buildParameterProfiles } from '../parameters/parameter-profile.ts'
import type { ParameterProfile } from '../parameters/parameter-profile.ts'
import { buildTable } from './build-table.ts'
import type { ModelTable, TableSource } from './build-table.ts'
import { restrictionMaskOf } from './role-restrictions.ts'
import type { RoleRestriction } from './role-restrictions.ts'
import { isSame } from './same-value.ts'

/** The rows of one set of models, which every agent that may use just these has in common. */
export interface SharedTable extends ModelTable {
  /** By row: the restrictions that hold for it, as bits. */
  readonly restrictionsOf: Readonly<Uint32Array>
}

/**
 * What the snapshots of different agents have in common: one object for each model, and one table for
 * each set of models and priorities. It goes when the last snapshot that uses it goes.
 *
 * Everything is told which version of the catalogue it was read at. Versions are read before rows, so
 * what is kept under a version is never older than it.
 */
export class SharedTables {
  readonly #restrictions: readonly RoleRestriction[]
  readonly #models = new Map<string, WeakRef<Model>>()
  readonly #tables = new Map<string, WeakRef<SharedTable>[]>()
  readonly #profiles = new WeakMap<ModelTable, Map<string, WeakRef<readonly ParameterProfile[]>>>()
  readonly #plainProfiles = new WeakMap<Model, ParameterProfile>()
  #version = Number.NEGATIVE_INFINITY
  #routable: Promise<readonly Model[]> | undefined
  #lastRoutable: WeakRef<readonly Model[]> | undefined

  constructor(restrictions: readonly RoleRestriction[]) {
    this.#restrictions = restrictions
  }

  /** The catalogue changed: what is read from now on is shared anew. */
  forget(): void {
    this.#tables.clear()
    this.#routable = undefined
    this.#lastRoutable = undefined
    for (const [id, model] of this.#models) if (model.deref() === undefined) this.#models.delete(id)
  }

  /** All models that can be routed to, read once for a version. Those who ask at once share one read. */
  async routable(
    version: number,
    read: () => Promise<readonly Model[]>,
  ): Promise<readonly Model[]> {
    if (!this.#enter(version)) return read()
    const last = this.#lastRoutable?.deref()
    if (last !== undefined) return last
    if (this.#routable !== undefined) return this.#routable
    const reading = read().then((models) => this.intern(models))
    this.#routable = reading
    try {
      const models = await reading
      if (this.#routable === reading) this.#lastRoutable = new WeakRef(models)
      return models
    } finally {
      if (this.#routable === reading) this.#routable = undefined
    }
  }

  /** The same models, each as the object that others hold already where it says the same. */
  intern(models: readonly Model[]): readonly Model[] {
    return models.map((model) => {
      const known = this.#models.get(model.id)?.deref()
      if (known !== undefined && isSame(known, model)) return known
      this.#models.set(model.id, new WeakRef(model))
      return model
    })
  }

  /** The table of some models: one that is in use already when it is the same. */
  table(version: number, source: TableSource): SharedTable {
    const built = buildTable(source)
    const isCurrent = this.#enter(version)
    const name = `${built.table.size} ${built.table.modelIds[0]} ${built.table.modelIds.at(-1)}`
    const alike = isCurrent ? (this.#tables.get(name) ?? []) : []
    const living = alike.filter((one) => one.deref() !== undefined)
    const same = living.map((one) => one.deref()).find((one) => one && isSameTable(one, built))
    if (same !== undefined) return same
    const restrictionsOf = Uint32Array.from(built.models, (model) =>
      restrictionMaskOf(model, this.#restrictions),
    )
    const table = { ...built, restrictionsOf }
    if (isCurrent) this.#tables.set(name, [...living, new WeakRef(table)])
    return table
  }

  /** The profiles of a table's models under some defaults. */
  profiles(
    table: SharedTable,
    defaults: readonly ParameterDefaults[],
  ): readonly ParameterProfile[] {
    const ofTable =
      this.#profiles.get(table) ?? new Map<string, WeakRef<readonly ParameterProfile[]>>()
    this.#profiles.set(table, ofTable)
    const name = JSON.stringify(defaults)
    const known = ofTable.get(name)?.deref()
    if (known !== undefined) return known
    const built = buildParameterProfiles({ ...table, defaults })
    const profiles = defaults.length > 0 ? built : this.#internProfiles(table, built)
    for (const [other, made] of ofTable) if (made.deref() === undefined) ofTable.delete(other)
    ofTable.set(name, new WeakRef(profiles))
    return profiles
  }

  /** Without defaults the profile of a model is the same in every table. */
  #internProfiles(
    { models }: SharedTable,
    profiles: readonly ParameterProfile[],
  ): readonly ParameterProfile[] {
    return profiles.map((profile, row) => {
      const model = models[row]
      const known = model && this.#plainProfiles.get(model)
      if (known !== undefined && isSame(known, profile)) return known
      if (model !== undefined) this.#plainProfiles.set(model, profile)
      return profile
    })
  }

  /** `false` for a version that others have left behind. */
  #enter(version: number): boolean {
    if (version > this.#version) {
      this.forget()
      this.#version = version
    }
    return version === this.#version
  }
}

/** Models are compared as objects: equal ones are one object. */
function isSameTable(left: ModelTable, right: ModelTable): boolean {
  return (
    left.models.length === right.models.length &&
    left.models.every((model, row) => model === right.models[row]) &&
    left.table.priority.every((priority, row) => priority === right.table.priority[row]) &&
    isSame(left.providers, right.providers)
  )
}
