import type { Capability, ExperienceCell, Model, ParameterDefaults, Provider } from '@imrs/core'
import { NoCandidateError, toCapabilityMask } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { aModel, aProvider } from '../__fixtures__/sample-model.ts'
import { NONE_OPEN } from '../attempt/breaker/open-breakers.ts'
import { buildParameterProfiles } from '../parameters/parameter-profile.ts'
import { buildExperience } from '../snapshot/build-experience.ts'
import { buildTable } from '../snapshot/build-table.ts'
import type { RoutingSnapshot } from '../snapshot/routing-snapshot.ts'
import { weighted } from '../strategies/weighted.ts'
import { decide } from './decide.ts'
import type { DecisionInput } from './decision-input.ts'

interface SnapshotParts {
  readonly providers?: readonly Provider[]
  readonly cells?: readonly ExperienceCell[]
  readonly defaults?: readonly ParameterDefaults[]
}

function snapshotOf(
  models: readonly Model[],
  { providers = [aProvider()], cells = [], defaults = [] }: SnapshotParts = {},
): RoutingSnapshot {
  const table = buildTable({ models, providers })
  return {
    ...table,
    version: '1.1.1',
    agent: { tenantId: 't', agentId: 'a' },
    strategy: weighted(),
    notEnabled: 0,
    restrictions: [],
    takesAllModels: true,
    parameterProfiles: buildParameterProfiles({ ...table, defaults }),
    parameterDefaults: defaults,
    restrictionsOf: new Uint32Array(table.table.size),
    experience: buildExperience(cells, table),
    textGroups: [],
  }
}

const input: DecisionInput = {
  decisionId: 'd',
  messageId: 'm',
  atMs: 1000,
  task: { type: 'code', source: 'keyword', confidence: 'medium', matches: 1 },
  requiredCapabilities: toCapabilityMask(['text']),
  inputTokens: 100,
  outputTokens: 0,
  roles: new Set(),
  vetoed: new Set(),
  credentials: new Set(['p']),
  unknownCredentials: new Set(),
  shunUntilMs: new Map(),
  breakers: NONE_OPEN,
}

const cell = (modelId: string, ratings: readonly number[], taskType = 'code'): ExperienceCell => ({
  scope: 'agent',
  tenantId: 't',
  agentId: 'a',
  taskType,
  modelId,
  month: '2026-01',
  epoch: 0,
  count: ratings.length,
  sum: ratings.reduce((sum, rating) => sum + rating * 1000, 0),
  sumOfSquares: ratings.reduce((sum, rating) => sum + (rating * 1000) ** 2, 0),
})

describe('decide', () => {
  it('is the same for the same three arguments', () => {
    const make = () => decide(snapshotOf([aModel('a'), aModel('b'), aModel('c')]), input, 42)
    expect(make()).toEqual(make())
  })

  it('stores what it needs to be explained and replayed', () => {
    const models = [aModel('a'), aModel('b', { priority: 90 })]
    const cells = [cell('p/a', [1, 1, 1]), cell('p/b', [0, 1])]
    const { decision, ranked } = decide(snapshotOf(models, { cells }), input, 7)
    expect(decision).toMatchObject({
      modelId: 'p/a',
      candidateCount: 2,
      propensity: 1,
      opeEligible: true,
      replayable: true,
      seed: 7,
      strategy: { name: 'weighted' },
      candidates: [
        { modelId: 'p/a', priority: 0.5, experience: 1, ratings: 3 },
        { modelId: 'p/b', priority: 0.9, experience: 0.5, ratings: 2 },
      ],
    })
    expect(ranked.map(({ id }) => id)).toEqual(['p/a', 'p/b'])
  })

  it('counts only the ratings of the task at hand', () => {
    const cells = [cell('p/b', [1, 1], 'translation')]
    const { decision } = decide(snapshotOf([aModel('a'), aModel('b')], { cells }), input, 1)
    expect(decision.modelId).toBe('p/a')
    expect(decision.candidates.every(({ ratings }) => ratings === 0)).toBe(true)
  })

  it('adds up months and epochs', () => {
    const cells = [
      cell('p/b', [1]),
      { ...cell('p/b', [1, 0]), month: '2025-12' },
      { ...cell('p/b', [1]), epoch: 1 },
    ]
    const { decision } = decide(snapshotOf([aModel('a'), aModel('b')], { cells }), input, 1)
    expect(decision.candidates[0]).toMatchObject({ modelId: 'p/b', ratings: 4, experience: 0.75 })
  })

  it('keeps 64 candidates and says that the ranking is not all of it', () => {
    const models = Array.from({ length: 100 }, (_, index) => aModel(`m${index}`))
    const { decision } = decide(snapshotOf(models), input, 1)
    expect(decision.candidates).toHaveLength(64)
    expect(decision).toMatchObject({ candidateCount: 100, replayable: false })
  })
})

describe('filters', () => {
  const vision: Capability[] = ['text', 'vision']
  it.each([
    ['unavailable', aModel('x', { isAvailable: false }), {}],
    ['missing-capability', aModel('x'), { requiredCapabilities: toCapabilityMask(vision) }],
    ['context-too-small', aModel('x', { contextLength: 99 }), {}],
    ['context-too-small', aModel('x', { contextLength: 150 }), { outputTokens: 51 }],
    ['not-allowed', aModel('x'), { allowedModels: new Set(['p/ok']) }],
    ['vetoed', aModel('x'), { vetoed: new Set(['p/x']) }],
  ] as const)('%s', (reason, excluded, changes) => {
    const ok = aModel('ok', { capabilities: vision })
    const { decision } = decide(snapshotOf([ok, excluded]), { ...input, ...changes }, 1)
    expect(decision.exclusions).toEqual({
      counts: { [reason]: 1 },
      examples: [{ modelId: 'p/x', reason }],
    })
    expect(decision.candidates.map(({ modelId }) => modelId)).toEqual(['p/ok'])
  })

  it.each([
    ['provider-inactive', { isActive: false }, {}],
    ['missing-credential', {}, { credentials: new Set(['p']) }],
    ['credential-unknown', {}, { unknownCredentials: new Set(['q']) }],
    ['unhealthy', {}, { shunUntilMs: new Map([['q', 1001]]) }],
  ] as const)('%s takes all models of the provider', (reason, fields, changes) => {
    const providers = [aProvider(), aProvider({ ...fields, id: 'q' })]
    const models = [aModel('ok'), { ...aModel('x'), id: 'q/x', providerId: 'q' }]
    const given = { ...input, credentials: new Set(['p', 'q']), ...changes }
    const { decision } = decide(snapshotOf(models, { providers }), given, 1)
    expect(decision.exclusions.counts).toEqual({ [reason]: 1 })
  })

  it('unsupported-parameter, when the request insists', () => {
    const taking = aModel('ok', { supportedParameters: ['temperature', 'seed'] })
    const models = [taking, aModel('x', { supportedParameters: ['seed'] }), aModel('y')]
    const insisted = { temperature: 0.5, seed: 1 }
    const { decision } = decide(snapshotOf(models), { ...input, insisted }, 1)
    expect(decision.exclusions).toEqual({
      counts: { 'unsupported-parameter': 1 },
      examples: [{ modelId: 'p/x', reason: 'unsupported-parameter' }],
    })
    expect(decide(snapshotOf(models), input, 1).decision.candidateCount).toBe(3)
  })

  it('keeps room for the answer that the model can give, or that it gives by default', () => {
    const small = aModel('a', { contextLength: 150, maxOutputTokens: 50 })
    const asked = { ...input, outputTokens: 1000 }
    expect(decide(snapshotOf([small]), asked, 1).decision.modelId).toBe('p/a')
    const defaults = [
      { tenantId: 't', agentId: 'a', parameters: { maxOutputTokens: 51 }, updatedAtMs: 0 },
    ]
    const large = aModel('a', { contextLength: 150 })
    expect(() => decide(snapshotOf([large], { defaults }), input, 1)).toThrow(NoCandidateError)
    expect(decide(snapshotOf([large]), input, 1).decision.modelId).toBe('p/a')
  })

  const noBudget = { all: false, providers: new Set<string>(), models: new Set<string>() }

  it.each([
    ['a provider', { providers: new Set(['q']) }, 1],
    ['models', { models: new Set(['p/a', 'q/x']) }, 2],
    ['nothing', {}, undefined],
  ])('budget-exhausted takes %s', (_what, exhausted, count) => {
    const providers = [aProvider(), aProvider({ id: 'q' })]
    const models = [aModel('a'), aModel('b'), { ...aModel('x'), id: 'q/x', providerId: 'q' }]
    const credentials = new Set(['p', 'q'])
    const given = { ...input, credentials, exhausted: { ...noBudget, ...exhausted } }
    const { counts } = decide(snapshotOf(models, { providers }), given, 1).decision.exclusions
    expect(counts['budget-exhausted']).toBe(count)
  })

  it('an open breaker in front of a budget that is used up leaves nobody, and says so', () => {
    const breakers = { models: new Map([['p/a', 9_999]]), providers: new Map<string, number>() }
    const given = {
      ...input,
      breakers,
      exhausted: { ...noBudget, models: new Set(['p/a', 'p/b']) },
    }
    const snapshot = snapshotOf([aModel('a'), aModel('b')])
    expect(() => decide(snapshot, given, 1)).toThrow(NoCandidateError)
  })

  it('budget-exhausted takes all models', () => {
    const given = { ...input, exhausted: { ...noBudget, all: true } }
    expect(() => decide(snapshotOf([aModel('a'), aModel('b')]), given, 1)).toThrow(
      'No model can answer: 2 over a budget.',
    )
  })

  it('an unknown context and allowed external ids pass', () => {
    const given = { ...input, inputTokens: 1e9, allowedModels: new Set(['a']) }
    expect(decide(snapshotOf([aModel('a')]), given, 1).decision.modelId).toBe('p/a')
  })

  it('an empty list of allowed models allows none', () => {
    const given = { ...input, allowedModels: new Set<string>() }
    expect(() => decide(snapshotOf([aModel('a')]), given, 1)).toThrow(NoCandidateError)
  })

  it('a provider that is down is tried when there is no other', () => {
    const given = { ...input, shunUntilMs: new Map([['p', 1001]]) }
    expect(decide(snapshotOf([aModel('a')]), given, 1).decision.modelId).toBe('p/a')
  })

  it('say what removed how many when nothing is left', () => {
    const models = [aModel('a', { isAvailable: false }), aModel('b', { contextLength: 1 })]
    const snapshot = { ...snapshotOf(models), notEnabled: 3 }
    expect(() => decide(snapshot, input, 1)).toThrow(
      'No model can answer: 3 not enabled for this agent, 1 not available, 1 with a context too small for the request.',
    )
  })
})
