import type { Model, Provider, Store } from '@imrs/core'
import { CATALOG_TOPIC, agentTopic } from '@imrs/core'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { applyImport } from './apply-import.ts'
import type { ImportPlan } from './import-plan.ts'
import { parseLiteLlmConfig } from './litellm-config.ts'
import { parseModelTable } from './model-table.ts'
import { planImport } from './plan-import.ts'
import { parseStaticCatalogue } from './static-catalogue.ts'

const AGENT = { tenantId: 'default', agentId: 'default' }

function provider(id: string): Provider {
  return {
    id,
    displayName: id,
    providerType: 'custom',
    apiBase: `https://${id}.example`,
    modelsEndpoint: '/models',
    isActive: true,
    origin: 'code',
    settings: {},
    createdAtMs: 0,
    updatedAtMs: 0,
  }
}

function model(externalId: string, fields: Partial<Model> = {}): Model {
  return {
    id: `p/${externalId}`,
    providerId: 'p',
    externalId,
    displayName: externalId,
    modelType: 'chat',
    capabilities: ['text'],
    pricing: {},
    isAvailable: true,
    metadata: {},
    priority: 50,
    domains: [],
    origin: 'manual',
    createdAtMs: 0,
    updatedAtMs: 0,
    ...fields,
  }
}

async function setUp(models: readonly Model[] = [], providers: readonly string[] = ['p']) {
  const store = memoryStore()
  const runtime = createTestRuntime()
  for (const id of providers) await store.providers.put(provider(id))
  for (const stored of models) await store.models.put(stored)
  return { store, runtime }
}

/** Everything an import could touch. */
async function contentsOf(store: Store) {
  return {
    models: (await store.models.list({ limit: 200 })).items,
    aliases: await store.models.listAliases(),
    agentModels: await store.agentModels.list(AGENT),
    providers: await store.providers.list(),
    versions: await store.changes.versions([CATALOG_TOPIC, agentTopic(AGENT)]),
  }
}

const row = (name: string, fields: object = {}) => ({ name, provider: 'p', ...fields })

describe('a plan', () => {
  it('writes nothing and survives JSON', async () => {
    const { store, runtime } = await setUp([model('old')])
    const before = await contentsOf(store)
    const source = parseModelTable({ models: [row('a'), row('old', { priority: 9 })] })
    const plan = await planImport(source, { store, runtime, enableFor: [{}] })
    expect(await contentsOf(store)).toEqual(before)
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
  })

  it('adds models of origin manual, with what the row does not say left at its default', async () => {
    const { store, runtime } = await setUp()
    const source = parseModelTable([row('a', { pricing_input: 0, pricing_output: 0 })])
    const plan = await planImport(source, { store, runtime })
    expect(plan.added).toMatchObject([
      { id: 'p/a', displayName: 'a', origin: 'manual', priority: 50, costTier: 'free' },
    ])
    expect(plan.counts).toEqual({ rows: 1, used: 1, refused: 0 })
  })

  it('says field by field what changes', async () => {
    const { store, runtime } = await setUp([model('a', { description: 'Kept', priority: 10 })])
    const source = parseModelTable([row('a', { priority: 20, display_name: 'A', is_active: 0 })])
    const { changed } = await planImport(source, { store, runtime })
    expect(changed).toEqual([
      {
        row: 'models[0]',
        modelId: 'p/a',
        changes: [
          { field: 'displayName', from: 'a', to: 'A' },
          { field: 'priority', from: 10, to: 20 },
          { field: 'isAvailable', from: true, to: false },
          {
            field: 'unavailableReason',
            from: null,
            to: 'It was switched off where it was imported from.',
          },
        ],
      },
    ])
  })

  it('of a model that a list has confirmed changes only what people decide', async () => {
    const { store, runtime } = await setUp([model('a', { origin: 'sync', syncedAtMs: 1 })])
    const source = parseModelTable([row('a', { display_name: 'A', priority: 7, ctx_length: 5 })])
    const { changed } = await planImport(source, { store, runtime })
    expect(changed[0]?.changes).toEqual([{ field: 'priority', from: 50, to: 7 }])
  })

  it('leaves alone what code declares and what does not differ', async () => {
    const { store, runtime } = await setUp([model('a', { origin: 'code' }), model('b')])
    const source = parseModelTable([row('a', { priority: 7 }), row('b', { priority: 50 })])
    const plan = await planImport(source, { store, runtime })
    expect(plan).toMatchObject({ added: [], changed: [] })
    expect(plan.leftAlone).toMatchObject([{ name: 'p/a' }, { name: 'p/b' }])
  })

  it('leaves alone what an administrator has edited', async () => {
    const { store, runtime } = await setUp([model('a')])
    await store.models.setOverrides('p/a', { set: { displayName: 'Ours' }, atMs: 1 })
    const source = parseModelTable([row('a', { priority: 7 })])
    const plan = await planImport(source, { store, runtime })
    expect(plan.changed).toEqual([])
    expect(plan.leftAlone[0]?.reason).toContain('An administrator has edited it')
  })

  it('names providers that are missing, and refuses their models until they are there', async () => {
    const { store, runtime } = await setUp([], [])
    const source = parseLiteLlmConfig({
      model_list: [
        {
          model_name: 'own',
          litellm_params: {
            model: 'hosted_vllm/llama',
            api_base: 'http://gpu.example:8000/v1',
            api_key: 'os.environ/GPU_KEY',
          },
        },
      ],
    })
    const plan = await planImport(source, { store, runtime })
    expect(plan).toMatchObject({ added: [], aliases: [], counts: { rows: 1, used: 0, refused: 1 } })
    expect(plan.refused[0]?.reason).toContain('Provider gpu-example-8000 is missing')
    expect(plan.providers.missing).toMatchObject([{ id: 'gpu-example-8000', models: 1 }])
    expect(plan.providers.missing[0]?.instruction).toBe(
      "Add `openaiCompatible({ id: 'gpu-example-8000', apiBase: 'http://gpu.example:8000/v1' })` " +
        'to `providers`, or create it at run time. Its key was read from GPU_KEY.',
    )
  })

  it('follows chains of migrations to a model that is there', async () => {
    const { store, runtime } = await setUp([model('c')])
    const migration = (oldId: string, newId: string, automaticMigration: boolean) => ({
      oldId,
      newId,
      reason: 'moved',
      automaticMigration,
    })
    const source = parseModelTable({
      models: [],
      migrations: [
        migration('p/a', 'p/b', true),
        migration('p/b', 'p/c', false),
        migration('p/x', 'p/y', true),
        migration('p/y', 'p/x', true),
      ],
    })
    const plan = await planImport(source, { store, runtime })
    expect(plan.aliases.map(({ name, to }) => [name, to])).toEqual([
      ['p/a', { modelId: 'p/c', reason: 'moved', isAutomatic: true }],
      ['p/b', { modelId: 'p/c', reason: 'moved', isAutomatic: false }],
    ])
    expect(plan.refused.map((refused) => refused.row)).toEqual(['migrations[2]', 'migrations[3]'])
  })

  it('enables models for agents, and leaves what an administrator has decided', async () => {
    const { store, runtime } = await setUp([model('a')])
    const decided = { ...AGENT, modelId: 'p/a', isEnabled: false, enabledAtMs: 0 }
    await store.agentModels.put([decided])
    const source = parseModelTable([
      row('a'),
      row('b'),
      row('off', { is_active: false }),
      row('vectors', { model_type: 'embedding' }),
    ])
    const plan = await planImport(source, { store, runtime, enableFor: [{}] })
    expect(plan.agentModels).toMatchObject([{ modelId: 'p/b', to: { isEnabled: true } }])
  })

  it('gives the default model by its id here', async () => {
    const { store, runtime } = await setUp()
    const details = { a: { provider: 'p' } }
    const plan = async (defaultModel: string) => {
      const source = parseStaticCatalogue({ MODELS: ['a'], modelDetails: details, defaultModel })
      return (await planImport(source, { store, runtime })).defaultModel
    }
    expect(await plan('a')).toBe('p/a')
    expect(await plan('b')).toBeNull()
  })
})

describe('applying', () => {
  const table = parseModelTable({
    models: [row('a', { priority: 70, agent_id: 'default' }), row('old', { priority: 9 })],
    migrations: [{ oldId: 'p/gone', newId: 'p/a', reason: 'renamed', automaticMigration: true }],
  })

  it('does what the plan says, and nothing the second time', async () => {
    const { store, runtime } = await setUp([model('old')])
    const plan = await planImport(table, { store, runtime })
    const result = await applyImport(plan, { store, runtime, by: 'admin' })
    expect(result).toEqual({ added: 1, changed: 1, aliases: 3, agentModels: 1 })
    expect(await store.models.get('p/a')).toMatchObject({ priority: 70, origin: 'manual' })
    expect(await store.models.get('p/old')).toMatchObject({ priority: 9, createdAtMs: 0 })
    expect(await store.models.getAlias('p/gone')).toMatchObject({ modelId: 'p/a' })
    expect(await store.agentModels.list(AGENT)).toMatchObject([{ enabledBy: 'admin' }])

    const after = await contentsOf(store)
    await runtime.advance(1000)
    const again = await applyImport(JSON.parse(JSON.stringify(plan)), { store, runtime })
    expect(again).toEqual({ added: 0, changed: 0, aliases: 0, agentModels: 0 })
    expect(await contentsOf(store)).toEqual(after)
    const replanned = await planImport(table, { store, runtime })
    expect(replanned).toMatchObject({ added: [], changed: [], aliases: [], agentModels: [] })
  })

  it('is not undone by a sync', async () => {
    const { store, runtime } = await setUp()
    await applyImport(await planImport(table, { store, runtime }), { store, runtime })
    await store.models.sync({ providerId: 'p', syncedAtMs: 5, models: [] })
    expect(await store.models.get('p/a')).toMatchObject({ isAvailable: true })
  })

  it('finishes what was interrupted', async () => {
    const { store, runtime } = await setUp([model('old')])
    const plan = await planImport(table, { store, runtime })
    await applyImport({ ...plan, aliases: [], agentModels: [] }, { store, runtime })
    expect(await applyImport(plan, { store, runtime })).toEqual({
      added: 0,
      changed: 0,
      aliases: 3,
      agentModels: 1,
    })
  })

  const meanwhile: readonly (readonly [string, (store: Store) => Promise<void>, string])[] = [
    ['a new model is there', (store) => store.models.put(model('a')), 'p/a is there by now'],
    [
      'a model has changed',
      (store) => store.models.put(model('old', { priority: 1 })),
      'p/old has changed',
    ],
    [
      'an administrator edited a model',
      async (store) => {
        await store.models.setOverrides('p/old', { set: { description: 'Ours' }, atMs: 1 })
      },
      'p/old has changed',
    ],
    [
      'a name means something else',
      (store) =>
        store.models.putAlias({
          name: 'p/gone',
          modelId: 'p/old',
          reason: 'moved',
          isAutomatic: true,
          createdAtMs: 0,
        }),
      'The name p/gone means something else',
    ],
    [
      'an agent’s row was set',
      (store) =>
        store.agentModels.put([{ ...AGENT, modelId: 'p/a', isEnabled: false, enabledAtMs: 0 }]),
      'The row of agent default for p/a has changed',
    ],
  ]

  it.each(meanwhile)('refuses a plan when meanwhile %s', async (_, change, message) => {
    const { store, runtime } = await setUp([model('old')])
    const plan = await planImport(table, { store, runtime })
    await change(store)
    const before = await contentsOf(store)
    await expect(applyImport(plan, { store, runtime })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(message),
    })
    expect(await contentsOf(store)).toEqual(before)
  })

  it('takes no notice of a sync that changed nothing the plan is about', async () => {
    const { store, runtime } = await setUp([model('old')])
    const plan = await planImport(table, { store, runtime })
    await store.models.put(model('old', { description: 'New', syncedAtMs: 3 }))
    await applyImport(plan, { store, runtime })
    expect(await store.models.get('p/old')).toMatchObject({ description: 'New', priority: 9 })
  })

  it('refuses what is no plan, or one that was edited into an invalid model', async () => {
    const { store, runtime } = await setUp([model('old')])
    const plan = await planImport(table, { store, runtime })
    const other = { ...plan, format: 'other' } as unknown as ImportPlan
    await expect(applyImport(other, { store, runtime })).rejects.toMatchObject({
      code: 'invalid-request',
    })
    const edited = { ...plan, added: plan.added.map((added) => ({ ...added, priority: 101 })) }
    await expect(applyImport(edited, { store, runtime })).rejects.toThrow('p/a is no valid model')
  })
})

const entry = fc.record(
  {
    name: fc.constantFrom('a', 'b', 'c', 'q/d', 'p/e', ''),
    provider: fc.constantFrom('p', 'q', 'missing'),
    agent_id: fc.constantFrom('default', ''),
    is_active: fc.boolean(),
    priority: fc.integer({ min: -5, max: 110 }),
    capabilities: fc.array(fc.constantFrom('vision', 'tools', 'x')),
    pricing_input: fc.oneof(fc.float(), fc.constant('1')),
    pricing_output: fc.double(),
    ctx_length: fc.integer(),
    description: fc.string({ unit: 'binary' }),
  },
  { requiredKeys: ['name'] },
)
const id = fc.constantFrom('a', 'b', 'p/a', 'p/old', 'q/d', 'gone')
const move = fc.record({ oldId: id, newId: id, automaticMigration: fc.boolean() })
const stored = fc.record({
  origin: fc.constantFrom('sync', 'code', 'manual'),
  syncedAtMs: fc.constantFrom(undefined, 1),
  priority: fc.constantFrom(1, 50),
})

it('whatever is imported: every row is counted, twice is once, and nothing is left to plan', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry, { maxLength: 8 }),
      fc.array(move, { maxLength: 4 }),
      fc.array(stored, { maxLength: 2 }),
      async (models, migrations, existing) => {
        const externalIds = ['a', 'old']
        const { store, runtime } = await setUp(
          existing.map((fields, index) =>
            model(externalIds[index] ?? '', fields as Partial<Model>),
          ),
          ['p', 'q'],
        )
        const before = await contentsOf(store)
        const source = parseModelTable({ models, migrations })
        const options = { store, runtime, enableFor: [{}] }
        const plan = await planImport(source, options)
        expect(await contentsOf(store)).toEqual(before)
        expect(plan.counts.rows).toBe(models.length + migrations.length)
        expect(plan.counts.used + plan.refused.length).toBe(plan.counts.rows)

        await applyImport(plan, options)
        const after = await contentsOf(store)
        expect(await applyImport(plan, options)).toEqual({
          added: 0,
          changed: 0,
          aliases: 0,
          agentModels: 0,
        })
        expect(await contentsOf(store)).toEqual(after)
        const left = await planImport(source, options)
        expect(left).toMatchObject({ added: [], changed: [], aliases: [], agentModels: [] })
      },
    ),
  )
})
