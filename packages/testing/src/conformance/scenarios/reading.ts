import type { Behaviour } from '../../simulator/index.ts'
import { must, mustBeAmong, mustEqual } from '../expectations.ts'
import type { ConformanceScenario } from '../scenario.ts'
import { UNREADABLE_KINDS, answerOf, mustAnswer, mustBreak, scenario } from '../shapes.ts'
import type { ScenarioFacts } from '../shapes.ts'
import type { Stage } from '../stage.ts'

/** Two, three and four bytes a character, and one of several characters. */
const UNICODE = 'Füsse naïve café — 日本語 🙂 👩‍👩‍👧 ende'
const MEBIBYTE = 1024 * 1024

const read = (
  facts: Omit<ScenarioFacts, 'group'>,
  run: (stage: Stage) => Promise<void>,
): ConformanceScenario => scenario({ ...facts, group: 'reading' }, run)

/** The provider says this text in this way, and this text is what the caller gets. */
function readRight(
  facts: Omit<ScenarioFacts, 'group'>,
  text: string,
  ...behaviours: readonly Behaviour[]
): ConformanceScenario {
  return read(facts, async (stage) => {
    await stage.start()
    stage.first.does({ type: 'respond', text }, ...behaviours)
    mustAnswer(await answerOf(stage), text)
  })
}

export const READING_SCENARIOS: readonly ConformanceScenario[] = [
  read({ id: 'plain-answer', title: 'An answer arrives whole, with one end' }, async (stage) => {
    await stage.start()
    const reading = await answerOf(stage)
    mustAnswer(reading, stage.first.text)
    mustEqual(reading.last, { ...reading.last, type: 'end', finishReason: 'stop' }, 'the end')
    mustEqual(stage.first.calls.length, 1, 'how often the model was asked')
  }),
  read(
    { id: 'whole-answer', title: 'An answer that is not streamed arrives whole, with one end' },
    async (stage) => {
      await stage.start()
      const reading = await stage.ask({ stream: false }).toEnd()
      mustAnswer(reading, stage.first.text)
    },
  ),
  readRight(
    { id: 'crlf-lines', title: 'Lines that end with CR LF are read as those that end with LF' },
    UNICODE,
    { type: 'framing', lineEnding: '\r\n' },
  ),
  readRight(
    { id: 'comment-lines', title: 'Comments between events, kept alive by a proxy, are no text' },
    UNICODE,
    { type: 'framing', withComments: true },
  ),
  readRight(
    {
      id: 'slow-drip',
      title: 'A stream that comes byte by byte is read as one that comes at once',
    },
    UNICODE,
    { type: 'framing', bytesPerWrite: 1, withComments: true },
  ),
  read(
    { id: 'split-characters', title: 'A character cut at any of its bytes is put together again' },
    async (stage) => {
      await stage.start()
      for (const bytesPerWrite of [2, 3, 5, 7]) {
        stage.first.does({ type: 'respond', text: UNICODE }, { type: 'framing', bytesPerWrite })
        mustAnswer(await answerOf(stage), UNICODE)
      }
    },
  ),
  readRight(
    { id: 'giant-chunk', title: 'A single event of a mebibyte is read' },
    `${'x'.repeat(MEBIBYTE - 1)}y`,
  ),
  readRight(
    { id: 'many-chunks', title: 'An answer of thousands of chunks is read' },
    Array.from({ length: 6000 }, (_, index) => `w${index}`).join(' '),
  ),
  readRight(
    {
      id: 'white-space-kept',
      title: 'White space at the beginning and the end is part of the text',
    },
    '\n\n  indented\n\tand so on  \n',
  ),
  readRight(
    { id: 'looks-like-sse', title: 'Text that looks like the protocol is text' },
    'data: [DONE]\n\nevent: error\ndata: {"error":{"message":"no"}}\n\n: comment end',
  ),
  readRight(
    { id: 'stream-as-plain-text', title: 'A stream that is labelled plain text is read' },
    UNICODE,
    { type: 'headers', headers: { 'content-type': 'text/plain; charset=utf-8' } },
  ),
  read(
    {
      id: 'stream-as-json',
      title: 'A stream that is labelled JSON is read, or is an error, and never half an answer',
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'headers', headers: { 'content-type': 'application/json' } })
      const reading = await answerOf(stage)
      if (reading.last?.type === 'end') mustAnswer(reading, stage.first.text)
      else mustBreak(stage, reading, UNREADABLE_KINDS)
    },
  ),
  read(
    { id: 'length-finish', title: 'An answer that was cut by its limit says so' },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'respond', text: 'cut short', finish: 'length' })
      const reading = await answerOf(stage)
      mustAnswer(reading, 'cut short')
      mustEqual(reading.last, { ...reading.last, finishReason: 'length' }, 'the end')
    },
  ),
  read(
    { id: 'filtered-after-text', title: 'An answer that a filter stopped after some text says so' },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'respond', text: 'Once upon a', finish: 'content-filter' })
      const reading = await answerOf(stage)
      mustAnswer(reading, 'Once upon a')
      mustEqual(reading.last, { ...reading.last, finishReason: 'content-filter' }, 'the end')
    },
  ),
  read(
    { id: 'usage-missing', title: 'An answer without usage is whole, and no usage is made up' },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'respond', usage: null })
      const reading = await answerOf(stage)
      mustAnswer(reading, stage.first.text)
      for (const part of reading.parts) must(part.type !== 'usage', 'usage was made up')
    },
  ),
  read(
    {
      id: 'usage-passed-on',
      title: 'The tokens that the provider counted are those that are told',
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'respond', usage: { inputTokens: 1234, outputTokens: 567 } })
      const reading = await answerOf(stage)
      mustAnswer(reading, stage.first.text)
      const usages = reading.parts.filter((part) => part.type === 'usage')
      must(usages.length > 0, 'no usage was told')
      const { inputTokens, outputTokens } = usages.at(-1) ?? {}
      mustEqual(
        { inputTokens, outputTokens },
        { inputTokens: 1234, outputTokens: 567 },
        'the usage',
      )
    },
  ),
  read(
    {
      id: 'reasoning-apart',
      title: 'The model’s thinking is not part of its answer',
      dialects: ['openrouter', 'anthropic'],
    },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'respond', reasoning: 'Let me think about that', text: 'Done' })
      const reading = await answerOf(stage)
      mustAnswer(reading, 'Done')
      mustBeAmong(reading.reasoning, ['', 'Let me think about that'], 'the thinking')
    },
  ),
  read(
    { id: 'duplicated-chunk', title: 'A chunk that is sent twice breaks nothing' },
    async (stage) => {
      await stage.start()
      stage.first.does({ type: 'duplicate', what: 'chunk' })
      const reading = await answerOf(stage)
      const { text } = stage.first
      must(reading.last?.type === 'end', 'the answer did not end well')
      must(reading.text.endsWith(text.slice(text.indexOf(' '))), 'the text is not whole')
    },
  ),
]
