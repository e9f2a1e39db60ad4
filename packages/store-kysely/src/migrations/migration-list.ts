import type { Kysely } from 'kysely'

import type { DialectTraits } from '../dialect-traits.ts'
import type { Database } from '../schema/database.ts'
import type { ColumnSpec, TableDefinition } from '../schema/table-definition.ts'
import { initial } from './0001-initial.ts'
import { attemptFigures } from './0002-attempt-figures.ts'
import { budgets } from './0003-budgets.ts'
import { parameterDefaults } from './0004-parameter-defaults.ts'
import { propensityLog } from './0005-propensity-log.ts'
import { feedbackLearning } from './0006-feedback-learning.ts'
import { dailyFigures } from './0007-daily-figures.ts'
import { outbox } from './0008-outbox.ts'
import { presets } from './0009-presets.ts'
import { processes } from './0010-processes.ts'
import { figures } from './0012-figures.ts'
import { publishedScores } from './0013-published-scores.ts'
import { apiKeys } from './0014-api-keys.ts'
import { ratingFunctions } from './0015-rating-functions.ts'
import { healthHistory } from './0016-health-history.ts'
import { feedbackReasons } from './0017-feedback-reasons.ts'

/** One step of the schema. Never changed once released; a later step changes what it made. */
export interface NumberedMigration {
  readonly name: string
  /** The tables it makes. */
  readonly tables: Readonly<Record<string, TableDefinition>>
  /** The columns it adds to tables of earlier migrations, in their order. */
  readonly columns?: Readonly<Record<string, Readonly<Record<string, ColumnSpec>>>> | undefined
  /** All indexes of tables of earlier migrations whose indexes it changes. */
  readonly indexes?: Readonly<Record<string, TableDefinition['indexes']>> | undefined
  readonly up: (step: MigrationStep) => Promise<void>
}

export interface MigrationStep {
  readonly database: Kysely<Database>
  readonly tables: Readonly<Record<string, TableDefinition>>
  readonly traits: DialectTraits
  /** The schema the tables go to, where the database has schemas. */
  readonly schema: string | undefined
}

/** In the order they are applied. */
export const MIGRATIONS: readonly NumberedMigration[] = Object.freeze([
  initial,
  attemptFigures,
  budgets,
  parameterDefaults,
  propensityLog,
  feedbackLearning,
  dailyFigures,
  outbox,
  presets,
  processes,
  figures,
  publishedScores,
  apiKeys,
  ratingFunctions,
  healthHistory,
  feedbackReasons,
])
