import type { CallOptions } from './call-options.ts'
import type { AgentModelRepository } from './store/agent-model-repository.ts'
import type { ApiKeyRepository } from './store/api-key-repository.ts'
import type { AuditRepository } from './store/audit-repository.ts'
import type { BudgetRepository } from './store/budget-repository.ts'
import type { ChangeRepository } from './store/change-repository.ts'
import type { CoordinationRepository } from './store/coordination-repository.ts'
import type { FeedbackRepository } from './store/feedback-repository.ts'
import type { LedgerRepository } from './store/ledger-repository.ts'
import type { MaintenanceRepository } from './store/maintenance-repository.ts'
import type { ModelRepository } from './store/model-repository.ts'
import type { OutboxRepository } from './store/outbox-repository.ts'
import type { ParameterRepository } from './store/parameter-repository.ts'
import type { PerformanceRepository } from './store/performance-repository.ts'
import type { PreferenceRepository } from './store/preference-repository.ts'
import type { PresetRepository } from './store/preset-repository.ts'
import type { ProviderRepository } from './store/provider-repository.ts'

/** Names of migrations, in the order they are applied. */
export interface MigrationStatus {
  /** Of those this code knows. */
  readonly applied: readonly string[]
  /** What {@link Store.migrate} would apply. */
  readonly pending: readonly string[]
  /** What a newer version of this code applied; such a database is refused. */
  readonly unknown: readonly string[]
}

/**
 * Everything the router remembers. Methods may be called concurrently, from several processes too;
 * each one is atomic, and says what its idempotency key and its tenant are.
 *
 * All rows given and returned are plain frozen or fresh objects; changing one changes nothing stored.
 *
 * @throws ImrsError `store-unavailable` from any method when the database cannot be reached or is
 * closed; the original error is its `cause`.
 */
export interface Store {
  readonly specVersion: 'v1'
  /** `sqlite`, `postgres`, `memory`. */
  readonly name: string
  readonly providers: ProviderRepository
  readonly models: ModelRepository
  readonly agentModels: AgentModelRepository
  readonly preferences: PreferenceRepository
  readonly ledger: LedgerRepository
  readonly performance: PerformanceRepository
  readonly budgets: BudgetRepository
  readonly parameters: ParameterRepository
  readonly presets: PresetRepository
  readonly feedback: FeedbackRepository
  readonly outbox: OutboxRepository
  readonly changes: ChangeRepository
  readonly coordination: CoordinationRepository
  readonly audit: AuditRepository
  readonly apiKeys: ApiKeyRepository
  /** Absent where nothing outlives the process: then nothing is kept up, and retention cannot be asked for. */
  readonly maintenance?: MaintenanceRepository | undefined
  /**
   * Brings the schema to the newest version. Idempotent; of several processes one does the work and
   * the others wait for it. Aborted or killed, it leaves whole migrations behind, and the next call goes
   * on after them.
   *
   * @throws ImrsError `schema-too-new` when the database was made by a newer version of this code.
   */
  migrate(options?: CallOptions): Promise<void>
  /** Which migrations the database has and which it lacks. Reads only: a database without tables lacks all. */
  migrationStatus(options?: CallOptions): Promise<MigrationStatus>
  /** Waits for what is running, then closes what the store itself opened. Idempotent. */
  close(): Promise<void>
}
