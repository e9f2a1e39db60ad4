import type { CallOptions, Runtime, Store } from '@imrs/core'

import type { AgentReference } from '../agent-models.ts'
import type { ImportPlan } from './import-plan.ts'
import type { ImportSource } from './import-source.ts'
import { RowLedger } from './plan/ledger.ts'
import { planAgentModels } from './plan/plan-agent-models.ts'
import { TargetFinder, planAliases } from './plan/plan-aliases.ts'
import { planModels } from './plan/plan-models.ts'
import { planProviders } from './plan/plan-providers.ts'

/** Options of {@link planImport}. */
export interface PlanImportOptions {
  readonly store: Store
  readonly runtime: Runtime
  /**
   * Agents that shall be able to use every imported chat model that was not switched off. A row that
   * an agent has already stays as it is. Default: none.
   */
  readonly enableFor?: readonly AgentReference[] | undefined
}

/**
 * Says what importing the source would do, row by row, and writes nothing.
 *
 * New models get the origin `manual`. Of a model that its provider's list has confirmed, only
 * priority and domains are taken over; one that the host's code declares is left alone; models of a
 * provider that the store does not have are refused until it is there.
 *
 * @throws ImrsError `invalid-request` for an agent id out of bounds.
 */
export async function planImport(
  source: ImportSource,
  options: PlanImportOptions,
  call?: CallOptions,
): Promise<ImportPlan> {
  const { store, runtime, enableFor = [] } = options
  const known = new Set((await store.providers.list(call)).map((provider) => provider.id))
  const ledger = new RowLedger(source)
  const context = { source, store, ledger, providers: known, call }
  const { added, changed, accepted } = await planModels(context)
  const finder = new TargetFinder(context, accepted)
  const aliases = await planAliases(context, finder)
  const agentModels = await planAgentModels({ context, finder, accepted, enableFor })
  const { defaultModel } = source
  return {
    format: 'imrs-import-plan-1',
    source: source.kind,
    plannedAtMs: runtime.now(),
    added,
    changed,
    aliases,
    agentModels,
    ...ledger.result(),
    providers: planProviders(source, known),
    defaultModel: defaultModel === undefined ? null : ((await finder.find(defaultModel)) ?? null),
  }
}
