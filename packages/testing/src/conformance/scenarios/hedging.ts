import { must, mustEqual } from '../expectations.ts'
import type { ConformanceScenario } from '../scenario.ts'
import { answerOf, mustAnswer, mustBreak, scenario } from '../shapes.ts'
import type { Stage } from '../stage.ts'

const HEDGE_AFTER_MS = 2000
const NEEDS = ['hedging', 'failover', 'clock'] as const

function start(stage: Stage): Promise<void> {
  return stage.start({ candidates: 2, time: 'held', hedgeAfterMs: HEDGE_AFTER_MS })
}

export const HEDGING_SCENARIOS: readonly ConformanceScenario[] = [
  scenario(
    {
      id: 'hedge-second-wins',
      group: 'hedging',
      title: 'When the first is slow to begin the second is asked and answers; the first is ended',
      needs: NEEDS,
    },
    async (stage) => {
      await start(stage)
      const gate = stage.gate()
      stage.first.does({ type: 'stall', stage: 'headers', gate })
      const reading = stage.ask().toEnd()
      await gate.reached
      await stage.pass(HEDGE_AFTER_MS)
      const { text } = await reading
      mustEqual(text, stage.second.text, 'the text')
      mustAnswer(await reading, stage.second.text)
      mustEqual(
        await (
          await stage.first.call(1)
        ).closed,
        'aborted-by-client',
        'how the first ended',
      )
    },
  ),
  scenario(
    {
      id: 'hedge-first-wins',
      group: 'hedging',
      title: 'When the first begins after all, its text is the answer, and the second is ended',
      needs: NEEDS,
    },
    async (stage) => {
      await start(stage)
      const [slow, slower] = [stage.gate(), stage.gate()]
      stage.first.does({ type: 'stall', stage: 'headers', gate: slow })
      stage.second.does({ type: 'stall', stage: 'headers', gate: slower })
      const reading = stage.ask().toEnd()
      await slow.reached
      await stage.pass(HEDGE_AFTER_MS)
      await slower.reached
      slow.open()
      mustAnswer(await reading, stage.first.text)
      mustEqual(
        await (
          await stage.second.call(1)
        ).closed,
        'aborted-by-client',
        'how the second ended',
      )
    },
  ),
  scenario(
    {
      id: 'hedge-not-needed',
      group: 'hedging',
      title: 'When the first begins in time nobody else is asked',
      needs: NEEDS,
    },
    async (stage) => {
      await start(stage)
      const gate = stage.gate()
      stage.first.does({ type: 'stall', stage: 'between-chunks', gate })
      const reader = stage.ask()
      must(await reader.untilVisible(), 'nothing was shown')
      const reading = reader.toEnd()
      await gate.reached
      await stage.pass(HEDGE_AFTER_MS * 5)
      gate.open()
      mustAnswer(await reading, stage.first.text)
      mustEqual(stage.second.calls.length, 0, 'how often the second was asked')
    },
  ),
  scenario(
    {
      id: 'hedge-off',
      group: 'hedging',
      title: 'Nobody is asked beside the first unless that is wanted',
      needs: ['failover', 'clock'],
    },
    async (stage) => {
      await stage.start({ candidates: 2, time: 'held' })
      const gate = stage.gate()
      stage.first.does({ type: 'stall', stage: 'headers', gate })
      const reading = stage.ask().toEnd()
      await gate.reached
      await stage.pass(HEDGE_AFTER_MS * 5)
      mustEqual(stage.second.calls.length, 0, 'how often the second was asked')
      gate.open()
      mustAnswer(await reading, stage.first.text)
    },
  ),
  scenario(
    {
      id: 'hedge-both-fail',
      group: 'hedging',
      title: 'When both fail there is one error',
      needs: NEEDS,
    },
    async (stage) => {
      await start(stage)
      const gate = stage.gate()
      stage.first.does(
        { type: 'stall', stage: 'headers', gate },
        { type: 'truncate', afterChunks: 0 },
      )
      stage.second.does({ type: 'status', status: 503 })
      const reading = stage.ask().toEnd()
      await gate.reached
      await stage.pass(HEDGE_AFTER_MS)
      await (
        await stage.second.call(1)
      ).closed
      gate.open()
      mustBreak(stage, await reading, ['truncated', 'unavailable', 'overloaded'])
    },
  ),
  scenario(
    {
      id: 'hedge-abort',
      group: 'hedging',
      title: 'An abort ends both',
      needs: NEEDS,
    },
    async (stage) => {
      await start(stage)
      const [one, two] = [stage.gate(), stage.gate()]
      stage.first.does({ type: 'stall', stage: 'headers', gate: one })
      stage.second.does({ type: 'stall', stage: 'headers', gate: two })
      const reader = stage.ask()
      const reading = reader.toEnd()
      await one.reached
      await stage.pass(HEDGE_AFTER_MS)
      await two.reached
      reader.abort()
      for (const side of [stage.first, stage.second]) {
        mustEqual(
          await (
            await side.call(1)
          ).closed,
          'aborted-by-client',
          `how the ${side.id} ended`,
        )
      }
      must((await reading).last?.type !== 'end', 'an aborted answer ended well')
    },
  ),
  scenario(
    {
      id: 'hedge-in-ledger',
      group: 'hedging',
      title: 'The one that was ended is in the books as well, and was not free',
      needs: [...NEEDS, 'ledger'],
    },
    async (stage) => {
      await start(stage)
      const gate = stage.gate()
      stage.first.does({ type: 'stall', stage: 'headers', gate })
      const reading = stage.ask().toEnd()
      await gate.reached
      await stage.pass(HEDGE_AFTER_MS)
      mustAnswer(await reading, stage.second.text)
      await (
        await stage.first.call(1)
      ).closed
      const attempts = (await stage.subject.attempts?.()) ?? []
      const rows = attempts.map(({ candidate, outcome }) => `${candidate} ${outcome}`)
      mustEqual(rows.toSorted(), ['first aborted', 'second completed'], 'the books')
      must(!attempts.some(({ costUsd }) => costUsd === 0), 'a call is said to have been free')
    },
  ),
  scenario(
    {
      id: 'hedge-fast-failure',
      group: 'hedging',
      title: 'A first that fails before its time is followed at once',
      needs: NEEDS,
    },
    async (stage) => {
      await start(stage)
      stage.first.does({ type: 'status', status: 503 })
      mustAnswer(await answerOf(stage), stage.second.text)
      mustEqual(stage.second.calls.length, 1, 'how often the second was asked')
    },
  ),
]
