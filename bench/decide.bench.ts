import { seededRandom, toCapabilityMask } from '@imrs/core'
import type { ExperienceCell, Model, Provider } from '@imrs/core'
import {
  adaptive,
  buildExperience,
  buildParameterProfiles,
  buildTable,
  decide,
  priority,
  weighted,
} from '@imrs/router'
import type { DecisionInput, RoutingSnapshot } from '@imrs/router'
import { Bench } from 'tinybench'

import { fromTinybench } from './bench-result.ts'
import type { BenchResult } from './bench-result.ts'

const provider: Provider = {
  id: 'p',
  displayName: 'P',
  providerType: 'custom',
  apiBase: 'https://p.example',
  modelsEndpoint: '/models',
  isActive: true,
  origin: 'code',
  settings: {},
  createdAtMs: 0,
  updatedAtMs: 0,
}

function makeModel(index: number, random: () => number): Model {
  const externalId = `model-${String(index).padStart(6, '0')}`
  return {
    id: `p/${externalId}`,
    providerId: 'p',
    externalId,
    displayName: externalId,
    modelType: 'chat',
    capabilities: random() < 0.5 ? ['text'] : ['text', 'vision', 'function_calling'],
    contextLength: random() < 0.1 ? 4000 : 128_000,
    pricing: { input: (random() * 5).toFixed(4), output: (random() * 20).toFixed(4) },
    isAvailable: random() < 0.95,
    supportedParameters: ['max_tokens', 'temperature', 'seed'],
    metadata: {},
    priority: Math.floor(random() * 101),
    domains: [],
    origin: 'sync',
    createdAtMs: 0,
    updatedAtMs: 0,
  }
}

/** Half of the models have ratings for the task, in three months. */
function makeCells(
  models: readonly Model[],
  random: () => number,
  mostPerCell = 100,
): ExperienceCell[] {
  return models
    .filter(() => random() < 0.5)
    .flatMap(({ id }) =>
      ['2026-01', '2026-02', '2026-03'].map((month) => {
        const count = 1 + Math.floor(random() * mostPerCell)
        const sum = Math.floor(random() * count * 1000)
        return {
          scope: 'agent' as const,
          tenantId: 't',
          agentId: 'a',
          taskType: 'code',
          modelId: id,
          month,
          epoch: 0,
          count,
          sum,
          sumOfSquares: sum * 1000,
        }
      }),
    )
}

function makeSnapshot(size: number): RoutingSnapshot {
  const random = seededRandom(size)
  const models = Array.from({ length: size }, (_, index) => makeModel(index, random))
  const table = buildTable({ models, providers: [provider] })
  return {
    ...table,
    version: '1.1.1',
    agent: { tenantId: 't', agentId: 'a' },
    strategy: weighted(),
    notEnabled: 0,
    restrictions: [],
    takesAllModels: true,
    parameterProfiles: buildParameterProfiles({ ...table, defaults: [] }),
    parameterDefaults: [],
    restrictionsOf: new Uint32Array(table.table.size),
    experience: buildExperience(makeCells(models, random), table),
    textGroups: [],
  }
}

const input: DecisionInput = {
  decisionId: 'd',
  messageId: 'm',
  userId: 'u',
  atMs: 0,
  task: { type: 'code', source: 'keyword', confidence: 'medium', matches: 1 },
  requiredCapabilities: toCapabilityMask(['text']),
  inputTokens: 500,
  outputTokens: 500,
  roles: new Set(),
  vetoed: new Set(),
  credentials: new Set(['p']),
  unknownCredentials: new Set(),
  shunUntilMs: new Map(),
  breakers: { models: new Map(), providers: new Map() },
}

const RATINGS = 10_000_000

/** The learning engine over the same models, with no ratings or with ten million. */
function makeAdaptive(size: number, ratings: number): RoutingSnapshot {
  const strategy = adaptive()
  const snapshot = makeSnapshot(size)
  // Half of the models times three months, each with half of the most.
  const mostPerCell = (ratings * 2) / (1.5 * size)
  const cells = ratings === 0 ? [] : makeCells(snapshot.models, seededRandom(1), mostPerCell)
  const { table } = snapshot
  const learned = strategy.learn?.({ table, cells, atMs: Date.UTC(2026, 2, 20) })
  return { ...snapshot, strategy, learned, experience: buildExperience(cells, snapshot) }
}

/** `decide` alone: filters, ranking, the stored record. Excludes task detection and all I/O. */
export async function bench(): Promise<BenchResult[]> {
  const run = new Bench({ name: 'decide', time: 1000, warmupTime: 300 })
  for (const size of [2, 10, 100, 500, 10_000]) {
    const snapshot = makeSnapshot(size)
    let seed = 0
    run.add(`weighted, ${size} candidates`, () => {
      seed = (seed + 1) >>> 0
      decide(snapshot, input, seed)
    })
  }
  const byPriority = { ...makeSnapshot(500), strategy: priority() }
  run.add('priority, 500 candidates', () => void decide(byPriority, input, 1))
  const cold = { ...makeSnapshot(500), experience: new Map() }
  run.add('weighted, 500 candidates, no ratings', () => void decide(cold, input, 1))
  const refusing = { ...input, insisted: { temperature: 1.2, maxOutputTokens: 500, seed: 1 } }
  const varied = makeSnapshot(500)
  run.add('weighted, 500 candidates, parameters insisted on', () => {
    decide(varied, refusing, 1)
  })
  for (const size of [500, 10_000]) {
    for (const ratings of [0, RATINGS]) {
      const snapshot = makeAdaptive(size, ratings)
      let seed = 0
      run.add(`adaptive, ${size} candidates, ${ratings} ratings`, () => {
        seed = (seed + 1) >>> 0
        decide(snapshot, input, seed)
      })
    }
  }
  await run.run()
  return fromTinybench(run)
}
