import { Client } from 'pg'

/** Every row of every table of a database, as text, by `schema.table`: to look for what must not be there. */
export async function dumpDatabase(url: string): Promise<ReadonlyMap<string, string>> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string; address: string }>(
      `select table_schema || '.' || table_name as name,
          quote_ident(table_schema) || '.' || quote_ident(table_name) as address
        from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
        order by 1`,
    )
    const dumped = new Map<string, string>()
    for (const { name, address } of tables) {
      const { rows } = await client.query<{ text: string }>(
        `select row_::text as text from ${address} as row_`,
      )
      dumped.set(name, rows.map(({ text }) => text).join('\n'))
    }
    return dumped
  } finally {
    await client.end()
  }
}
