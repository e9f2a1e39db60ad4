import type { Behaviour } from '../../simulator/index.ts'
import { must } from '../expectations.ts'
import type { ConformanceScenario } from '../scenario.ts'
import {
  CONNECTION_KINDS,
  CUT_KINDS,
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
    id: 'no-content',
    title: 'Status 204, without a body',
    behaviours: [{ type: 'status', status: 204, body: '' }],
    kinds: ['truncated', 'malformed', 'empty'],
  }),
  ...earlyFault({
    id: 'false-encoding',
    title: 'A body that is labelled gzip and is none',
    behaviours: [{ type: 'headers', headers: { 'content-encoding': 'gzip' } }],
    kinds: [...CONNECTION_KINDS, ...UNREADABLE_KINDS],
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

const redirected = scenario(
  {
    id: 'redirected-elsewhere',
    group: 'start',
    title: 'A redirect to somebody else takes no key there, and is no answer',
    needs: ['several-upstreams'],
  },
  async (stage) => {
    await stage.start()
    mustAnswer(await answerOf(stage), stage.first.text)
    const path = stage.first.calls[0]?.path ?? ''
    for (const status of [301, 302, 307, 308]) {
      const location = `${stage.originOf('second')}${path}`
      stage.first.does({ type: 'status', status, body: '', headers: { location } })
      const reading = await answerOf(stage)
      must(reading.last?.type === 'error', `status ${status} was taken for an answer`)
      mustShowNothing(reading)
      const hadKey = stage.second.calls.some(({ credential }) => credential !== 'missing')
      must(!hadKey, `the key went elsewhere with status ${status}`)
    }
  },
)

/** Like the others before anything was shown; what is wrong is the body as a whole. */
export const BODY_SCENARIOS: readonly ConformanceScenario[] = [...bodies, ...whole, redirected]
