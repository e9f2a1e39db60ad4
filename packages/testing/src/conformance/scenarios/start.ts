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
  scenario,
} from '../shapes.ts'

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

export const START_SCENARIOS: readonly ConformanceScenario[] = [
  ...refused,
  ...connections,
  ...startUps,
  ...garbage,
]
