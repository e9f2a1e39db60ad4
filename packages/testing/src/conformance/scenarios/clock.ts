import { mustEqual } from '../expectations.ts'
import type { ConformanceScenario } from '../scenario.ts'
import { answerOf, mustAnswer, scenario } from '../shapes.ts'

const HOUR_MS = 3_600_000

const midStream = (
  [
    ['clock-forward', 'forward', HOUR_MS],
    ['clock-back', 'back', -HOUR_MS],
  ] as const
).map(([id, direction, offsetMs]) =>
  scenario(
    {
      id,
      group: 'clock',
      title: `A wall clock set ${direction} by an hour in mid-stream changes nothing`,
      needs: ['clock'],
    },
    async (stage) => {
      await stage.start({ time: 'held' })
      const gate = stage.gate()
      stage.first.does({ type: 'stall', stage: 'between-chunks', gate, afterChunks: 2 })
      const reading = stage.ask().toEnd()
      await gate.reached
      stage.jump(offsetMs)
      await stage.pass(1000)
      gate.open()
      mustAnswer(await reading, stage.first.text)
      mustEqual(stage.first.calls.length, 1, 'how often the model was asked')
    },
  ),
)

export const CLOCK_SCENARIOS: readonly ConformanceScenario[] = [
  ...midStream,
  scenario(
    {
      id: 'clock-back-while-left-alone',
      group: 'clock',
      title: 'A wall clock set back leaves no model alone for longer than was said',
      needs: ['clock', 'breaker', 'failover'],
    },
    async (stage) => {
      const openMs = 30_000
      await stage.start({ candidates: 2, time: 'held', breaker: { failures: 2, openMs } })
      stage.first.does({ type: 'status', status: 503 })
      for (let count = 0; count < 2; count += 1) await answerOf(stage)
      stage.jump(-HOUR_MS)
      stage.first.does()
      await stage.pass(openMs * 2)
      mustAnswer(await answerOf(stage), stage.first.text)
    },
  ),
  scenario(
    {
      id: 'clock-back-between-requests',
      group: 'clock',
      title: 'Requests are answered before, at and after a jump of the wall clock',
      needs: ['clock'],
    },
    async (stage) => {
      await stage.start({ time: 'held' })
      for (const offsetMs of [0, HOUR_MS, -2 * HOUR_MS, 24 * HOUR_MS]) {
        stage.jump(offsetMs)
        mustAnswer(await answerOf(stage), stage.first.text)
      }
    },
  ),
]
