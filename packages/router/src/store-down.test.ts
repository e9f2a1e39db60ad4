import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'

import type { AnswerPart, LedgerBatch, RouterEvent } from '@imrs/core'
import { ConfigError } from '@imrs/core'
import { sqliteStore } from '@imrs/store-sqlite'
import { createTestRuntime } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished } from 'vitest'

import { hello, makeRouter, partsOf, read, textOfParts } from './__fixtures__/make-router.ts'
import type { MakeRouterOptions, TestRouter } from './__fixtures__/make-router.ts'
import { recordOf } from './__fixtures__/records.ts'
import type { AnsweredLine } from './__fixtures__/spooling-process.ts'
import { switchableStore } from './__fixtures__/switchable-store.ts'
import type { SwitchableStore } from './__fixtures__/switchable-store.ts'
import { temporaryFolder } from './__fixtures__/temporary-folder.ts'
import { openRecorder } from './record/open-recorder.ts'
import { resolveSpoolOptions } from './record/spool/spool-options.ts'

/** Longer than any pause between two tries. */
const LONGEST_PAUSE_MS = 10_000

interface Started extends TestRouter {
  readonly switchable: SwitchableStore
  readonly folder: string
  readonly spool: string
  readonly events: readonly RouterEvent[]
  /** Resolves once the router has told that nothing waits any more. */
  drained(): Promise<void>
}

/** A router on a real database file that can be switched off, with its spool beside it. */
async function start(
  options: MakeRouterOptions & { readonly folder?: string; readonly seed?: number } = {},
): Promise<Started> {
  const { folder = await temporaryFolder(), seed = 1, ...rest } = options
  const spool = join(folder, 'spool')
  const switchable = switchableStore(sqliteStore({ path: join(folder, 'imrs.db') }))
  const made = await makeRouter({
    store: switchable.store,
    runtime: createTestRuntime({ seed }),
    spool: { directory: spool },
    ...rest,
  })
  const events: RouterEvent[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  made.router.on('spool-changed', (event) => {
    events.push(event)
    if (event.waiting === 0) resolve()
  })
  made.router.on('internal-failed', (event) => events.push(event))
  const drained = async (): Promise<void> => {
    await made.runtime.advance(LONGEST_PAUSE_MS)
    await promise
  }
  return { ...made, switchable, folder, spool, events, drained }
}

async function ask(
  { router }: Pick<Started, 'router'>,
  request: Partial<typeof hello> = {},
): Promise<{
  readonly messageId: string
  readonly decisionId: string
  readonly parts: AnswerPart[]
}> {
  const answer = await router.chat({ ...hello, model: 'auto', ...request })
  return {
    messageId: answer.messageId,
    decisionId: answer.decision.id,
    parts: await read(answer),
  }
}

const warningsOf = (parts: readonly AnswerPart[]) =>
  partsOf(parts, 'warning').map(({ code }) => code)

describe('when the store goes down', () => {
  it('answers go on, and are recorded in order and can be rated when it is back', async () => {
    const started = await start()
    const { router, switchable, spool } = started
    const before = await ask(started)
    switchable.state = 'down'
    const during = [await ask(started), await ask(started), await ask(started)]
    for (const { parts } of during) {
      expect(textOfParts(parts)).toBe('one')
      expect(warningsOf(parts)).toContain('record-delayed')
      expect(parts.at(-1)?.type).toBe('end')
    }
    const last = during.at(-1)?.messageId ?? ''
    const rating = { messageId: last, userId: 'u1', signal: 'thumbs-up' } as const
    await expect(router.feedback(rating)).rejects.toMatchObject({ code: 'store-unavailable' })

    switchable.state = 'up'
    await started.drained()
    expect(switchable.messageIds).toEqual([before, ...during].map(({ messageId }) => messageId))
    await expect(router.feedback(rating)).resolves.toMatchObject({ changed: true, rating: 1 })
    const explained = await router.explain(during[0]?.decisionId ?? '')
    expect(explained.message).toMatchObject({ id: during[0]?.messageId, model: 'fake/one' })
    const attempts = await switchable.store.ledger.listAttempts({
      tenantId: 'default',
      messageId: last,
    })
    expect(attempts).toMatchObject([{ outcome: 'completed', position: 1 }])
    expect(warningsOf((await ask(started)).parts)).toEqual([])
    expect((await readdir(spool)).map((name) => name.split('.').at(-1))).toEqual(['lock'])
  })

  it('what a call really used of its budget is settled when it is back', async () => {
    const gate = Promise.withResolvers<void>()
    const usage = { inputTokens: 10, outputTokens: 5 }
    const answer = () => ({ text: ['a', 'b'], between: gate.promise, usage })
    const started = await start({ providers: [{ models: ['one'], answer }] })
    const { router, switchable } = started
    await router.budgets.set({
      id: 'tokens',
      scope: 'tenant',
      unit: 'tokens',
      period: 'day',
      limit: 100_000,
    })
    const going = await router.chat({ ...hello, model: 'auto', maxOutputTokens: 100 })
    const parts = going.parts[Symbol.asyncIterator]()
    for (let part = await parts.next(); part.value?.type !== 'text-delta';)
      part = await parts.next()
    const [reserved] = await router.budgets.usage()
    expect(reserved?.reserved).toBeGreaterThan(100)
    switchable.state = 'down'
    gate.resolve()
    for (let part = await parts.next(); part.done !== true;) part = await parts.next()
    switchable.state = 'up'
    await started.drained()
    expect(await router.budgets.usage()).toMatchObject([{ used: 15, reserved: 0, assumed: 0 }])
  })

  it.each([
    ['an id', 'fake/two'],
    ['an alias', 'second'],
    ['an external id', 'two'],
  ])('a model that was asked for by %s before is found by it still', async (_, model) => {
    const started = await start({
      models: [{ providerId: 'fake', externalId: 'two', displayName: 'Two', aliases: ['second'] }],
    })
    await ask(started, { model })
    started.switchable.state = 'down'
    const { parts } = await ask(started, { model })
    expect(textOfParts(parts)).toBe('two')
    expect(partsOf(parts, 'decision')[0]).toMatchObject({ source: 'explicit', model: 'fake/two' })
    await expect(ask(started, { model: 'never-heard-of' })).rejects.toMatchObject({
      code: 'store-unavailable',
    })
  })

  it('a full spool costs the record, and nothing of the answer', async () => {
    const folder = await temporaryFolder()
    const spool = { directory: join(folder, 'spool'), maxBytes: 64 * 1024 }
    const started = await start({ folder, spool, storeContent: true, providers: [long(25_000)] })
    await ask(started)
    started.switchable.state = 'down'
    const answers = [await ask(started), await ask(started), await ask(started)]
    expect(answers.map(({ parts }) => warningsOf(parts).at(-1))).toEqual([
      'record-delayed',
      'record-delayed',
      'record-failed',
    ])
    for (const { parts } of answers) expect(parts.at(-1)?.type).toBe('end')
    expect(started.events.filter(({ type }) => type === 'spool-changed').at(-1)).toMatchObject({
      waiting: 2,
      refused: 1,
    })
  })

  it('and the folder of the spool is removed, records fail, and no answer does', async () => {
    const started = await start()
    await ask(started)
    started.switchable.state = 'down'
    await ask(started)
    await rm(started.spool, { recursive: true })
    const { parts } = await ask(started)
    expect(warningsOf(parts)).toContain('record-failed')
    expect(parts.at(-1)?.type).toBe('end')
    const troubles = started.events.filter((event) => event.type === 'internal-failed')
    expect(troubles.filter(({ part }) => part === 'spool').length).toBeGreaterThan(0)
    await mkdir(started.spool)
    expect(warningsOf((await ask(started)).parts)).toContain('record-delayed')
  })
})

/** A model whose answers are so long. */
function long(characters: number): NonNullable<MakeRouterOptions['providers']>[number] {
  return { models: ['one'], answer: () => ({ text: 'x'.repeat(characters) }) }
}

describe('a router that is closed while the store is down', () => {
  it('leaves its records, with the store’s own text only where the host stores it', async () => {
    const folder = await temporaryFolder()
    for (const storeContent of [false, true]) {
      const first = await start({
        folder,
        storeContent,
        seed: storeContent ? 3 : 2,
        providers: [long(20)],
      })
      await first.router.decide({ ...hello, model: 'auto' })
      first.switchable.state = 'down'
      const { messageId } = await ask(first)
      await first.router.close()
      const [segment = ''] = await readdir(first.spool)
      const text = await readFile(join(first.spool, segment), 'utf8')
      expect(text).toContain(messageId)
      expect(text.includes('x'.repeat(20))).toBe(storeContent)
      // The prompt.
      expect(text).not.toContain('Hello')
      const next = await start({ folder, seed: storeContent ? 5 : 4 })
      await next.router.close()
      expect(next.switchable.messageIds).toEqual([messageId])
      expect(await readdir(first.spool)).toEqual([])
    }
  })
})

it('a folder that cannot be used is refused at the start, with the reason', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'spool'), 'a file')
  const started = start({ folder })
  await expect(started).rejects.toThrow(ConfigError)
  await expect(started).rejects.toThrow(/`spool\.directory` .* cannot be used: EEXIST/)
})

it('a row that a real database refuses takes no other with it', async () => {
  const folder = await temporaryFolder()
  const store = sqliteStore({ path: join(folder, 'imrs.db') })
  onTestFinished(() => store.close())
  await store.migrate()
  const recorder = await openRecorder({
    store,
    runtime: createTestRuntime(),
    emit: () => undefined,
    spool: resolveSpoolOptions({ directory: join(folder, 'spool') }),
  })
  onTestFinished(() => recorder.close())
  const whole = recordOf(2)
  // A message without a model, which the table does not take.
  const messages = whole.messages.map(({ model: _, ...rest }) => rest)
  const poison = { ...whole, messages } as unknown as LedgerBatch
  const outcomes = await Promise.allSettled(
    [recordOf(0), recordOf(1), poison, recordOf(3)].map((batch) => recorder.append(batch)),
  )
  expect(outcomes).toMatchObject([
    { value: 'stored' },
    { value: 'stored' },
    { reason: { code: 'internal' } },
    { value: 'stored' },
  ])
  const stored = (id: string) => store.ledger.getMessage({ tenantId: 't', messageId: id })
  expect((await stored('message-3'))?.id).toBe('message-3')
  expect(await stored('message-2')).toBeUndefined()
})

describe('a process that is killed while records wait', () => {
  it('has lost none of the answers it ended: the next one brings them in', async () => {
    const folder = await temporaryFolder()
    const [path, spool] = [join(folder, 'imrs.db'), join(folder, 'spool')]
    const child = spawn(
      process.execPath,
      [
        '--conditions=@imrs/source',
        join(import.meta.dirname, '__fixtures__', 'spooling-process.ts'),
        path,
        spool,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    )
    onTestFinished(() => void child.kill('SIGKILL'))
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const askChild = async (): Promise<AnsweredLine> => {
      child.stdin.write('Hello\n')
      const { value } = await lines.next()
      return JSON.parse(value as string) as AnsweredLine
    }
    const before = await askChild()
    expect(before).toMatchObject({ warnings: [], last: 'end' })
    // Another process holds the database for longer than anyone waits.
    const other = new DatabaseSync(path)
    onTestFinished(() => other.close())
    other.exec('begin immediate')
    const during = [await askChild(), await askChild(), await askChild()]
    for (const line of during)
      expect(line).toMatchObject({ last: 'end', warnings: ['record-delayed'] })
    child.kill('SIGKILL')
    await once(child, 'close')
    expect((await readdir(spool)).filter((name) => name.endsWith('.segment'))).toHaveLength(1)
    other.exec('rollback')

    const next = await start({ folder })
    await next.router.close()
    expect(next.switchable.messageIds).toEqual(during.map(({ messageId }) => messageId))
    expect(await readdir(spool)).toEqual([])
    const store = sqliteStore({ path })
    onTestFinished(() => store.close())
    for (const { messageId } of [before, ...during]) {
      const key = { tenantId: 'default', messageId }
      expect((await store.ledger.getMessage(key))?.id).toBe(messageId)
      expect(await store.ledger.listAttempts(key)).toHaveLength(1)
    }
  }, 30_000)
})

describe('an agent that is not known yet while the store is down', () => {
  const two = { defaultModel: 'two' } as const

  it('gets the default model, and its own when the store is back', async () => {
    const started = await start(two)
    const { router, switchable } = started
    await router.agents.enable({ agentId: 'own', models: ['fake/one'] })
    switchable.state = 'down'
    for (const request of [{}, { model: undefined }, { model: 'two' }, { model: 'fake/two' }]) {
      const { parts } = await ask(started, { agentId: 'cold', ...request })
      expect(textOfParts(parts)).toBe('two')
      expect(partsOf(parts, 'decision')[0]?.source).toBe('fallback-default')
      expect(partsOf(parts, 'fallback')).toEqual([])
      expect(warningsOf(parts)).toContain('record-delayed')
    }
    expect(started.events).toContainEqual(
      expect.objectContaining({ type: 'internal-failed', part: 'snapshot' }),
    )
    switchable.state = 'up'
    await started.drained()
    const { parts } = await ask(started, { agentId: 'own' })
    expect(textOfParts(parts)).toBe('one')
  })

  it('is told when it asked for another one', async () => {
    const started = await start(two)
    started.switchable.state = 'down'
    const { parts } = await ask(started, { model: 'fake/one' })
    expect(textOfParts(parts)).toBe('two')
    expect(partsOf(parts, 'fallback')).toMatchObject([
      { from: 'fake/one', to: 'fake/two', step: 'default' },
    ])
  })

  it('also after the store went down when nobody had asked anything', async () => {
    const started = await start({
      defaultModel: 'chosen',
      models: [{ providerId: 'fake', externalId: 'two', displayName: 'Two', aliases: ['chosen'] }],
    })
    started.switchable.state = 'down'
    expect(textOfParts((await ask(started, { model: undefined })).parts)).toBe('two')
  })

  const cases = [
    { by: '`authorize`', options: { authorize: () => false } },
    { by: 'the capsule', options: { capsuleOf: () => ({ allowedModels: [] }) } },
    { by: 'the request', request: { allowedModels: ['fake/one'] } },
    {
      by: 'a role',
      options: { restrictions: [{ models: { modelIds: ['fake/two'] }, roles: ['admin'] }] },
    },
    {
      by: 'what it can do',
      request: { tools: [{ name: 't', parameters: {} }] },
      code: 'missing-capability',
    },
  ]

  it.each(cases)(
    'does not get it when that is refused by $by',
    async ({ options = {}, request = {}, code = 'model-not-allowed' }) => {
      const started = await start({ ...two, ...options })
      started.switchable.state = 'down'
      await expect(ask(started, request)).rejects.toMatchObject({ code })
      expect(started.providers[0]?.calls).toEqual([])
    },
  )

  it('does not get it when it was taken out of service, as far as was known', async () => {
    const started = await start(two)
    const { router, switchable } = started
    await router.models.retire('fake/two')
    // Whoever asks next brings it to this process's notice.
    await router.decide({ ...hello, model: 'auto', agentId: 'other' })
    switchable.state = 'down'
    await expect(ask(started)).rejects.toMatchObject({ code: 'model-unavailable' })
  })

  it.each([
    ['without a default model', {}],
    ['where agents may use only what is enabled', { ...two, unconfiguredAgents: 'none' } as const],
  ])('gets an error %s', async (_, options) => {
    const started = await start(options)
    started.switchable.state = 'down'
    await expect(ask(started)).rejects.toMatchObject({ code: 'store-unavailable' })
  })
})
