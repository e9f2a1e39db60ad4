import { must, mustEqual } from '../expectations.ts'
import type { Reading } from '../reading.ts'
import type { ConformanceScenario } from '../scenario.ts'
import { CUT_KINDS, UNREADABLE_KINDS, mustBreak, mustEnd, scenario } from '../shapes.ts'
import type { ScenarioFacts } from '../shapes.ts'
import type { Stage } from '../stage.ts'
import type { ConformanceTool } from '../subject.ts'

const WEATHER: ConformanceTool = {
  name: 'get_weather',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' }, days: { type: 'integer' } },
    required: ['city'],
  },
}
const INPUT = { city: 'Zürich – 日本', days: 12, note: 'a "quoted" and long enough text to be cut' }
const CALL = { name: 'get_weather', arguments: INPUT, id: 'call_conformance1' }

const tool = (
  facts: Omit<ScenarioFacts, 'group'>,
  run: (stage: Stage) => Promise<void>,
): ConformanceScenario => scenario({ ...facts, group: 'tools' }, run)

function askWithTools(stage: Stage, stream = true): Promise<Reading> {
  return stage.ask({ tools: [WEATHER], stream }).toEnd()
}

function mustCall(reading: Reading, count: number): void {
  mustEqual(mustEnd(reading).finishReason, 'tool-calls', 'the finish reason')
  const calls = reading.toolCalls.map(({ name, input }) => ({ name, input }))
  const expected = { name: CALL.name, input: INPUT }
  mustEqual(
    calls,
    Array.from({ length: count }, () => expected),
    'the tool calls',
  )
}

export const TOOL_SCENARIOS: readonly ConformanceScenario[] = [
  tool({ id: 'tool-call', title: 'A tool call arrives whole, once' }, async (stage) => {
    await stage.start()
    stage.first.does({ type: 'respond', toolCalls: [CALL] })
    mustCall(await askWithTools(stage), 1)
  }),
  tool(
    {
      id: 'tool-call-whole-answer',
      title: 'A tool call of an answer that is not streamed arrives whole',
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'respond', toolCalls: [CALL] })
      mustCall(await askWithTools(stage, false), 1)
    },
  ),
  tool({ id: 'two-tool-calls', title: 'Two tool calls are two' }, async (stage) => {
    await stage.start()
    const toolCalls = [CALL, { ...CALL, id: 'call_conformance2' }]
    stage.first.does({ type: 'respond', toolCalls })
    mustCall(await askWithTools(stage), 2)
  }),
  tool(
    { id: 'tool-call-without-input', title: 'A tool call without input has an empty one' },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'respond', toolCalls: [{ ...CALL, arguments: {} }] })
      const { toolCalls } = await askWithTools(stage)
      mustEqual(
        toolCalls.map(({ input }) => input),
        [{}],
        'the input',
      )
    },
  ),
  tool(
    { id: 'tool-call-drip', title: 'A tool call that comes byte by byte arrives whole' },
    async (stage) => {
      await stage.start()
      stage.first.does(
        { type: 'respond', toolCalls: [CALL] },
        { type: 'framing', bytesPerWrite: 1 },
      )
      mustCall(await askWithTools(stage), 1)
    },
  ),
  tool(
    {
      id: 'tool-call-cut',
      title: 'A tool call that is cut in half is never given out',
      // Gemini sends a call in one piece.
      dialects: ['openai', 'openrouter', 'requesty', 'anthropic'],
    },
    async (stage) => {
      await stage.start()
      for (const type of ['truncate', 'reset'] as const) {
        stage.first.does({ type: 'respond', toolCalls: [CALL] }, { type, afterChunks: 2 })
        const reading = await askWithTools(stage)
        mustBreak(stage, reading, CUT_KINDS)
        mustEqual(reading.toolCalls, [], 'the tool calls')
      }
    },
  ),
  tool(
    {
      id: 'tool-call-cut-next',
      title: 'A tool call that is cut in half is made by the next model, once',
      dialects: ['openai', 'openrouter', 'requesty', 'anthropic'],
      needs: ['failover'],
    },
    async (stage) => {
      await stage.start({ candidates: 2 })
      stage.first.does(
        { type: 'respond', toolCalls: [{ ...CALL, arguments: { city: 'Bern' } }] },
        { type: 'truncate', afterChunks: 2 },
      )
      stage.second.does({ type: 'respond', toolCalls: [CALL] })
      mustCall(await askWithTools(stage), 1)
    },
  ),
  tool(
    {
      id: 'tool-call-unreadable',
      title: 'A tool call whose input is no JSON is never given out',
      // The others send an object.
      dialects: ['openai', 'openrouter', 'requesty'],
    },
    async (stage) => {
      await stage.start()
      const toolCalls = [{ ...CALL, arguments: '{"city": "Zürich", "days":' }]
      stage.first.does({ type: 'respond', toolCalls })
      const reading = await askWithTools(stage)
      mustBreak(stage, reading, UNREADABLE_KINDS)
      mustEqual(reading.toolCalls, [], 'the tool calls')
    },
  ),
  tool(
    {
      id: 'tool-call-cut-by-limit',
      title: 'A tool call that the limit of tokens cut is never given out',
      dialects: ['openai', 'openrouter', 'requesty'],
    },
    async (stage) => {
      await stage.start()
      const toolCalls = [{ ...CALL, arguments: '{"city": "Zür' }]
      stage.first.does({ type: 'respond', toolCalls, finish: 'length' })
      const reading = await askWithTools(stage)
      mustBreak(stage, reading, UNREADABLE_KINDS)
      mustEqual(reading.toolCalls, [], 'the tool calls')
    },
  ),
  tool(
    {
      id: 'tool-call-then-broken',
      title: 'Once a tool call was given out nobody else is asked, and a retry is called unsafe',
    },
    async (stage) => {
      await stage.start({ candidates: stage.can('failover') ? 2 : 1, retries: 2 })
      stage.first.does(
        { type: 'respond', toolCalls: [CALL] },
        { type: 'truncate', afterChunks: 10_000 },
      )
      stage.second.does({ type: 'respond', toolCalls: [CALL] })
      const reading = await askWithTools(stage)
      must(reading.toolCalls.length <= 1, 'the tool call was given out twice')
      // Where a call is given out with the finish only, it was not, and another may take over.
      if (reading.last?.type === 'end' || reading.toolCalls.length === 0) return
      mustEqual(stage.calls().length, 1, 'how many calls were made')
      if (stage.can('details'))
        mustEqual(reading.last?.isRetrySafe, false, 'whether a retry is safe')
    },
  ),
  tool(
    { id: 'tool-call-duplicated', title: 'A tool call of which a part is sent twice is one call' },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'respond', toolCalls: [CALL] }, { type: 'duplicate', what: 'chunk' })
      mustCall(await askWithTools(stage), 1)
    },
  ),
  tool({ id: 'text-and-tool-call', title: 'Text before a tool call is kept' }, async (stage) => {
    await stage.start()
    stage.first.does({ type: 'respond', text: 'Let me look', toolCalls: [CALL] })
    const reading = await askWithTools(stage)
    mustCall(reading, 1)
    mustEqual(reading.text, 'Let me look', 'the text')
  }),
]
