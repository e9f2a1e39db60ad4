import type { Decision, RatedDecision, Strategy } from '@imrs/core'
import { seededRandom } from '@imrs/core'

export const MODELS = ['p/a', 'p/b', 'p/c', 'p/d'] as const
const TASKS = ['code', 'text', 'mail']
/** By task and model: the share of thumbs up. The first model is best at the first task, and so on. */
export const QUALITY: readonly (readonly number[])[] = [
  [0.9, 0.5, 0.4, 0.2],
  [0.3, 0.7, 0.5, 0.4],
  [0.2, 0.4, 0.6, 0.5],
]
export const EPSILON = 0.3

export interface SoftLogOptions {
  readonly seed: number
  readonly size: number
  /** What is written down in place of the exact propensity. Default: the exact one. */
  readonly mistake?: ((played: PlayedDecision) => number) | undefined
}

/** How a model came to be played. */
export interface PlayedDecision {
  readonly propensity: number
  /** Whether chance chose it, be it the greedy model or not. */
  readonly isExploration: boolean
}

/** A decision with as little in it as evaluation asks. */
export function loggedDecision(index: number, changes: Partial<Decision> = {}): Decision {
  const id = `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`
  return {
    id,
    messageId: id,
    tenantId: 'default',
    agentId: 'default',
    atMs: Date.UTC(2026, 0, 1) + index,
    source: 'auto',
    modelId: 'p/a',
    task: { type: 'code', source: 'keyword', confidence: 'high', matches: 1 },
    requiredCapabilities: ['text'],
    candidates: MODELS.map((modelId) => ({ modelId, score: 0, priority: 0.5, ratings: 0 })),
    candidateCount: MODELS.length,
    exclusions: { counts: {}, examples: [] },
    propensity: 1,
    opeEligible: true,
    strategy: { name: 'soft', version: '1' },
    snapshotVersion: '1',
    seed: index,
    replayable: true,
    ...changes,
  }
}

/** Decisions of a policy that plays the model of the task's own number, and with `EPSILON` any of them. */
export function softLog({ seed, size, mistake }: SoftLogOptions): readonly RatedDecision[] {
  const random = seededRandom(seed)
  return Array.from({ length: size }, (_, index) => {
    const task = Math.floor(random() * TASKS.length)
    const isExploration = random() < EPSILON
    const model = isExploration ? Math.floor(random() * MODELS.length) : task
    const exact = EPSILON / MODELS.length + (model === task ? 1 - EPSILON : 0)
    const isLiked = random() < (QUALITY[task]?.[model] ?? 0)
    const decision = loggedDecision(index, {
      modelId: MODELS[model] ?? '',
      task: { type: TASKS[task] ?? '', source: 'keyword', confidence: 'high', matches: 1 },
      propensity: mistake?.({ propensity: exact, isExploration }) ?? exact,
    })
    return { decision, ratingMilli: isLiked ? 1_000 : 0 }
  })
}

/** Plays one model for each task; with a list of one, that model always. */
export function fixedPolicy(name: string, models: readonly number[]): Strategy {
  return {
    specVersion: 'v1',
    name,
    version: '1',
    rank: ({ input, rows }) => ({
      rows: Uint32Array.of(rows[models[TASKS.indexOf(input.taskType) % models.length] ?? 0] ?? 0),
      scores: Float64Array.of(1),
      propensity: 1,
    }),
  }
}

/** Plays the first model with this probability, else the second. */
export function coin(probability: number): Strategy {
  return {
    specVersion: 'v1',
    name: 'coin',
    version: '1',
    rank: ({ rows, random }) => {
      const isFirst = random() < probability
      return {
        rows: Uint32Array.of(rows[isFirst ? 0 : 1] ?? 0),
        scores: Float64Array.of(1),
        propensity: isFirst ? probability : 1 - probability,
      }
    },
  }
}

/** What a fixed policy earns, each task being as frequent as any other. */
export function trueValue(models: readonly number[]): number {
  const values = QUALITY.map((byModel, task) => byModel[models[task % models.length] ?? 0] ?? 0)
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
