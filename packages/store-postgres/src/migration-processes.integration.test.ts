import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'

import { MIGRATION_NAMES } from '@imrs/store-kysely'
import { expect, it, onTestFinished } from 'vitest'

import { openTestDatabase } from './__fixtures__/test-database.ts'
import type { PostgresDatabase } from './__fixtures__/test-database.ts'
import { postgresStore } from './postgres-store.ts'

const KILLS = 6
const PROCESSES = 8

async function open(): Promise<PostgresDatabase> {
  const database = await openTestDatabase()
  onTestFinished(database.drop)
  return database
}

function start(script: string, ...given: string[]): ChildProcessByStdio<Writable, Readable, null> {
  const file = join(import.meta.dirname, '__fixtures__', script)
  return spawn(process.execPath, ['--conditions=@imrs/source', file, ...given], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

/** Migrates in a process of its own; gives how it ended and what it said. */
async function migrateIn(url: string, killAt?: number): Promise<readonly [unknown, string]> {
  const given = [url, ...(killAt === undefined ? [] : [String(killAt)])]
  const child = start('migrate-until-killed.ts', ...given)
  const [output, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return [signal ?? code, output]
}

/** Columns and indexes of every table, partitions among them. */
async function schemaOf({ pool }: PostgresDatabase): Promise<unknown[]> {
  const columns = await pool.query(
    `select table_name, column_name, data_type, is_nullable, column_default
      from information_schema.columns where table_schema = 'public' order by 1, 2`,
  )
  const indexes = await pool.query(
    `select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1`,
  )
  return [...columns.rows, ...indexes.rows] as unknown[]
}

it(`is completed by the next run after each of ${KILLS} kills in the middle`, async () => {
  const whole = await open()
  const [code, output] = await migrateIn(whole.url)
  expect(code).toBe(0)
  const statements = Number(output)
  const expected = await schemaOf(whole)
  const reached = new Set<number>()
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const database = await open()
    const killAt = Math.round((statements * kill) / (KILLS + 1))
    expect(await migrateIn(database.url, killAt)).toEqual(['SIGKILL', ''])
    const store = postgresStore({ connectionString: database.url })
    const { applied, pending } = await store.migrationStatus()
    // Whole migrations, in their order.
    expect([...applied, ...pending]).toEqual(MIGRATION_NAMES)
    reached.add(applied.length)
    await store.migrate()
    expect((await store.migrationStatus()).pending).toEqual([])
    await store.close()
    expect(await schemaOf(database), `killed before statement ${killAt}`).toEqual(expected)
  }
  // Not only before all of it, or after.
  expect(reached.size).toBeGreaterThan(2)
}, 60_000)

it(`is done once by ${PROCESSES} processes that start at the same time`, async () => {
  const database = await open()
  const children = Array.from({ length: PROCESSES }, () => start('migrate-once.ts', database.url))
  await Promise.all(children.map(({ stdout }) => once(stdout, 'data')))
  const said = children.map(({ stdout }) => text(stdout))
  for (const { stdin } of children) stdin.write('go\n')
  const applied = (await Promise.all(said)).flatMap((each) => JSON.parse(each) as string[])
  expect(applied.toSorted()).toEqual(MIGRATION_NAMES)
}, 60_000)
