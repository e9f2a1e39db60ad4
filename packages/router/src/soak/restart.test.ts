import { join } from 'node:path'

import { systemRuntime } from '@imrs/core'
import { memorySecrets } from '@imrs/secrets'
import { postgresStore } from '@imrs/store-postgres'
import { fakeProvider } from '@imrs/testing/host'
import { expect, it, onTestFinished } from 'vitest'

import { startOwnPostgres } from '../../../../tooling/postgres/index.ts'
import { switchableStore } from '../__fixtures__/switchable-store.ts'
import { temporaryFolder } from '../__fixtures__/temporary-folder.ts'
import { createRouter } from '../create-router.ts'
import type { Router } from '../router.ts'

const CALLERS = 4
interface Ended {
  readonly messageId: string
  readonly isDelayed: boolean
  readonly isWhole: boolean
}

async function ask(router: Router, caller: number): Promise<Ended> {
  const messages = [{ role: 'user' as const, content: 'Hello' }]
  const answer = await router.chat({ userId: `u${caller}`, model: 'fake/one', messages })
  let [isDelayed, isWhole] = [false, false]
  for await (const part of answer.parts) {
    if (part.type === 'warning' && part.code === 'record-delayed') isDelayed = true
    if (part.type === 'warning' && part.code === 'record-failed') throw new Error(part.message)
    if (part.type === 'end') isWhole = true
  }
  return { messageId: answer.messageId, isDelayed, isWhole }
}

it('a database that is restarted under load costs no answer and no record, and records keep their order', async () => {
  // What was committed has to survive a crash of the server.
  const server = await startOwnPostgres({ settings: { synchronous_commit: 'on' } })
  onTestFinished(server.stop)
  const switchable = switchableStore(postgresStore({ connectionString: server.url }))
  const spool = join(await temporaryFolder(), 'spool')
  const router = await createRouter({
    store: switchable.store,
    secrets: memorySecrets(),
    providers: [fakeProvider({ models: ['one'] }).definition],
    unconfiguredAgents: 'all',
    spool: { directory: spool },
  })
  onTestFinished(() => router.close())
  const drained = Promise.withResolvers<void>()
  let isBack = false
  router.on('spool-changed', ({ waiting }) => {
    if (isBack && waiting === 0) drained.resolve()
  })

  const ended: Ended[][] = Array.from({ length: CALLERS }, () => [])
  const count = (): number => ended.reduce((sum, own) => sum + own.length, 0)
  let isOver = false
  const calling = ended.map(async (own, caller) => {
    while (!isOver) {
      own.push(await ask(router, caller))
      // Paces the callers, and waits for nothing: without it answers come faster than the spool is replayed.
      await systemRuntime.sleep(1)
    }
  })
  const reach = (number: number): Promise<void> =>
    expect.poll(count, { timeout: 20_000, interval: 5 }).toBeGreaterThanOrEqual(number)

  await reach(40)
  await server.restart()
  isBack = true
  await drained.promise
  await reach(count() + 40)
  isOver = true
  await Promise.all(calling)

  const all = ended.flat()
  expect(all.filter(({ isWhole }) => !isWhole)).toEqual([])
  const delayed = all.filter(({ isDelayed }) => isDelayed)
  expect(delayed.length).toBeGreaterThanOrEqual(CALLERS)
  await expect.poll(() => switchable.messageIds.length).toBeGreaterThanOrEqual(all.length)
  for (const { messageId } of all) {
    const key = { tenantId: 'default', messageId }
    expect((await switchable.store.ledger.getMessage(key))?.id).toBe(messageId)
    expect(await switchable.store.ledger.listAttempts(key)).toHaveLength(1)
  }
  // In the order in which each caller got its answers, those that waited among them.
  const place = new Map(switchable.messageIds.map((id, index) => [id, index]))
  for (const own of ended) {
    const places = own.map(({ messageId }) => place.get(messageId) ?? Number.NaN)
    expect(places).toEqual(places.toSorted((left, right) => left - right))
  }
}, 60_000)
