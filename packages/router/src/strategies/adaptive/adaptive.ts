import type { DriftState, DriftStep, Ranking, RankRequest, RatedModel, Strategy } from '@imrs/core'

import { topRows } from '../top-rows.ts'
import type { TopRowsRequest } from '../top-rows.ts'
import { resolveAdaptiveOptions, withDial } from './adaptive-options.ts'
import type { AdaptiveOptions, ResolvedAdaptiveOptions } from './adaptive-options.ts'
import { formBeliefs } from './beliefs.ts'
import { drawWinners } from './draw-winners.ts'
import { advanceDrift, driftObservation } from './drift.ts'
import { isLearned, learn } from './learned.ts'
import { whetherToStay } from './stay.ts'
import { Workspace } from './workspace.ts'

/**
 * The learning engine: believes of each model at each task what its ratings there, its ratings at
 * other tasks, its priority and the ratings of other agents make likely, and plays what may be best.
 *
 * A score is what was drawn for the model, which is its expected rating, less what its price is
 * worth, give or take what is not known. Propensities are exact. Without ratings it goes by
 * priority, and tries others. Does not change the model within a loop of tool calls, nor for less
 * than the cached prompt of a conversation is worth.
 *
 * @throws ConfigError for an option out of its range.
 */
export function adaptive(options: AdaptiveOptions = {}): Strategy {
  const resolved = resolveAdaptiveOptions(options)
  const workspace = new Workspace()
  return {
    specVersion: 'v1',
    name: 'adaptive',
    version: `1:${fingerprint(JSON.stringify(resolved))}`,
    learn: (source, previous) => learn(source, previous, resolved),
    watch: (rated, learned) => watch(rated, learned, resolved),
    rank: (request) => rank(request, workspace, resolved),
  }
}

function watch(
  { taskType, modelId, rating }: RatedModel,
  learned: unknown,
  { drift }: ResolvedAdaptiveOptions,
): ((state: DriftState) => DriftStep) | undefined {
  const row = isLearned(learned) ? learned.rowOf.get(modelId) : undefined
  if (!isLearned(learned) || row === undefined) return undefined
  const seen = driftObservation(learned, { taskType, row, rating }, drift)
  return seen === undefined ? undefined : (state) => advanceDrift(state, seen, drift)
}

function rank(request: RankRequest, workspace: Workspace, own: ResolvedAdaptiveOptions): Ranking {
  const { table, rows, random, limit } = request
  const { costQuality } = request.input
  if (rows.length === 0)
    return { ...topRows({ ...request, scores: new Float64Array() }), propensity: 1, costQuality }
  const options = withDial(own, costQuality)
  const learned = isLearned(request.learned)
    ? request.learned
    : learn({ table, cells: [], atMs: request.input.atMs }, undefined, options)
  workspace.makeRoom(rows.length)
  const { beliefs } = workspace
  formBeliefs(learned, request, { beliefs, options })
  const stay = whetherToStay({ request, beliefs, prices: learned.prices, options })
  if (stay.kind === 'forced') {
    const scores = beliefs.location.subarray(0, rows.length)
    return {
      ...withFirst({ table, rows, scores, limit, first: stay.place }),
      propensity: 1,
      isForced: true,
      costQuality,
    }
  }
  if (stay.kind === 'favoured') workspace.favour(stay.place, stay.bonus)
  const contenders = workspace.findContenders(rows.length)
  const drawn = drawWinners({ table, rows, beliefs, contenders, random, options })
  const scores = workspace.draw(rows.length, drawn.offset)
  return {
    ...withFirst({ table, rows, scores, limit, first: drawn.place }),
    propensity: drawn.propensity,
    propensityLog: drawn.log,
    costQuality,
  }
}

interface FirstRequest extends TopRowsRequest {
  /** The place that comes first, whatever its score. */
  readonly first: number
}

/** The best rows, with a given one before them. */
function withFirst({ first, ...request }: FirstRequest): Pick<Ranking, 'rows' | 'scores'> {
  const raised = request.scores.with(first, Number.POSITIVE_INFINITY)
  const top = topRows({ ...request, scores: raised })
  return { rows: top.rows, scores: top.scores.with(0, request.scores[first] ?? 0) }
}

/** FNV-1a: tells versions of options apart. */
function fingerprint(text: string): string {
  let hash = 0x81_1c_9d_c5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93) >>> 0
  }
  return hash.toString(16).padStart(8, '0')
}
