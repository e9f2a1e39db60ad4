import { fakeProvider } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { bodyOf, openDoor } from '../../__fixtures__/open-door.ts'
import type { OpenDoor } from '../../__fixtures__/open-door.ts'
import { healthHistoryWireSchema } from './health-history-endpoint.ts'
import type { HealthHistoryWire } from './health-history-endpoint.ts'

const PATH = '/api/v2/admin/health/history'

async function historyOf({ send }: OpenDoor, query = ''): Promise<HealthHistoryWire> {
  const body = await bodyOf<HealthHistoryWire>(await send({ path: `${PATH}?${query}` }))
  expect(healthHistoryWireSchema.parse(body)).toEqual(body)
  return body
}

const changes = ({ items }: HealthHistoryWire): readonly string[] =>
  items.map(({ provider_id: id, from, to }) => `${id} ${from} → ${to}`)

it('tells how providers were, newest first, page by page, of one and of some time', async () => {
  let isDown = false
  const failing = fakeProvider({
    id: 'failing',
    models: ['m'],
    listFailure: () => (isDown ? { kind: 'unavailable', message: 'It is down.' } : undefined),
  })
  const always = fakeProvider({
    id: 'never',
    models: [],
    listFailure: () => ({ kind: 'unavailable', message: 'It never was.' }),
  })
  const providers = [failing.definition, always.definition]
  const door = await openDoor({ router: { providers } })
  const { router, runtime } = door
  const sync = async (id: string, times: number): Promise<void> => {
    for (let count = 0; count < times; count += 1) {
      await router.providers.sync(id).catch(() => {})
      await runtime.advance(1000)
    }
  }
  isDown = true
  await sync('failing', 4)
  const downAt = new Date(runtime.now()).toISOString()
  isDown = false
  await sync('failing', 4)
  await sync('never', 2)

  const whole = await historyOf(door)
  expect(whole.next_before).toBeNull()
  const own = [
    'failing degraded → healthy',
    'failing down → degraded',
    'failing degraded → down',
    'failing healthy → degraded',
  ]
  expect(changes(await historyOf(door, 'provider_id=failing'))).toEqual(own)
  expect(changes(whole)).toEqual(['never healthy → degraded', ...own])
  expect(whole.items.at(-1)).toMatchObject({ error: 'It is down.' })
  expect(whole.items[1]).toMatchObject({ error: null })

  const paged: unknown[] = []
  for (let before: string | undefined = ''; before !== undefined;) {
    const { items, next_before: next } = await historyOf(door, `limit=2${before}`)
    paged.push(...items)
    before = next === null ? undefined : `&before=${next}`
  }
  expect(paged).toEqual(whole.items)
  expect(changes(await historyOf(door, `from=${downAt}&provider_id=failing`))).toEqual(
    own.slice(0, 2),
  )
  expect(changes(await historyOf(door, `to=${downAt}`))).toEqual(own.slice(2))
})
