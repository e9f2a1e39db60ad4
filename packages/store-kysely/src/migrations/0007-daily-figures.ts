import { sql } from 'kysely'

import { createTables } from './create-tables.ts'
import type { MigrationStep, NumberedMigration } from './migration-list.ts'

const ADDED = ['request_count', 'aborted_count', 'unmeasured_count'] as const

/** More figures of a day, and the same figures of a month, so that long reports read few rows. */
export const dailyFigures: NumberedMigration = {
  name: '0007-daily-figures',
  tables: {
    model_performance_monthly: {
      columns: {
        tenant_id: 'text',
        month: 'text',
        agent_id: 'text',
        task_type: 'text',
        model_id: 'text',
        provider_id: 'text',
        attempt_count: 'bigint',
        failure_count: 'bigint',
        failures_by_kind: 'json',
        input_tokens: 'bigint',
        output_tokens: 'bigint',
        cost_nano_usd: 'bigint',
        unpriced_count: 'bigint',
        total_ms_sum: 'double',
        first_part_histogram: 'json',
        total_histogram: 'json',
        request_count: 'bigint',
        aborted_count: 'bigint',
        unmeasured_count: 'bigint',
      },
      primaryKey: ['tenant_id', 'month', 'agent_id', 'task_type', 'model_id'],
    },
  },
  columns: {
    model_performance_daily: {
      request_count: 'bigint',
      aborted_count: 'bigint',
      unmeasured_count: 'bigint',
    },
  },
  up: async (step: MigrationStep) => {
    const type = sql.raw(step.traits.columnTypes.bigint)
    for (const name of ADDED) {
      await step.database.schema
        .alterTable('model_performance_daily')
        .addColumn(name, type, (column) => column.notNull().defaultTo(0))
        .execute()
    }
    await createTables(step)
  },
}
