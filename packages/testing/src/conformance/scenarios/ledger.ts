import { must, mustEqual } from '../expectations.ts'
import type { ConformanceScenario } from '../scenario.ts'
import { answerOf, mustAnswer, scenario } from '../shapes.ts'
import type { Stage } from '../stage.ts'
import type { ConformanceAttempt } from '../subject.ts'

const NEEDS = ['ledger'] as const
const USAGE = { inputTokens: 1000, outputTokens: 500 }
/** At the prices of the first: $1 and $2 for a million. */
const FIRST_COST_USD = 0.002
/** At twice that. */
const SECOND_COST_USD = 0.004

async function attemptsOf(stage: Stage): Promise<readonly ConformanceAttempt[]> {
  return (await stage.subject.attempts?.()) ?? []
}

function brief(attempts: readonly ConformanceAttempt[]): readonly string[] {
  return attempts.map(({ candidate, outcome }) => `${candidate} ${outcome}`)
}

export const LEDGER_SCENARIOS: readonly ConformanceScenario[] = [
  scenario(
    {
      id: 'ledger-answer',
      group: 'ledger',
      title: 'An answer is in the books before its end is told, with what the provider counted',
      needs: NEEDS,
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'respond', usage: USAGE })
      mustAnswer(await answerOf(stage), stage.first.text)
      const attempts = await attemptsOf(stage)
      mustEqual(
        attempts,
        [{ candidate: 'first', outcome: 'completed', ...USAGE, costUsd: FIRST_COST_USD }],
        'the books',
      )
    },
  ),
  scenario(
    {
      id: 'ledger-cached-tokens',
      group: 'ledger',
      title: 'Tokens that the provider had read before are counted once, at their own price',
      needs: NEEDS,
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'respond', usage: { ...USAGE, cachedInputTokens: 400 } })
      mustAnswer(await answerOf(stage), stage.first.text)
      const [attempt] = await attemptsOf(stage)
      const { inputTokens, outputTokens, costUsd } = attempt ?? {}
      // 600 at $1, 400 at $0.1 and 500 at $2 for a million.
      mustEqual({ inputTokens, outputTokens, costUsd }, { ...USAGE, costUsd: 0.00164 }, 'the books')
    },
  ),
  scenario(
    {
      id: 'ledger-reasoning-tokens',
      group: 'ledger',
      title: 'Tokens of thinking are counted once, as output',
      needs: NEEDS,
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'respond', usage: { ...USAGE, reasoningTokens: 200 } })
      mustAnswer(await answerOf(stage), stage.first.text)
      const [attempt] = await attemptsOf(stage)
      const { inputTokens, outputTokens, costUsd } = attempt ?? {}
      const expected = { ...USAGE, costUsd: FIRST_COST_USD }
      mustEqual({ inputTokens, outputTokens, costUsd }, expected, 'the books')
    },
  ),
  scenario(
    {
      id: 'ledger-failed-attempts',
      group: 'ledger',
      title: 'Every call is in the books, the failed ones too, and nothing else',
      needs: [...NEEDS, 'failover', 'several-upstreams'],
    },
    async (stage) => {
      await stage.start({ candidates: 3 })
      stage.first.does({ type: 'status', status: 503 })
      stage.second.does({ type: 'truncate', afterChunks: 0 })
      mustAnswer(await answerOf(stage), stage.third.text)
      const attempts = await attemptsOf(stage)
      mustEqual(brief(attempts), ['first failed', 'second failed', 'third completed'], 'the books')
      mustEqual(attempts.length, stage.calls().length, 'rows, and calls that reached a provider')
    },
  ),
  scenario(
    {
      id: 'ledger-cost-of-broken',
      group: 'ledger',
      title: 'What broke in the middle is in the books, and its cost is never zero',
      needs: NEEDS,
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'truncate', afterChunks: 3 })
      await answerOf(stage)
      const [attempt, ...more] = await attemptsOf(stage)
      mustEqual([attempt?.outcome, more.length], ['failed', 0], 'the books')
      must(attempt?.costUsd !== 0, 'a call that cost something is said to have been free')
    },
  ),
  scenario(
    {
      id: 'ledger-aborted',
      group: 'ledger',
      title: 'What a caller left is in the books, and its cost is never zero',
      needs: NEEDS,
    },
    async (stage) => {
      await stage.start()
      const gate = stage.gate()
      stage.first.does({ type: 'stall', stage: 'between-chunks', gate, afterChunks: 2 })
      const reader = stage.ask()
      must(await reader.untilVisible(), 'nothing was shown')
      await reader.leave()
      await (
        await stage.first.call(1)
      ).closed
      const [attempt, ...more] = await attemptsOf(stage)
      mustEqual([attempt?.outcome, more.length], ['aborted', 0], 'the books')
      must(attempt?.costUsd !== 0, 'a call that cost something is said to have been free')
    },
  ),
  scenario(
    {
      id: 'ledger-usage-missing',
      group: 'ledger',
      title: 'A cost that cannot be known is not said to be nothing',
      needs: NEEDS,
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'respond', usage: null })
      mustAnswer(await answerOf(stage), stage.first.text)
      const [attempt] = await attemptsOf(stage)
      mustEqual(attempt?.outcome, 'completed', 'the books')
      must(attempt?.costUsd !== 0, 'a call of unknown cost is said to have been free')
    },
  ),
  scenario(
    {
      id: 'ledger-prices-of-each',
      group: 'ledger',
      title: 'Each call is counted at the prices of the model that took it',
      needs: [...NEEDS, 'failover', 'several-upstreams'],
    },
    async (stage) => {
      await stage.start({ candidates: 2 })
      stage.first.doesOnce({ type: 'status', status: 503 })
      for (const side of [stage.first, stage.second]) side.does({ type: 'respond', usage: USAGE })
      await answerOf(stage)
      await answerOf(stage)
      const costs = (await attemptsOf(stage))
        .filter(({ outcome }) => outcome === 'completed')
        .map(({ candidate, costUsd }) => ({ candidate, costUsd }))
      mustEqual(
        costs,
        [
          { candidate: 'second', costUsd: SECOND_COST_USD },
          { candidate: 'first', costUsd: FIRST_COST_USD },
        ],
        'the costs',
      )
    },
  ),
]
