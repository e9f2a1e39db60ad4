import type { AttemptEndedEvent, RouterEvent } from '@imrs/core'
import { createTestRuntime } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished } from 'vitest'

import { Emitter } from './emitter.ts'

/** An emitter whose next turn comes when it is let in, on a clock that only the test moves. */
function setUp() {
  const test = createTestRuntime()
  const turns: (() => void)[] = []
  const sleep = () => new Promise<void>((resolve) => turns.push(resolve))
  let workedMs = 0
  const monotonic = (): number => test.monotonic() + workedMs
  const emitter = new Emitter({ now: test.now, monotonic, sleep })
  /** What a listener does that keeps the thread for so long. */
  const work = (durationMs: number): void => void (workedMs += durationMs)
  const turn = async (): Promise<void> => {
    turns.shift()?.()
    await test.advance(0)
  }
  return { emitter, turn, turns, work, advance: test.advance }
}

const attempt = (position: number): AttemptEndedEvent => ({
  type: 'attempt-ended',
  atMs: position,
  messageId: 'm',
  tenantId: 't',
  providerId: 'p',
  modelId: 'p/m',
  outcome: 'completed',
  totalMs: 1,
})

/** Fails the test when a rejection that nobody handled would have ended the process. */
function watchForUnhandled(): readonly unknown[] {
  const unhandled: unknown[] = []
  const note = (reason: unknown): void => void unhandled.push(reason)
  process.on('unhandledRejection', note)
  onTestFinished(() => void process.off('unhandledRejection', note))
  return unhandled
}

describe('an event', () => {
  it('reaches its listeners in a turn of its own, in order, frozen', async () => {
    const { emitter, turn } = setUp()
    const seen: string[] = []
    emitter.on('attempt-ended', (event) => {
      seen.push(`first ${event.atMs} ${Object.isFrozen(event)}`)
    })
    emitter.on('attempt-ended', (event) => seen.push(`second ${event.atMs}`))
    emitter.emit(attempt(1))
    emitter.emit(attempt(2))
    expect(seen).toEqual([])
    await turn()
    expect(seen).toEqual(['first 1 true', 'second 1', 'first 2 true', 'second 2'])
  })

  it('is not for who subscribes later, nor for who has left meanwhile', async () => {
    const { emitter, turn } = setUp()
    const seen: string[] = []
    const leave = emitter.on('attempt-ended', () => seen.push('left'))
    emitter.emit(attempt(1))
    emitter.on('attempt-ended', (event) => seen.push(`late ${event.atMs}`))
    leave()
    leave()
    emitter.emit(attempt(2))
    await turn()
    expect(seen).toEqual(['late 2'])
  })

  it('is known to the router’s own parts before emit returns', () => {
    const { emitter } = setUp()
    let invalidated = 0
    emitter.onAtOnce('model-added', () => (invalidated += 1))
    emitter.emit({ type: 'model-added', atMs: 0, providerId: 'p', modelId: 'p/m' })
    expect(invalidated).toBe(1)
  })

  it('that waits is handed over by a flush, and not once more', async () => {
    const { emitter, turn } = setUp()
    const seen: number[] = []
    emitter.on('attempt-ended', (event) => seen.push(event.atMs))
    emitter.emit(attempt(1))
    emitter.flush()
    expect(seen).toEqual([1])
    await turn()
    emitter.emit(attempt(2))
    await turn()
    expect(seen).toEqual([1, 2])
  })

  it('of which nobody is told costs no turn', () => {
    const { emitter, turns } = setUp()
    emitter.emit(attempt(1))
    expect(turns).toEqual([])
  })
})

describe('a listener that', () => {
  it('throws or rejects disturbs nobody, and is told of once a minute', async () => {
    const unhandled = watchForUnhandled()
    const { emitter, turn, advance } = setUp()
    const seen: number[] = []
    const told: string[] = []
    emitter.on('attempt-ended', () => {
      throw new Error('a bug')
    })
    // oxlint-disable-next-line typescript/no-misused-promises -- what hosts do all the same
    emitter.on('attempt-ended', () => Promise.reject(new Error('no network')))
    emitter.on('attempt-ended', (event) => seen.push(event.atMs))
    emitter.on('internal-failed', ({ part, error }) => told.push(`${part}: ${error.message}`))
    for (const position of [1, 2, 3]) emitter.emit(attempt(position))
    await turn()
    await turn()
    await turn()
    expect(seen).toEqual([1, 2, 3])
    expect(told).toEqual([
      'listener: A listener of attempt-ended failed: a bug',
      'listener: A listener of attempt-ended failed: no network',
    ])
    await advance(60_000)
    emitter.emit(attempt(4))
    await turn()
    await turn()
    expect(told.slice(2)).toEqual([
      'listener: A listener of attempt-ended failed, 3 times since this was told last: a bug',
      'listener: A listener of attempt-ended failed, 3 times since this was told last: no network',
    ])
    expect(unhandled).toEqual([])
  })

  it('throws what is no error, or gives a thenable that misbehaves, is told of too', async () => {
    const { emitter, turn } = setUp()
    const told: string[] = []
    const odd = [
      () => {
        throw Object.create(null)
      },
      () => ({
        // oxlint-disable-next-line unicorn/no-thenable -- the point
        get then(): never {
          throw new Error('mine')
        },
      }),
      () => ({
        // oxlint-disable-next-line unicorn/no-thenable -- the point
        then: () => {
          throw new Error('twisted')
        },
      }),
    ]
    for (const listener of odd) emitter.on('attempt-ended', listener)
    emitter.on('internal-failed', ({ error }) => told.push(error.message.split(': ')[1] ?? ''))
    emitter.emit(attempt(1))
    await turn()
    await turn()
    expect(told).toEqual(['something that is no error', 'mine', 'twisted'])
  })

  it('fails when it is told of a listener is not told of', async () => {
    const { emitter, turn, turns } = setUp()
    let told = 0
    emitter.on('internal-failed', () => {
      told += 1
      throw new Error('again')
    })
    emitter.on('attempt-ended', () => {
      throw new Error('a bug')
    })
    emitter.emit(attempt(1))
    for (let count = 0; count < 10; count += 1) await turn()
    expect(told).toBe(1)
    expect(turns).toEqual([])
  })

  it('hangs hangs alone: it is given 1,000 events, and what it missed is told', async () => {
    const { emitter, turn } = setUp()
    const gate = Promise.withResolvers<void>()
    const counts = { hanging: 0, well: 0 }
    const told: RouterEvent[] = []
    // oxlint-disable-next-line typescript/no-misused-promises -- what hosts do all the same
    emitter.on('attempt-ended', () => {
      counts.hanging += 1
      return gate.promise
    })
    emitter.on('attempt-ended', () => (counts.well += 1))
    emitter.on('internal-failed', (event) => told.push(event))
    for (let count = 0; count < 1200; count += 1) {
      emitter.emit(attempt(count))
      await turn()
    }
    expect(counts).toEqual({ hanging: 1000, well: 1200 })
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({
      part: 'listener',
      error: { message: expect.stringContaining('attempt-ended is too slow') as string },
    })
    gate.resolve()
    await turn()
    emitter.emit(attempt(1201))
    await turn()
    expect(counts).toEqual({ hanging: 1001, well: 1201 })
  })

  it('is slow lets other work go on between two events, and keeps the order', async () => {
    const { emitter, turn, turns, work } = setUp()
    const seen: number[] = []
    emitter.on('attempt-ended', (event) => {
      seen.push(event.atMs)
      work(6)
    })
    for (const position of [1, 2]) emitter.emit(attempt(position))
    await turn()
    expect(seen).toEqual([1])
    emitter.emit(attempt(3))
    await turn()
    await turn()
    expect(seen).toEqual([1, 2, 3])
    expect(turns).toEqual([])
  })
})
