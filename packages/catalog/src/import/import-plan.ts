import type { AliasReason, JsonValue, Model } from '@imrs/core'

import type { NeededProvider, RefusedRow } from './import-source.ts'

/** A model that will be new, in full except for the times, which are those of applying. */
export type PlannedModel = Omit<Model, 'syncedAtMs' | 'createdAtMs' | 'updatedAtMs'>

/** One field that will change. An absent value is `null`. */
export interface FieldChange {
  readonly field: string
  readonly from: JsonValue
  readonly to: JsonValue
}

/** A stored model of which fields will change. */
export interface PlannedModelChange {
  readonly row: string
  readonly modelId: string
  readonly changes: readonly FieldChange[]
}

/** What an alias says; the times are those of applying. */
export interface AliasMeaning {
  readonly modelId: string
  readonly reason: AliasReason
  readonly isAutomatic: boolean
}

/** An alias that will be new, or will mean something else. */
export interface PlannedAlias {
  readonly row: string
  readonly name: string
  /** `null` when there is none of this name yet. */
  readonly from: AliasMeaning | null
  readonly to: AliasMeaning
}

/** What an agent's row says. */
export interface AgentModelState {
  readonly isEnabled: boolean
  /** `null` when the model's own priority counts. */
  readonly priorityOverride: number | null
}

/** A row of an agent that will be new or will change. */
export interface PlannedAgentModel {
  readonly row: string
  readonly tenantId: string
  readonly agentId: string
  readonly modelId: string
  readonly from: AgentModelState | null
  readonly to: AgentModelState
}

/** A provider that the store does not have, and what to do about it. */
export interface MissingProvider extends NeededProvider {
  /** How many models wait for it. */
  readonly models: number
  readonly instruction: string
}

/** Something that stays as it is, and why. */
export interface LeftAlone {
  readonly row: string
  readonly name: string
  readonly reason: string
}

/**
 * What an import would do, down to the field. Plain JSON: it can be shown, stored, sent and applied
 * later. Making one writes nothing.
 */
export interface ImportPlan {
  readonly format: 'imrs-import-plan-1'
  readonly source: string
  readonly plannedAtMs: number
  readonly added: readonly PlannedModel[]
  readonly changed: readonly PlannedModelChange[]
  readonly aliases: readonly PlannedAlias[]
  readonly agentModels: readonly PlannedAgentModel[]
  readonly leftAlone: readonly LeftAlone[]
  /** Rows that the parser or the store's contents rule out. */
  readonly refused: readonly RefusedRow[]
  readonly notes: readonly { readonly row: string; readonly note: string }[]
  readonly providers: {
    /** Ids of providers that are needed and there. */
    readonly present: readonly string[]
    readonly missing: readonly MissingProvider[]
  }
  /** For `createRouter({ defaultModel })`; `null` when the source names none that is known. */
  readonly defaultModel: string | null
  readonly counts: {
    readonly rows: number
    readonly used: number
    readonly refused: number
  }
}

/** What applying a plan wrote; all zero when it had been applied before. */
export interface ImportResult {
  readonly added: number
  readonly changed: number
  readonly aliases: number
  readonly agentModels: number
}
