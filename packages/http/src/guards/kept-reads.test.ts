import { createTestRuntime } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { keptReads } from './kept-reads.ts'

const { signal } = new AbortController()

it('reads once for each key, and forgets those asked for longest ago', async () => {
  const runtime = createTestRuntime()
  const read: string[] = []
  const reads = keptReads(
    async ({ id }: { readonly id: string }) => {
      read.push(id)
      return id
    },
    { freshMs: 1000, most: 2, runtime },
  )
  for (const id of ['a', 'b', 'a', 'c', 'a', 'b']) expect(await reads({ id }, signal)).toBe(id)
  expect(read).toEqual(['a', 'b', 'c', 'b'])
  await runtime.advance(1000)
  await reads({ id: 'b' }, signal)
  expect(read).toEqual(['a', 'b', 'c', 'b', 'b'])
})

it('keeps no read that failed', async () => {
  let isDown = true
  const read = async (): Promise<string> => {
    if (isDown) throw new Error('It is down.')
    return 'back'
  }
  const reads = keptReads(read, { freshMs: 1000, most: 2, runtime: createTestRuntime() })
  await expect(reads('a', signal)).rejects.toThrow('It is down.')
  isDown = false
  expect(await reads('a', signal)).toBe('back')
})
