import { sql } from 'kysely'

import { qualified } from '../schema/qualified.ts'
import type { StoreWork } from '../session/store-session.ts'
import { ANSWER_TABLES, ANSWER_TABLE_NAMES } from './answer-tables.ts'

/** The tenants that have records of answers below a bound, in their order. */
export async function tenantsBelow(work: StoreWork, bound: string): Promise<readonly string[]> {
  const tenants = new Set<string>()
  for (const table of ANSWER_TABLE_NAMES) {
    work.check()
    const name = qualified(work.traits.schema, table)
    const column = sql.ref(ANSWER_TABLES[table])
    const { rows } = await sql<{ tenant_id: string }>`${tenantsOf(name)}
      select tenant_id from tenants where tenant_id is not null and exists (
        select 1 from ${name} as old
        where old.tenant_id = tenants.tenant_id and old.${column} < ${bound})`.execute(
      work.database,
    )
    for (const row of rows) tenants.add(row.tenant_id)
  }
  return [...tenants].toSorted()
}

/** The tenants that have rows in the audit, and the one of what concerns all of them. */
export async function tenantsOfAudit({ database, traits }: StoreWork): Promise<readonly string[]> {
  const { rows } = await sql<{
    tenant_id: string
  }>`${tenantsOf(qualified(traits.schema, 'audit_log'))}
    select tenant_id from tenants where tenant_id is not null`.execute(database)
  return rows.map((row) => row.tenant_id)
}

/** The tenants of a table of feedback events whose experience is not settled up to a bound. */
export async function unsettledTenants(
  { database, traits }: StoreWork,
  { table, bound }: { readonly table: string; readonly bound: string },
): Promise<readonly string[]> {
  const bounds = qualified(traits.schema, 'experience_bounds')
  const { rows } = await sql<{ tenant_id: string }>`${tenantsOf(qualified(traits.schema, table))}
    select tenant_id from tenants where tenant_id is not null and not exists (
      select 1 from ${bounds} as settled
      where settled.tenant_id = tenants.tenant_id and settled.before_id >= ${bound})`.execute(
    database,
  )
  return rows.map((row) => row.tenant_id)
}

/** From one tenant to the next along the primary key, however many rows each has. */
function tenantsOf(table: ReturnType<typeof qualified>): ReturnType<typeof qualified> {
  return sql`with recursive tenants as (
    select (select tenant_id from ${table} order by tenant_id limit 1) as tenant_id
    union all
    select (select later.tenant_id from ${table} as later
        where later.tenant_id > tenants.tenant_id order by later.tenant_id limit 1)
      from tenants where tenants.tenant_id is not null)`
}
