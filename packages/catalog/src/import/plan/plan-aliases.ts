import type { ModelAlias } from '@imrs/core'

import type { AliasMeaning, PlannedAlias } from '../import-plan.ts'
import type { ImportedAlias, ImportedModel } from '../import-source.ts'
import type { PlanContext } from './plan-context.ts'

/** Finds the model a name means, in the source first and then in the store. */
export class TargetFinder {
  readonly #context: PlanContext
  readonly #accepted: ReadonlyMap<string, ImportedModel>
  readonly #aliases: ReadonlyMap<string, ImportedAlias>

  constructor(context: PlanContext, accepted: ReadonlyMap<string, ImportedModel>) {
    this.#context = context
    this.#accepted = accepted
    this.#aliases = new Map(context.source.aliases.map((alias) => [alias.name, alias]))
  }

  /** Whether a model has, or will have, this id. */
  async isModel(modelId: string): Promise<boolean> {
    if (this.#accepted.has(modelId)) return true
    const { store, call } = this.#context
    return (await store.models.get(modelId, call)) !== undefined
  }

  /** Follows chains of moves to their end; `undefined` for a name that leads nowhere or in a circle. */
  async find(name: string): Promise<string | undefined> {
    const seen = new Set<string>()
    let next: string | undefined = name
    while (next !== undefined && !seen.has(next)) {
      if (await this.isModel(next)) return next
      seen.add(next)
      next = this.#aliases.get(next)?.target ?? (await this.#storedTarget(next))
    }
    return undefined
  }

  async #storedTarget(name: string): Promise<string | undefined> {
    const { store, call } = this.#context
    const alias = await store.models.getAlias(name, call)
    if (alias !== undefined) return alias.modelId
    const [only, another] = await store.models.findByExternalId(name, call)
    return another === undefined ? only?.id : undefined
  }
}

/** Compares each alias of the source with the stored one. */
export async function planAliases(
  context: PlanContext,
  finder: TargetFinder,
): Promise<readonly PlannedAlias[]> {
  const planned: PlannedAlias[] = []
  for (const alias of context.source.aliases) {
    const plan = await planAlias(context, finder, alias)
    if (plan !== undefined) planned.push(plan)
  }
  return planned
}

async function planAlias(
  { store, ledger, call }: PlanContext,
  finder: TargetFinder,
  alias: ImportedAlias,
): Promise<PlannedAlias | undefined> {
  const { row, name, reason, isAutomatic } = alias
  const modelId = await finder.find(alias.target)
  if (modelId === undefined) {
    ledger.refuse(row, 'The model its name stands for is not in the catalogue.')
    return undefined
  }
  if (reason === 'alias' && (await finder.isModel(name))) {
    ledger.leaveAlone({ row, name, reason: 'A model has this id, and an id goes before an alias.' })
    return undefined
  }
  const stored = await store.models.getAlias(name, call)
  const to: AliasMeaning = { modelId, reason, isAutomatic }
  const from = stored === undefined ? null : meaningOf(stored)
  if (from !== null && isSameMeaning(from, to)) {
    ledger.leaveAlone({ row, name, reason: 'Nothing differs.' })
    return undefined
  }
  ledger.take(row)
  return { row, name, from, to }
}

/** What a stored alias says, without its time. */
export function meaningOf({ modelId, reason, isAutomatic }: ModelAlias): AliasMeaning {
  return { modelId, reason, isAutomatic }
}

/** Whether two aliases say the same; `null` is no alias. */
export function isSameMeaning(left: AliasMeaning | null, right: AliasMeaning | null): boolean {
  return (
    left?.modelId === right?.modelId &&
    left?.reason === right?.reason &&
    left?.isAutomatic === right?.isAutomatic
  )
}
