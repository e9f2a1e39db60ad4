import { webhookSink } from '@imrs/feedback'
import { startSinkReceiver, withoutRepeats } from '@imrs/testing/simulator'
import { expect, it, onTestFinished } from 'vitest'

import { USER, WEBHOOK_KEY, answers, expectedOf, stage } from './__fixtures__/sink-stage.ts'

const DAY = 24 * 60 * 60 * 1000

it('three days without the sink lose nothing: thousands of records come in order when it is back', async () => {
  const MESSAGES = 700
  const gone = await startSinkReceiver({ kind: 'webhook', secret: WEBHOOK_KEY })
  const { port } = gone
  await gone.close()
  let most = 0
  const { router, store, runtime, events, drive, until } = await stage({
    receiver: gone,
    sinkOf: (_url, clock) =>
      webhookSink({ url: `http://127.0.0.1:${port}`, runtime: clock, timeoutMs: 300_000 }),
    router: { sinkDelivery: { leaseMs: DAY, concurrency: 8 } },
  })
  const claim = store.outbox.claim.bind(store.outbox)
  Object.assign(store.outbox, {
    claim: async (...input: Parameters<typeof claim>) => {
      const claimed = await claim(...input)
      if (claimed.kind === 'claimed') most = Math.max(most, claimed.entries.length)
      return claimed
    },
  })
  const ids = await answers(store, MESSAGES)
  for (let day = 0; day < 3; day += 1) {
    for (const messageId of ids) {
      await router.feedback({ messageId, userId: USER, rating: day / 4 })
    }
    const end = runtime.now() + DAY
    await drive(() => runtime.now() >= end, 240_000)
  }
  expect((await router.sinks.status())[0]).toMatchObject({
    pending: 3 * MESSAGES,
    oldestAgeMs: 3 * DAY,
    isDown: true,
    failure: 'unreachable',
  })
  expect(events.map(({ type }) => type)).toEqual(['sink-down'])

  const back = await startSinkReceiver({ kind: 'webhook', secret: WEBHOOK_KEY, port, runtime })
  onTestFinished(() => back.close())
  await drive(async () => (await router.sinks.status())[0]?.pending === 0, 60_000)
  await until(() => events.length === 2)
  expect(events.map(({ type }) => type)).toEqual(['sink-down', 'sink-recovered'])
  const received = withoutRepeats(back.received)
  expect(received).toHaveLength(3 * MESSAGES)
  const byMessage = Map.groupBy(received, ({ id }) => id.slice(0, 36))
  for (const id of ids) {
    expect(byMessage.get(id)?.map((record) => record.id)).toEqual(await expectedOf(store, id))
  }
  // What is held in memory does not grow with what waits.
  expect(most).toBe(64)
}, 60_000)
