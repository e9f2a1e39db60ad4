import { systemRuntime } from '@imrs/core'
import type { Runtime, Store } from '@imrs/core'
import { Kysely } from 'kysely'
import type { Dialect } from 'kysely'

import type { DialectTraits } from './dialect-traits.ts'
import { migrate, readMigrationStatus } from './migrations/migrate.ts'
import { agentModelRepository } from './repositories/agent-model-repository.ts'
import { auditRepository } from './repositories/audit-repository.ts'
import { budgetRepository } from './repositories/budget-repository.ts'
import { changeRepository } from './repositories/change-repository.ts'
import { coordinationRepository } from './repositories/coordination-repository.ts'
import { feedbackRepository } from './repositories/feedback-repository.ts'
import { ledgerRepository } from './repositories/ledger-repository.ts'
import { modelRepository } from './repositories/model-repository.ts'
import { parameterRepository } from './repositories/parameter-repository.ts'
import { performanceRepository } from './repositories/performance-repository.ts'
import { preferenceRepository } from './repositories/preference-repository.ts'
import { providerRepository } from './repositories/provider-repository.ts'
import type { Database } from './schema/database.ts'
import { STORE_ACCESS } from './session/store-access.ts'
import type { StoreWithAccess } from './session/store-access.ts'
import { createSession } from './session/store-session.ts'
import type { ProcessSupport } from './session/process-support.ts'

export interface KyselyStoreOptions {
  /** Opens connections on first use; its `destroy` closes what it opened, and nothing else. */
  readonly dialect: Dialect
  readonly traits: DialectTraits
  /** How processes on the same database hear of each other. Closed with the store. */
  readonly processes: ProcessSupport
  /** Dates migrations, and waits between their tries. Default: the real clock. */
  readonly runtime?: Pick<Runtime, 'now' | 'sleep'> | undefined
}

/**
 * Makes the store of one database out of its dialect. The store packages call this; applications use
 * `sqliteStore` and `postgresStore`.
 */
export function createKyselyStore({
  dialect,
  traits,
  processes,
  runtime = systemRuntime,
}: KyselyStoreOptions): Store {
  const database = new Kysely<Database>({ dialect })
  const session = createSession(database, traits)
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
    feedback: feedbackRepository(session),
    changes: changeRepository(session, processes),
    coordination: coordinationRepository(session, processes),
    audit: auditRepository(session),
    migrate: async (options) => void (await migrate(context, options)),
    migrationStatus: (options) => readMigrationStatus(context, options),
    close: () => session.close(async () => {
        await processes.close()
        await database.destroy()
      }),
  }
  return Object.freeze(store)
}
