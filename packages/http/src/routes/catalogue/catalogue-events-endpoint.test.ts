import { fakeProvider } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { bodyOf, openDoor } from '../../__fixtures__/open-door.ts'
import type { OpenDoor } from '../../__fixtures__/open-door.ts'
import { catalogueEventWireSchema } from './catalogue-event-wire.ts'
import type { CatalogueEventPageWire } from './catalogue-events-endpoint.ts'

/** A catalogue in which three models came, one after the other, and the first one went. */
async function changedCatalogue(): Promise<OpenDoor> {
  const models = ['one']
  const provider = fakeProvider({ models })
  const other = fakeProvider({ id: 'other', models: ['far'] })
  const definitions = [provider.definition, other.definition]
  const door = await openDoor({ router: { providers: definitions } })
  const sync = (id: string): Promise<unknown> => door.router.providers.sync(id)
  await sync('other')
  for (const name of ['two', 'three']) {
    models.push(name)
    await sync('fake')
  }
  models.shift()
  await sync('fake')
  return door
}

async function page({ send }: OpenDoor, query: string): Promise<CatalogueEventPageWire> {
  return bodyOf(await send({ path: `/api/v2/admin/catalogue/events?${query}` }))
}

const names = ({ items }: CatalogueEventPageWire): readonly string[] =>
  items.map(({ type, modelId }) => `${type} ${modelId}`)

describe('GET /api/v2/admin/catalogue/events', () => {
  it('gives the newest first, page by page to the first one, and the other way round', async () => {
    const door = await changedCatalogue()
    const whole = await page(door, '')
    expect(whole.next).toBeNull()
    expect(names(whole).slice(0, 3)).toEqual([
      'model-removed fake/one',
      'model-added fake/three',
      'model-added fake/two',
    ])
    for (const item of whole.items) expect(catalogueEventWireSchema.parse(item)).toEqual(item)
    const paged = async (direction: 'asc' | 'desc', key: string): Promise<unknown[]> => {
      const seen: unknown[] = []
      for (let place: string | undefined = ''; place !== undefined;) {
        const { items, next } = await page(door, `direction=${direction}&limit=2${place}`)
        seen.push(...items)
        place = next === null ? undefined : `&${key}=${next}`
      }
      return seen
    }
    expect(await paged('desc', 'before')).toEqual(whole.items)
    expect(await paged('asc', 'since')).toEqual(whole.items.toReversed())
  })

  it('gives those of one provider, of one kind and between two numbers', async () => {
    const door = await changedCatalogue()
    expect(names(await page(door, 'provider_id=other'))).toEqual(['model-added other/far'])
    expect(names(await page(door, 'type=model-removed'))).toEqual(['model-removed fake/one'])
    expect(names(await page(door, 'provider_id=other&type=model-removed'))).toEqual([])
    const { items } = await page(door, '')
    const [last, , third] = items
    const between = await page(door, `since=${third?.seq}&before=${last?.seq}`)
    expect(between.items).toEqual(items.slice(1, 2))
  })

  it('tells the same as the stream of events', async () => {
    const door = await changedCatalogue()
    const stream = await door.send({ path: '/api/models/events?since=0' })
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    const { items } = await page(door, 'direction=asc')
    let text = ''
    while (!text.includes(`id: ${items.at(-1)?.seq}\n`) || !text.endsWith('\n\n')) {
      text += (await reader?.read())?.value ?? ''
    }
    await reader?.cancel()
    const frames = [...text.matchAll(/^id: (\d+)$[^]*?^data: (.*)$/gm)]
    expect(
      frames.map(([, id, data]) => ({ seq: Number(id), ...(JSON.parse(data ?? '') as object) })),
    ).toEqual(items)
  })
})
