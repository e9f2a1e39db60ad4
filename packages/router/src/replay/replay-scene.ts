import { typeOfText } from '../prepare/experience-type-of.ts'
import { RequestTexts } from '../text/request-texts.ts'
import type { OutcomeSet } from './outcome-set.ts'
import type { ReferenceLines } from './reference-lines.ts'
import { meanLines, referenceLines } from './reference-lines.ts'
import type { ResolvedReplayChange, ResolvedReplayOptions } from './replay-options.ts'
import { COLD_JOINS, makeStream } from './replay-stream.ts'
import type { ModelChange, ReplayStream, ReplayStreamOptions } from './replay-stream.ts'

/** Something that happens to models, at a request or from one to another, counted from 0. */
export interface ReplayEvent {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** A part of the stream in which nothing happens to models. */
export interface ReplaySection {
  /** The first request, counted from 0. */
  readonly from: number
  readonly to: number
  readonly lines: ReferenceLines
}

interface Changes {
  readonly degrade: ModelChange | undefined
  readonly join: ModelChange | undefined
}

/** What every policy is shown: the streams, what happens in them, and what could be earned. */
export interface ReplayScene {
  readonly options: ResolvedReplayOptions
  readonly changes: Changes
  readonly streams: readonly ReplayStream[]
  readonly lines: ReferenceLines
  readonly events: readonly ReplayEvent[]
  readonly sections: readonly ReplaySection[]
}

/** Makes the streams and what goes with them. Rejects with the signal's reason when aborted. */
export async function makeScene(options: ResolvedReplayOptions): Promise<ReplayScene> {
  const { outcomes, seeds, runtime, signal } = options
  const changes = changesOf(options)
  const streams: ReplayStream[] = []
  for (let seed = 0; seed < seeds; seed += 1) {
    await runtime.sleep(0, signal)
    streams.push(streamOf(options, changes, seed))
  }
  const events = eventsOf(options, changes, shortest(streams))
  return {
    options,
    changes,
    streams,
    lines: meanLines(streams.map((stream) => referenceLines(outcomes, stream))),
    events,
    sections: sectionsOf(outcomes, streams, events),
  }
}

function changesOf({ outcomes, degrade, improve }: ResolvedReplayOptions): Changes {
  const indexed = (change: ResolvedReplayChange | undefined): ModelChange | undefined =>
    change && { model: outcomes.models.indexOf(change.model), at: change.at }
  return { degrade: indexed(degrade), join: indexed(improve) }
}

function streamOf(
  { outcomes, feedback, label, noise, limit, isCold, ...options }: ResolvedReplayOptions,
  { degrade, join }: Changes,
  seed: number,
): ReplayStream {
  const scenario = { isCold, degrade, join }
  // What there is to know of texts is learned anew in each stream.
  const texts = textLabels()
  return makeStream(outcomes, {
    seed,
    feedback,
    label,
    noise,
    labelOfText: options.labelOfText ?? texts.labelOfText,
    onLabel: texts.onLabel,
    limit,
    scenario,
  })
}

/** The label that the router itself gives a request without one. */
function textLabels(): Required<Pick<ReplayStreamOptions, 'labelOfText' | 'onLabel'>> {
  const texts = new RequestTexts()
  return {
    labelOfText: (prompt = '') =>
      texts.labelOf(prompt)?.label ?? typeOfText(prompt, texts.groupOf(prompt)),
    onLabel: (prompt = '', label) => texts.learn(prompt, label),
  }
}

function eventsOf(
  { outcomes: { models }, isCold }: ResolvedReplayOptions,
  { degrade, join }: Changes,
  length: number,
): readonly ReplayEvent[] {
  const point = (change: ModelChange | undefined, what: string): readonly ReplayEvent[] => {
    if (change === undefined) return []
    const from = Math.floor(change.at * length)
    return [{ from, to: from, text: `${models[change.model] ?? ''} ${what}` }]
  }
  const from = Math.floor(COLD_JOINS.from * length)
  const to = Math.floor(COLD_JOINS.to * length)
  return [
    ...(isCold ? [{ from, to, text: 'half of the models join, one by one' }] : []),
    ...point(degrade, 'gets half as good'),
    ...point(join, 'joins'),
  ].toSorted((left, right) => left.from - right.from)
}

/** The parts between what happens at one request; those of a cold start are too many and too short. */
function sectionsOf(
  set: OutcomeSet,
  streams: readonly ReplayStream[],
  events: readonly ReplayEvent[],
): readonly ReplaySection[] {
  const length = shortest(streams)
  const changes = events.filter(({ from, to }) => from === to).map(({ from }) => from)
  const starts = [...new Set([0, ...changes])].filter((from) => from < length)
  return starts.map((from, place) => {
    const to = starts[place + 1] ?? length
    const lines = streams.map((stream) => referenceLines(set, stream, { from, to }))
    return { from, to, lines: meanLines(lines) }
  })
}

function shortest(streams: readonly ReplayStream[]): number {
  return Math.min(...streams.map(({ rows }) => rows.length))
}
