import { BUILT_IN_PRESETS, NoCandidateError } from '@imrs/core'
import type { ChatRequest, PresetChoice, Store } from '@imrs/core'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, partsOf, read } from './__fixtures__/make-router.ts'
import type { MakeRouterOptions } from './__fixtures__/make-router.ts'
import { switchableStore } from './__fixtures__/switchable-store.ts'
import type { Router } from './router.ts'
import { adaptive } from './strategies/adaptive/adaptive.ts'
import { priority } from './strategies/priority.ts'

/** By price: mini, middle, large; by priority the other way round. `odd` has no price, and sees. */
const listed = [
  { externalId: 'large', pricing: { input: '10', output: '10' } },
  { externalId: 'middle', pricing: { input: '2', output: '2' } },
  { externalId: 'mini', pricing: { input: '1', output: '1' } },
  { externalId: 'odd', capabilities: ['text', 'vision'] },
] as const

const priorities = { large: 90, middle: 60, mini: 30, odd: 95 }

async function setup(options: MakeRouterOptions = {}) {
  const models = Object.entries(priorities).map(([externalId, its]) => ({
    providerId: 'fake',
    externalId,
    displayName: externalId,
    priority: its,
  }))
  return makeRouter({ providers: [{ models: listed }], models, strategy: priority(), ...options })
}

async function ranked(router: Router, request: Partial<ChatRequest> = {}): Promise<string[]> {
  const { candidates } = await router.decide({ ...hello, ...request })
  return candidates.map(({ modelId }) => modelId.replace('fake/', ''))
}

function withChoice(choice: PresetChoice) {
  return { id: 'mine', models: { filter: {} }, choice } as const
}

describe('asking for a preset', () => {
  it('ranks its models by its own order, and every decision says which preset it was', async () => {
    const { router } = await setup()
    expect(await ranked(router, { model: 'auto' })).toEqual(['odd', 'large', 'middle', 'mini'])
    expect(await ranked(router, { model: 'preset:cheap' })).toEqual([
      'mini',
      'middle',
      'large',
      'odd',
    ])
    const decision = await router.decide({ ...hello, model: 'preset:cheap' })
    expect(decision).toMatchObject({
      source: 'auto',
      preset: 'cheap',
      modelId: 'fake/mini',
      strategy: { name: 'cheapest', version: '1' },
      propensity: 1,
      opeEligible: true,
    })
    expect((await router.decide({ ...hello, model: 'auto' })).preset).toBeUndefined()
  })

  it('takes `auto:` for `preset:`, in a request and in a preference', async () => {
    const { router } = await setup()
    expect((await ranked(router, { model: 'auto:cheap' }))[0]).toBe('mini')
    expect(await router.preferences.set({ userId: 'u1', model: 'auto:cheap' })).toMatchObject({
      modelId: 'preset:cheap',
    })
    expect(await router.decide(hello)).toMatchObject({ preset: 'cheap', modelId: 'fake/mini' })
  })

  it.each<[PresetChoice, readonly string[]]>([
    [{ order: 'agent' }, ['odd', 'large', 'middle', 'mini']],
    [{ order: 'best' }, ['odd', 'large', 'middle', 'mini']],
    // The median price is 2: at 0.75 it is worth 0.3, and what is not known counts as 10.
    [{ order: 'best', costQuality: 0.75 }, ['middle', 'mini', 'odd', 'large']],
    [{ order: 'best', costQuality: 1 }, ['mini', 'middle', 'odd', 'large']],
    [{ order: 'cheapest' }, ['mini', 'middle', 'large', 'odd']],
  ])('orders by %j', async (choice, order) => {
    const { router } = await setup()
    await router.presets.set(withChoice(choice))
    expect(await ranked(router, { model: 'preset:mine' })).toEqual(order)
  })

  it('goes by the times that were measured, for `fast`, whatever the agent’s strategy is', async () => {
    const delays: Readonly<Record<string, number>> = { large: 400, middle: 50, mini: 200, odd: 300 }
    const runtime = createTestRuntime()
    const { router } = await setup({
      runtime,
      providers: [
        {
          models: listed,
          answer: ({ externalId }) => ({
            text: externalId,
            before: runtime.advance(delays[externalId] ?? 0),
          }),
        },
      ],
    })
    for (const model of Object.keys(delays)) {
      for (let call = 0; call < 3; call += 1) await read(await router.chat({ ...hello, model }))
    }
    await runtime.advance(2000)
    const orders = new Map<string, number>()
    for (let draw = 0; draw < 40; draw += 1) {
      const order = (await ranked(router, { model: 'preset:fast' })).join(' ')
      orders.set(order, (orders.get(order) ?? 0) + 1)
    }
    // One request in twenty is drawn at random.
    expect(orders.get('middle mini odd large')).toBeGreaterThan(30)
    const decision = await router.decide({ ...hello, model: 'preset:fast' })
    expect(decision.strategy.name).toBe('fastest')
    expect(decision.propensity).toBeLessThan(1)
  })

  it('lets the agent’s strategy choose with all it learned, and keeps its probability', async () => {
    const { router } = await setup({ strategy: adaptive() })
    const models = { modelIds: ['mini', 'middle'] }
    await router.presets.set({ id: 'pair', models })
    for (let round = 0; round < 60; round += 1) {
      const [userId, model] = [`u${round}`, round % 2 === 0 ? 'mini' : 'middle']
      const answer = await router.chat({ ...hello, userId, model })
      await read(answer)
      const { messageId } = answer
      await router.feedback({ messageId, userId, rating: model === 'mini' ? 1 : 0 })
    }
    const chosen: string[] = []
    for (let draw = 0; draw < 30; draw += 1) {
      const decision = await router.decide({ ...hello, model: 'preset:pair' })
      chosen.push(decision.modelId)
      expect(decision.strategy.name).toBe('adaptive')
      expect(decision.candidateCount).toBe(2)
      expect(decision.propensityLog?.candidates).toBe(2)
      expect(decision.propensity).toBeGreaterThan(0)
      expect(decision.exclusions.counts).toEqual({ 'not-in-preset': 2 })
    }
    expect(chosen.filter((modelId) => modelId === 'fake/mini').length).toBeGreaterThan(24)
  })

  it('says it in one sentence, in the answer and in what is stored', async () => {
    const { router } = await setup()
    const events: (string | undefined)[] = []
    router.on('decision-made', ({ preset }) => void events.push(preset))
    const answer = await router.chat({ ...hello, model: 'preset:cheap' })
    const [part] = partsOf(await read(answer), 'decision')
    const sentence =
      'General: mini, of the preset cheap, with 0.50 from its price; next is middle with 0.33 (4 candidates).'
    expect(part).toMatchObject({ preset: 'cheap', reason: sentence })
    const explained = await router.explain(answer.decision.id)
    expect(explained.sentence).toBe(sentence)
    expect(explained.decision.preset).toBe('cheap')
    await router.close()
    expect(events).toEqual(['cheap'])
  })

  it('names the presets there are when it does not know one', async () => {
    const { router } = await setup()
    await router.presets.set(withChoice({ order: 'agent' }))
    for (const model of ['preset:nope', 'auto:nope', 'preset:']) {
      await expect(router.decide({ ...hello, model })).rejects.toMatchObject({
        code: 'unknown-preset',
        field: 'model',
        message: expect.stringContaining('There are: cheap, fast, best, mine.'),
      })
    }
    await expect(
      router.preferences.set({ userId: 'u1', model: 'preset:nope' }),
    ).rejects.toMatchObject({ code: 'unknown-preset' })
    await expect(
      router.decide({ ...hello, model: 'preset:cheap', provider: 'fake' }),
    ).rejects.toMatchObject({ code: 'invalid-request', field: 'provider' })
  })

  it('is not taken by a model of that name', async () => {
    const { router } = await setup({
      providers: [{ models: ['preset:cheap', 'auto:cheap', 'plain'] }],
    })
    const decision = await router.decide({ ...hello, model: 'auto:cheap' })
    expect(decision.preset).toBe('cheap')
    // By its whole id it can be had.
    const byId = await router.decide({ ...hello, model: 'fake/preset:cheap' })
    expect(byId).toMatchObject({ source: 'explicit', modelId: 'fake/preset:cheap' })
  })

  it('is no default model, which must be one', async () => {
    await expect(setup({ defaultModel: 'preset:cheap' })).rejects.toMatchObject({
      code: 'invalid-config',
      message: expect.stringContaining('`defaultModel`'),
    })
  })
})

describe('what a preset does not allow', () => {
  it('is all that is not allowed anyway', async () => {
    const vetoed: string[] = []
    const { router } = await setup({
      restrictions: [{ models: { modelIds: ['fake/mini'] }, roles: ['staff'] }],
      authorize: ({ model }) => {
        vetoed.push(model.id)
        return model.id !== 'fake/odd'
      },
    })
    const asked = { ...hello, model: 'preset:cheap' } as const
    expect(await ranked(router, asked)).toEqual(['middle', 'large'])
    expect(await ranked(router, { ...asked, roles: ['staff'] })).toEqual([
      'mini',
      'middle',
      'large',
    ])
    expect(await ranked(router, { ...asked, allowedModels: ['large', 'odd'] })).toEqual(['large'])
    await router.presets.set({ id: 'pair', models: { modelIds: ['large'] } })
    vetoed.length = 0
    expect(await ranked(router, { model: 'preset:pair' })).toEqual(['large'])
    // Nobody is asked about models that are not in it.
    expect(vetoed).toEqual(['fake/large'])
    await router.agents.enable({ models: ['middle', 'odd'] })
    expect(await ranked(router, asked)).toEqual(['middle'])
  })

  it('fails with what removed which models when nothing is left', async () => {
    const { router } = await setup()
    await router.presets.set({ id: 'eyes', models: { filter: { search: 'odd' } } })
    const refused = router.decide({ ...hello, model: 'preset:eyes', allowedModels: ['mini'] })
    await expect(refused).rejects.toSatisfy((error) => NoCandidateError.is(error))
    await expect(refused).rejects.toMatchObject({
      exclusions: { 'not-in-preset': 3, 'not-allowed': 1 },
      message: 'No model can answer: 3 not in the preset, 1 not among the allowed models.',
    })
  })

  it('takes only models that can what it asks for, by name or by filter', async () => {
    const { router } = await setup()
    const requiredCapabilities = ['vision'] as const
    await router.presets.set({ id: 'any', models: { filter: {} }, requiredCapabilities })
    await router.presets.set({
      id: 'named',
      models: { modelIds: ['odd', 'large'] },
      requiredCapabilities,
    })
    expect(await ranked(router, { model: 'preset:any' })).toEqual(['odd'])
    expect(await ranked(router, { model: 'preset:named' })).toEqual(['odd'])
  })

  it('never answers with a model outside of it, whatever fails', async () => {
    const failure = { kind: 'unavailable', message: 'Down' } as const
    const { router, providers } = await setup({
      providers: [{ models: listed, answer: () => ({ failure }) }],
      defaultModel: 'middle',
    })
    await router.presets.set({ id: 'pair', models: { modelIds: ['large', 'mini'] } })
    const [provider] = providers
    const parts = await read(await router.chat({ ...hello, model: 'preset:pair' }))
    expect(partsOf(parts, 'error')).toHaveLength(1)
    const called = provider?.calls.map(({ externalId }) => externalId)
    expect(called).toEqual(expect.arrayContaining(['large', 'mini']))
    expect(new Set(called)).toEqual(new Set(['large', 'mini']))
  })

  it('is not handed to a default model outside of it when the strategy fails', async () => {
    const broken = { ...priority(), rank: () => expect.fail('cannot rank') }
    const { router } = await setup({ strategy: broken, defaultModel: 'large' })
    await router.presets.set({ id: 'without', models: { modelIds: ['mini', 'middle'] } })
    await router.presets.set({ id: 'with', models: { modelIds: ['mini', 'large'] } })
    await expect(router.decide({ ...hello, model: 'preset:without' })).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('not in it'),
    })
    expect(await router.decide({ ...hello, model: 'preset:with' })).toMatchObject({
      source: 'fallback-default',
      preset: 'with',
      modelId: 'fake/large',
    })
  })
})

describe('router.presets', () => {
  it('has the built-in ones, which can be replaced and not removed', async () => {
    const { router } = await setup()
    const ids = async () =>
      (await router.presets.list()).map(({ id, isBuiltIn }) => `${id} ${String(isBuiltIn)}`)
    expect(await ids()).toEqual(['cheap true', 'fast true', 'best true'])
    expect(BUILT_IN_PRESETS.map(({ id }) => id)).toEqual(['cheap', 'fast', 'best'])
    await expect(router.presets.remove({ id: 'cheap' })).rejects.toMatchObject({
      code: 'read-only',
      message: expect.stringContaining('"cheap" is built in and cannot be removed'),
    })
    await router.presets.set({ id: 'cheap', models: { modelIds: ['large'] } })
    await router.presets.set({ id: 'a', models: { filter: {} } })
    expect(await ids()).toEqual(['cheap false', 'fast true', 'best true', 'a false'])
    expect(await ranked(router, { model: 'preset:cheap' })).toEqual(['large'])
    await router.presets.remove({ id: 'cheap' })
    expect((await ranked(router, { model: 'preset:cheap' }))[0]).toBe('mini')
    await router.presets.remove({ id: 'a' })
    await expect(router.presets.remove({ id: 'a' })).rejects.toMatchObject({
      code: 'unknown-preset',
    })
  })

  it('stores models by id, whatever they were called, each once, and says who did it', async () => {
    const { router, runtime } = await setup({
      models: [{ providerId: 'fake', externalId: 'large', displayName: 'large', aliases: ['big'] }],
    })
    const models = { modelIds: ['big', 'fake/mini', 'large'] }
    const stored = await router.presets.set({ id: 'mine', models, by: 'admin-1' })
    expect(stored).toEqual({
      tenantId: 'default',
      id: 'mine',
      displayName: 'mine',
      models: { modelIds: ['fake/large', 'fake/mini'] },
      choice: { order: 'agent' },
      updatedBy: 'admin-1',
      updatedAtMs: runtime.now(),
      isBuiltIn: false,
    })
    expect(await router.presets.get({ id: 'mine' })).toEqual(stored)
    expect(await router.presets.get({ id: 'none' })).toBeUndefined()
    await router.presets.remove({ id: 'mine', by: 'admin-2' })
    const entries = await router.audit.list({ tenantId: 'default' })
    expect(entries.map(({ action, actor, subject }) => [action, actor, subject])).toEqual([
      ['preset-deleted', 'admin-2', 'mine'],
      ['preset-put', 'admin-1', 'mine'],
    ])
  })

  it('keeps tenants apart', async () => {
    const { router } = await setup()
    await router.presets.set({ id: 'mine', tenantId: 't2', models: { modelIds: ['mini'] } })
    expect(await router.presets.list()).toHaveLength(3)
    await expect(router.decide({ ...hello, model: 'preset:mine' })).rejects.toMatchObject({
      code: 'unknown-preset',
    })
    expect(await ranked(router, { tenantId: 't2', model: 'preset:mine' })).toEqual(['mini'])
  })

  it.each([
    [{ id: 'Mine' }, 'id'],
    [{ id: '' }, 'id'],
    [{ id: 'a'.repeat(51) }, 'id'],
    [{ displayName: ' ' }, 'displayName'],
    [{ models: { modelIds: [] } }, 'models.modelIds'],
    [{ models: { modelIds: ['mini'], filter: {} } }, 'models'],
    [{ models: { filter: { provider: 'x' } } }, 'models.filter'],
    [{ choice: { order: 'cheapest', costQuality: 1 } }, 'choice'],
    [{ choice: { order: 'best', costQuality: 1.5 } }, 'choice.costQuality'],
    [{ choice: { order: 'random' } }, 'choice.order'],
    [{ requiredCapabilities: ['sight'] }, 'requiredCapabilities[0]'],
    [{ tenantId: '' }, 'tenantId'],
  ])('refuses %j by the name of the field', async (wrong, field) => {
    const { router } = await setup()
    const request = { id: 'mine', models: { filter: {} }, ...wrong }
    // @ts-expect-error: wrong on purpose
    await expect(router.presets.set(request)).rejects.toMatchObject({
      code: 'invalid-request',
      field,
    })
    expect(await router.presets.list()).toHaveLength(3)
  })

  it('refuses a model that there is not, and changes nothing', async () => {
    const { router } = await setup()
    const request = { id: 'mine', models: { modelIds: ['mini', 'nope'] } }
    await expect(router.presets.set(request)).rejects.toMatchObject({ code: 'unknown-model' })
    expect(await router.presets.get({ id: 'mine' })).toBeUndefined()
  })

  it('is seen by the next request, and by other processes within about a second', async () => {
    const { changes, ...rest } = memoryStore()
    // It tells nobody of changes: they have to be found.
    const versions: Store['changes']['versions'] = (topics) => changes.versions(topics)
    const store: Store = { ...rest, changes: { versions } }
    const { router, runtime } = await setup({ store })
    const { router: other } = await setup({ store, runtime })
    const asked = { model: 'preset:mine' } as const
    await router.presets.set({ id: 'mine', models: { modelIds: ['mini'] } })
    expect(await ranked(router, asked)).toEqual(['mini'])
    expect(await ranked(other, asked)).toEqual(['mini'])
    await router.presets.set({ id: 'mine', models: { modelIds: ['large'] } })
    expect(await ranked(router, asked)).toEqual(['large'])
    expect(await ranked(other, asked)).toEqual(['mini'])
    await runtime.advance(1001)
    // The request that finds it old is answered from what there is.
    await ranked(other, asked)
    await runtime.advance(0)
    expect(await ranked(other, asked)).toEqual(['large'])
  })
})

it('is seen by other processes at once where the store tells them', async () => {
  const store = memoryStore()
  const { router, runtime } = await setup({ store })
  const { router: other } = await setup({ store, runtime })
  const asked = { model: 'preset:mine' } as const
  for (const model of ['mini', 'large', 'middle']) {
    await router.presets.set({ id: 'mine', models: { modelIds: [model] } })
    expect(await ranked(other, asked)).toEqual([model])
  }
})

describe('a preset that is gone, and a store that is down', () => {
  it('passes a stored choice over, with a warning, when its preset was removed', async () => {
    const { router } = await setup({ defaultModel: 'middle' })
    await router.presets.set({ id: 'mine', models: { modelIds: ['mini'] } })
    await router.preferences.set({ userId: 'u1', model: 'preset:mine' })
    expect((await router.decide(hello)).modelId).toBe('fake/mini')
    await router.presets.remove({ id: 'mine' })
    const answer = await router.chat(hello)
    expect(answer.decision).toMatchObject({ modelId: 'fake/middle', source: 'default' })
    expect(partsOf(await read(answer), 'warning')).toEqual([
      {
        type: 'warning',
        code: 'preset-gone',
        message: 'The preset "mine" that you chose is no more; the default is used instead.',
      },
    ])
  })

  it('goes on with what was read before, and with the built-in ones', async () => {
    const switchable = switchableStore(memoryStore())
    const { router, runtime } = await setup({ store: switchable.store, defaultModel: 'middle' })
    await router.presets.set({ id: 'mine', models: { modelIds: ['large'] } })
    expect(await ranked(router, { model: 'preset:mine' })).toEqual(['large'])
    switchable.state = 'down'
    await runtime.advance(5000)
    for (let again = 0; again < 2; again += 1) {
      expect(await ranked(router, { model: 'preset:mine' })).toEqual(['large'])
      expect((await ranked(router, { model: 'preset:cheap' }))[0]).toBe('mini')
    }
    // Of an agent that was never seen only the default model is known.
    const answer = await router.chat({ ...hello, agentId: 'new', model: 'preset:cheap' })
    expect(answer.decision.modelId).toBe('fake/middle')
    const [fallback] = partsOf(await read(answer), 'fallback')
    expect(fallback).toMatchObject({ from: 'preset:cheap', to: 'fake/middle', step: 'default' })
  })
})
