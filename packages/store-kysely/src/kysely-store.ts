import { systemRuntime } from '@imrs/core'
import type { Runtime, Store } from '@imrs/core'
import { Kysely } from 'kysely'
import type { Dialect } from 'kysely'

import type { DialectTraits } from './dialect-traits.ts'
import { maintenanceRepository } from './maintenance/maintenance-repository.ts'
import { migrate, readMigrationStatus } from './migrations/migrate.ts'
import { agentModelRepository } from './repositories/agent-model-repository.ts'
import { apiKeyRepository } from './repositories/api-key-repository.ts'
import { auditRepository } from './repositories/audit-repository.ts'
import { budgetRepository } from './repositories/budget-repository.ts'
import { changeRepository } from './repositories/change-repository.ts'
import { coordinationRepository } from './repositories/coordination-repository.ts'
import { feedbackRepository } from './repositories/feedback-repository.ts'
import { ledgerRepository } from './repositories/ledger-repository.ts'
import { modelRepository } from './repositories/model-repository.ts'
import { outboxRepository } from './repositories/outbox-repository.ts'
import { parameterRepository } from './repositories/parameter-repository.ts'
import { performanceRepository } from './repositories/performance-repository.ts'
import { preferenceRepository } from './repositories/preference-repository.ts'
import { presetRepository } from './repositories/preset-repository.ts'
import { providerRepository } from './repositories/provider-repository.ts'
import type { Database } from './schema/database.ts'
import type { ProcessSupport } from './session/process-support.ts'
import { STORE_ACCESS } from './session/store-access.ts'
import type { StoreWithAccess } from './session/store-access.ts'
import { createSession } from './session/store-session.ts'
import type { DatabaseCopy } from './session/store-session.ts'

export interface KyselyStoreOptions {
  /** Opens connections on first use; its `destroy` closes what it opened, and nothing else. */
  readonly dialect: Dialect
  readonly traits: DialectTraits
  /** How processes on the same database hear of each other. Closed with the store. */
  readonly processes: ProcessSupport
  /** A copy of the database for reads that may be a little behind. Default: none. */
  readonly reads?: ReadsOptions | undefined
  /** Dates migrations, and waits between their tries. Default: the real clock. */
  readonly runtime?: Pick<Runtime, 'now' | 'sleep'> | undefined
}

/** A copy that follows the database, and when it is asked. */
export interface ReadsOptions {
  readonly dialect: Dialect
  /** Whether it is worth asking. */
  readonly isUsable: () => boolean
  /** Told that it could not be used; the database itself is asked then. */
  readonly onFailure: () => void
}

/**
 * Makes the store of one database out of its dialect. The store packages call this; applications use
 * `sqliteStore` and `postgresStore`.
 */
export function createKyselyStore({
  dialect,
  traits,
  processes,
  reads,
  runtime = systemRuntime,
}: KyselyStoreOptions): Store {
  const database = new Kysely<Database>({ dialect })
  const copy = reads === undefined ? undefined : new Kysely<Database>({ dialect: reads.dialect })
  const session = createSession(database, traits, copyOf(reads, copy))
  const context = { session, traits, runtime }
  const store: StoreWithAccess = {
    [STORE_ACCESS]: context,
    specVersion: 'v1',
    name: traits.name,
    providers: providerRepository(session),
    models: modelRepository(session),
    agentModels: agentModelRepository(session),
    preferences: preferenceRepository(session),
    ledger: ledgerRepository(session),
    performance: performanceRepository(session),
    budgets: budgetRepository(session),
    parameters: parameterRepository(session),
    presets: presetRepository(session),
    feedback: feedbackRepository(session),
    outbox: outboxRepository(session),
    changes: changeRepository(session, processes),
    coordination: coordinationRepository(session, processes),
    audit: auditRepository(session),
    apiKeys: apiKeyRepository(session),
    maintenance: maintenanceRepository(context),
    migrate: async (options) => void (await migrate(context, options)),
    migrationStatus: (options) => readMigrationStatus(context, options),
    close: () =>
      session.close(async () => {
        await processes.close()
        await Promise.all([database.destroy(), copy?.destroy()])
      }),
  }
  return Object.freeze(store)
}

function copyOf(
  reads: ReadsOptions | undefined,
  database: Kysely<Database> | undefined,
): DatabaseCopy | undefined {
  return reads === undefined || database === undefined ? undefined : { ...reads, database }
}
