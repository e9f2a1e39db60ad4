import { expect, it, vi } from 'vitest'

import { Turns } from './turns.ts'

/** Work that is noted when it begins, and ends when it is told to. */
function makeWork() {
  const begun: string[] = []
  const gates = new Map<string, () => void>()
  const work = (name: string) => async (): Promise<string> => {
    begun.push(name)
    await new Promise<void>((resolve) => gates.set(name, resolve))
    return name
  }
  return { begun, work, end: (name: string) => gates.get(name)?.() }
}

it('runs so many at once, and the next when one has ended', async () => {
  const { begun, work, end } = makeWork()
  const turns = new Turns(2)
  const runs = ['a', 'b', 'c', 'd'].map((name) => turns.run(work(name), undefined))
  expect(begun).toEqual(['a', 'b'])
  end('b')
  expect(await runs[1]).toBe('b')
  await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c']))
  end('a')
  await runs[0]
  await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c', 'd']))
  end('c')
  end('d')
  expect(await Promise.all(runs)).toEqual(['a', 'b', 'c', 'd'])
})

it('gives the turn of one that fails to the next', async () => {
  const turns = new Turns(1)
  const failing = turns.run(() => Promise.reject(new Error('no')), undefined)
  const next = turns.run(async () => 'next', undefined)
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('next')
})

it('lets who is aborted go without a turn, and nobody waits for it', async () => {
  const { begun, work, end } = makeWork()
  const turns = new Turns(1)
  const first = turns.run(work('first'), undefined)
  const stopping = new AbortController()
  const aborted = turns.run(work('aborted'), stopping.signal)
  const last = turns.run(work('last'), undefined)
  const reason = new Error('left')
  stopping.abort(reason)
  await expect(aborted).rejects.toBe(reason)
  end('first')
  await first
  await vi.waitFor(() => expect(begun).toEqual(['first', 'last']))
  end('last')
  expect(await last).toBe('last')
})
