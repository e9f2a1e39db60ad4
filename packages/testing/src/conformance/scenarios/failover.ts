import { must, mustEqual } from '../expectations.ts'
import type { ConformanceScenario } from '../scenario.ts'
import {
  DOWN_KINDS,
  answerOf,
  mustAnswer,
  mustBreak,
  mustShowNothing,
  mustTakeOver,
  scenario,
} from '../shapes.ts'

const DOWN = { type: 'status', status: 503 } as const

export const FAILOVER_SCENARIOS: readonly ConformanceScenario[] = [
  scenario(
    {
      id: 'second-down-too',
      group: 'failover',
      title: 'When the second fails as well the third answers',
      needs: ['failover', 'several-upstreams'],
    },
    async (stage) => {
      await stage.start({ candidates: 3 })
      stage.first.does(DOWN)
      stage.second.does({ type: 'truncate', afterChunks: 0 })
      const reading = await answerOf(stage)
      mustAnswer(reading, stage.third.text)
      if (stage.can('details')) {
        const steps = reading.fallbacks.map(({ from, to }) => `${from} → ${to}`)
        mustEqual(steps, ['first → second', 'second → third'], 'the fallbacks that were announced')
      }
    },
  ),
  scenario(
    {
      id: 'all-down',
      group: 'failover',
      title: 'When all fail there is one error that lists them all, in order, with the reasons',
      needs: ['failover', 'several-upstreams', 'details'],
    },
    async (stage) => {
      await stage.start({ candidates: 3 })
      stage.first.does(DOWN)
      stage.second.does({ type: 'fail', failure: 'rate-limited' })
      stage.third.does({ type: 'truncate', afterChunks: 0 })
      const reading = await answerOf(stage)
      mustShowNothing(reading)
      const { tried = [] } = mustBreak(stage, reading, [...DOWN_KINDS, 'rate-limited', 'truncated'])
      mustEqual(
        tried.map(({ candidate, wasCalled }) => ({ candidate, wasCalled })),
        ['first', 'second', 'third'].map((candidate) => ({ candidate, wasCalled: true })),
        'what was tried',
      )
      must(DOWN_KINDS.includes(tried[0]?.kind ?? ''), `the first failed of ${tried[0]?.kind}`)
      mustEqual(tried[1]?.kind, 'rate-limited', 'what the second failed of')
      mustEqual(tried[2]?.kind, 'truncated', 'what the third failed of')
    },
  ),
  scenario(
    {
      id: 'each-asked-once',
      group: 'failover',
      title: 'Each model is asked once, unless it may be repeated',
      needs: ['failover', 'several-upstreams'],
    },
    async (stage) => {
      await stage.start({ candidates: 3 })
      for (const side of [stage.first, stage.second, stage.third]) side.does(DOWN)
      await answerOf(stage)
      const counts = [stage.first, stage.second, stage.third].map(({ calls }) => calls.length)
      mustEqual(counts, [1, 1, 1], 'how often each was asked')
    },
  ),
  scenario(
    {
      id: 'same-request',
      group: 'failover',
      title: 'The next model is asked the same',
      needs: ['failover'],
    },
    async (stage) => {
      await stage.start({ candidates: 2 })
      stage.first.does(DOWN)
      const prompt = 'Say “Grüße – 日本語 🙂” and the number 93817'
      await stage.ask({ prompt }).toEnd()
      for (const { id, calls } of [stage.first, stage.second]) {
        const body = JSON.stringify(calls[0]?.body ?? {})
        must(
          body.includes(JSON.stringify(prompt).slice(1, -1)),
          `the ${id} was asked something else`,
        )
      }
    },
  ),
  scenario(
    {
      id: 'recovers',
      group: 'failover',
      title: 'A model that works again is the one that answers again',
      needs: ['failover'],
    },
    async (stage) => {
      await stage.start({ candidates: 2 })
      stage.first.doesOnce(DOWN)
      mustTakeOver(stage, await answerOf(stage), DOWN_KINDS)
      mustAnswer(await answerOf(stage), stage.first.text)
    },
  ),
  scenario(
    {
      id: 'takes-over-whole-answers',
      group: 'failover',
      title: 'Answers that are not streamed are taken over as well',
      needs: ['failover'],
    },
    async (stage) => {
      await stage.start({ candidates: 2 })
      stage.first.does(DOWN)
      mustTakeOver(stage, await stage.ask({ stream: false }).toEnd(), DOWN_KINDS)
    },
  ),
  scenario(
    {
      id: 'repeats-once',
      group: 'failover',
      title: 'A passing failure is repeated with the same model, and the answer is whole',
      needs: ['retries'],
    },
    async (stage) => {
      await stage.start({ retries: 1 })
      stage.first.doesOnce(DOWN)
      mustAnswer(await answerOf(stage), stage.first.text)
      mustEqual(stage.first.calls.length, 2, 'how often the model was asked')
    },
  ),
  scenario(
    {
      id: 'repeats-no-more',
      group: 'failover',
      title: 'A failing model is repeated as often as allowed, and no more',
      needs: ['retries'],
    },
    async (stage) => {
      await stage.start({ retries: 2 })
      stage.first.does(DOWN)
      mustBreak(stage, await answerOf(stage), DOWN_KINDS)
      mustEqual(stage.first.calls.length, 3, 'how often the model was asked')
    },
  ),
  scenario(
    {
      id: 'repeats-nothing-shown',
      group: 'failover',
      title: 'Nothing is repeated once something was shown',
      needs: ['retries'],
    },
    async (stage) => {
      await stage.start({ retries: 2 })
      stage.first.does({ type: 'truncate', afterChunks: 2 })
      mustBreak(stage, await answerOf(stage), ['truncated'])
      mustEqual(stage.first.calls.length, 1, 'how often the model was asked')
    },
  ),
  scenario(
    {
      id: 'repeats-no-wrong-key',
      group: 'failover',
      title: 'What would fail again is not repeated: a key, an account, the request itself',
      needs: ['retries'],
    },
    async (stage) => {
      for (const status of [400, 401, 402, 404]) {
        await stage.start({ retries: 2 })
        stage.first.does({ type: 'status', status })
        must((await answerOf(stage)).last?.type === 'error', `${status} was taken for an answer`)
        mustEqual(stage.first.calls.length, 1, `how often the model was asked after ${status}`)
      }
    },
  ),
  scenario(
    {
      id: 'no-retry-storm',
      group: 'failover',
      title: 'An outage does not multiply traffic: of fifty requests, few are repeated',
      needs: ['retries'],
    },
    async (stage) => {
      await stage.start({ retries: 2 })
      stage.first.does(DOWN)
      for (let count = 0; count < 50; count += 1) await answerOf(stage)
      const { length } = stage.first.calls
      must(length <= 75, `fifty requests became ${length} calls`)
    },
  ),
]
