import type { StallBehaviour } from '../../simulator/index.ts'
import { must, mustEqual } from '../expectations.ts'
import type { Reading } from '../reading.ts'
import type { ConformanceScenario } from '../scenario.ts'
import { answerOf, mustAnswer, scenario } from '../shapes.ts'
import type { ScenarioFacts } from '../shapes.ts'
import type { Stage } from '../stage.ts'

const DOWN = { type: 'status', status: 503 } as const

/** Whoever aborted gets no more than an error, and no end. */
function mustNotEndWell(stage: Stage, { last }: Reading): void {
  must(last?.type !== 'end', 'an aborted answer ended well')
  if (last?.type === 'error' && stage.can('details')) mustEqual(last.kind, 'aborted', 'the kind')
}

function abortAt(
  facts: Omit<ScenarioFacts, 'group'>,
  where: Pick<StallBehaviour, 'stage' | 'afterChunks'>,
): ConformanceScenario {
  const title = `An abort ${facts.title} ends the request to the provider`
  return scenario({ ...facts, title, group: 'aborts' }, async (stage) => {
    await stage.start({ candidates: stage.can('failover') ? 2 : 1, retries: 2 })
    const gate = stage.gate()
    stage.first.does({ type: 'stall', gate, ...where })
    const reader = stage.ask()
    const reading = reader.toEnd()
    await gate.reached
    reader.abort()
    mustEqual(await (await stage.first.call(1)).closed, 'aborted-by-client', 'how the call ended')
    mustNotEndWell(stage, await reading)
    mustEqual(stage.calls().length, 1, 'how many calls were made')
  })
}

function leaveAt(facts: Omit<ScenarioFacts, 'group'>, afterChunks: number): ConformanceScenario {
  return scenario({ ...facts, group: 'aborts' }, async (stage) => {
    await stage.start({ candidates: stage.can('failover') ? 2 : 1, retries: 2 })
    const gate = stage.gate()
    stage.first.does({ type: 'stall', stage: 'between-chunks', gate, afterChunks })
    const reader = stage.ask()
    must(await reader.untilVisible(), 'nothing was shown')
    await gate.reached
    await reader.leave()
    mustEqual(await (await stage.first.call(1)).closed, 'aborted-by-client', 'how the call ended')
    mustEqual(stage.calls().length, 1, 'how many calls were made')
  })
}

export const ABORT_SCENARIOS: readonly ConformanceScenario[] = [
  abortAt({ id: 'abort-before-headers', title: 'before the headers' }, { stage: 'headers' }),
  abortAt({ id: 'abort-after-headers', title: 'behind the headers' }, { stage: 'first-chunk' }),
  abortAt(
    { id: 'abort-after-text', title: 'in the middle of the text' },
    { stage: 'between-chunks', afterChunks: 2 },
  ),
  abortAt(
    { id: 'abort-before-finish', title: 'behind the text' },
    { stage: 'between-chunks', afterChunks: 10_000 },
  ),
  leaveAt(
    {
      id: 'leave-at-first-text',
      title: 'Leaving the loop at the first text ends the request to the provider',
    },
    1,
  ),
  leaveAt(
    {
      id: 'leave-after-text',
      title: 'Leaving the loop in the middle of the text ends the request to the provider',
    },
    4,
  ),
  scenario(
    {
      id: 'abort-before-asking',
      group: 'aborts',
      title: 'A request that was aborted before it began reaches no provider',
    },
    async (stage) => {
      await stage.start()
      const reader = stage.ask()
      reader.abort()
      mustNotEndWell(stage, await reader.toEnd())
      await stage.turns()
      mustEqual(stage.calls().length, 0, 'how many calls were made')
    },
  ),
  scenario(
    {
      id: 'never-read',
      group: 'aborts',
      title: 'An answer that nobody reads is not asked for',
    },
    async (stage) => {
      await stage.start()
      stage.ask()
      await stage.turns()
      mustEqual(stage.calls().length, 0, 'how many calls were made')
    },
  ),
  scenario(
    {
      id: 'abort-then-alive',
      group: 'aborts',
      title: 'After an abort the next request is answered',
    },
    async (stage) => {
      await stage.start()
      for (let count = 0; count < 5; count += 1) {
        const gate = stage.gate()
        stage.first.does({ type: 'stall', stage: 'between-chunks', gate })
        const reader = stage.ask()
        must(await reader.untilVisible(), 'nothing was shown')
        reader.abort()
        await reader.toEnd()
      }
      stage.first.does()
      mustAnswer(await answerOf(stage), stage.first.text)
    },
  ),
  scenario(
    {
      id: 'abort-one-of-two',
      group: 'aborts',
      title: 'An abort of one request leaves the other alone',
    },
    async (stage) => {
      await stage.start()
      const gates = [stage.gate(), stage.gate()] as const
      stage.first.doesOnce(
        ...gates.map((gate) => ({ type: 'stall', stage: 'between-chunks', gate }) as const),
      )
      const [one, two] = [stage.ask(), stage.ask()]
      const leaving = one.toEnd()
      await gates[0].reached
      const staying = two.toEnd()
      await gates[1].reached
      one.abort()
      mustNotEndWell(stage, await leaving)
      gates[1].open()
      mustAnswer(await staying, stage.first.text)
    },
  ),
  scenario(
    {
      id: 'abort-of-the-next',
      group: 'aborts',
      title: 'An abort while the next model is asked ends that request, and nobody else is asked',
      needs: ['failover', 'several-upstreams'],
    },
    async (stage) => {
      await stage.start({ candidates: 3 })
      const gate = stage.gate()
      stage.first.does(DOWN)
      stage.second.does({ type: 'stall', stage: 'headers', gate })
      const reader = stage.ask()
      const reading = reader.toEnd()
      await gate.reached
      reader.abort()
      mustEqual(
        await (
          await stage.second.call(1)
        ).closed,
        'aborted-by-client',
        'how the call ended',
      )
      mustNotEndWell(stage, await reading)
      mustEqual(stage.third.calls.length, 0, 'how often the third was asked')
    },
  ),
  scenario(
    {
      id: 'abort-while-backing-off',
      group: 'aborts',
      title: 'An abort during the wait before a repetition ends it at once',
      needs: ['retries', 'clock'],
    },
    async (stage) => {
      await stage.start({ time: 'held', retries: 2, backOffMs: 5000, maxWaitMs: 60_000 })
      stage.first.does(DOWN)
      const reader = stage.ask()
      const reading = reader.toEnd()
      await (
        await stage.first.call(1)
      ).closed
      await stage.turns()
      reader.abort()
      mustNotEndWell(stage, await reading)
      await stage.pass(60_000)
      mustEqual(stage.calls().length, 1, 'how many calls were made')
    },
  ),
]
