import type { ModelsResponse } from '@imrs/core'
import { expect, it } from 'vitest'

import { createResponseMemo } from './response-memo.ts'
import type { ResponseSource } from './response-memo.ts'

const response = { models: [] } as unknown as ModelsResponse
const source: ResponseSource = { version: 1, providers: [], atMs: 0 }

it('gives the same object until the catalogue, a provider or the minute is another', async () => {
  const memo = createResponseMemo()
  let made = 0
  const ask = (change: Partial<ResponseSource> = {}): Promise<ModelsResponse> =>
    memo.get({ ...source, ...change }, async () => {
      made += 1
      return { ...response }
    })
  const first = await ask()
  expect(await ask({ atMs: 59_999 })).toBe(first)
  expect(made).toBe(1)
  expect(await ask({ version: 2 })).not.toBe(first)
  await ask({ version: 2, providers: [{ provider: { id: 'p' } } as never] })
  await ask({ version: 2, providers: [{ provider: { id: 'p' } } as never], atMs: 60_000 })
  expect(made).toBe(4)
})

it('keeps nothing of a failure', async () => {
  const memo = createResponseMemo()
  await expect(memo.get(source, async () => Promise.reject(new Error('down')))).rejects.toThrow()
  await expect(memo.get(source, async () => response)).resolves.toEqual(response)
})
