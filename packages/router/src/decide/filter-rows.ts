import type { ExclusionReason, Exclusions } from '@imrs/core'
import { STORED_EXCLUSIONS_LIMIT } from '@imrs/core'

import { NONE_OPEN } from '../attempt/breaker/open-breakers.ts'
import { refusedParameter } from '../parameters/refused-parameter.ts'
import { findPreset } from '../presets/find-preset.ts'
import { unmetRestrictions } from '../snapshot/role-restrictions.ts'
import type { RoutingSnapshot } from '../snapshot/routing-snapshot.ts'
import type { DecisionInput } from './decision-input.ts'

export interface FilteredRows {
  readonly rows: Uint32Array
  readonly exclusions: Exclusions
}

/** The rows that pass every filter, and what each filter removed. */
export function filterRows(snapshot: RoutingSnapshot, input: DecisionInput): FilteredRows {
  const rows = new Uint32Array(snapshot.table.size)
  const tally = new Tally(snapshot.notEnabled)
  const providers = providerReasons(snapshot, input)
  const unmet = unmetRestrictions(snapshot.restrictions, input.roles)
  const members = findPreset(snapshot, input)?.members
  let passed = 0
  for (let row = 0; row < snapshot.table.size; row += 1) {
    const reason =
      presetReason(members, row) ??
      providers[snapshot.providerOf[row] ?? 0] ??
      exclusionOf(snapshot, row, input) ??
      roleReason(snapshot, row, unmet) ??
      parameterReason(snapshot, row, input) ??
      budgetReason(snapshot, row, input)
    if (reason === undefined) {
      rows[passed] = row
      passed += 1
    } else {
      tally.add(reason, snapshot.table.modelIds[row] ?? '')
    }
  }
  return { rows: rows.subarray(0, passed), exclusions: tally.exclusions() }
}

/** Why one row is no candidate, the provider's reasons included; `undefined` when it is one. */
export function exclusionOfRow(
  snapshot: RoutingSnapshot,
  row: number,
  input: DecisionInput,
): ExclusionReason | undefined {
  const providers = providerReasons(snapshot, input)
  const unmet = unmetRestrictions(snapshot.restrictions, input.roles)
  return (
    presetReason(findPreset(snapshot, input)?.members, row) ??
    roleReason(snapshot, row, unmet) ??
    exclusionOf(snapshot, row, input) ??
    parameterReason(snapshot, row, input) ??
    providers[snapshot.providerOf[row] ?? 0]
  )
}

function presetReason(
  members: Readonly<Uint8Array> | undefined,
  row: number,
): ExclusionReason | undefined {
  return members === undefined || members[row] === 1 ? undefined : 'not-in-preset'
}

/** Reasons that hold for all models of a provider, by its index: worked out once, not per row. */
function providerReasons(
  snapshot: RoutingSnapshot,
  input: DecisionInput,
): readonly (ExclusionReason | undefined)[] {
  return snapshot.providers.map((provider) => {
    if (!provider.isActive) return 'provider-inactive'
    if (input.unknownCredentials.has(provider.id)) return 'credential-unknown'
    if (!input.credentials.has(provider.id)) return 'missing-credential'
    if ((input.shunUntilMs.get(provider.id) ?? 0) > input.atMs) return 'unhealthy'
    return isOpen(input.breakers.providers, provider.id, input.atMs) ? 'breaker-open' : undefined
  })
}

function exclusionOf(
  snapshot: RoutingSnapshot,
  row: number,
  input: DecisionInput,
): ExclusionReason | undefined {
  const model = snapshot.models[row]
  if (model === undefined || !model.isAvailable) return 'unavailable'
  const missing = input.requiredCapabilities & ~(snapshot.table.capabilities[row] ?? 0)
  if (missing !== 0) return 'missing-capability'
  if (isTooLong(snapshot, row, input)) return 'context-too-small'
  const { allowedModels } = input
  if (
    allowedModels !== undefined &&
    !allowedModels.has(model.id) &&
    !allowedModels.has(model.externalId)
  ) {
    return 'not-allowed'
  }
  if (input.vetoed.has(model.id)) return 'vetoed'
  return isOpen(input.breakers.models, model.id, input.atMs) ? 'breaker-open' : undefined
}

function isOpen(untilMs: ReadonlyMap<string, number>, id: string, atMs: number): boolean {
  return untilMs.size > 0 && (untilMs.get(id) ?? 0) > atMs
}

/** The same request for which nothing is passed over for its health: what is left when nothing else is. */
export function withoutShunning(input: DecisionInput): DecisionInput {
  return { ...input, shunUntilMs: new Map(), breakers: NONE_OPEN }
}

function roleReason(
  snapshot: RoutingSnapshot,
  row: number,
  unmet: number,
): ExclusionReason | undefined {
  return ((snapshot.restrictionsOf[row] ?? 0) & unmet) === 0 ? undefined : 'role'
}

function parameterReason(
  { parameterProfiles }: RoutingSnapshot,
  row: number,
  { insisted }: DecisionInput,
): ExclusionReason | undefined {
  const profile = parameterProfiles[row]
  if (insisted === undefined || profile === undefined) return undefined
  return refusedParameter(insisted, profile) === undefined ? undefined : 'unsupported-parameter'
}

/** A model whose context is not known takes everything. */
function isTooLong(snapshot: RoutingSnapshot, row: number, input: DecisionInput): boolean {
  const context = snapshot.table.contextLength[row] ?? 0
  return context > 0 && input.inputTokens + outputTokensOf(snapshot, row, input) > context
}

/** What is kept free for the answer: what is asked for, else the default, and never more than the model gives. */
function outputTokensOf(
  { models, parameterProfiles }: RoutingSnapshot,
  row: number,
  { outputTokens }: DecisionInput,
): number {
  if (outputTokens === 0) {
    return parameterProfiles[row]?.unasked.parameters.maxOutputTokens ?? 0
  }
  return Math.min(outputTokens, models[row]?.maxOutputTokens ?? outputTokens)
}

/** For *Auto* alone: the reservation decides, and what a person chose is refused by it in its own words. */
function budgetReason(
  { models, providers, providerOf }: RoutingSnapshot,
  row: number,
  { exhausted }: DecisionInput,
): ExclusionReason | undefined {
  if (exhausted === undefined) return undefined
  const isOver =
    exhausted.all ||
    exhausted.models.has(models[row]?.id ?? '') ||
    exhausted.providers.has(providers[providerOf[row] ?? 0]?.id ?? '')
  return isOver ? 'budget-exhausted' : undefined
}

class Tally {
  readonly #counts: Partial<Record<ExclusionReason, number>> = {}
  readonly #examples: { modelId: string; reason: ExclusionReason }[] = []

  constructor(notEnabled: number) {
    if (notEnabled > 0) this.#counts['not-enabled'] = notEnabled
  }

  add(reason: ExclusionReason, modelId: string): void {
    this.#counts[reason] = (this.#counts[reason] ?? 0) + 1
    if (this.#examples.length < STORED_EXCLUSIONS_LIMIT) this.#examples.push({ modelId, reason })
  }

  exclusions(): Exclusions {
    return { counts: this.#counts, examples: this.#examples }
  }
}
