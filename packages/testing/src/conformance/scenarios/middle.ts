import { must, mustEqual } from '../expectations.ts'
import type { ConformanceScenario } from '../scenario.ts'
import {
  CUT_KINDS,
  DOWN_KINDS,
  UNREADABLE_KINDS,
  answerOf,
  lateFault,
  mustBreak,
  mustStartWith,
  scenario,
} from '../shapes.ts'

/** Beyond the last chunk: just before the end. */
const ALL = 10_000

const cuts: readonly ConformanceScenario[] = [
  lateFault({
    id: 'reset-after-text',
    title: 'A connection that is reset between two events',
    behaviours: [{ type: 'reset', afterChunks: 2 }],
    afterChunks: 2,
    isHeld: true,
    kinds: CUT_KINDS,
  }),
  lateFault({
    id: 'reset-in-frame',
    title: 'A connection that is reset in the middle of an event',
    behaviours: [{ type: 'reset', afterChunks: 2, bytesOfNext: 20 }],
    afterChunks: 2,
    isHeld: true,
    kinds: CUT_KINDS,
  }),
  lateFault({
    id: 'reset-before-finish',
    title: 'A connection that is reset behind the last text, before the finish reason',
    behaviours: [{ type: 'reset', afterChunks: ALL }],
    afterChunks: ALL,
    isHeld: true,
    kinds: CUT_KINDS,
  }),
  lateFault({
    id: 'ended-after-text',
    title: 'A stream that ends cleanly between two events',
    behaviours: [{ type: 'truncate', afterChunks: 2 }],
    afterChunks: 2,
    kinds: CUT_KINDS,
  }),
  lateFault({
    id: 'ended-in-frame',
    title: 'A stream that ends cleanly in the middle of an event',
    behaviours: [{ type: 'truncate', afterChunks: 2, bytesOfNext: 20 }],
    afterChunks: 2,
    kinds: [...CUT_KINDS, ...UNREADABLE_KINDS],
  }),
  lateFault({
    id: 'ended-before-finish',
    title: 'A stream with all its text and without a finish reason',
    behaviours: [{ type: 'truncate', afterChunks: ALL }],
    afterChunks: ALL,
    kinds: CUT_KINDS,
  }),
  scenario(
    {
      id: 'ended-at-every-chunk',
      group: 'middle',
      title: 'A stream that ends behind any of its events is never taken for a whole one',
    },
    async (stage) => {
      await stage.start()
      for (let afterChunks = 0; afterChunks < 6; afterChunks += 1) {
        stage.first.does({ type: 'truncate', afterChunks })
        const reading = await answerOf(stage)
        mustBreak(stage, reading, CUT_KINDS)
        must(stage.first.text.startsWith(reading.text), 'the text is not what was sent')
      }
    },
  ),
  scenario(
    {
      id: 'ended-at-any-byte',
      group: 'middle',
      title: 'A stream that ends at any byte of an event is never taken for a whole one',
    },
    async (stage) => {
      await stage.start()
      for (const bytesOfNext of [1, 4, 5, 6, 7, 12, 40, 80, 120]) {
        stage.first.does({ type: 'truncate', afterChunks: 1, bytesOfNext })
        const reading = await answerOf(stage)
        mustBreak(stage, reading, [...CUT_KINDS, ...UNREADABLE_KINDS])
        mustStartWith(stage.first.text, reading.text)
      }
    },
  ),
]

const errors: readonly ConformanceScenario[] = [
  lateFault({
    id: 'error-after-text',
    title: 'A stream that reports an error',
    behaviours: [{ type: 'stream-error', afterChunks: 2 }],
    afterChunks: 2,
    kinds: DOWN_KINDS,
  }),
  lateFault({
    id: 'error-event-after-text',
    title: 'A stream that reports an error in an `error` event',
    behaviours: [{ type: 'stream-error', afterChunks: 2, form: 'event' }],
    afterChunks: 2,
    kinds: DOWN_KINDS,
  }),
  lateFault({
    id: 'rate-limited-after-text',
    title: 'A stream that reports a rate limit',
    behaviours: [{ type: 'stream-error', afterChunks: 2, failure: 'rate-limited' }],
    afterChunks: 2,
    kinds: ['rate-limited'],
  }),
  lateFault({
    id: 'error-before-finish',
    title: 'A stream that reports an error behind its last text',
    behaviours: [{ type: 'stream-error', afterChunks: ALL }],
    afterChunks: ALL,
    kinds: DOWN_KINDS,
  }),
]

const FORMS = {
  'cut-json': 'half a JSON object',
  'plain-text': 'plain text',
  html: 'a web page',
  'invalid-utf8': 'bytes that are not UTF-8',
} as const

const garbage = (Object.keys(FORMS) as (keyof typeof FORMS)[]).map((form) =>
  lateFault({
    id: `garbage-${form}`,
    title: `An event that is ${FORMS[form]}`,
    behaviours: [{ type: 'malformed', afterChunks: 2, form }],
    afterChunks: 2,
    kinds: UNREADABLE_KINDS,
  }),
)

const reasoning = scenario(
  {
    id: 'broken-after-reasoning',
    group: 'middle',
    title: 'A stream that breaks behind shown thinking: an error, and nobody else’s answer',
    dialects: ['openrouter', 'anthropic'],
  },
  async (stage) => {
    await stage.start({ candidates: stage.can('failover') ? 2 : 1 })
    const thought = 'I think about it step by step'
    stage.first.does({ type: 'respond', reasoning: thought }, { type: 'truncate', afterChunks: 1 })
    const reading = await answerOf(stage)
    if (reading.reasoning === '') return
    mustBreak(stage, reading, CUT_KINDS)
    must(thought.startsWith(reading.reasoning), 'the thinking is not what was sent')
    mustEqual(reading.text, '', 'the text')
    mustEqual(stage.second.calls.length, 0, 'how often another model was asked')
  },
)

export const MIDDLE_SCENARIOS: readonly ConformanceScenario[] = [
  ...cuts,
  ...errors,
  ...garbage,
  reasoning,
]
