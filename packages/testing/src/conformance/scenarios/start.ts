import type { Behaviour } from '../../simulator/index.ts'
import { must } from '../expectations.ts'
import type { ConformanceScenario } from '../scenario.ts'
import {
  CONNECTION_KINDS,
  CUT_KINDS,
  DOWN_KINDS,
  UNREADABLE_KINDS,
  answerOf,
  earlyFault,
  mustAnswer,
  mustBreak,
  mustShowNothing,
  mustTakeOver,
  scenario,
} from '../shapes.ts'

/** A body with status 200 that is no answer. */
function strange(body: unknown, contentType: string): Behaviour {
  return { type: 'status', status: 200, body, headers: { 'content-type': contentType } }
}

const REFUSED = 'A refused connection'

const refused: readonly ConformanceScenario[] = [
  scenario(
    {
      id: 'connection-refused',
      group: 'start',
      title: `${REFUSED}: an error, and nothing is shown`,
      needs: ['several-upstreams'],
    },
    async (stage) => {
      await stage.start()
      await stage.first.shutDown()
      const reading = await answerOf(stage)
      mustBreak(stage, reading, ['connect'])
      mustShowNothing(reading)
    },
  ),
  scenario(
    {
      id: 'connection-refused-next',
      group: 'start',
      title: `${REFUSED}: the next model answers, and nothing of the first is shown`,
      needs: ['failover', 'several-upstreams'],
    },
    async (stage) => {
      await stage.start({ candidates: 2 })
      await stage.first.shutDown()
      const reading = await answerOf(stage)
      mustAnswer(reading, stage.second.text)
      if (stage.can('details'))
        must(reading.fallbacks.length === 1, 'the fallback was not announced')
    },
  ),
]

const connections: readonly ConformanceScenario[] = [
  ...earlyFault({
    id: 'closed-before-headers',
    title: 'A connection that closes before any header',
    behaviours: [{ type: 'disconnect' }],
    kinds: CONNECTION_KINDS,
  }),
  ...earlyFault({
    id: 'reset-before-headers',
    title: 'A connection that is reset before any header',
    behaviours: [{ type: 'disconnect', form: 'reset' }],
    kinds: CONNECTION_KINDS,
  }),
  ...earlyFault({
    id: 'closed-after-status-line',
    title: 'A connection that closes behind the status line',
    behaviours: [{ type: 'disconnect', after: 'status-line' }],
    kinds: CONNECTION_KINDS,
  }),
  ...earlyFault({
    id: 'reset-in-headers',
    title: 'A connection that is reset in the middle of the headers',
    behaviours: [{ type: 'disconnect', after: 'headers', form: 'reset' }],
    kinds: CONNECTION_KINDS,
  }),
  ...earlyFault({
    id: 'reset-after-headers',
    title: 'A connection that is reset behind the headers',
    behaviours: [{ type: 'reset', afterChunks: 0 }],
    kinds: CUT_KINDS,
  }),
  ...earlyFault({
    id: 'reset-in-first-frame',
    title: 'A connection that is reset in the middle of the first event',
    behaviours: [{ type: 'reset', afterChunks: 0, bytesOfNext: 20 }],
    kinds: CUT_KINDS,
  }),
]

const startUps: readonly ConformanceScenario[] = [
  ...earlyFault({
    id: 'ended-after-start-up',
    title: 'A stream that ends cleanly behind its start-up events',
    behaviours: [{ type: 'truncate', afterChunks: 0 }],
    kinds: CUT_KINDS,
  }),
  ...earlyFault({
    id: 'ended-in-first-frame',
    title: 'A stream that ends cleanly in the middle of its first event',
    behaviours: [{ type: 'truncate', afterChunks: 0, bytesOfNext: 20 }],
    kinds: [...CUT_KINDS, ...UNREADABLE_KINDS],
  }),
  ...earlyFault({
    id: 'error-after-start-up',
    title: 'A stream that reports an error behind its start-up events',
    behaviours: [{ type: 'stream-error', afterChunks: 0 }],
    kinds: DOWN_KINDS,
  }),
  ...earlyFault({
    id: 'error-event-after-start-up',
    title: 'A stream that reports an error in an `error` event behind its start-up events',
    behaviours: [{ type: 'stream-error', afterChunks: 0, form: 'event' }],
    kinds: DOWN_KINDS,
  }),
  ...earlyFault({
    id: 'error-with-success',
    title: 'An error in a body with status 200',
    behaviours: [{ type: 'success-with-error' }],
    kinds: DOWN_KINDS,
  }),
  ...earlyFault({
    id: 'error-in-choice',
    title: 'An error inside the choice of an answer with status 200',
    behaviours: [{ type: 'success-with-error', place: 'in-choice' }],
    kinds: DOWN_KINDS,
    dialects: ['openrouter'],
  }),
]

const FORMS = {
  'cut-json': 'that is half a JSON object',
  'plain-text': 'that is plain text',
  html: 'that is a web page',
  'invalid-utf8': 'that is not UTF-8',
} as const

const garbage = (Object.keys(FORMS) as (keyof typeof FORMS)[]).flatMap((form) =>
  earlyFault({
    id: `garbage-first-${form}`,
    title: `A first event ${FORMS[form]}`,
    behaviours: [{ type: 'malformed', afterChunks: 0, form }],
    kinds: UNREADABLE_KINDS,
  }),
)

const bodies: readonly ConformanceScenario[] = [
  ...earlyFault({
    id: 'empty-body',
    title: 'A stream without a single byte',
    behaviours: [strange('', 'text/event-stream')],
    kinds: ['truncated', 'malformed', 'empty'],
  }),
  ...earlyFault({
    id: 'web-page-with-success',
    title: 'A web page with status 200',
    behaviours: [strange('<!DOCTYPE html><title>Welcome</title>', 'text/html')],
    kinds: UNREADABLE_KINDS,
  }),
  ...earlyFault({
    id: 'plain-text-with-success',
    title: 'Plain text with status 200',
    behaviours: [
      strange('upstream connect error or disconnect/reset before headers', 'text/plain'),
    ],
    kinds: UNREADABLE_KINDS,
  }),
  ...earlyFault({
    id: 'other-json-with-success',
    title: 'JSON with status 200 that is no answer',
    behaviours: [strange({ ok: true }, 'application/json')],
    kinds: UNREADABLE_KINDS,
  }),
  ...earlyFault({
    id: 'half-json-with-success',
    title: 'Half a JSON object with status 200',
    behaviours: [strange('{"id":"x","choices":[{"ind', 'application/json')],
    kinds: UNREADABLE_KINDS,
  }),
  ...earlyFault({
    id: 'empty-answer',
    title: 'A well-formed answer without anything in it',
    behaviours: [{ type: 'empty' }],
    kinds: ['empty'],
  }),
  ...earlyFault({
    id: 'white-space-answer',
    title: 'A well-formed answer of white space',
    behaviours: [{ type: 'respond', text: ' \n\t \n' }],
    kinds: ['empty'],
  }),
]

const whole: readonly ConformanceScenario[] = [
  scenario(
    {
      id: 'whole-answer-cut',
      group: 'start',
      title: 'An answer that is not streamed and breaks off: an error, and nothing is shown',
    },
    async (stage) => {
      await stage.start()
      for (const type of ['truncate', 'reset'] as const) {
        stage.first.does({ type, afterChunks: 2 })
        const reading = await stage.ask({ stream: false }).toEnd()
        mustBreak(stage, reading, [...CUT_KINDS, 'malformed'])
        mustShowNothing(reading)
      }
    },
  ),
  scenario(
    {
      id: 'whole-answer-cut-next',
      group: 'start',
      title: 'An answer that is not streamed and breaks off: the next model answers',
      needs: ['failover'],
    },
    async (stage) => {
      await stage.start({ candidates: 2 })
      stage.first.does({ type: 'truncate', afterChunks: 2 })
      mustTakeOver(stage, await stage.ask({ stream: false }).toEnd(), CUT_KINDS)
    },
  ),
  scenario(
    {
      id: 'empty-answer-allowed',
      group: 'start',
      title: 'An empty answer is one when the request says that it may be',
      needs: ['empty-answers'],
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'empty' })
      mustAnswer(await stage.ask({ allowEmpty: true }).toEnd(), '')
    },
  ),
]

export const START_SCENARIOS: readonly ConformanceScenario[] = [
  ...refused,
  ...connections,
  ...startUps,
  ...garbage,
  ...bodies,
  ...whole,
]
