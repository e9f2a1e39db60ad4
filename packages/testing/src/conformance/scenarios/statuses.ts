import type { SimulatedDialect } from '../../simulator/index.ts'
import { must, mustEqual } from '../expectations.ts'
import type { ConformanceScenario } from '../scenario.ts'
import {
  DOWN_KINDS,
  answerOf,
  earlyFault,
  mustBreak,
  mustShowNothing,
  scenario,
} from '../shapes.ts'

const CREDENTIALS = ['credentials', 'model-gone']

/** What each status means, in whichever body a provider puts it; others answer where it is not the request’s own fault. */
const STATUSES: Readonly<
  Record<
    number,
    { readonly kinds: readonly string[]; readonly dialects?: readonly SimulatedDialect[] }
  >
> = {
  401: { kinds: ['credentials'] },
  402: { kinds: ['payment', 'payment-upstream'] },
  403: { kinds: CREDENTIALS },
  404: { kinds: ['model-gone'] },
  408: { kinds: [...DOWN_KINDS, 'timeout-headers'] },
  409: { kinds: DOWN_KINDS },
  412: { kinds: ['payment'], dialects: ['requesty'] },
  424: { kinds: DOWN_KINDS, dialects: ['requesty'] },
  429: { kinds: ['rate-limited'] },
  498: { kinds: DOWN_KINDS, dialects: ['openai'] },
  500: { kinds: DOWN_KINDS },
  502: { kinds: DOWN_KINDS },
  503: { kinds: DOWN_KINDS },
  504: { kinds: DOWN_KINDS },
  520: { kinds: DOWN_KINDS },
  524: { kinds: DOWN_KINDS },
  529: { kinds: DOWN_KINDS },
}

const elsewhere = Object.entries(STATUSES).flatMap(([status, { kinds, dialects }]) =>
  earlyFault({
    id: `status-${status}`,
    group: 'statuses',
    title: `Status ${status}`,
    behaviours: [{ type: 'status', status: Number(status) }],
    kinds,
    dialects,
  }),
)

/** Whoever sends the same request elsewhere gets the same answer, for money. */
const requestsOwn = [400, 422].flatMap((status) =>
  scenario(
    {
      id: `status-${status}`,
      group: 'statuses',
      title: `Status ${status}: an error, and nobody else is asked what is wrong in itself`,
    },
    async (stage) => {
      await stage.start({ candidates: stage.can('failover') ? 2 : 1 })
      stage.first.does({ type: 'status', status })
      const reading = await answerOf(stage)
      const error = mustBreak(stage, reading, ['invalid-request'])
      mustShowNothing(reading)
      mustEqual(stage.second.calls.length, 0, 'how often another model was asked')
      if (stage.can('details')) mustEqual(error.isRetryable, false, 'whether to try again')
    },
  ),
)

const STYLES = {
  'web-page': ['a web page', '<html><head><title>Error</title></head><body>Oops</body></html>'],
  empty: ['nothing', ''],
  text: ['a line of text', 'Internal error, sorry'],
  'half-json': ['half a JSON object', '{"error":{"message":"it br'],
  'string-error': ['an error that is a string', { error: 'something went wrong' }],
  'flat-error': ['an error without a wrapper', { object: 'error', message: 'it went wrong' }],
  'detail-list': ['a list of details', { detail: [{ loc: ['body'], msg: 'it is wrong' }] }],
  'other-json': ['JSON that says nothing of an error', { status: 'sad', items: [1, 2] }],
  'null-error': ['an error that is null', { error: null }],
  list: ['a JSON list', [{ error: { message: 'in a list' } }]],
  huge: ['a page of two mebibytes', `<html>${'x'.repeat(2 * 1024 * 1024)}</html>`],
} as const

const KINDS_OF: readonly (readonly [status: number, kinds: readonly string[]])[] = [
  [401, ['credentials']],
  [429, ['rate-limited']],
  [500, DOWN_KINDS],
  [502, DOWN_KINDS],
  [503, DOWN_KINDS],
  [524, DOWN_KINDS],
  [529, DOWN_KINDS],
]

const styles = (Object.keys(STYLES) as (keyof typeof STYLES)[]).map((style) =>
  scenario(
    {
      id: `body-${style}`,
      group: 'statuses',
      title: `An error status whose body is ${STYLES[style][0]} is the failure that its status says`,
    },
    async (stage) => {
      for (const [status, kinds] of KINDS_OF) {
        // A subject of its own, since some of these keep a model out for a while.
        await stage.start()
        stage.first.does({ type: 'status', status, body: STYLES[style][1] })
        const reading = await answerOf(stage)
        const { message } = mustBreak(stage, reading, kinds)
        mustShowNothing(reading)
        must(message.length < 2000, `the message for ${status} has ${message.length} characters`)
      }
    },
  ),
)

export const STATUS_SCENARIOS: readonly ConformanceScenario[] = [
  ...elsewhere,
  ...requestsOwn,
  ...styles,
]
