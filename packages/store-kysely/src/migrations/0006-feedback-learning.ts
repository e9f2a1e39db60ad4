import { sql } from 'kysely'

import type { TableDefinition } from '../schema/table-definition.ts'
import { createTables } from './create-tables.ts'
import type { MigrationStep, NumberedMigration } from './migration-list.ts'

const SUMS = {
  weight_milli: 'bigint',
  weighted_sum: 'bigint',
  weighted_sum_of_squares: 'bigint',
} as const

const CELL = {
  tenant_id: 'text',
  agent_id: 'text',
  task_type: 'text',
  model_id: 'text',
  month: 'text',
  epoch: 'integer',
} as const

const TALLY = {
  rating_count: 'bigint',
  rating_sum: 'bigint',
  rating_sum_of_squares: 'bigint',
  weight_milli: 'bigint',
} as const

const learningTables: Readonly<Record<string, TableDefinition>> = {
  // What one user's ratings in one cell of an agent come to, hints among them, and what they weigh.
  experience_users: {
    columns: { ...CELL, user_id: 'text', ...TALLY },
    primaryKey: [...Object.keys(CELL), 'user_id'],
  },
  // Where the alarm of each model stands, and the epoch it is in.
  model_drift: {
    columns: {
      tenant_id: 'text',
      agent_id: 'text',
      model_id: 'text',
      epoch: 'integer',
      drift_sum: 'double',
      residual_sum: 'double',
      rating_count: 'integer',
    },
    primaryKey: ['tenant_id', 'agent_id', 'model_id'],
  },
  // The alarms: each opened an epoch.
  model_shifts: {
    columns: {
      tenant_id: 'text',
      agent_id: 'text',
      model_id: 'text',
      epoch: 'integer',
      shift_milli: 'integer',
      message_id: 'text',
      at: 'time',
    },
    primaryKey: ['tenant_id', 'agent_id', 'model_id', 'epoch'],
  },
  // What answers made before the bound add to each cell of an agent; their events may be gone.
  experience_checkpoints: {
    columns: {
      ...CELL,
      rating_count: 'bigint',
      rating_sum: 'bigint',
      rating_sum_of_squares: 'bigint',
    },
    primaryKey: Object.keys(CELL),
  },
  // The same of each user.
  experience_user_checkpoints: {
    columns: { ...CELL, user_id: 'text', ...TALLY },
    primaryKey: [...Object.keys(CELL), 'user_id'],
  },
  experience_bounds: {
    columns: { tenant_id: 'text', before_id: 'text' },
    primaryKey: ['tenant_id'],
  },
}

/** What strategies that learn go by beside the plain ratings; what bounds it, and what it can be counted anew from. */
export const feedbackLearning: NumberedMigration = {
  name: '0006-feedback-learning',
  tables: learningTables,
  columns: { model_experience: SUMS },
  up: async (step: MigrationStep) => {
    const type = sql.raw(step.traits.columnTypes.bigint)
    for (const name of Object.keys(SUMS)) {
      await step.database.schema
        .alterTable('model_experience')
        .addColumn(name, type, (column) => column.notNull().defaultTo(0))
        .execute()
    }
    // Until now each rating weighed a whole one, and was stored so with its event.
    await step.database
      .updateTable('model_experience')
      .set({
        weight_milli: sql<number>`rating_count * 1000`,
        weighted_sum: sql<number>`rating_sum`,
        weighted_sum_of_squares: sql<number>`rating_sum_of_squares`,
      })
      .execute()
    await createTables(step)
  },
}
