import type { StallBehaviour } from '../../simulator/index.ts'
import { must, mustEqual } from '../expectations.ts'
import type { ConformanceScenario } from '../scenario.ts'
import {
  CUT_KINDS,
  mustAnswer,
  mustBreak,
  mustShowNothing,
  mustStartWith,
  mustTakeOver,
  scenario,
} from '../shapes.ts'
import type { ScenarioFacts } from '../shapes.ts'
import type { Stage } from '../stage.ts'
import type { ConformanceTimeouts } from '../subject.ts'

const PATIENT: ConformanceTimeouts = {
  headersMs: 60_000,
  firstPartMs: 60_000,
  idleMs: 60_000,
  wholeMs: 60_000,
  totalMs: 600_000,
}

type Where = Pick<StallBehaviour, 'stage' | 'afterChunks' | 'afterFinish'>

interface Late {
  /** Whether something was shown before. */
  readonly isShown: boolean
  readonly facts: Omit<ScenarioFacts, 'group' | 'needs'>
  readonly where: Where
  readonly timeout: keyof ConformanceTimeouts
  readonly kind: string
}

/** Long where time is held; short where it has to be waited for. */
function limitOf(stage: Stage): number {
  return stage.can('clock') ? 5000 : 400
}

async function startWith(
  stage: Stage,
  timeout: keyof ConformanceTimeouts,
  candidates: 1 | 2,
): Promise<void> {
  const timeouts = { ...PATIENT, [timeout]: limitOf(stage) }
  await stage.start({ candidates, time: 'held', timeouts })
}

/** Waits until the provider holds its answer back, then until the subject should have had enough. */
async function outwait(
  stage: Stage,
  { reached }: { readonly reached: Promise<void> },
): Promise<void> {
  await reached
  if (stage.can('clock')) {
    await stage.pass(limitOf(stage) - 10)
    mustEqual(stage.first.calls[0]?.outcome, undefined, 'whether it gave up before its time')
  }
  await stage.pass(20)
}

function late({ facts, where, timeout, kind, isShown }: Late): ConformanceScenario {
  const title = `${facts.title}: an error, and the request to the provider is ended`
  return scenario({ ...facts, title, group: 'timeouts', needs: ['timeouts'] }, async (stage) => {
    await startWith(stage, timeout, stage.can('failover') && isShown ? 2 : 1)
    const gate = stage.gate()
    stage.first.does({ type: 'stall', gate, ...where })
    const reading = stage.ask().toEnd()
    await outwait(stage, gate)
    mustEqual(await (await stage.first.call(1)).closed, 'aborted-by-client', 'how the call ended')
    const read = await reading
    mustBreak(stage, read, [kind])
    must(stage.first.text.startsWith(read.text), 'the text is not what was sent')
    mustEqual(stage.second.calls.length, 0, 'how often another model was asked')
  })
}

function lateNext({ facts, where, timeout, kind }: Late): ConformanceScenario {
  const { id } = facts
  const title = `${facts.title}: the next model answers`
  const needs = ['timeouts', 'failover'] as const
  return scenario(
    { ...facts, id: `${id}-next`, title, group: 'timeouts', needs },
    async (stage) => {
      await startWith(stage, timeout, 2)
      const gate = stage.gate()
      stage.first.does({ type: 'stall', gate, ...where })
      const reading = stage.ask().toEnd()
      await outwait(stage, gate)
      mustEqual(await (await stage.first.call(1)).closed, 'aborted-by-client', 'how the call ended')
      mustTakeOver(stage, await reading, [kind])
    },
  )
}

const beforeText: readonly Late[] = [
  {
    isShown: false,
    facts: { id: 'headers-late', title: 'Headers that do not come' },
    where: { stage: 'headers' },
    timeout: 'headersMs',
    kind: 'timeout-headers',
  },
  {
    isShown: false,
    facts: { id: 'first-part-late', title: 'A first event that does not come' },
    where: { stage: 'first-chunk' },
    timeout: 'firstPartMs',
    kind: 'timeout-first-part',
  },
  {
    isShown: false,
    facts: { id: 'only-start-up', title: 'Start-up events and then nothing' },
    where: { stage: 'between-chunks', afterChunks: 0 },
    timeout: 'firstPartMs',
    kind: 'timeout-first-part',
  },
]

const afterText: readonly Late[] = [
  {
    isShown: true,
    facts: { id: 'idle', title: 'A stream that stops in the middle' },
    where: { stage: 'between-chunks', afterChunks: 2 },
    timeout: 'idleMs',
    kind: 'timeout-idle',
  },
  {
    isShown: true,
    facts: { id: 'idle-before-finish', title: 'A stream that stops before its finish reason' },
    where: { stage: 'between-chunks', afterChunks: 10_000 },
    timeout: 'idleMs',
    kind: 'timeout-idle',
  },
  {
    isShown: true,
    facts: { id: 'total', title: 'A stream that takes too long in all' },
    where: { stage: 'between-chunks', afterChunks: 2 },
    timeout: 'totalMs',
    kind: 'timeout-total',
  },
]

export const TIMEOUT_SCENARIOS: readonly ConformanceScenario[] = [
  ...beforeText.flatMap((one) => [late(one), lateNext(one)]),
  ...afterText.map(late),
  scenario(
    {
      id: 'total-over-attempts',
      group: 'timeouts',
      title: 'The time of the whole answer is that of all its calls together',
      needs: ['timeouts', 'failover', 'several-upstreams', 'clock'],
    },
    async (stage) => {
      const timeouts = { ...PATIENT, headersMs: 4000, totalMs: 10_000 }
      await stage.start({ candidates: 3, time: 'held', timeouts })
      const gates = [stage.gate(), stage.gate(), stage.gate()] as const
      const sides = [stage.first, stage.second, stage.third] as const
      for (const [index, side] of sides.entries()) {
        side.does({ type: 'stall', stage: 'headers', gate: gates[index] ?? stage.gate() })
      }
      const reading = stage.ask().toEnd()
      for (const [index, waitMs] of [4000, 4000, 2000].entries()) {
        await gates[index]?.reached
        await stage.pass(waitMs)
      }
      mustBreak(stage, await reading, ['timeout-total'])
      for (const side of sides) {
        mustEqual(
          await (
            await side.call(1)
          ).closed,
          'aborted-by-client',
          `how the ${side.id} ended`,
        )
      }
    },
  ),
  scenario(
    {
      id: 'whole-answer-late',
      group: 'timeouts',
      title: 'An answer that is not streamed and does not come: an error, and the request is ended',
      needs: ['timeouts'],
    },
    async (stage) => {
      await startWith(stage, 'wholeMs', 1)
      for (const where of ['headers', 'first-chunk'] as const) {
        const gate = stage.gate()
        stage.first.does({ type: 'stall', stage: where, gate })
        const reading = stage.ask({ stream: false }).toEnd()
        await gate.reached
        await stage.pass(limitOf(stage) + 10)
        const read = await reading
        mustBreak(stage, read, ['timeout-headers', 'timeout-first-part'])
        mustShowNothing(read)
        const outcomes = await Promise.all(stage.first.calls.map(({ closed }) => closed))
        mustEqual(outcomes.at(-1), 'aborted-by-client', 'how the call ended')
      }
    },
  ),
  scenario(
    {
      id: 'idle-after-finish',
      group: 'timeouts',
      title:
        'A connection that stays open behind the finish reason: the whole text, and an end to the wait',
      needs: ['timeouts'],
    },
    async (stage) => {
      await startWith(stage, 'idleMs', 1)
      const gate = stage.gate()
      stage.first.does({ type: 'stall', stage: 'between-chunks', gate, afterFinish: true })
      const reading = stage.ask().toEnd()
      await gate.reached
      await stage.pass(limitOf(stage) + 10)
      const read = await reading
      mustEqual(read.text, stage.first.text, 'the text')
      if (read.last?.type === 'error') mustBreak(stage, read, ['timeout-idle', ...CUT_KINDS])
    },
  ),
  scenario(
    {
      id: 'slow-but-alive',
      group: 'timeouts',
      title: 'A pause shorter than the limit is no failure',
      needs: ['timeouts', 'clock'],
    },
    async (stage) => {
      await startWith(stage, 'idleMs', 1)
      const gates = [2, 3, 4].map((afterChunks) => ({ afterChunks, gate: stage.gate() }))
      stage.first.does(
        ...gates.map((one) => ({ type: 'stall', stage: 'between-chunks', ...one }) as const),
      )
      const reading = stage.ask().toEnd()
      for (const { gate } of gates) {
        await gate.reached
        await stage.pass(limitOf(stage) - 100)
        gate.open()
      }
      mustAnswer(await reading, stage.first.text)
    },
  ),
  scenario(
    {
      id: 'reader-late',
      group: 'timeouts',
      title: 'A reader that takes its time is no late provider',
      needs: ['timeouts', 'clock'],
    },
    async (stage) => {
      await startWith(stage, 'idleMs', 1)
      const reader = stage.ask()
      must(await reader.untilVisible(), 'nothing was shown')
      await (
        await stage.first.call(1)
      ).closed
      await stage.pass(limitOf(stage) * 3)
      const reading = await reader.toEnd()
      mustStartWith(stage.first.text, reading.text)
      mustAnswer(reading, stage.first.text)
    },
  ),
]
