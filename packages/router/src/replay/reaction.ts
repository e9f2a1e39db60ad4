import type { OutcomeSet } from './outcome-set.ts'
import type { PlayedStream } from './play-stream.ts'
import { modelMeans } from './reference-lines.ts'
import type { ModelChange } from './replay-stream.ts'
import type { ReplayStream } from './replay-stream.ts'

/** How a policy took a change of a model. */
export interface Reaction {
  readonly kind: 'left' | 'found'
  readonly model: string
  /**
   * Requests of the whole stream from the change to when it is seen, the median over tasks. Absent
   * when most tasks do not see it before the stream ends, or none counts.
   */
  readonly requests: number | undefined
  /** How many tasks count. */
  readonly tasks: number
  /** In how many of them it is seen. */
  readonly seenIn: number
}

export interface ReactionSource {
  readonly set: OutcomeSet
  readonly streams: readonly { readonly stream: ReplayStream; readonly played: PlayedStream }[]
  readonly change: ModelChange
}

/** The smallest share of a task's traffic that a model must have had to count as in use there. */
const IN_USE = 0.25

/** What nobody could see in some hundred ratings is not asked for. */
const CLEARLY_BETTER = 0.02

/** The fewest requests of a task that a share is measured over, and how many for each stream. */
const WINDOW = { least: 20, perStream: 2 }

/**
 * After how many requests a model that got worse has less than half of the traffic it had before.
 *
 * For each task in which it had a quarter or more. The streams are laid over each other, and a share is
 * that of the last requests of the task: 20, or two for each stream. Before is the second half of the
 * time before the change.
 */
export function whenLeft({ set, streams, change }: ReactionSource): Reaction {
  const traffic = trafficAround(set, streams, change)
  const seen = traffic.flatMap(({ before, after }) => {
    const share = shareOf(before)
    if (share < IN_USE) return []
    return [crossing(after, streams.length, (now) => now < share / 2)]
  })
  return { kind: 'left', model: set.models[change.model] ?? '', ...summarize(seen) }
}

/**
 * After how many requests a model that joined has at least half of the traffic, in the tasks whose best
 * it is by 0.02 or more. Measured like {@link whenLeft}.
 */
export function whenFound({ set, streams, change }: ReactionSource): Reaction {
  const traffic = trafficAround(set, streams, change)
  const seen = traffic.flatMap(({ after }, task) =>
    isClearlyBest(modelMeans(set, task), change.model)
      ? [crossing(after, streams.length, (now) => now >= 0.5)]
      : [],
  )
  return { kind: 'found', model: set.models[change.model] ?? '', ...summarize(seen) }
}

function isClearlyBest(means: Float64Array, model: number): boolean {
  const others = means.filter((_, other) => other !== model)
  return (means[model] ?? 0) - Math.max(...others) >= CLEARLY_BETTER
}

interface Served {
  /** Requests since the change; below 0 before it. */
  readonly offset: number
  readonly isModel: boolean
}

interface TaskTraffic {
  readonly before: Served[]
  readonly after: Served[]
}

function trafficAround(
  set: OutcomeSet,
  streams: ReactionSource['streams'],
  { model, at }: ModelChange,
): readonly TaskTraffic[] {
  const tasks = set.tasks.map((): TaskTraffic => ({ before: [], after: [] }))
  for (const { stream, played } of streams) {
    const from = Math.floor(at * stream.rows.length)
    for (let position = Math.floor(from / 2); position < stream.rows.length; position += 1) {
      const task = tasks[set.taskOf[stream.rows[position] ?? 0] ?? 0]
      const served = { offset: position - from, isModel: played.models[position] === model }
      if (served.offset < 0) task?.before.push(served)
      else task?.after.push(served)
    }
  }
  for (const { after } of tasks) after.sort((left, right) => left.offset - right.offset)
  return tasks
}

function shareOf(served: readonly Served[]): number {
  return served.filter(({ isModel }) => isModel).length / Math.max(1, served.length)
}

/** How many requests after the change the share of the last ones is right; infinite if never. */
function crossing(
  served: readonly Served[],
  streamCount: number,
  isSeen: (share: number) => boolean,
): number {
  const size = Math.max(WINDOW.least, WINDOW.perStream * streamCount)
  let count = 0
  for (const [place, { offset, isModel }] of served.entries()) {
    if (isModel) count += 1
    if (place >= size && served[place - size]?.isModel === true) count -= 1
    if (place >= size - 1 && isSeen(count / size)) return offset + 1
  }
  return Number.POSITIVE_INFINITY
}

function summarize(seen: readonly number[]): Pick<Reaction, 'requests' | 'tasks' | 'seenIn'> {
  const sorted = seen.toSorted((left, right) => left - right)
  const middle = sorted.length >>> 1
  const upper = sorted[middle] ?? Number.POSITIVE_INFINITY
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
  return {
    requests: Number.isFinite(median) ? Math.round(median) : undefined,
    tasks: seen.length,
    seenIn: seen.filter((requests) => Number.isFinite(requests)).length,
  }
}
