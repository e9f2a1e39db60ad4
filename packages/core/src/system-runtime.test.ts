import { describe, expect, it, onTestFinished, vi } from 'vitest'

import { systemRuntime } from './system-runtime.ts'

const AN_HOUR = 3_600_000

describe('sleeping', () => {
  it('ends by itself', async () => {
    await expect(systemRuntime.sleep(0)).resolves.toBeUndefined()
    await expect(systemRuntime.sleep(0, new AbortController().signal)).resolves.toBeUndefined()
  })

  it('does not begin when it was aborted before', async () => {
    const reason = new Error('gone')
    await expect(systemRuntime.sleep(AN_HOUR, AbortSignal.abort(reason))).rejects.toBe(reason)
  })

  it('ends at once when it is aborted, and leaves no timer', async () => {
    const controller = new AbortController()
    const timersBefore = timers()
    const sleeping = systemRuntime.sleep(AN_HOUR, controller.signal)
    expect(timers()).toBe(timersBefore + 1)
    const reason = new Error('gone')
    controller.abort(reason)
    await expect(sleeping).rejects.toBe(reason)
    expect(timers()).toBe(timersBefore)
  })

  it('takes as long as it is told, also when that is more than a timer takes', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const days = 60 * 24 * AN_HOUR
    let isOver = false
    const sleeping = systemRuntime.sleep(days).then(() => (isOver = true))
    await vi.advanceTimersByTimeAsync(days - 1)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await sleeping
    const controller = new AbortController()
    const endless = systemRuntime.sleep(Infinity, controller.signal)
    await vi.advanceTimersByTimeAsync(days)
    controller.abort(new Error('enough'))
    await expect(endless).rejects.toThrow('enough')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leaves no listener behind when it ends by itself', async () => {
    const { signal } = new AbortController()
    const added = vi.spyOn(signal, 'addEventListener')
    const removed = vi.spyOn(signal, 'removeEventListener')
    await systemRuntime.sleep(0, signal)
    expect(added).toHaveBeenCalledOnce()
    expect(removed.mock.calls[0]?.[1]).toBe(added.mock.calls[0]?.[1])
  })
})

function timers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
}

describe('the real world', () => {
  it('is late-bound: a host that replaces fetch is seen', async () => {
    const original = globalThis.fetch
    onTestFinished(() => {
      globalThis.fetch = original
    })
    globalThis.fetch = async () => new Response('replaced')
    expect(await (await systemRuntime.fetch('https://example.com')).text()).toBe('replaced')
  })

  it('takes an empty variable for an absent one', () => {
    vi.stubEnv('IMRS_CORE_TEST', '')
    expect(systemRuntime.environment('IMRS_CORE_TEST')).toBeUndefined()
    vi.stubEnv('IMRS_CORE_TEST', 'set')
    expect(systemRuntime.environment('IMRS_CORE_TEST')).toBe('set')
    vi.unstubAllEnvs()
    expect(systemRuntime.environment('IMRS_CORE_TEST')).toBeUndefined()
  })

  it('has clocks that do not go back, and chance within [0, 1)', () => {
    const [first, second] = [systemRuntime.monotonic(), systemRuntime.monotonic()]
    expect(second).toBeGreaterThanOrEqual(first)
    expect(Number.isInteger(systemRuntime.now())).toBe(true)
    const value = systemRuntime.random()
    expect(value >= 0 && value < 1).toBe(true)
  })

  it('cannot be changed', () => {
    expect(Object.isFrozen(systemRuntime)).toBe(true)
  })
})
