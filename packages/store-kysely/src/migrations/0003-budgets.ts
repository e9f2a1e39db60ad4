import type { TableDefinition } from '../schema/table-definition.ts'
import { createTables } from './create-tables.ts'
import type { NumberedMigration } from './migration-list.ts'

const budgetTables: Readonly<Record<string, TableDefinition>> = {
  budgets: {
    columns: {
      tenant_id: 'text',
      id: 'text',
      scope: 'text',
      subject: 'text',
      unit: 'text',
      period: 'text',
      limit_amount: 'bigint',
      created_at: 'time',
      updated_at: 'time',
    },
    primaryKey: ['tenant_id', 'id'],
  },
  budget_windows: {
    columns: {
      tenant_id: 'text',
      rule_id: 'text',
      subject: 'text',
      window_start: 'time',
      used: 'bigint',
      // The part of `used` that nobody measured.
      assumed: 'bigint',
      reserved: 'bigint',
      // From when on nobody asks for it any more.
      kept_until: 'time',
    },
    primaryKey: ['tenant_id', 'rule_id', 'subject', 'window_start'],
    indexes: { ix_budget_window_kept: { columns: ['kept_until'] } },
  },
  // A row is there as long as its amount is part of the window's `reserved`.
  budget_reservations: {
    columns: {
      tenant_id: 'text',
      id: 'text',
      rule_id: 'text',
      subject: 'text',
      window_start: 'time',
      amount: 'bigint',
      expires_at: 'time',
    },
    primaryKey: ['tenant_id', 'id', 'rule_id'],
    indexes: { ix_budget_reservation_expires: { columns: ['expires_at'] } },
  },
}

/** Rules in place of the table of sums that nothing used, and what is used and reserved of each. */
export const budgets: NumberedMigration = {
  name: '0003-budgets',
  tables: budgetTables,
  up: async (step) => {
    await step.database.schema.dropTable('budgets').execute()
    await createTables(step)
  },
}
