import type { ImrsClientError } from '../http/client-error.ts'

/** Something the user should be told about the choice. Stays until it is dismissed. */
export type SelectionNotice =
  /** The chosen model has another name now, which was chosen. */
  | { readonly type: 'migrated'; readonly from: string; readonly to: string }
  /** The chosen model is gone; another one takes its place, if the user says so. */
  | { readonly type: 'migration-offered'; readonly from: string; readonly to: string }
  /** The chosen model is gone, or cannot be chosen; `to` was chosen instead. */
  | {
      readonly type: 'invalid-selection'
      readonly from: string
      readonly to: string | undefined
      readonly message?: string | undefined
    }
  /** The server did not take the choice; it holds in this browser, and is sent again when it is back. */
  | { readonly type: 'not-saved'; readonly model: string; readonly message: string }

export interface SelectionState {
  /** A model id, `auto` or `preset:<id>`; `undefined` when nobody chose: the server's default answers. */
  readonly model: string | undefined
  /** Whether the server was not heard yet, and nothing is known of an earlier choice. */
  readonly isLoading: boolean
  readonly isSaving: boolean
  /** Whether the choice holds in this browser alone. */
  readonly isLocal: boolean
  /**
   * What a lower price is worth where the router chooses, from 0 (quality only) to 1 (price only), as
   * the user said in this browser; `undefined`: as the service is set up.
   */
  readonly costQuality: number | undefined
  readonly notices: readonly SelectionNotice[]
  readonly error: ImrsClientError | undefined
}

export function isFixedModel(model: string | undefined): model is string {
  return model !== undefined && model !== 'auto' && !/^(?:preset|auto):/.test(model)
}
