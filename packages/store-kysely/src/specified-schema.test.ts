import { expect, it } from 'vitest'

import { TABLES } from './migrations/migrate.ts'

it('has every table of the architecture', () => {
  expect(Object.keys(TABLES).toSorted()).toEqual([
    'agent_model_config',
    'api_keys',
    'attempts',
    'audit_log',
    'budget_reservations',
    'budget_windows',
    'budgets',
    'catalog_events',
    'change_versions',
    'experience_bounds',
    'experience_checkpoints',
    'experience_user_checkpoints',
    'experience_users',
    'feedback_events',
    'figure_entries',
    'health_hints',
    'llm_model_catalog',
    'llm_providers',
    'messages',
    'model_aliases',
    'model_drift',
    'model_enable_rules',
    'model_experience',
    'model_performance_daily',
    'model_performance_monthly',
    'model_performance_weekly',
    'model_shifts',
    'outbox',
    'outbox_sinks',
    'parameter_defaults',
    'presets',
    'provider_health',
    'provider_health_history',
    'provider_pace',
    'routing_decisions',
    'user_ai_preferences',
  ])
})

it('has only columns in its keys and indexes', () => {
  for (const [name, table] of Object.entries(TABLES)) {
    const used = [
      ...table.primaryKey,
      ...Object.values(table.indexes ?? {}).flatMap((index) => index.columns),
      ...(table.partitionBy === undefined ? [] : [table.partitionBy]),
    ]
    expect(
      used.filter((column) => !(column in table.columns)),
      name,
    ).toEqual([])
  }
})

it('has the partition key in the primary key of every partitioned table, and the tenant in front', () => {
  for (const [name, table] of Object.entries(TABLES)) {
    if (table.partitionBy !== undefined) expect(table.primaryKey, name).toContain(table.partitionBy)
    // A key of a machine is read by an id that comes without its tenant.
    if ('tenant_id' in table.columns && name !== 'api_keys')
      expect(table.primaryKey[0], name).toBe('tenant_id')
  }
})
