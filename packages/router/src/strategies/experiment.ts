import type { LearningSource, PropensityLog, Ranking, RankRequest, Strategy } from '@imrs/core'
import { ConfigError } from '@imrs/core'

import { textHash } from './text-hash.ts'
import { drawsByChance, rankWithoutChance } from './without-chance.ts'

export interface ExperimentOptions {
  /** Tells experiments apart: another name splits users anew. Letters, digits, `.`, `_` and `-`, at most 64. */
  readonly name: string
  readonly a: Strategy
  readonly b: Strategy
  /** The share of users who get `b`, above 0 and below 1. */
  readonly share: number
}

type ArmName = 'a' | 'b'

interface Arm {
  readonly name: ArmName
  readonly strategy: Strategy
  readonly share: number
  /** What its decisions count in an evaluation of both arms; `undefined` where neither draws. */
  readonly weight: number | undefined
}

/** What {@link Strategy.learn} of an experiment gives: what each arm made of the same ratings. */
interface ArmsLearned {
  readonly a: unknown
  readonly b: unknown
}

/**
 * Two strategies beside each other. A user, or a session without one, always gets the same arm, in
 * every process; a request of nobody gets one by chance. Both arms learn from all ratings; where
 * both raise alarms, those of `b` count.
 *
 * A decision is put down to `experiment:<name>/<a or b>:<strategy>`, so that reports can keep the arms
 * apart. Its propensity is the chance of the arm times the chance within the arm, and both are logged.
 * Where neither arm draws and both put the same model first, that model was certain, and it is 1.
 * Where an arm draws it is the chance of arm and model together, and the log says which decisions an
 * evaluation of both arms may go by: those of the arm that draws, or of both if both do. Whether an
 * arm draws is found by asking it once, when the experiment is made.
 *
 * @throws ConfigError for a name or share out of its range.
 */
export function experiment({ name, a, b, share }: ExperimentOptions): Strategy {
  assertName(name)
  if (!(share > 0 && share < 1)) {
    throw new ConfigError(`\`share\` must be a number above 0 and below 1, got ${String(share)}`)
  }
  const arms = armsOf({ a, b, share })
  return {
    specVersion: 'v1',
    name: `experiment:${name}`,
    version: `1:${share}:${a.name}:${a.version}:${b.name}:${b.version}`,
    ...(a.wantsLatency === true || b.wantsLatency === true ? { wantsLatency: true } : {}),
    ...(a.learn === undefined && b.learn === undefined ? {} : { learn: learnBoth(a, b) }),
    ...(a.watch === undefined && b.watch === undefined ? {} : { watch: watchBoth(a, b) }),
    rank: (request) => {
      const isB = placeOf(name, request) < share
      const [arm, other] = isB ? [arms.b, arms.a] : [arms.a, arms.b]
      const ranking = arm.strategy.rank(shownTo(arm, request))
      const { name: inner, version } = ranking.strategy ?? arm.strategy
      return {
        ...ranking,
        ...chanceOf({ ranking, request, arm, other }),
        strategy: { name: `experiment:${name}/${arm.name}:${inner}`, version },
      }
    },
  }
}

function assertName(name: string): void {
  if (/^[\w.-]{1,64}$/.test(name)) return
  throw new ConfigError(
    `\`name\` must be 1 to 64 letters, digits, ".", "_" or "-", got ${JSON.stringify(name)}`,
  )
}

function armsOf({ a, b, share }: Omit<ExperimentOptions, 'name'>): Record<ArmName, Arm> {
  const drawing = { a: drawsByChance(a) ? 1 - share : 0, b: drawsByChance(b) ? share : 0 }
  const all = drawing.a + drawing.b
  const weight = (name: ArmName): number | undefined => (all > 0 ? drawing[name] / all : undefined)
  return {
    a: { name: 'a', strategy: a, share: 1 - share, weight: weight('a') },
    b: { name: 'b', strategy: b, share, weight: weight('b') },
  }
}

function learnBoth(
  a: Strategy,
  b: Strategy,
): (source: LearningSource, previous?: unknown) => ArmsLearned {
  return (source, previous) => {
    const before = isArmsLearned(previous) ? previous : undefined
    return { a: a.learn?.(source, before?.a), b: b.learn?.(source, before?.b) }
  }
}

/** Both arms share the models' alarms: the one that learns watches, `b` before `a`. */
function watchBoth(a: Strategy, b: Strategy): NonNullable<Strategy['watch']> {
  return (rated, learned) => {
    const arms = isArmsLearned(learned) ? learned : undefined
    return b.watch === undefined ? a.watch?.(rated, arms?.a) : b.watch(rated, arms?.b)
  }
}

function isArmsLearned(value: unknown): value is ArmsLearned {
  return typeof value === 'object' && value !== null && 'a' in value && 'b' in value
}

/** Where the user is between 0 and 1. */
function placeOf(name: string, { input, random }: RankRequest): number {
  return input.unit === undefined ? random() : textHash(JSON.stringify([name, input.unit]))
}

function shownTo({ name }: Arm, request: RankRequest): RankRequest {
  const { learned } = request
  return { ...request, learned: isArmsLearned(learned) ? learned[name] : undefined }
}

interface Played {
  readonly ranking: Ranking
  readonly request: RankRequest
  readonly arm: Arm
  readonly other: Arm
}

function chanceOf(played: Played): { propensity: number; propensityLog: PropensityLog } {
  const { ranking, request, arm } = played
  const within = ranking.propensityLog ?? {
    count: 1,
    draws: 1,
    epsilon: 0,
    candidates: request.rows.length,
  }
  const { share = 1, armShare = 1, armWeight } = within
  const { propensity } = ranking
  if (isCertain(played)) return { propensity, propensityLog: { ...within, share } }
  const weight = arm.weight === undefined ? armWeight : arm.weight * (armWeight ?? 1)
  return {
    propensity: propensity * arm.share,
    propensityLog: {
      ...within,
      share: share * arm.share,
      armShare: armShare * arm.share,
      ...(weight === undefined ? {} : { armWeight: weight }),
    },
  }
}

/** Whether either arm would have put this model first, without any draw. */
function isCertain({ ranking, request, other }: Played): boolean {
  if (ranking.propensity !== 1) return false
  try {
    const second = rankWithoutChance(other.strategy, { ...shownTo(other, request), limit: 1 })
    return second?.propensity === 1 && second.rows[0] === ranking.rows[0]
  } catch {
    // It would have failed where this arm did not: the model was not certain.
    return false
  }
}
