import { appendFile, copyFile, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { InternalFailedEvent, RouterEvent, SpoolChangedEvent } from '@imrs/core'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import type { TestRuntime } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished } from 'vitest'

import { messageIdsOf, recordOf, recordsOf } from '../__fixtures__/records.ts'
import { switchableStore } from '../__fixtures__/switchable-store.ts'
import type { SwitchableStore } from '../__fixtures__/switchable-store.ts'
import { temporaryFolder } from '../__fixtures__/temporary-folder.ts'
import { openRecorder } from './open-recorder.ts'
import type { Recorder } from './recorder.ts'
import { toRecordLine } from './spool/record-line.ts'
import { resolveSpoolOptions } from './spool/spool-options.ts'
import type { SpoolOptions } from './spool/spool-options.ts'

interface Events {
  readonly all: readonly RouterEvent[]
  readonly emit: (event: RouterEvent) => void
  /** Resolves when the spool has told that so many wait. */
  waiting(count: number): Promise<void>
  ofSpool(): readonly SpoolChangedEvent[]
  troubles(part: InternalFailedEvent['part']): readonly string[]
}

function listen(): Events {
  const all: RouterEvent[] = []
  const barriers: { readonly count: number; readonly resolve: () => void }[] = []
  const ofSpool = () => all.filter((event) => event.type === 'spool-changed')
  return {
    all,
    emit: (event) => {
      all.push(event)
      if (event.type !== 'spool-changed') return
      for (const { count, resolve } of barriers) if (count === event.waiting) resolve()
    },
    waiting: (count) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      if (ofSpool().at(-1)?.waiting === count) resolve()
      barriers.push({ count, resolve })
      return promise
    },
    ofSpool,
    troubles: (part) =>
      all
        .filter((event) => event.type === 'internal-failed')
        .filter((event) => event.part === part)
        .map(({ error }) => error.message),
  }
}

interface SetUp extends Events {
  readonly recorder: Recorder
  readonly runtime: TestRuntime
  /** How long was slept each time, or was to be. */
  readonly slept: readonly number[]
  readonly switchable: SwitchableStore
  readonly directory: string
}

interface SetUpOptions {
  /** Default: a new one. */
  readonly directory?: string
  readonly switchable?: SwitchableStore
  readonly seed?: number
  /** Default: the defaults. `undefined` is no spool. */
  readonly spool?: Partial<SpoolOptions> | undefined
}

async function setUp(options: SetUpOptions = {}): Promise<SetUp> {
  const directory = options.directory ?? (await temporaryFolder())
  const switchable = options.switchable ?? switchableStore(memoryStore())
  const runtime = createTestRuntime({ seed: options.seed ?? 1 })
  const events = listen()
  const slept: number[] = []
  const sleep: TestRuntime['sleep'] = (delayMs, signal) => {
    slept.push(delayMs)
    return runtime.sleep(delayMs, signal)
  }
  const hasSpool = !('spool' in options) || options.spool !== undefined
  const recorder = await openRecorder({
    store: switchable.store,
    runtime: { ...runtime, sleep },
    emit: events.emit,
    spool: hasSpool ? resolveSpoolOptions({ directory, ...options.spool }) : undefined,
  })
  onTestFinished(() => recorder.close())
  return { ...events, recorder, runtime, slept, switchable, directory }
}

/** Lets the next try of the replayer begin. */
const LONGEST_PAUSE_MS = 10_000

/** The default. */
const STORE_TIMEOUT_MS = 5000

async function withoutLocks(directory: string): Promise<readonly string[]> {
  return (await readdir(directory)).filter((name) => !name.endsWith('.lock'))
}

const appendAll = (recorder: Recorder, first: number, count: number) =>
  Promise.all(recordsOf(first, count).map((batch) => recorder.append(batch)))

describe('records', () => {
  it('that come while one is being committed go together, 500 at most', async () => {
    const { recorder, switchable } = await setUp()
    const gate = Promise.withResolvers<void>()
    switchable.gate = gate.promise
    const all = appendAll(recorder, 0, 1202)
    gate.resolve()
    expect(new Set(await all)).toEqual(new Set(['stored']))
    expect(switchable.transactions).toEqual([500, 500, 202])
    expect(switchable.messageIds).toEqual(messageIdsOf(recordsOf(0, 1202)))
  })

  it('that the store refuses take none of their group with them', async () => {
    for (const spool of [undefined, {}]) {
      const { recorder, switchable, directory } = await setUp({ spool })
      switchable.refuses = ({ messages }) => messages.some(({ id }) => id === 'message-3')
      const outcomes = await Promise.allSettled(
        recordsOf(1, 5).map((batch) => recorder.append(batch)),
      )
      expect(outcomes.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
        'rejected',
        'fulfilled',
        'fulfilled',
      ])
      expect(outcomes[2]).toMatchObject({ reason: { code: 'internal' } })
      expect(switchable.messageIds).toHaveLength(4)
      expect(await withoutLocks(directory)).toEqual([])
    }
  })

  it('fail with the store when there is no spool', async () => {
    const { recorder, switchable, all } = await setUp({ spool: undefined })
    switchable.state = 'down'
    await expect(recorder.append(recordOf(1))).rejects.toMatchObject({
      code: 'store-unavailable',
      message: 'The store was switched off',
    })
    switchable.state = 'up'
    expect(await recorder.append(recordOf(2))).toBe('stored')
    expect(all).toEqual([])
  })
})

describe('while the store is down', () => {
  it('records go to the disk, and into the store in their order when it is back', async () => {
    const { recorder, switchable, directory, runtime, ...events } = await setUp()
    switchable.state = 'down'
    expect(await recorder.append(recordOf(1))).toBe('spooled')
    expect(await appendAll(recorder, 2, 3)).toEqual(['spooled', 'spooled', 'spooled'])
    expect(await withoutLocks(directory)).toHaveLength(1)
    switchable.state = 'up'
    // Still behind the others.
    expect(await recorder.append(recordOf(5))).toBe('spooled')
    await runtime.advance(LONGEST_PAUSE_MS)
    await events.waiting(0)
    expect(await recorder.append(recordOf(6))).toBe('stored')
    expect(switchable.messageIds).toEqual(messageIdsOf(recordsOf(1, 6)))
    expect(await withoutLocks(directory)).toEqual([])
    expect(events.troubles('ledger')).toEqual(['The store was switched off'])
    expect(events.troubles('spool')).toEqual([])
    expect(events.ofSpool()).toMatchObject([
      { waiting: 1, refused: 0 },
      { waiting: 0, refused: 0 },
    ])
  })

  it('it is asked again and again, with pauses that grow and are never the same', async () => {
    const { recorder, switchable, runtime, slept, ...events } = await setUp()
    switchable.state = 'down'
    await recorder.append(recordOf(1))
    for (let round = 0; round < 20; round += 1) await untilAsleep(runtime, LONGEST_PAUSE_MS)
    const pauses = slept.filter((delayMs) => delayMs !== STORE_TIMEOUT_MS)
    expect(pauses.length).toBeGreaterThan(15)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(LONGEST_PAUSE_MS)
    expect(Math.max(...pauses.slice(0, 2))).toBeLessThanOrEqual(500)
    expect(Math.max(...pauses.slice(6))).toBeGreaterThan(5000)
    expect(Math.min(...pauses.slice(6))).toBeLessThan(5000)
    switchable.state = 'up'
    // It may be in the middle of a try.
    while (events.ofSpool().at(-1)?.waiting !== 0) await runtime.advance(LONGEST_PAUSE_MS)
    expect(switchable.messageIds).toEqual(['message-1'])
  })

  it('or does not answer, a record waits for it no longer than it is told to', async () => {
    const { recorder, switchable, runtime, ...events } = await setUp({
      spool: { storeTimeoutMs: 700 },
    })
    switchable.state = 'hanging'
    const recorded = recorder.append(recordOf(1))
    await runtime.advance(700)
    expect(await recorded).toBe('spooled')
    // Whoever comes later is not kept waiting.
    expect(await recorder.append(recordOf(2))).toBe('spooled')
    expect(events.troubles('ledger')).toEqual(['The store did not answer within 700 ms'])
    switchable.state = 'up'
    await runtime.advance(LONGEST_PAUSE_MS)
    await events.waiting(0)
    expect(switchable.messageIds).toEqual(['message-1', 'message-2'])
  })

  it('its growth is told in steps of a hundred', async () => {
    const { recorder, switchable, ...events } = await setUp()
    switchable.state = 'down'
    for (let position = 0; position < 250; position += 1) await recorder.append(recordOf(position))
    expect(events.ofSpool().map(({ waiting }) => waiting)).toEqual([1, 101, 201])
  })

  it('a full spool refuses, says so, and goes on with what it has', async () => {
    const { recorder, switchable, runtime, ...events } = await setUp({
      spool: { maxBytes: 64 * 1024 },
    })
    switchable.state = 'down'
    const outcomes = await Promise.allSettled(
      recordsOf(1000, 1000).map((batch) => recorder.append(batch)),
    )
    const accepted = outcomes.filter(({ status }) => status === 'fulfilled').length
    expect(accepted).toBeGreaterThan(100)
    expect(outcomes.slice(0, accepted).every(({ status }) => status === 'fulfilled')).toBe(true)
    expect(outcomes.at(-1)).toMatchObject({
      reason: { code: 'store-unavailable', message: expect.stringContaining('is full') as string },
    })
    expect(events.troubles('spool')).toHaveLength(1)
    expect(events.ofSpool().at(-1)).toMatchObject({ waiting: accepted, refused: 1000 - accepted })
    switchable.state = 'up'
    await runtime.advance(LONGEST_PAUSE_MS)
    await events.waiting(0)
    expect(switchable.messageIds).toEqual(messageIdsOf(recordsOf(1000, accepted)))
  })

  it('and answers again while the spool is full, a record is stored before its turn', async () => {
    const { recorder, switchable, runtime } = await setUp({ spool: { maxBytes: 256 * 1024 } })
    switchable.state = 'down'
    await Promise.allSettled(recordsOf(1000, 2000).map((batch) => recorder.append(batch)))
    const gate = Promise.withResolvers<void>()
    switchable.state = 'up'
    // The store takes the first segment, and then is slow.
    const took = untilTransaction(switchable, () => {
      switchable.gate = gate.promise
    })
    await runtime.advance(LONGEST_PAUSE_MS)
    await took
    // The next transaction waits at the gate; those that come after it do not.
    while (switchable.atGate === 0) await new Promise((resolve) => setImmediate(resolve))
    switchable.gate = undefined
    expect(new Set(await appendAll(recorder, 1, 1100))).toEqual(new Set(['spooled', 'stored']))
    gate.resolve()
  })
})

describe('when the store is back', () => {
  it('the spool becomes empty, however many records come meanwhile', async () => {
    const { recorder, switchable, runtime, ...events } = await setUp()
    switchable.state = 'down'
    await appendAll(recorder, 0, 700)
    switchable.state = 'up'
    const recorded: string[] = []
    let position = 700
    // Each answer brings the next record, without a pause.
    const flood = (async () => {
      while (!recorded.includes('stored') && position < 20_000) {
        recorded.push(...(await appendAll(recorder, position, 10)))
        position += 10
      }
    })()
    await runtime.advance(LONGEST_PAUSE_MS)
    await flood
    expect(recorded.at(-1)).toBe('stored')
    expect(events.ofSpool().at(-1)?.waiting).toBe(0)
    expect(switchable.messageIds).toEqual(messageIdsOf(recordsOf(0, position)))
  })

  it('a record that it refuses is kept aside, and the others are stored', async () => {
    const { recorder, switchable, runtime, directory, ...events } = await setUp()
    switchable.state = 'down'
    await appendAll(recorder, 1, 5)
    switchable.state = 'up'
    switchable.refuses = ({ messages }) => messages.some(({ id }) => id === 'message-2')
    await runtime.advance(LONGEST_PAUSE_MS)
    await events.waiting(0)
    expect(switchable.messageIds).toEqual(['message-1', 'message-3', 'message-4', 'message-5'])
    const [name = ''] = await withoutLocks(directory)
    expect(name).toMatch(/\.rejected$/)
    expect(await readFile(join(directory, name))).toEqual(toRecordLine(recordOf(2)))
    expect(events.troubles('spool')).toEqual([
      `A record was refused by the store; it is kept in ${join(directory, name)}`,
    ])
  })

  it('and is too slow for many records at once, it is given fewer', async () => {
    const { recorder, switchable, runtime, ...events } = await setUp()
    switchable.state = 'down'
    await appendAll(recorder, 0, 300)
    switchable.state = 'up'
    switchable.isTooMuch = ({ messages }) => messages.length > 100
    while (events.ofSpool().at(-1)?.waiting !== 0) await runtime.advance(LONGEST_PAUSE_MS)
    expect(Math.max(...switchable.transactions)).toBeLessThanOrEqual(100)
    expect(switchable.messageIds).toEqual(messageIdsOf(recordsOf(0, 300)))
  })

  it('and goes down in the middle, what is left waits for the next time', async () => {
    const { recorder, switchable, runtime, ...events } = await setUp()
    switchable.state = 'down'
    await appendAll(recorder, 0, 1200)
    switchable.state = 'up'
    const took = untilTransaction(switchable, () => {
      switchable.state = 'down'
    })
    await runtime.advance(LONGEST_PAUSE_MS)
    await took
    expect(switchable.transactions).toEqual([500])
    await untilAsleep(runtime, 0)
    switchable.state = 'up'
    await runtime.advance(LONGEST_PAUSE_MS)
    await events.waiting(0)
    expect(switchable.messageIds).toEqual(messageIdsOf(recordsOf(0, 1200)))
  })
})

describe('a start', () => {
  it('brings in what an earlier process left, before what comes', async () => {
    const first = await setUp()
    first.switchable.state = 'down'
    await appendAll(first.recorder, 1, 3)
    await first.recorder.close()
    expect(await readdir(first.directory)).toHaveLength(1)
    const { directory, switchable } = first
    const next = await setUp({ directory, switchable, seed: 2 })
    switchable.state = 'up'
    await next.recorder.append(recordOf(4))
    await next.waiting(0)
    await next.recorder.close()
    expect(switchable.messageIds).toEqual(messageIdsOf(recordsOf(1, 4)))
    expect(await readdir(directory)).toEqual([])
  })

  it('after a death in the middle of replaying stores nothing twice', async () => {
    const first = await setUp()
    const { directory, switchable } = first
    switchable.state = 'down'
    await appendAll(first.recorder, 1, 3)
    const [segment = ''] = await withoutLocks(directory)
    const kept = join(await temporaryFolder(), segment)
    await copyFile(join(directory, segment), kept)
    switchable.state = 'up'
    await first.recorder.close()
    // As it lies there when the process dies after the commit and before the deletion.
    await copyFile(kept, join(directory, segment))
    const next = await setUp({ directory, switchable, seed: 2 })
    await next.waiting(0)
    expect(switchable.messageIds).toHaveLength(6)
    const key = { tenantId: 't', messageId: 'message-2' }
    expect(await switchable.store.ledger.getMessage(key)).toMatchObject({ createdAtMs: 2 })
    expect(await readdir(directory)).toHaveLength(1)
  })

  it('keeps garbage aside, tells of it, and brings in the rest', async () => {
    const first = await setUp()
    const { directory, switchable } = first
    switchable.state = 'down'
    await appendAll(first.recorder, 1, 2)
    await first.recorder.close()
    const [segment = ''] = await readdir(directory)
    const file = join(directory, segment)
    const bytes = await readFile(file)
    await writeFile(file, Buffer.concat([Buffer.from('{"not": "ours"}\n'), bytes]))
    await appendFile(file, toRecordLine(recordOf(3)).subarray(0, 30))
    switchable.state = 'up'
    const next = await setUp({ directory, switchable, seed: 2 })
    await next.waiting(0)
    await next.recorder.close()
    expect(switchable.messageIds).toEqual(['message-1', 'message-2'])
    expect(next.troubles('spool')).toEqual([
      expect.stringMatching(/^A record is damaged; .*rejected$/),
    ])
    const [rejected = ''] = await readdir(directory)
    expect(await readFile(join(directory, rejected), 'utf8')).toBe('{"not": "ours"}\n')
  })

  it.each([
    ['garbage\nmore', ['rejected']],
    ['cut off', []],
    ['', []],
  ])('with a segment of %j alone tries nothing for ever', async (text, left) => {
    const directory = await temporaryFolder()
    const owner = '01900000-0000-7000-8000-000000000001'
    await writeFile(join(directory, `${owner}-00000001.${owner}.segment`), text)
    const { recorder } = await setUp({ directory })
    await recorder.close()
    expect((await readdir(directory)).map((name) => name.split('.').at(-1))).toEqual(left)
  })

  it('looks again after an owner of whom it is not clear whether it lives', async () => {
    const directory = await temporaryFolder()
    const owner = '01900000-0000-7000-8000-000000000001'
    const lock = join(directory, `${owner}.lock`)
    await writeFile(lock, JSON.stringify({ machine: 'elsewhere', pid: 1 }))
    await writeFile(
      join(directory, `${owner}-00000001.${owner}.segment`),
      toRecordLine(recordOf(1)),
    )
    const { runtime, switchable, ...events } = await setUp({ directory })
    expect(runtime.sleeping()).toBe(1)
    // It closes, elsewhere.
    await rm(lock)
    await runtime.advance(60_000)
    await events.waiting(0)
    expect(switchable.messageIds).toEqual(['message-1'])
    expect(runtime.sleeping()).toBe(0)
  })
})

it('after an outage, what somebody left who died in it is brought in too', async () => {
  const { recorder, switchable, runtime, directory } = await setUp()
  const owner = '01900000-0000-7000-8000-000000000001'
  const left = join(directory, `${owner}-00000001.${owner}.segment`)
  await writeFile(left, toRecordLine(recordOf(2)))
  switchable.state = 'down'
  await recorder.append(recordOf(1))
  switchable.state = 'up'
  const both = untilTransaction(switchable, () => undefined).then(() =>
    untilTransaction(switchable, () => undefined),
  )
  await runtime.advance(LONGEST_PAUSE_MS)
  await both
  expect(switchable.messageIds).toEqual(['message-1', 'message-2'])
})

describe('closing', () => {
  it('tries once, leaves the rest on the disk, and no timer', async () => {
    const { recorder, switchable, runtime, directory } = await setUp()
    switchable.state = 'down'
    await recorder.append(recordOf(1))
    await recorder.close()
    expect(runtime.sleeping()).toBe(0)
    expect((await readdir(directory)).map((name) => name.split('.').at(-1))).toEqual(['segment'])
    expect(switchable.messageIds).toEqual([])
    switchable.state = 'up'
    const next = await setUp({ directory, switchable, seed: 2 })
    await next.recorder.close()
    expect(switchable.messageIds).toEqual(['message-1'])
    expect(await readdir(directory)).toEqual([])
  })

  it('stores what it can, when the store has come back unnoticed', async () => {
    const { recorder, switchable, directory } = await setUp()
    switchable.state = 'down'
    await recorder.append(recordOf(1))
    switchable.state = 'up'
    await recorder.close()
    expect(switchable.messageIds).toEqual(['message-1'])
    expect(await readdir(directory)).toEqual([])
    await expect(recorder.append(recordOf(2))).resolves.toBe('stored')
    switchable.state = 'down'
    await expect(recorder.append(recordOf(3))).rejects.toMatchObject({ code: 'store-unavailable' })
  })
})

/** Resolves once the replayer waits for its next try, and then lets time pass. */
async function untilAsleep(runtime: TestRuntime, thenMs: number): Promise<void> {
  while (runtime.sleeping() === 0) await new Promise((resolve) => setImmediate(resolve))
  await runtime.advance(thenMs)
}

/** Resolves when the next transaction has been written, after doing something about it. */
function untilTransaction(store: SwitchableStore, react: () => void): Promise<void> {
  const switchable = store
  return new Promise((resolve) => {
    switchable.afterTransaction = () => {
      switchable.afterTransaction = () => undefined
      react()
      resolve()
    }
  })
}
