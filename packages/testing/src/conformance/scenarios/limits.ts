import type { RetryAfter } from '../../simulator/index.ts'
import { must, mustEqual } from '../expectations.ts'
import type { ConformanceScenario } from '../scenario.ts'
import { answerOf, mustAnswer, mustBreak, scenario } from '../shapes.ts'

const DELAY_MS = 30_000
const DAY_MS = 86_400_000

const FORMS = {
  seconds: '`retry-after` in seconds',
  date: '`retry-after` as a date',
  milliseconds: '`retry-after-ms`',
  native: 'the provider’s own form',
} as const

const FORM_NAMES = Object.keys(FORMS) as RetryAfter['form'][]

const told = FORM_NAMES.map((form) =>
  scenario(
    {
      id: `retry-after-${form}`,
      group: 'limits',
      title: `When to come back, said by ${FORMS[form]}, is told to the caller`,
      needs: ['details'],
      // Anthropic has no form of its own beside the header.
      dialects: form === 'native' ? ['openai', 'openrouter', 'requesty', 'google'] : undefined,
    },
    async (stage) => {
      await stage.start()
      const retryAfter = { form, delayMs: DELAY_MS }
      stage.first.does({ type: 'fail', failure: 'rate-limited', retryAfter })
      const { retryAfterMs = 0 } = mustBreak(stage, await answerOf(stage), ['rate-limited'])
      // A date has whole seconds, and time passes on the way.
      const isClose = retryAfterMs > DELAY_MS - 3000 && retryAfterMs <= DELAY_MS + 1000
      must(isClose, `\`retryAfterMs\` is ${retryAfterMs}, the provider said ${DELAY_MS}`)
    },
  ),
)

const waited = FORM_NAMES.filter((form) => form !== 'native').map((form) =>
  scenario(
    {
      id: `waits-${form}`,
      group: 'limits',
      title: `A wait said by ${FORMS[form]} is kept: asked again then, and not before`,
      needs: ['breaker', 'retries', 'clock'],
    },
    async (stage) => {
      await stage.start({ time: 'held', retries: 1, maxWaitMs: 60_000 })
      const retryAfter = { form, delayMs: DELAY_MS }
      stage.first.doesOnce({ type: 'fail', failure: 'rate-limited', retryAfter })
      const reading = stage.ask().toEnd()
      await (
        await stage.first.call(1)
      ).closed
      await stage.pass(DELAY_MS - 5000)
      mustEqual(stage.first.calls.length, 1, 'calls before the time was over')
      await stage.pass(5000)
      // What is asked again may be spread over some time, so as not to come all at once.
      await stage.pass(DELAY_MS)
      await stage.first.call(2)
      mustAnswer(await reading, stage.first.text)
    },
  ),
)

export const LIMIT_SCENARIOS: readonly ConformanceScenario[] = [
  ...told,
  ...waited,
  scenario(
    {
      id: 'retry-after-a-day',
      group: 'limits',
      title: 'Nobody waits for a day: an error, at once, that says when',
      needs: ['details', 'breaker', 'retries', 'clock'],
    },
    async (stage) => {
      await stage.start({ time: 'held', retries: 2, maxWaitMs: 60_000 })
      const retryAfter = { form: 'seconds', delayMs: DAY_MS } as const
      stage.first.does({ type: 'fail', failure: 'rate-limited', retryAfter })
      const { retryAfterMs } = mustBreak(stage, await answerOf(stage), ['rate-limited'])
      mustEqual(retryAfterMs, DAY_MS, '`retryAfterMs`')
      mustEqual(stage.first.calls.length, 1, 'how often the model was asked')
    },
  ),
  scenario(
    {
      id: 'retry-after-next',
      group: 'limits',
      title: 'While one waits another answers, at once',
      needs: ['failover', 'clock'],
    },
    async (stage) => {
      await stage.start({ candidates: 2, time: 'held', retries: 1, maxWaitMs: 60_000 })
      const retryAfter = { form: 'seconds', delayMs: DELAY_MS } as const
      stage.first.does({ type: 'fail', failure: 'rate-limited', retryAfter })
      mustAnswer(await answerOf(stage), stage.second.text)
      mustEqual(stage.first.calls.length, 1, 'how often the first was asked')
    },
  ),
  scenario(
    {
      id: 'rested-after-limit',
      group: 'limits',
      title:
        'A model that asked for a pause has it from all requests, and is asked again behind it',
      needs: ['failover', 'breaker', 'clock'],
    },
    async (stage) => {
      await stage.start({ candidates: 2, time: 'held' })
      const retryAfter = { form: 'seconds', delayMs: DELAY_MS } as const
      stage.first.doesOnce({ type: 'fail', failure: 'rate-limited', retryAfter })
      for (let count = 0; count < 3; count += 1) {
        mustAnswer(await answerOf(stage), stage.second.text)
        await stage.pass(DELAY_MS / 3 - 1000)
      }
      mustEqual(stage.first.calls.length, 1, 'how often the first was asked')
      await stage.pass(DELAY_MS)
      mustAnswer(await answerOf(stage), stage.first.text)
    },
  ),
  scenario(
    {
      id: 'retry-after-nonsense',
      group: 'limits',
      title: 'A wait that cannot be read is none',
    },
    async (stage) => {
      for (const value of ['soon', '-5', '', 'NaN', '1e400', '99999999999999999999']) {
        await stage.start()
        stage.first.does({ type: 'status', status: 429, headers: { 'retry-after': value } })
        const { retryAfterMs } = mustBreak(stage, await answerOf(stage), ['rate-limited'])
        const isSane = retryAfterMs === undefined || (retryAfterMs >= 0 && retryAfterMs <= DAY_MS)
        must(isSane, `\`retry-after: ${value}\` became ${retryAfterMs} ms`)
      }
    },
  ),
]
