import type { Runtime } from '@imrs/core'
import { ConfigError, systemRuntime } from '@imrs/core'
import type { TaskType } from '@imrs/core'

import type { OutcomeSet } from './outcome-set.ts'
import { indexOfLargest, modelMeans } from './reference-lines.ts'
import type { ReplayPolicy } from './replay-policy.ts'
import { REPLAY_LABELS } from './replay-stream.ts'
import type { ReplayLabel } from './replay-stream.ts'

/** A model that changes: its name, or `best`, and when, as a share of the stream. */
export interface ReplayChange {
  /** `best` is the one with the highest mean score. Default: `best`. */
  readonly model?: string | undefined
  /** From 0 to 1. Default: `0.5`. */
  readonly at?: number | undefined
}

export interface ReplayOptions {
  readonly outcomes: OutcomeSet
  readonly policies: readonly ReplayPolicy[]
  /** How many random orders are played. Default: `20`. */
  readonly seeds?: number | undefined
  /** The share of answers that are rated. Default: `1`. */
  readonly feedback?: number | undefined
  /** How many requests later ratings come. Default: `0`. */
  readonly delay?: number | undefined
  /** What label the router is given: the task, what its text is like, sometimes a wrong one, or sometimes none. Default: `task`. */
  readonly label?: ReplayLabel | undefined
  /** The share of wrong labels, for `noisy`, or of missing ones, for `some`. Default: `0.2`. */
  readonly noise?: number | undefined
  /** What stands for the label with `none`. Default: the group or bucket that the router itself puts such a request in. */
  readonly labelOfText?: ((prompt: string | undefined) => TaskType) | undefined
  /** The most requests of a stream. Default: all. */
  readonly limit?: number | undefined
  /** How many days a stream lasts, for ratings that fade. Default: `28`. */
  readonly days?: number | undefined
  /** Priorities from 0 to 100, by model. Default: 50 for all. */
  readonly priorities?: ReadonlyMap<string, number> | undefined
  /** Published scores from 0 to 1, by model. Default: none. */
  readonly published?: ReadonlyMap<string, number> | undefined
  /** Half of the models join in mid-stream. Default: `false`. */
  readonly isCold?: boolean | undefined
  /** The scores of a model halve, and nobody says so. Default: none. */
  readonly degrade?: ReplayChange | undefined
  /** A model is not there before. Default: none. */
  readonly improve?: ReplayChange | undefined
  /** Called after each stream of each policy. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
  /** Ends the replay between two streams. */
  readonly signal?: AbortSignal | undefined
  /** Default: `systemRuntime`. Only to let others have their turn between streams. */
  readonly runtime?: Runtime | undefined
}

type Optional = 'labelOfText' | 'limit' | 'degrade' | 'improve' | 'onProgress' | 'signal'

/** The name of a model of the set, and when. */
export interface ResolvedReplayChange {
  readonly model: string
  readonly at: number
}

/** With defaults filled in. */
export type ResolvedReplayOptions = {
  readonly [Key in Exclude<keyof ReplayOptions, Optional>]-?: Exclude<ReplayOptions[Key], undefined>
} & Pick<ReplayOptions, 'labelOfText' | 'limit' | 'onProgress' | 'signal'> & {
    readonly degrade: ResolvedReplayChange | undefined
    readonly improve: ResolvedReplayChange | undefined
  }

/** @throws ConfigError that names the field, the rule and the value. */
export function resolveReplayOptions(options: ReplayOptions): ResolvedReplayOptions {
  const { outcomes, policies, limit } = options
  if (outcomes.size === 0) throw new ConfigError(`\`outcomes\` of ${outcomes.name} has no rows`)
  if (policies.length === 0) throw new ConfigError('`policies` must hold at least one')
  return Object.freeze({
    outcomes,
    policies,
    ...resolveNumbers(options),
    limit: limit === undefined ? undefined : whole('limit', limit, 1),
    label: labelOf(options.label ?? 'task'),
    labelOfText: options.labelOfText,
    priorities: checkedPriorities(outcomes, options.priorities ?? new Map()),
    published: checkedScores(outcomes, options.published ?? new Map()),
    isCold: options.isCold ?? false,
    ...resolveChanges(options),
    onProgress: options.onProgress,
    signal: options.signal,
    runtime: options.runtime ?? systemRuntime,
  })
}

function resolveChanges({
  outcomes,
  ...options
}: ReplayOptions): Pick<ResolvedReplayOptions, 'degrade' | 'improve'> {
  const degrade = changeOf('degrade', outcomes, options.degrade)
  const improve = changeOf('improve', outcomes, options.improve)
  const isOne = degrade !== undefined && degrade.model === improve?.model
  if (isOne && degrade.at <= improve.at) {
    throw new ConfigError(
      `\`degrade.at\` must be above \`improve.at\` (${improve.at}) for the same model, got ${degrade.at}`,
    )
  }
  return { degrade, improve }
}

function resolveNumbers(
  options: ReplayOptions,
): Pick<ResolvedReplayOptions, 'seeds' | 'feedback' | 'delay' | 'noise' | 'days'> {
  return {
    seeds: whole('seeds', options.seeds ?? 20, 1),
    feedback: share('feedback', options.feedback ?? 1),
    delay: whole('delay', options.delay ?? 0, 0),
    noise: share('noise', options.noise ?? 0.2),
    days: positive('days', options.days ?? 28),
  }
}

function labelOf(label: string): ReplayLabel {
  const found = REPLAY_LABELS.find((one) => one === label)
  if (found !== undefined) return found
  throw new ConfigError(`\`label\` must be one of ${REPLAY_LABELS.join(', ')}, got ${label}`)
}

function changeOf(
  name: string,
  outcomes: OutcomeSet,
  change: ReplayChange | undefined,
): ResolvedReplayChange | undefined {
  if (change === undefined) return undefined
  const { models, name: set } = outcomes
  const { model = 'best', at = 0.5 } = change
  if (name === 'improve' && models.length < 2) {
    throw new ConfigError(`\`improve\` needs two models or more, ${set} has ${models.length}`)
  }
  if (model === 'best') {
    const best = models[indexOfLargest(modelMeans(outcomes))] ?? ''
    return { model: best, at: share(`${name}.at`, at) }
  }
  if (!models.includes(model)) {
    const known = models.join(', ')
    throw new ConfigError(
      `\`${name}.model\` must be best or a model of ${set} (${known}), got ${model}`,
    )
  }
  return { model, at: share(`${name}.at`, at) }
}

function checkedPriorities(
  { models, name }: OutcomeSet,
  priorities: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  for (const [model, priority] of priorities) {
    if (!models.includes(model)) {
      throw new ConfigError(`\`priorities\` names ${model}, which ${name} does not have`)
    }
    if (!(priority >= 0 && priority <= 100)) {
      throw new ConfigError(`\`priorities\` of ${model} must be from 0 to 100, got ${priority}`)
    }
  }
  return priorities
}

function checkedScores(
  { models, name }: OutcomeSet,
  published: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  for (const [model, score] of published) {
    if (!models.includes(model)) {
      throw new ConfigError(`\`published\` names ${model}, which ${name} does not have`)
    }
    share(`published.${model}`, score)
  }
  return published
}

function share(name: string, value: number): number {
  if (value >= 0 && value <= 1) return value
  throw new ConfigError(`\`${name}\` must be a number from 0 to 1, got ${String(value)}`)
}

function positive(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value
  throw new ConfigError(`\`${name}\` must be a number above 0, got ${String(value)}`)
}

function whole(name: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value
  throw new ConfigError(
    `\`${name}\` must be a whole number of ${least} or more, got ${String(value)}`,
  )
}
