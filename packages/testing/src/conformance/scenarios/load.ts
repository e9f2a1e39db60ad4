import type { Behaviour } from '../../simulator/index.ts'
import { must, mustEqual } from '../expectations.ts'
import type { ConformanceScenario } from '../scenario.ts'
import { answerOf, mustAnswer, scenario } from '../shapes.ts'

const COUNT = 40

/** One of five faults, or none. */
function faultOf(number: number): Behaviour {
  const faults: readonly Behaviour[] = [
    { type: 'normal' },
    { type: 'status', status: 503 },
    { type: 'truncate', afterChunks: 2 },
    { type: 'disconnect' },
    { type: 'stream-error', afterChunks: 1 },
  ]
  return faults[number % faults.length] ?? { type: 'normal' }
}

export const LOAD_SCENARIOS: readonly ConformanceScenario[] = [
  scenario(
    {
      id: 'many-at-once',
      group: 'load',
      title: 'Forty requests at once get forty answers, each its own',
    },
    async (stage) => {
      await stage.start()
      const texts = Array.from({ length: COUNT }, (_, index) => `answer number ${index} of many`)
      stage.first.doesOnce(...texts.map((text) => ({ type: 'respond', text }) as const))
      const readings = await Promise.all(texts.map(() => answerOf(stage)))
      for (const reading of readings) mustEqual(reading.last?.type, 'end', 'how one of them ended')
      mustEqual(readings.map(({ text }) => text).toSorted(), texts.toSorted(), 'the answers')
    },
  ),
  scenario(
    {
      id: 'many-faults-at-once',
      group: 'load',
      title:
        'Forty requests at once, most of which fail, each end once, and none with another’s text',
    },
    async (stage) => {
      await stage.start()
      const texts = Array.from({ length: COUNT }, (_, index) => `${index}: ${stage.first.text}`)
      stage.first.doesOnce(
        ...texts.map((text, index): Behaviour => ({
          type: 'combine',
          behaviours: [{ type: 'respond', text }, faultOf(index)],
        })),
      )
      const readings = await Promise.all(texts.map(() => answerOf(stage)))
      for (const { text, last } of readings) {
        const whole = last?.type === 'end'
        const isOwn = texts.some((one) => (whole ? one === text : one.startsWith(text)))
        must(isOwn, `an answer is nobody’s: ${JSON.stringify(text)}`)
      }
    },
  ),
  scenario(
    {
      id: 'large-prompt',
      group: 'load',
      title: 'A prompt of two hundred thousand characters arrives whole',
    },
    async (stage) => {
      await stage.start()
      const prompt = `${'lorem ipsum dolor '.repeat(11_000)}and the last word is marzipan`
      mustAnswer(await stage.ask({ prompt }).toEnd(), stage.first.text)
      const body = JSON.stringify(stage.first.calls[0]?.body ?? {})
      must(body.includes(prompt), 'the model was asked something else')
    },
  ),
  scenario(
    {
      id: 'unicode-prompt',
      group: 'load',
      title: 'A prompt in any script arrives as it was written',
    },
    async (stage) => {
      await stage.start()
      const prompt = 'Grüße — 日本語 — العربية — 🙂👩‍👩‍👧 — \u0000\u2028 — "\\n" </script>'
      mustAnswer(await stage.ask({ prompt }).toEnd(), stage.first.text)
      const body = JSON.stringify(stage.first.calls[0]?.body ?? {})
      must(body.includes(JSON.stringify(prompt).slice(1, -1)), 'the model was asked something else')
    },
  ),
  scenario(
    {
      id: 'one-after-the-other',
      group: 'load',
      title: 'A failed request does not spoil the next on the same connection',
    },
    async (stage) => {
      await stage.start()
      for (let number = 0; number < 15; number += 1) {
        stage.first.doesOnce(faultOf(number))
        await answerOf(stage)
        mustAnswer(await answerOf(stage), stage.first.text)
      }
    },
  ),
]
