import { must, mustEqual } from '../expectations.ts'
import type { ConformanceScenario } from '../scenario.ts'
import { answerOf, mustAnswer, mustBreak, scenario } from '../shapes.ts'
import type { Stage, StageWishes } from '../stage.ts'

const DOWN = { type: 'status', status: 503 } as const
const OPEN_MS = 30_000
const BREAKER = { failures: 3, openMs: OPEN_MS } as const
const NEEDS = ['breaker', 'clock'] as const

/** Fails until the first is left alone. */
async function open(stage: Stage, wishes: StageWishes): Promise<void> {
  await stage.start({ time: 'held', breaker: BREAKER, ...wishes })
  stage.first.does(DOWN)
  for (let count = 0; count < BREAKER.failures; count += 1) await answerOf(stage)
  mustEqual(stage.first.calls.length, BREAKER.failures, 'calls until it was left alone')
}

export const BREAKER_SCENARIOS: readonly ConformanceScenario[] = [
  scenario(
    {
      id: 'breaker-opens',
      group: 'breaker',
      title: 'A model that keeps failing is left alone; another answers without delay',
      needs: [...NEEDS, 'failover'],
    },
    async (stage) => {
      await open(stage, { candidates: 2 })
      for (let count = 0; count < 5; count += 1)
        mustAnswer(await answerOf(stage), stage.second.text)
      mustEqual(stage.first.calls.length, BREAKER.failures, 'how often the first was asked')
    },
  ),
  scenario(
    {
      id: 'breaker-closes',
      group: 'breaker',
      title: 'A model that was left alone is tried after its time, and answers again',
      needs: [...NEEDS, 'failover'],
    },
    async (stage) => {
      await open(stage, { candidates: 2 })
      stage.first.does()
      await stage.pass(OPEN_MS * 2)
      mustAnswer(await answerOf(stage), stage.first.text)
      mustAnswer(await answerOf(stage), stage.first.text)
    },
  ),
  scenario(
    {
      id: 'breaker-opens-again',
      group: 'breaker',
      title: 'A model that fails its trial is left alone again',
      needs: [...NEEDS, 'failover'],
    },
    async (stage) => {
      await open(stage, { candidates: 2 })
      await stage.pass(OPEN_MS * 2)
      for (let count = 0; count < 4; count += 1)
        mustAnswer(await answerOf(stage), stage.second.text)
      mustEqual(stage.first.calls.length, BREAKER.failures + 1, 'how often the first was asked')
    },
  ),
  scenario(
    {
      id: 'breaker-single-probe',
      group: 'breaker',
      title: 'Of many requests one tries the model that was left alone',
      needs: [...NEEDS, 'failover'],
    },
    async (stage) => {
      await open(stage, { candidates: 2 })
      const gate = stage.gate()
      stage.first.does({ type: 'stall', stage: 'headers', gate })
      await stage.pass(OPEN_MS * 2)
      const probe = answerOf(stage)
      await gate.reached
      const others = await Promise.all(Array.from({ length: 10 }, () => answerOf(stage)))
      for (const reading of others) mustAnswer(reading, stage.second.text)
      gate.open()
      mustAnswer(await probe, stage.first.text)
      mustEqual(stage.first.calls.length, BREAKER.failures + 1, 'how often the first was asked')
    },
  ),
  scenario(
    {
      id: 'breaker-per-model',
      group: 'breaker',
      title: 'One model that is left alone closes nobody else out',
      needs: [...NEEDS, 'failover'],
    },
    async (stage) => {
      await open(stage, { candidates: 2 })
      const before = stage.second.calls.length
      mustAnswer(await answerOf(stage), stage.second.text)
      mustEqual(stage.second.calls.length, before + 1, 'how often the second was asked')
    },
  ),
  scenario(
    {
      id: 'all-left-alone-wait',
      group: 'breaker',
      title: 'When all are left alone a request waits for the soonest, once, and is answered',
      needs: NEEDS,
    },
    async (stage) => {
      await open(stage, { maxWaitMs: OPEN_MS * 3 })
      stage.first.does()
      const reading = stage.ask().toEnd()
      await stage.turns()
      mustEqual(stage.first.calls.length, BREAKER.failures, 'calls before the time was over')
      await stage.pass(OPEN_MS * 2)
      mustAnswer(await reading, stage.first.text)
    },
  ),
  scenario(
    {
      id: 'all-left-alone-error',
      group: 'breaker',
      title: 'When that would take too long there is an error, at once, that lists them with times',
      needs: [...NEEDS, 'details'],
    },
    async (stage) => {
      await open(stage, { maxWaitMs: 100 })
      const reading = await answerOf(stage)
      const { last } = reading
      must(last?.type === 'error', 'the answer ended well')
      const tried = last.tried?.map(({ candidate, wasCalled }) => ({ candidate, wasCalled }))
      mustEqual(tried, [{ candidate: 'first', wasCalled: false }], 'what was tried')
      must(last.tried?.[0]?.retryAtMs !== undefined, 'the error does not say when to try again')
      const { retryAfterMs = 0 } = last
      must(retryAfterMs > 0 && retryAfterMs <= OPEN_MS * 2, `\`retryAfterMs\` is ${retryAfterMs}`)
      mustEqual(last.isRetryable, true, 'whether to try again')
      mustEqual(stage.first.calls.length, BREAKER.failures, 'how often the model was asked')
    },
  ),
  scenario(
    {
      id: 'abort-while-waiting',
      group: 'breaker',
      title: 'An abort during that wait ends it at once',
      needs: NEEDS,
    },
    async (stage) => {
      await open(stage, { maxWaitMs: OPEN_MS * 3 })
      const reader = stage.ask()
      const reading = reader.toEnd()
      await stage.turns()
      reader.abort()
      must((await reading).last?.type !== 'end', 'an aborted answer ended well')
      await stage.pass(OPEN_MS * 3)
      mustEqual(stage.first.calls.length, BREAKER.failures, 'how often the model was asked')
    },
  ),
  scenario(
    {
      id: 'own-fault-opens-nothing',
      group: 'breaker',
      title: 'Requests that are wrong in themselves leave nobody alone',
      needs: NEEDS,
    },
    async (stage) => {
      await stage.start({ time: 'held', breaker: BREAKER })
      stage.first.does({ type: 'fail', failure: 'invalid-request' })
      for (let count = 0; count < BREAKER.failures * 3; count += 1) {
        mustBreak(stage, await answerOf(stage), ['invalid-request'])
      }
      stage.first.does()
      mustAnswer(await answerOf(stage), stage.first.text)
    },
  ),
  scenario(
    {
      id: 'leavers-open-nothing',
      group: 'breaker',
      title: 'Callers that leave leave nobody alone',
      needs: NEEDS,
    },
    async (stage) => {
      await stage.start({ time: 'held', breaker: BREAKER })
      const gate = stage.gate()
      stage.first.does({ type: 'stall', stage: 'between-chunks', gate })
      for (let count = 0; count < BREAKER.failures * 3; count += 1) {
        const reader = stage.ask()
        must(await reader.untilVisible(), 'nothing was shown')
        await reader.leave()
      }
      stage.first.does()
      mustAnswer(await answerOf(stage), stage.first.text)
    },
  ),
]
