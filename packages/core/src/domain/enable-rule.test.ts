import { describe, expect, it } from 'vitest'

import type { AgentModel } from './agent-model.ts'
import { effectiveAgentModel, enableRuleSchema } from './enable-rule.ts'
import type { EnableRule } from './enable-rule.ts'
import type { Model } from './model.ts'

const agent = { tenantId: 't', agentId: 'a' }
const model: Model = {
  id: 'p/gpt-4o',
  providerId: 'p',
  externalId: 'gpt-4o',
  displayName: 'GPT-4o',
  modelType: 'chat',
  capabilities: ['text', 'vision'],
  pricing: {},
  costTier: 'free',
  isAvailable: true,
  metadata: {},
  priority: 40,
  domains: [],
  origin: 'sync',
  createdAtMs: 0,
  updatedAtMs: 0,
}
const rule = (id: string, changes: Partial<EnableRule>): EnableRule => ({
  ...agent,
  id,
  filter: {},
  isEnabled: true,
  enabledAtMs: 0,
  ...changes,
})
const row = (changes: Partial<AgentModel>): ReadonlyMap<string, AgentModel> =>
  new Map([
    [model.id, { ...agent, modelId: model.id, isEnabled: true, enabledAtMs: 0, ...changes }],
  ])

describe('effectiveAgentModel', () => {
  it('is nothing without rows and rules that fit', () => {
    const rules = [rule('1', { filter: { costTier: 'premium' } })]
    expect(effectiveAgentModel(model, new Map(), rules)).toEqual({
      isEnabled: false,
      priority: 40,
      decidedBy: 'nothing',
    })
  })

  it.each<EnableRule['filter']>([
    {},
    { providerId: 'p', costTier: 'free', capability: 'vision', modelType: 'chat', search: '4o' },
  ])('is enabled by a rule with the filter %j', (filter) => {
    const rules = [rule('1', { filter, priorityOverride: 0 })]
    expect(effectiveAgentModel(model, new Map(), rules)).toEqual({
      isEnabled: true,
      priority: 0,
      decidedBy: 'rule',
      ruleId: '1',
    })
  })

  it.each<EnableRule['filter']>([
    { providerId: 'q' },
    { costTier: 'low' },
    { capability: 'audio' },
    { modelType: 'image' },
    { search: 'claude' },
  ])('is not touched by a rule with the filter %j', (filter) => {
    const rules = [rule('1', {}), rule('2', { filter, isEnabled: false })]
    expect(effectiveAgentModel(model, new Map(), rules).ruleId).toBe('1')
  })

  it('goes by the last rule that fits, and by a row before any', () => {
    const rules = [rule('1', { priorityOverride: 9 }), rule('2', { isEnabled: false })]
    expect(effectiveAgentModel(model, new Map(), rules).isEnabled).toBe(false)
    expect(effectiveAgentModel(model, row({ priorityOverride: 7 }), rules)).toEqual({
      isEnabled: true,
      priority: 7,
      decidedBy: 'row',
    })
    expect(effectiveAgentModel(model, row({ isEnabled: false }), [rule('1', {})])).toEqual({
      isEnabled: false,
      priority: 40,
      decidedBy: 'row',
    })
  })
})

it('refuses rules with filters it does not know', () => {
  expect(enableRuleSchema.safeParse(rule('1', { filter: { costTier: 'low' } })).success).toBe(true)
  expect(enableRuleSchema.safeParse({ ...rule('1', {}), filter: { tier: 'x' } }).success).toBe(
    false,
  )
})
