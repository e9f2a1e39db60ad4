import { must, mustBeAmong, mustEqual } from '../expectations.ts'
import type { Reading } from '../reading.ts'
import type { ConformanceScenario } from '../scenario.ts'
import { CUT_KINDS, answerOf, mustAnswer, mustBreak, scenario } from '../shapes.ts'
import type { Stage } from '../stage.ts'

/** Whole, or an error: a caller is never told that half an answer is one. */
function mustBeHonest(stage: Stage, reading: Reading, kinds: readonly string[]): void {
  if (reading.last?.type === 'end') mustAnswer(reading, stage.first.text)
  else mustBreak(stage, reading, kinds)
}

export const FINISH_SCENARIOS: readonly ConformanceScenario[] = [
  scenario(
    {
      id: 'no-end-mark',
      group: 'finish',
      title: 'A finish reason without the mark that should follow it is a finish',
      dialects: ['openai', 'openrouter', 'requesty', 'anthropic'],
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'truncate', afterChunks: 0, afterFinish: true })
      mustAnswer(await answerOf(stage), stage.first.text)
    },
  ),
  scenario(
    {
      id: 'no-finish-reason',
      group: 'finish',
      title: 'An end mark without a finish reason is no finish',
      // Anthropic’s and Gemini’s end is the reason.
      dialects: ['openai', 'openrouter', 'requesty'],
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'respond', finish: 'none' })
      mustBreak(stage, await answerOf(stage), CUT_KINDS)
    },
  ),
  scenario(
    {
      id: 'reset-after-finish',
      group: 'finish',
      title: 'A reset behind the finish reason: the whole answer, or an error',
    },
    async (stage) => {
      await stage.start()
      const gate = stage.gate()
      const place = { afterChunks: 0, afterFinish: true }
      stage.first.does(
        { type: 'stall', stage: 'between-chunks', gate, ...place },
        { type: 'reset', ...place },
      )
      const reader = stage.ask()
      must(await reader.untilVisible(), 'nothing was shown')
      await gate.reached
      gate.open()
      mustBeHonest(stage, await reader.toEnd(), CUT_KINDS)
    },
  ),
  scenario(
    {
      id: 'error-after-finish',
      group: 'finish',
      title: 'An error behind the finish reason: the whole answer, or an error',
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'stream-error', afterChunks: 0, afterFinish: true })
      mustBeHonest(stage, await answerOf(stage), ['unavailable', 'overloaded'])
    },
  ),
  scenario(
    {
      id: 'duplicated-finish',
      group: 'finish',
      title: 'A finish that comes twice is one end',
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'duplicate', what: 'finish' })
      mustAnswer(await answerOf(stage), stage.first.text)
    },
  ),
  scenario(
    {
      id: 'text-after-finish',
      group: 'finish',
      title: 'Text behind the finish reason comes before the end, or is left out',
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'late-chunk' })
      const reading = await answerOf(stage)
      mustEqual(reading.last?.type, 'end', 'how the answer ended')
      must(stage.first.text.startsWith(reading.text), 'the text is not what was sent')
      must(reading.text !== '', 'nothing was shown')
    },
  ),
  scenario(
    {
      id: 'usage-after-finish-lost',
      group: 'finish',
      title: 'Usage that was cut off with the end mark is not made up',
      dialects: ['openai', 'openrouter', 'requesty'],
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'truncate', afterChunks: 0, afterFinish: true })
      const reading = await answerOf(stage)
      mustAnswer(reading, stage.first.text)
      mustBeAmong(
        reading.parts.filter(({ type }) => type === 'usage').length,
        [0],
        'reports of usage',
      )
    },
  ),
]
