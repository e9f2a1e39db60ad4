import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

import type { Store } from '@imrs/core'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished, vi } from 'vitest'

import { makeMessages } from './__fixtures__/make-messages.ts'
import { runNode } from './__fixtures__/run-node.ts'
import { temporaryFolder } from './__fixtures__/temporary-folder.ts'
import { sqliteStore } from './sqlite-store.ts'

vi.setConfig({ testTimeout: 30_000 })

function newFile(): string {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  return join(folder.path, 'imrs.db')
}

async function append(store: Store, count: number): Promise<void> {
  for (let left = count; left > 0; left -= 10) {
    await store.ledger.append({ decisions: [], attempts: [], messages: makeMessages(10) })
  }
}

function messagesIn(path: string): number {
  const file = new Database(path)
  try {
    const row = file.prepare('select count(*) as count from messages').get()
    return (row as { readonly count: number }).count
  } finally {
    file.close()
  }
}

/** How many messages have been written back into the file: what a copy without the log holds. */
function writtenBack(path: string): number {
  copyFileSync(path, `${path}.copy`)
  try {
    return messagesIn(`${path}.copy`)
  } catch {
    // Copied while it was being written, or before there was a table.
    return 0
  }
}

it('writes the log back long before whoever commits would have to', async () => {
  const path = newFile()
  const store = sqliteStore({ path })
  await store.migrate()
  await append(store, 700)
  // A quarter of what it takes for a commit to do it.
  expect(statSync(`${path}-wal`).size).toBeLessThan(2_000 * 4_096)
  await vi.waitUntil(() => writtenBack(path) > 0, { timeout: 20_000 })
  await store.close()
  expect(existsSync(`${path}-wal`)).toBe(false)
  expect(messagesIn(path)).toBe(700)
})

it('can be closed while it writes', async () => {
  const path = newFile()
  const store = sqliteStore({ path })
  await store.migrate()
  await append(store, 510)
  await store.close()
  expect(messagesIn(path)).toBe(510)
})

it('keeps no process alive, nor loses what one leaves in the log', async () => {
  const path = newFile()
  const child = runNode('append-messages.ts', path, '600')
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(messagesIn(path)).toBe(600)
})

it('goes on without a thread where none may be had', async () => {
  const path = newFile()
  const script = join(import.meta.dirname, '__fixtures__', 'append-messages.ts')
  const rights = ['--permission', '--allow-fs-read=*', '--allow-fs-write=*', '--allow-addons']
  const flags = ['--conditions=@imrs/source', ...rights, script, path, '600']
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'inherit', 'inherit'] })
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(messagesIn(path)).toBe(600)
})
