import type { ModelSelection, Preference, PreferenceKey } from '../../domain/preference.ts'
import type { CallOptions } from '../call-options.ts'

/** Users' choices. Every method reads and writes the given tenant only. */
export interface PreferenceRepository {
  get(key: PreferenceKey, options?: CallOptions): Promise<Preference | undefined>
  /** Sets what the user chose and leaves the last valid selection. One statement; the newest `atMs` wins. */
  putSelection(key: PreferenceKey, selection: ModelSelection, options?: CallOptions): Promise<void>
  /** Sets the last valid selection and leaves what the user chose. One statement; the newest `atMs` wins. */
  putLastValid(key: PreferenceKey, selection: ModelSelection, options?: CallOptions): Promise<void>
}
