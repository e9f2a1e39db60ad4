import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'

import { temporaryFolder } from './__fixtures__/temporary-folder.ts'
import { sqliteStore } from './sqlite-store.ts'

function newFolder(): string {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  return folder.path
}

it('is unavailable when the file cannot be opened, and says nothing of SQL', async () => {
  const store = sqliteStore({ path: newFolder() })
  const error: unknown = await store.providers.list().catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'store-unavailable', cause: expect.any(Error) as Error })
  expect(String(error)).not.toMatch(/select|llm_providers/i)
  await store.close()
})

it('is unavailable when the file is not a database', async () => {
  const path = join(newFolder(), 'text.db')
  writeFileSync(
    path,
    'this is not a database, though it is long enough to be read as one'.repeat(40),
  )
  const store = sqliteStore({ path })
  await expect(store.migrate()).rejects.toMatchObject({ code: 'store-unavailable' })
  await store.close()
})

it('waits for the writer of another connection without blocking, until the busy timeout', async () => {
  const path = join(newFolder(), 'imrs.db')
  const store = sqliteStore({ path, busyTimeoutMs: 50 })
  onTestFinished(() => store.close())
  await store.migrate()
  const writer = new Database(path)
  onTestFinished(() => void writer.close())
  writer.prepare('begin immediate').run()
  let turns = 0
  const ticking = setInterval(() => (turns += 1), 1)
  const health = { providerId: 'p', status: 'healthy', checkedAtMs: 0 } as const
  await expect(store.providers.putHealth(health)).rejects.toMatchObject({
    code: 'store-unavailable',
    cause: { code: 'SQLITE_BUSY' },
  })
  clearInterval(ticking)
  expect(turns).toBeGreaterThan(5)
  // Reads go on meanwhile, and writes once the other one is done.
  expect(await store.providers.listHealth()).toEqual([])
  writer.prepare('commit').run()
  await store.providers.putHealth(health)
  expect(await store.providers.listHealth()).toEqual([health])
})

it('leaves a database of the host open, and its pragmas as they are', async () => {
  const database = new Database(join(newFolder(), 'host.db'))
  onTestFinished(() => void database.close())
  const store = sqliteStore({ database })
  await store.migrate()
  await store.close()
  expect(database.open).toBe(true)
  expect(database.pragma('journal_mode', { simple: true })).toBe('delete')
})

it.each([
  [{}, 'path'],
  [{ path: '' }, 'path'],
  [{ path: 'x', database: new Database(':memory:') }, 'exclude each other'],
  [{ path: 'x', busyTimeoutMs: -1 }, 'busyTimeoutMs'],
  [{ path: 'x', durability: 'eternal' as 'power' }, "'eternal'"],
])('refuses the options %j', (options, message) => {
  expect(() => sqliteStore(options)).toThrow(message)
})
