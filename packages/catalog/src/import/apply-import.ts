import type { AgentModel, CallOptions, Runtime, Store } from '@imrs/core'
import { ImrsError } from '@imrs/core'

import { checkPlan } from './apply/check-plan.ts'
import type { ImportPlan, ImportResult, PlannedAgentModel } from './import-plan.ts'

/** How many reasons an error lists. */
const REASONS_IN_ERROR = 5

/** Options of {@link applyImport}. */
export interface ApplyImportOptions {
  readonly store: Store
  readonly runtime: Runtime
  /** Who does it, for the rows of agents and the audit. */
  readonly by?: string | undefined
}

/**
 * Does what the plan says. What is done already is passed over: applying a plan twice changes nothing
 * the second time, and one whose applying was interrupted is finished by applying it again.
 *
 * The whole plan is compared with the store before the first row is written. Rows are written one by
 * one, so do not read a provider's list at the same time.
 *
 * @throws ImrsError `conflict` when the store has changed in what the plan is about since it was made;
 * then nothing was written. `invalid-request` for what is no plan.
 */
export async function applyImport(
  plan: ImportPlan,
  options: ApplyImportOptions,
  call?: CallOptions,
): Promise<ImportResult> {
  const { store, runtime } = options
  if (plan.format !== 'imrs-import-plan-1') {
    throw new ImrsError('invalid-request', 'It is no import plan of this version.', {
      field: 'format',
    })
  }
  const { remaining, misfits } = await checkPlan(plan, store, call)
  if (misfits.length > 0) throw conflict(misfits)
  const atMs = runtime.now()
  const audited = { ...call, audit: { by: options.by, atMs } }
  for (const model of remaining.added) {
    await store.models.put({ ...model, createdAtMs: atMs, updatedAtMs: atMs }, audited)
  }
  for (const model of remaining.changed) {
    await store.models.put({ ...model, updatedAtMs: atMs }, audited)
  }
  for (const { name, to } of remaining.aliases) {
    await store.models.putAlias({ name, ...to, createdAtMs: atMs }, call)
  }
  const rows = remaining.agentModels.map((row) => toAgentModel(row, options.by, atMs))
  if (rows.length > 0) await store.agentModels.put(rows, call)
  return {
    added: remaining.added.length,
    changed: remaining.changed.length,
    aliases: remaining.aliases.length,
    agentModels: rows.length,
  }
}

function conflict(misfits: readonly string[]): ImrsError {
  const shown = misfits.slice(0, REASONS_IN_ERROR).join(' ')
  const more = misfits.length - REASONS_IN_ERROR
  const rest = more > 0 ? ` And ${more} more.` : ''
  return new ImrsError(
    'conflict',
    `The plan no longer fits the store, so nothing was written: ${shown}${rest} Plan again.`,
  )
}

function toAgentModel(row: PlannedAgentModel, by: string | undefined, atMs: number): AgentModel {
  const { tenantId, agentId, modelId, to } = row
  return {
    tenantId,
    agentId,
    modelId,
    isEnabled: to.isEnabled,
    ...(to.priorityOverride === null ? {} : { priorityOverride: to.priorityOverride }),
    ...(by === undefined ? {} : { enabledBy: by }),
    enabledAtMs: atMs,
  }
}
