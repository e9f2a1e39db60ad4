import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Client } from 'pg'

import { startOwnPostgres } from './start-postgres.ts'
import type { OwnPostgres } from './start-postgres.ts'

/**
 * Starts a second server that follows the first one by streaming replication: a hot standby, made of a
 * base backup. It only reads.
 */
export async function startStandby(primary: OwnPostgres): Promise<OwnPostgres> {
  const data = mkdtempSync(join(tmpdir(), 'imrs-standby-'))
  await backUp(primary, data)
  const { hostname, port } = new URL(primary.url)
  return startOwnPostgres({
    data,
    settings: { primary_conninfo: `host=${hostname} port=${port} user=postgres` },
  })
}

/** `pg_basebackup`, which is not among the binaries, by hand. */
async function backUp({ url, data: source }: OwnPostgres, target: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query("select pg_backup_start('standby', true)")
    cpSync(source, target, { recursive: true, verbatimSymlinks: true })
    const { rows } = await client.query<{ label: string }>(
      'select labelfile as label from pg_backup_stop(false)',
    )
    writeFileSync(join(target, 'backup_label'), rows[0]?.label ?? '')
  } finally {
    await client.end()
  }
  for (const file of ['postmaster.pid', 'postmaster.opts']) rmSync(join(target, file))
  writeFileSync(join(target, 'standby.signal'), '')
}
