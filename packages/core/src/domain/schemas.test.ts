import { describe, expect, it } from 'vitest'

import { agentModelSchema } from './agent-model.ts'
import type { AgentModel } from './agent-model.ts'
import { modelSchema } from './model.ts'
import type { Model } from './model.ts'
import { decimalTextSchema, modelPricingSchema } from './pricing.ts'
import type { ModelPricing } from './pricing.ts'
import { providerSchema, vaultPathOf } from './provider.ts'
import type { Provider } from './provider.ts'

/** `Required`: an example without every field would not show that the schema drops none. */
const pricing: Required<ModelPricing> = {
  input: '0.15',
  output: '0.6',
  cachedInput: '0.075',
  cacheWrite: '0.2',
  reasoning: '0.9',
  request: '0',
  tiers: [{ abovePromptTokens: 200_000, input: '0.3', request: '0.001' }],
  source: 'provider',
}

const model: Required<Model> = {
  id: 'openrouter/xiaomi/mimo-v2-flash:free',
  providerId: 'openrouter',
  externalId: 'xiaomi/mimo-v2-flash:free',
  displayName: 'MiMo',
  description: 'Small',
  modelType: 'chat',
  capabilities: ['text', 'code'],
  contextLength: 262_144,
  maxOutputTokens: 65_536,
  pricing,
  isAvailable: false,
  unavailableReason: 'Retired',
  releasedAtMs: 1,
  expiresAtMs: 2,
  supportedParameters: ['temperature'],
  published: { score: 0.5, source: 'artificial-analysis' },
  metadata: { nested: { list: [1, null, 'x'] } },
  priority: 50,
  costTier: 'low',
  domains: ['code'],
  origin: 'sync',
  successorId: 'openrouter/xiaomi/mimo-v3',
  overrides: { priority: 50, isAvailable: false, unavailableReason: 'Retired' },
  syncedAtMs: 3,
  createdAtMs: 4,
  updatedAtMs: 5,
}

const provider: Required<Provider> = {
  id: 'custom_1',
  displayName: 'Ours',
  providerType: 'custom',
  apiBase: 'https://llm.example.com/v1',
  modelsEndpoint: '/models',
  apiKeyVaultPath: vaultPathOf('custom_1'),
  rateLimitRpm: 200,
  isActive: true,
  origin: 'api',
  settings: { headers: { 'x-team': 'a' } },
  lastSyncedAtMs: 1,
  createdBy: 'admin',
  createdAtMs: 2,
  updatedAtMs: 3,
}

const agentModel: Required<AgentModel> = {
  tenantId: 'default',
  agentId: 'mascot',
  modelId: 'openai/gpt-4o',
  isEnabled: true,
  priorityOverride: 0,
  enabledBy: 'admin',
  enabledAtMs: 1,
}

describe('schemas keep every field of their interface', () => {
  it.each([
    ['model', modelSchema, model],
    ['pricing', modelPricingSchema, pricing],
    ['provider', providerSchema, provider],
    ['agent model', agentModelSchema, agentModel],
  ] as const)('%s', (_, schema, value) => {
    expect(schema.parse(structuredClone(value))).toEqual(value)
    expect(schema.parse(JSON.parse(JSON.stringify(value)))).toEqual(value)
  })
})

describe('schemas refuse', () => {
  it.each([
    ['a priority above 100', modelSchema, { ...model, priority: 101 }],
    ['a priority that is no integer', modelSchema, { ...model, priority: 1.5 }],
    ['an unknown capability', modelSchema, { ...model, capabilities: ['smell'] }],
    ['a price that is a number', modelSchema, { ...model, pricing: { input: 0.15 } }],
    ['a negative price', modelSchema, { ...model, pricing: { input: '-1' } }],
    ['a context of nothing', modelSchema, { ...model, contextLength: 0 }],
    ['an id that is too long', modelSchema, { ...model, id: `a/${'b'.repeat(254)}` }],
    ['a slash in a provider id', providerSchema, { ...provider, id: 'a/b' }],
    ['an address that is no web address', providerSchema, { ...provider, apiBase: 'file:///x' }],
    ['a rate limit of nothing', providerSchema, { ...provider, rateLimitRpm: 0 }],
    ['a tenant without a name', agentModelSchema, { ...agentModel, tenantId: '' }],
  ] as const)('%s', (_, schema, value) => {
    expect(schema.safeParse(value).success).toBe(false)
  })

  it.each(['', '.5', '5.', '1e-7', '-1', '+1', ' 1', '1\n', 'NaN', '0x1', '1,5'])(
    '%j as a decimal',
    (text) => {
      expect(decimalTextSchema.safeParse(text).success).toBe(false)
    },
  )

  it.each(['0', '0.15', '10', '0.000000123456789012345'])('not %j', (text) => {
    expect(decimalTextSchema.parse(text)).toBe(text)
  })
})
