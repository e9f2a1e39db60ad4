import { must, mustEqual } from '../expectations.ts'
import type { ConformanceScenario } from '../scenario.ts'
import {
  DOWN_KINDS,
  answerOf,
  earlyFault,
  mustAnswer,
  mustBreak,
  mustShowNothing,
  scenario,
} from '../shapes.ts'

const TOO_LONG = { type: 'fail', failure: 'context-too-long' } as const
const FILTERED = { type: 'fail', failure: 'content-filtered' } as const

const elsewhere: readonly ConformanceScenario[] = [
  ...earlyFault({
    id: 'key-refused',
    group: 'failures',
    title: 'A key that is refused, in the provider’s own words (Gemini says 400)',
    behaviours: [{ type: 'fail', failure: 'invalid-key' }],
    kinds: ['credentials', 'model-gone'],
  }),
  ...earlyFault({
    id: 'not-permitted',
    group: 'failures',
    title: 'A model that this key may not use',
    behaviours: [{ type: 'fail', failure: 'permission-denied' }],
    kinds: ['credentials', 'model-gone'],
  }),
  ...earlyFault({
    id: 'account-empty',
    group: 'failures',
    title: 'An account of our own that is empty (OpenAI says 429, Gemini and others 402)',
    behaviours: [{ type: 'fail', failure: 'insufficient-credits' }],
    kinds: ['payment'],
  }),
  ...earlyFault({
    id: 'account-empty-upstream',
    group: 'failures',
    title: 'An account that is empty behind an aggregator (Anthropic’s own is a 400)',
    behaviours: [{ type: 'fail', failure: 'upstream-credits' }],
    kinds: ['payment', 'payment-upstream'],
  }),
  ...earlyFault({
    id: 'quota-exhausted',
    group: 'failures',
    title: 'A quota that is used up',
    behaviours: [{ type: 'fail', failure: 'quota-exhausted' }],
    kinds: ['rate-limited', 'payment'],
  }),
  ...earlyFault({
    id: 'rate-limited',
    group: 'failures',
    title: 'A rate limit of the account',
    behaviours: [{ type: 'fail', failure: 'rate-limited' }],
    kinds: ['rate-limited'],
  }),
  ...earlyFault({
    id: 'rate-limited-upstream',
    group: 'failures',
    title: 'A rate limit behind an aggregator, or of tokens',
    behaviours: [{ type: 'fail', failure: 'upstream-rate-limited' }],
    kinds: ['rate-limited'],
  }),
  ...earlyFault({
    id: 'overloaded',
    group: 'failures',
    title: 'A provider that is overloaded',
    behaviours: [{ type: 'fail', failure: 'overloaded' }],
    kinds: DOWN_KINDS,
  }),
  ...earlyFault({
    id: 'unavailable',
    group: 'failures',
    title: 'A provider that is unavailable',
    behaviours: [{ type: 'fail', failure: 'unavailable' }],
    kinds: DOWN_KINDS,
  }),
  ...earlyFault({
    id: 'server-error',
    group: 'failures',
    title: 'A fault inside the provider',
    behaviours: [{ type: 'fail', failure: 'server' }],
    kinds: DOWN_KINDS,
  }),
  ...earlyFault({
    id: 'provider-timeout',
    group: 'failures',
    title: 'A provider that says it was too slow',
    behaviours: [{ type: 'fail', failure: 'timeout' }],
    kinds: DOWN_KINDS,
  }),
  ...earlyFault({
    id: 'model-unknown',
    group: 'failures',
    title: 'A model that the provider no longer has',
    behaviours: [{ type: 'fail', failure: 'unknown-model' }],
    kinds: ['model-gone'],
  }),
]

const context: readonly ConformanceScenario[] = [
  scenario(
    {
      id: 'context-too-long',
      group: 'failures',
      title: 'A prompt too long for the model, in the provider’s own words: an error that says so',
    },
    async (stage) => {
      await stage.start()
      stage.first.does(TOO_LONG)
      const reading = await answerOf(stage)
      const error = mustBreak(stage, reading, ['context-too-long'])
      mustShowNothing(reading)
      if (stage.can('details')) mustEqual(error.isRetryable, false, 'whether to try again')
    },
  ),
  scenario(
    {
      id: 'context-too-long-larger',
      group: 'failures',
      title: 'A prompt too long for the model goes to one that reads more',
      needs: ['failover', 'several-upstreams', 'context-sizes'],
    },
    async (stage) => {
      await stage.start({ candidates: 3 })
      stage.first.does(TOO_LONG)
      mustAnswer(await answerOf(stage), stage.third.text)
      mustEqual(stage.second.calls.length, 0, 'how often the one that reads less was asked')
    },
  ),
  scenario(
    {
      id: 'context-too-long-smaller',
      group: 'failures',
      title: 'A prompt too long for the model never goes to one that reads less',
      needs: ['failover', 'several-upstreams', 'context-sizes'],
    },
    async (stage) => {
      await stage.start({ candidates: 2 })
      stage.first.does(TOO_LONG)
      mustBreak(stage, await answerOf(stage), ['context-too-long'])
      mustEqual(stage.second.calls.length, 0, 'how often the one that reads less was asked')
    },
  ),
]

const filtered: readonly ConformanceScenario[] = [
  scenario(
    {
      id: 'prompt-filtered',
      group: 'failures',
      title: 'A prompt that a filter refuses: an error, and no other provider is talked into it',
    },
    async (stage) => {
      await stage.start({ candidates: stage.can('failover') ? 2 : 1 })
      stage.first.does(FILTERED)
      const reading = await answerOf(stage)
      const error = mustBreak(stage, reading, ['content-filtered'])
      mustShowNothing(reading)
      mustEqual(stage.second.calls.length, 0, 'how often another model was asked')
      if (stage.can('details')) mustEqual(error.isRetryable, false, 'whether to try again')
    },
  ),
  scenario(
    {
      id: 'answer-filtered',
      group: 'failures',
      title: 'An answer of which a filter left nothing is no answer',
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'respond', text: '', finish: 'content-filter' })
      const reading = await answerOf(stage)
      mustBreak(stage, reading, ['content-filtered', 'empty'])
      mustShowNothing(reading)
    },
  ),
  scenario(
    {
      id: 'no-key-in-message',
      group: 'failures',
      title: 'A refusal that repeats the key is passed on without it',
    },
    async (stage) => {
      await stage.start()
      const key = 'sk-proj-4f9aQ7rT2mXw8LkZc3Vb6NyH1sDe5GuP0oJiRaKt'
      const keys = [key, ...stage.keys]
      stage.first.does({
        type: 'status',
        status: 401,
        message: `Incorrect API key: ${keys.join(', ')}.`,
      })
      const { message } = mustBreak(stage, await answerOf(stage), ['credentials'])
      must(!stage.keys.some((used) => message.includes(used)), 'the message holds the key')
    },
  ),
]

export const FAILURE_SCENARIOS: readonly ConformanceScenario[] = [
  ...elsewhere,
  ...context,
  ...filtered,
]
