import type { CallOptions, ModelSelection } from '@imrs/core'

export interface PreferenceOwner {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  readonly userId: string
}

export interface SelectModel extends PreferenceOwner {
  /** `auto`, `preset:<id>`, a model id, an alias or an external id. */
  readonly model: string
  readonly provider?: string | undefined
}

export interface PreferenceApi {
  /** What the user chose; `undefined` when nobody chose. */
  get(owner: PreferenceOwner, options?: CallOptions): Promise<ModelSelection | undefined>
  /**
   * Stores the user's choice. Requests that are in flight stay on their model; the next one uses it.
   *
   * @throws ImrsError `unknown-preset`, `unknown-model`, `unknown-provider` or `model-provider-mismatch` with the valid ones.
   */
  set(selection: SelectModel, options?: CallOptions): Promise<ModelSelection>
}
