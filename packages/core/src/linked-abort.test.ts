import { getEventListeners } from 'node:events'

import { describe, expect, it } from 'vitest'

import { linkedAbort } from './linked-abort.ts'

describe('a linked abort', () => {
  it('comes with the caller’s signal, for the caller’s reason', () => {
    const parent = new AbortController()
    const { signal } = linkedAbort(parent.signal)
    expect(signal.aborted).toBe(false)
    parent.abort(new Error('enough'))
    expect(signal.reason).toEqual(new Error('enough'))
  })

  it('is there at once when the caller has aborted before', () => {
    const { signal } = linkedAbort(AbortSignal.abort(new Error('enough')))
    expect(signal.reason).toEqual(new Error('enough'))
  })

  it('ends alone, and leaves nothing on the caller’s signal', () => {
    const parent = new AbortController()
    const linked = linkedAbort(parent.signal)
    expect(getEventListeners(parent.signal, 'abort')).toHaveLength(1)
    linked.end()
    linked.end()
    expect(linked.signal.aborted).toBe(true)
    expect(parent.signal.aborted).toBe(false)
    expect(getEventListeners(parent.signal, 'abort')).toHaveLength(0)
  })

  it('that was let go of no longer hears the caller, and ends when it is told to', () => {
    const parent = new AbortController()
    const linked = linkedAbort(parent.signal)
    linked.release()
    expect(getEventListeners(parent.signal, 'abort')).toHaveLength(0)
    parent.abort(new Error('enough'))
    expect(linked.signal.aborted).toBe(false)
    linked.end()
    expect(linked.signal.aborted).toBe(true)
  })

  it('needs no caller', () => {
    const linked = linkedAbort(undefined)
    expect(linked.signal.aborted).toBe(false)
    linked.end()
    expect(linked.signal.aborted).toBe(true)
  })

  it('ends for one reason, which keeps nothing of the work alive', () => {
    const [one, other] = [linkedAbort(undefined), linkedAbort(undefined)]
    one.end()
    other.end()
    expect(one.signal.reason).toMatchObject({ name: 'AbortError' })
    expect(other.signal.reason).toBe(one.signal.reason)
  })
})
