import type { Preset } from '../../domain/preset.ts'
import type { AuditedOptions, CallOptions } from '../call-options.ts'

/** Which preset of which tenant. */
export interface PresetKey {
  readonly tenantId: string
  readonly id: string
}

/** The presets that tenants stored. Reads see the given tenant only; built-in ones are not here. */
export interface PresetRepository {
  /**
   * Takes the place of what is stored under the same (tenant, id). Raises the topic of the tenant's
   * presets in its own transaction. Of writers that race no two make the tenant's presets too many.
   *
   * @throws ImrsError `conflict` when it is new and the tenant has 100 already; then nothing is written.
   */
  put(preset: Preset, options?: AuditedOptions): Promise<void>
  /** `false` when there was none; then nothing is written. Raises the same topic. */
  delete(key: PresetKey, options?: AuditedOptions): Promise<boolean>
  /** All of the tenant, by id: 100 at most. */
  list(tenantId: string, options?: CallOptions): Promise<readonly Preset[]>
}
