import { fakeProvider } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { bodyOf, openDoor } from '../../__fixtures__/open-door.ts'
import type { OpenDoor } from '../../__fixtures__/open-door.ts'
import type { ModelDetailWire, ModelWire } from './model-wire.ts'

const BASE = '/api/v2/admin/models'
const free = { input: '0', output: '0' }
const dear = { input: '15', output: '60' }

async function openCatalogue(): Promise<OpenDoor> {
  const models = [
    { externalId: 'google/gemma-2-9b:free', pricing: free, displayName: 'Gemma 2 9B (Free)' },
    { externalId: 'acme/large', pricing: dear, displayName: 'Large', contextLength: 200_000 },
    { externalId: 'acme/löwe 🦁', pricing: free, displayName: 'Löwe' },
  ]
  return openDoor({ router: { providers: [fakeProvider({ id: 'hub', models }).definition] } })
}

interface List {
  readonly items: readonly ModelWire[]
  readonly total: number
  readonly next_cursor: string | null
}

const path = (id: string): string => `${BASE}/${encodeURIComponent(id)}`

describe('models over HTTP', () => {
  it('are filtered, sorted and paged', async () => {
    const { send } = await openCatalogue()
    const query = 'provider=hub&cost_tier=free&sort=display_name&direction=desc&page=1&per_page=1'
    const page = await bodyOf<List>(await send({ path: `${BASE}?${query}` }))
    expect(page).toMatchObject({ total: 2, page: 1, per_page: 1, total_is_estimate: false })
    expect(page.items.map((model) => model.display_name)).toEqual(['Löwe'])
    const second = await bodyOf<List>(
      await send({ path: `${BASE}?${query}`.replace('page=1', 'page=2') }),
    )
    expect(second.items.map((model) => model.id)).toEqual(['hub/google/gemma-2-9b:free'])
  })

  it('are read to the last by cursor', async () => {
    const { send } = await openCatalogue()
    const seen: string[] = []
    let next = `${BASE}?per_page=1`
    for (;;) {
      const page = await bodyOf<List>(await send({ path: next }))
      seen.push(...page.items.map(({ id }) => id))
      if (page.next_cursor === null) break
      next = `${BASE}?per_page=1&cursor=${encodeURIComponent(page.next_cursor)}`
    }
    expect(seen).toEqual(['hub/acme/large', 'hub/acme/löwe 🦁', 'hub/google/gemma-2-9b:free'])
  })

  it.each(['hub/google/gemma-2-9b:free', 'hub/acme/löwe 🦁'])(
    'are read by the id %s',
    async (id) => {
      const { send } = await openCatalogue()
      const model = await bodyOf<ModelDetailWire>(await send({ path: path(id) }))
      expect(model).toMatchObject({ id, pricing_input: '0', overridden: [] })
    },
  )

  it('are added, changed, taken out of service and brought back', async () => {
    const { send } = await openCatalogue()
    const body = {
      provider_id: 'hub',
      external_id: 'my-model-v1',
      display_name: 'My Model v1',
      capabilities: ['text', 'code', 'function_calling'],
      priority: 70,
      cost_tier: 'standard',
      ctx_length: 32_000,
      pricing_input: 0.0000015,
    }
    const made = await bodyOf<ModelDetailWire>(await send({ path: BASE, body }), 201)
    const { external_id: _external, pricing_input: _price, ...stays } = body
    expect(made).toMatchObject({ id: 'hub/my-model-v1', origin: 'manual', ...stays })
    expect(made.pricing_input).toBe('0.0000015')
    const change = async (changes: object): Promise<ModelDetailWire> =>
      bodyOf(await send({ method: 'PATCH', path: path('hub/acme/large'), body: changes }))
    expect(await change({ priority: 90, ctx_length: 1000 })).toMatchObject({
      priority: 90,
      ctx_length: 1000,
      overridden: expect.arrayContaining(['priority', 'ctx_length']) as unknown,
    })
    expect(await change({ ctx_length: null })).toMatchObject({ priority: 90, ctx_length: 200_000 })
    const gone = await send({ method: 'DELETE', path: path('hub/acme/large') })
    expect(await bodyOf(gone)).toMatchObject({ is_available: false })
    expect(await change({ is_available: null })).toMatchObject({ is_available: true })
  })

  it('are changed by name or by filter, many at once', async () => {
    const { send } = await openCatalogue()
    const body = { bulk_filter: { cost_tier: 'free' }, set: { priority: 5 } }
    const changed = await bodyOf(await send({ path: `${BASE}/bulk`, body }))
    expect(changed).toMatchObject({ changed_count: 2 })
    const { items } = await bodyOf<List>(await send({ path: BASE }))
    expect(items.map(({ priority }) => priority)).toEqual([50, 5, 5])
    const both = { ...body, model_ids: ['hub/acme/large'] }
    expect((await send({ path: `${BASE}/bulk`, body: both })).status).toBe(400)
  })

  it.each([
    'page=0',
    'page=-1',
    'page=1e3',
    'per_page=201',
    'per_page=',
    'cost_tier=dear',
    'capability=flying',
    'cost_teir=free',
    'sort=secret',
    'cursor=rubbish',
    'provider=hub&provider=other',
    'search=%00',
    `search=${'x'.repeat(300)}`,
    'is_available=maybe',
    Array.from({ length: 10_000 }, (_, index) => `provider=${index}`).join('&'),
  ])('are not listed for %.40s', async (query) => {
    const { send } = await openCatalogue()
    const { error } = await bodyOf<{ error: object }>(await send({ path: `${BASE}?${query}` }), 400)
    expect(error).toMatchObject({ code: 'invalid-request' })
  })

  it('that are not there are said to be not there', async () => {
    const { send } = await openCatalogue()
    const missing = await send({ path: path('hub/nothing') })
    expect(await bodyOf(missing, 404)).toMatchObject({ error: { code: 'not-found' } })
    const undecodable = await send({ path: `${BASE}/%E0%A4%A` })
    expect(undecodable.status).toBeGreaterThanOrEqual(400)
    expect(undecodable.status).toBeLessThan(500)
  })
})
