import { expect, it } from 'vitest'

import { Lanes } from './lanes.ts'

it('runs work of one name in turn, says who waited, and others beside it', async () => {
  const lanes = new Lanes()
  const gate = Promise.withResolvers<void>()
  const done: string[] = []
  const run = (name: string, text: string, until?: Promise<void>): Promise<void> =>
    lanes.run(name, async (hasWaited) => {
      await until
      done.push(`${text} ${hasWaited ? 'late' : 'at once'}`)
    })
  const first = run('a', 'first', gate.promise)
  const second = run('a', 'second')
  await run('b', 'other')
  gate.resolve()
  await Promise.all([first, second])
  await run('a', 'third')
  expect(done).toEqual(['other at once', 'first at once', 'second late', 'third at once'])
})

it('goes on after work that failed', async () => {
  const lanes = new Lanes()
  const failing = lanes.run('a', () => Promise.reject(new Error('no')))
  const next = lanes.run('a', async () => 'next')
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('next')
})
