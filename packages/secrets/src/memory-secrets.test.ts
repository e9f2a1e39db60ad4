import { ImrsError } from '@imrs/core'
import { secretStoreContract } from '@imrs/testing/contracts'
import { describe, expect, it } from 'vitest'

import { memorySecrets } from './memory-secrets.ts'

secretStoreContract({ name: 'memory', open: async (secrets) => memorySecrets(secrets) })

describe('memory secrets', () => {
  it('takes paths too', async () => {
    const store = memorySecrets({ 'secret/team/shared': 'sk-1' })
    expect(await store.read({ providerId: 'openai', path: 'secret/team/shared' })).toBe('sk-1')
  })

  it('does not keep the object it was given', async () => {
    const initial: Record<string, string> = { openai: 'sk-1' }
    const store = memorySecrets(initial)
    initial['openai'] = 'sk-2'
    expect(await store.read({ providerId: 'openai', path: 'secret/llm/openai' })).toBe('sk-1')
  })

  it('refuses, unshown, a key that no header could hold', () => {
    const make = () => memorySecrets({ openai: 'sk-4f9a\nx' })
    expect(make).toThrow(ImrsError)
    expect(make).not.toThrow(/4f9a/)
  })
})
