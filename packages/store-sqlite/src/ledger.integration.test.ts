import { join } from 'node:path'

import type { MessageRecord, Store } from '@imrs/core'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'

import { temporaryFolder } from './__fixtures__/temporary-folder.ts'
import { sqliteStore } from './sqlite-store.ts'

async function openBoth(): Promise<{ store: Store; raw: Database.Database }> {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const path = join(folder.path, 'imrs.db')
  const store = sqliteStore({ path })
  onTestFinished(() => store.close())
  await store.migrate()
  const raw = new Database(path)
  onTestFinished(() => void raw.close())
  return { store, raw }
}

function message(id: string): MessageRecord {
  return {
    id,
    tenantId: 't',
    agentId: 'a',
    role: 'assistant',
    model: 'p/m',
    metadata: {},
    createdAtMs: 0,
    taskType: 'code',
    creditedTaskType: 'code',
    toolsUsed: [],
  }
}

function append(store: Store, ids: readonly string[], signal?: AbortSignal): Promise<void> {
  return store.ledger.append(
    { decisions: [], attempts: [], messages: ids.map(message) },
    { signal },
  )
}

function idsIn(raw: Database.Database): unknown[] {
  return raw.prepare('select id from messages order by id').pluck().all()
}

it('takes all rows of a batch back when one cannot be written, and goes on', async () => {
  const { store, raw } = await openBoth()
  raw.exec(`create trigger no_bad before insert on messages when new.id = 'm450'
    begin select raise(abort, 'not this one'); end`)
  // More than one statement can carry, so that some were run before the one that fails.
  const ids = Array.from({ length: 500 }, (_, index) => `m${index}`)
  await expect(append(store, ids)).rejects.toMatchObject({ code: 'internal' })
  expect(idsIn(raw)).toEqual([])
  await append(store, ['good'])
  expect(idsIn(raw)).toEqual(['good'])
})

it('writes nothing of a batch that is aborted while another process writes', async () => {
  const { store, raw } = await openBoth()
  const abort = new AbortController()
  raw.exec('begin immediate')
  const appending = append(store, ['late'], abort.signal)
  const behind = append(store, ['behind'])
  abort.abort('enough')
  raw.exec('commit')
  await expect(appending).rejects.toBe('enough')
  await behind
  expect(idsIn(raw)).toEqual(['behind'])
})

it('leaves out of a batch what others have open, and waits for its turn', async () => {
  const { store } = await openBoth()
  // All on one connection: none may step into the transaction of another.
  const many = Array.from({ length: 40 }, (_, index) =>
    index % 2 === 0
      ? append(store, [`m${index}`])
      : store.preferences.putSelection(
          { tenantId: 't', userId: `u${index}` },
          { modelId: 'p/m', atMs: index },
        ),
  )
  await Promise.all(many)
  const key = { tenantId: 't', messageId: 'm38' }
  expect(await store.ledger.getMessage(key)).toMatchObject({ id: 'm38' })
  const last = await store.preferences.get({ tenantId: 't', userId: 'u39' })
  expect(last?.selection?.atMs).toBe(39)
})
