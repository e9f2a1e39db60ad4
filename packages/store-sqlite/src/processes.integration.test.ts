import { once } from 'node:events'
import { join } from 'node:path'

import { expect, it, onTestFinished } from 'vitest'

import { runNode } from './__fixtures__/run-node.ts'
import { temporaryFolder } from './__fixtures__/temporary-folder.ts'
import { listNumber } from './__fixtures__/two-lists.ts'
import { sqliteStore } from './sqlite-store.ts'

const MESSAGES = 150

function newFile(): string {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  return join(folder.path, 'imrs.db')
}

it('keeps sums exact when two processes record feedback on the same messages at once', async () => {
  const path = newFile()
  const store = sqliteStore({ path })
  onTestFinished(() => store.close())
  await store.migrate()
  const ids = Array.from({ length: MESSAGES }, (_, index) => `message-${index}`)
  await store.ledger.append({
    decisions: [],
    attempts: [],
    messages: ids.map((id) => ({
      id,
      tenantId: 't',
      agentId: 'a',
      userId: 'u',
      role: 'assistant',
      model: 'p/m',
      metadata: {},
      createdAtMs: 0,
      taskType: 'code',
      creditedTaskType: 'code',
      toolsUsed: [],
    })),
  })
  const workers = [
    runNode('record-feedback.ts', path, 'explicit', ...ids),
    runNode('record-feedback.ts', path, 'implicit', ...ids.toReversed()),
  ]
  const codes = await Promise.all(workers.map((worker) => once(worker, 'exit')))
  expect(codes.map(([code]) => code as number)).toEqual([0, 0])
  const key = { tenantId: 't', agentId: 'a' }
  expect(await store.feedback.listExperience(key)).toMatchObject([
    { count: MESSAGES, sum: MESSAGES * 700, sumOfSquares: MESSAGES * 490_000 },
  ])
}, 30_000)

it('keeps a change of health once when four processes notice it', async () => {
  const path = newFile()
  const store = sqliteStore({ path })
  onTestFinished(() => store.close())
  await store.migrate()
  const children = Array.from({ length: 4 }, () => runNode('notice-health.ts', path, '60'))
  onTestFinished(() => {
    for (const child of children) child.kill('SIGKILL')
  })
  const ends = children.map((child) => once(child, 'exit'))
  // All of them have opened the file when the first one begins.
  await Promise.all(
    children.map(({ stdout }, index) =>
      Promise.race([ends[index], stdout === null ? undefined : once(stdout, 'data')]),
    ),
  )
  for (const { stdin } of children) stdin?.end()
  expect(await Promise.all(ends)).toEqual(children.map(() => [0, null]))
  const kept = await store.providers.listHealthChanges({ limit: 1_000 })
  const steps = Array.from({ length: 60 }, (_, index) => index + 1)
  expect(kept.toReversed().map(({ atMs }) => atMs)).toEqual(steps)
}, 30_000)

it('migrates once when several processes open a new file at the same time', async () => {
  const path = newFile()
  const stores = Array.from({ length: 4 }, () => sqliteStore({ path }))
  onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))))
  await Promise.all(stores.map((store) => store.migrate()))
  expect(await stores[0]?.providers.list()).toEqual([])
})

it('frees a lock when its holder is killed, and not before', async () => {
  const path = newFile()
  const store = sqliteStore({ path })
  onTestFinished(() => store.close())
  await store.migrate()
  const child = runNode('hold-lock.ts', path)
  onTestFinished(() => void child.kill('SIGKILL'))
  if (child.stdout !== null) await once(child.stdout, 'data')
  expect(await store.coordination.tryLock('work')).toBeUndefined()
  child.kill('SIGKILL')
  await once(child, 'exit')
  const held = await store.coordination.tryLock('work')
  expect(held?.signal.aborted).toBe(false)
  await held?.release()
})

it('keeps no process alive by watching, nor by a lock', async () => {
  const path = newFile()
  const store = sqliteStore({ path })
  onTestFinished(() => store.close())
  await store.migrate()
  expect(await once(runNode('watch-file.ts', path), 'exit')).toEqual([0, null])
})

it('has the catalogue as it was or as it should be after a kill -9 in the middle of a sync (small)', async () => {
  const path = newFile()
  const store = sqliteStore({ path })
  onTestFinished(() => store.close())
  await store.migrate()
  for (const delayMs of [3, 17, 31, 45, 59]) {
    const child = runNode('sync-forever.ts', path)
    // The first whole sync is in; what follows is cut at an arbitrary point.
    if (child.stdout !== null) await once(child.stdout, 'data')
    await new Promise((resolve) => setTimeout(resolve, delayMs))
    child.kill('SIGKILL')
    await once(child, 'exit')

    const stored = await store.models.listRoutable()
    const available = stored.filter((model) => model.isAvailable)
    const names = new Set(available.map((model) => model.displayName))
    expect(names.size).toBe(1)
    const list = names.has('of list 0') ? listNumber(0) : listNumber(1)
    const ids = list.map((model) => model.id).toSorted()
    expect(available.map((model) => model.id)).toEqual(ids)
  }
}, 60_000)
