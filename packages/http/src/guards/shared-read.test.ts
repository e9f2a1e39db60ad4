import { createTestRuntime } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { sharedRead } from './shared-read.ts'

const never = new AbortController().signal

function setUp() {
  const runtime = createTestRuntime()
  const reads: PromiseWithResolvers<number>[] = []
  const read = sharedRead(
    () => {
      const made = Promise.withResolvers<number>()
      reads.push(made)
      return made.promise
    },
    { freshMs: 1000, runtime },
  )
  return { runtime, reads, read }
}

describe('a shared read', () => {
  it('is one for all who come while it goes on, and for a while after it began', async () => {
    const { runtime, reads, read } = setUp()
    const both = Promise.all([read(never), read(never)])
    reads[0]?.resolve(1)
    expect(await both).toEqual([1, 1])
    await runtime.advance(999)
    expect(await read(never)).toBe(1)
    await runtime.advance(1)
    const next = read(never)
    reads[1]?.resolve(2)
    expect(await next).toBe(2)
    expect(reads).toHaveLength(2)
  })

  it('fails for all who share it', async () => {
    const { reads, read } = setUp()
    const both = Promise.allSettled([read(never), read(never)])
    reads[0]?.reject(new Error('down'))
    expect(await both).toMatchObject([{ reason: { message: 'down' } }, { status: 'rejected' }])
    await expect(read(never)).rejects.toThrow('down')
  })

  it('that hangs holds up nobody who comes later', async () => {
    const { runtime, reads, read } = setUp()
    const hanging = read(never)
    await runtime.advance(1000)
    const later = read(never)
    reads[1]?.resolve(2)
    expect(await later).toBe(2)
    reads[0]?.resolve(1)
    expect(await hanging).toBe(1)
  })

  it('goes on for the others when one leaves', async () => {
    const { reads, read } = setUp()
    const leaving = new AbortController()
    const [left, stays] = [read(leaving.signal), read(never)]
    leaving.abort(new Error('left'))
    await expect(left).rejects.toThrow('left')
    reads[0]?.resolve(1)
    expect(await stays).toBe(1)
    await expect(read(leaving.signal)).rejects.toThrow('left')
  })
})
