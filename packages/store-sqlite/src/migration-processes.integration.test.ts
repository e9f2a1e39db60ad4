import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { MIGRATION_NAMES } from '@imrs/store-kysely'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'

import { runNode } from './__fixtures__/run-node.ts'
import { temporaryFolder } from './__fixtures__/temporary-folder.ts'
import { sqliteStore } from './sqlite-store.ts'

const KILLS = 6
const PROCESSES = 8

function newFile(): string {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  return join(folder.path, 'imrs.db')
}

async function outcomeOf(...given: string[]): Promise<readonly [unknown, string]> {
  const child = runNode('migrate-until-killed.ts', ...given)
  if (child.stdout === null) throw new Error('The process has no output')
  const [output, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return [signal ?? code, output]
}

function schemaOf(path: string): unknown[] {
  const raw = new Database(path, { readonly: true })
  try {
    return raw.prepare('select name, sql from sqlite_schema order by name').all()
  } finally {
    raw.close()
  }
}

it(`is completed by the next run after each of ${KILLS} kills in the middle`, async () => {
  const whole = newFile()
  const [code, output] = await outcomeOf(whole)
  expect(code).toBe(0)
  const statements = Number(output)
  const reached = new Set<number>()
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const path = newFile()
    const killAt = Math.round((statements * kill) / (KILLS + 1))
    expect(await outcomeOf(path, String(killAt))).toEqual(['SIGKILL', ''])
    const store = sqliteStore({ path })
    const { applied, pending } = await store.migrationStatus()
    // Whole migrations, in their order.
    expect([...applied, ...pending]).toEqual(MIGRATION_NAMES)
    reached.add(applied.length)
    await store.migrate()
    await store.close()
    expect(schemaOf(path), `killed before statement ${killAt}`).toEqual(schemaOf(whole))
  }
  expect(reached.size).toBeGreaterThan(2)
}, 60_000)

it(`is done once by ${PROCESSES} processes that start at the same time`, async () => {
  const path = newFile()
  const children = Array.from({ length: PROCESSES }, () => runNode('migrate-once.ts', path))
  await Promise.all(children.map(({ stdout }) => once(stdout ?? process.stdin, 'data')))
  const said = children.map(({ stdout }) => text(stdout ?? process.stdin))
  for (const { stdin } of children) stdin?.write('go\n')
  const applied = (await Promise.all(said)).flatMap((each) => JSON.parse(each) as string[])
  expect(applied.toSorted()).toEqual(MIGRATION_NAMES)
  const store = sqliteStore({ path })
  onTestFinished(() => store.close())
  expect(await store.migrationStatus()).toMatchObject({ applied: MIGRATION_NAMES, pending: [] })
}, 60_000)
