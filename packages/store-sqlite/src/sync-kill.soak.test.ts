import { once } from 'node:events'
import { join } from 'node:path'

import { seededRandom, systemRuntime } from '@imrs/core'
import type { CatalogEvent, Model } from '@imrs/core'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'

import { runNode } from './__fixtures__/run-node.ts'
import { temporaryFolder } from './__fixtures__/temporary-folder.ts'
import { listNumber } from './__fixtures__/two-lists.ts'
import { sqliteStore } from './sqlite-store.ts'

const KILLS = 100
const LONGEST_MS = 400
const SEED = 20_261_121

it(`has the catalogue as it was or as it should be after each of ${KILLS} kills in the middle of a sync`, async () => {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const path = join(folder.path, 'imrs.db')
  const store = sqliteStore({ path })
  onTestFinished(() => store.close())
  await store.migrate()
  const random = seededRandom(SEED)
  const available = new Set<string>()
  let seq = 0
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const child = runNode('sync-forever.ts', path)
    // At least one sync is whole; what follows is cut at an arbitrary point.
    if (child.stdout !== null) await once(child.stdout, 'data')
    await systemRuntime.sleep(Math.floor(random() * LONGEST_MS))
    child.kill('SIGKILL')
    await once(child, 'exit')

    for (;;) {
      const events = await store.models.listEvents({ sinceSeq: seq, limit: 1_000 })
      if (events.length === 0) break
      for (const event of events) follow(event, available)
      seq = events.at(-1)?.seq ?? seq
    }
    const label = `kill ${kill}, seed ${SEED}`
    const stored = await store.models.listRoutable()
    const now = stored.filter((model) => model.isAvailable)
    expect([nameList(listNumber(0)), nameList(listNumber(1))], label).toContain(nameList(now))
    // The events tell of the same catalogue as its rows: both are written or neither.
    expect([...available].toSorted(), label).toEqual(now.map((model) => model.id).toSorted())
    expect(await store.models.count({ search: 'of list' }), label).toBe(stored.length)
  }
  const raw = new Database(path)
  onTestFinished(() => void raw.close())
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok')
  raw.exec("insert into model_search (model_search, rank) values ('integrity-check', 1)")
})

/** A list that comes back makes models available again: an update of what was removed. */
function follow(event: CatalogEvent, available: Set<string>): void {
  if (event.type === 'model-removed') available.delete(event.modelId)
  if (event.type === 'model-added' || event.type === 'model-updated') available.add(event.modelId)
}

function nameList(models: readonly Model[]): string {
  const names = models.map((model) => `${model.id} ${model.displayName}`)
  return names.toSorted().join('\n')
}
