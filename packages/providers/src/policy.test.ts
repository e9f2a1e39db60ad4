import { ConfigError, systemRuntime } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { connect } from './__fixtures__/connect.ts'
import { anthropic, google, openai } from './index.ts'

const policy = { healthEndpoint: '/health', maxRetries: 2, backoffMs: 10, rateLimitBurst: 3 }

describe('the policy of a provider', () => {
  it('is in its row, where the router finds it', () => {
    expect(openai({ policy }).provider.settings).toMatchObject(policy)
  })

  it.each([{ maxRetries: -1 }, { backoffMs: 1.5 }, { healthEndpoint: 'https://x' }])(
    '%j is refused by name',
    (wrong) => {
      expect(() => openai({ policy: wrong })).toThrow(ConfigError)
      expect(() => openai({ policy: wrong })).toThrow(`openai.policy.${Object.keys(wrong)[0]}`)
    },
  )

  it.each([openai, google, anthropic])(
    'says what is asked for its health (%o)',
    async (factory) => {
      const asked: string[] = []
      const fetch: typeof globalThis.fetch = (input) => {
        asked.push(new URL(input instanceof Request ? input.url : String(input)).pathname)
        return Promise.resolve(Response.json({}))
      }
      const runtime = { ...systemRuntime, fetch }
      await connect(factory({ policy }), {
        credential: 'key-for-health',
        runtime,
      }).checkCredential()
      expect(asked).toHaveLength(1)
      expect(asked[0]).toMatch(/\/health$/)
    },
  )
})
