import { performance } from 'node:perf_hooks'

import { expect, it } from 'vitest'

import { startTestChat } from './__fixtures__/test-chat.ts'

it('is closed when the last answer has ended, however long its client keeps the connection', async () => {
  const chat = await startTestChat({ graceMs: 60_000 })
  const types: string[] = []
  let closed: Promise<void> | undefined
  for await (const { type } of chat.visitor().parts('Write a function that reverses a string')) {
    types.push(type)
    if (type === 'decision') closed = chat.close()
  }
  const endedAtMs = performance.now()
  await closed
  expect(types.at(-1)).toBe('end')
  // Idle connections would be kept for seconds.
  expect(performance.now() - endedAtMs).toBeLessThan(1500)
  await expect(fetch(chat.url)).rejects.toThrow('fetch failed')
})
