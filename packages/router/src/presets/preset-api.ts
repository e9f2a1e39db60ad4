import type { CallOptions, Preset, PresetDefinition } from '@imrs/core'

/** Which preset of which tenant. */
export interface PresetReference {
  readonly id: string
  /** Default: `default`. */
  readonly tenantId?: string | undefined
}

/** A preset there is. */
export interface PresetInfo
  extends PresetDefinition, Partial<Pick<Preset, 'updatedBy' | 'updatedAtMs'>> {
  readonly tenantId: string
  /** Whether it comes with the router, as nobody stored one of its id. */
  readonly isBuiltIn: boolean
}

/** What {@link PresetApi.set} stores; it takes the place of all that was stored under the id. */
export interface SetPreset extends PresetReference {
  /** Default: the id. */
  readonly displayName?: string | undefined
  readonly description?: string | undefined
  /**
   * `{ modelIds }` names models by id, alias or unique external id, 1,000 at most: their ids are
   * stored, so that an alias that moves later moves nothing here. `{ filter }` is whatever fits, also
   * what comes later; `{ filter: {} }` is all.
   */
  readonly models: PresetDefinition['models']
  /** Models without all of these are not in it. Default: none is asked for. */
  readonly requiredCapabilities?: PresetDefinition['requiredCapabilities']
  /** Default: `{ order: 'agent' }`, the agent's own strategy. */
  readonly choice?: PresetDefinition['choice'] | undefined
  /** Who did it, for the audit. */
  readonly by?: string | undefined
}

export interface RemovePreset extends PresetReference {
  readonly by?: string | undefined
}

/**
 * Named groups of models with the way they are chosen, for one tenant: `model: 'preset:<id>'` in a
 * request or in a user's preference. A preset allows nothing: the models of it that the agent may use
 * are ranked, and failover stays among them. `cheap`, `fast` and `best` are always there; a stored one
 * of the same id takes their place. The next request of this process sees a change; those of others
 * see it within about a second.
 */
export interface PresetApi {
  /** All of the tenant, built-in ones first, the others by id. At most 100 are stored, so there are no pages. */
  list(
    query?: { readonly tenantId?: string | undefined },
    options?: CallOptions,
  ): Promise<readonly PresetInfo[]>
  /** `undefined` when there is none. */
  get(reference: PresetReference, options?: CallOptions): Promise<PresetInfo | undefined>
  /**
   * Stores one, new or in place of the one there is. Audited.
   *
   * @throws ImrsError `invalid-request` that names the field; `unknown-model` and what else a name can
   * be refused for; `conflict` when the tenant has 100 others. Then nothing is changed.
   */
  set(request: SetPreset, options?: CallOptions): Promise<PresetInfo>
  /**
   * Removes what was stored; a built-in one of the id is there again. Audited.
   *
   * @throws ImrsError `read-only` for a built-in one in whose place nothing is stored; `unknown-preset`.
   */
  remove(request: RemovePreset, options?: CallOptions): Promise<void>
}
