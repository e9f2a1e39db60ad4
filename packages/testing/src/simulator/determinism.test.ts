import { describe, expect, it, onTestFinished } from 'vitest'

import { createTestRuntime } from '../host/index.ts'
import { DEFAULT_SIMULATED_MODELS, qualityOf, startSimulator } from './index.ts'
import type { SimulatedTask } from './index.ts'

const prompts = [
  'Write a haiku about rivers',
  'Translate "thank you very much" to Spanish',
  'What is 15% of 240?',
  'Summarize: Bees dance. They show each other where the flowers are. It saves time.',
]

async function bytesOf(seed: number): Promise<string> {
  const simulator = await startSimulator({ seed, runtime: createTestRuntime() })
  onTestFinished(() => simulator.close())
  const { baseUrls, keys } = simulator
  let bytes = ''
  for (const content of prompts) {
    for (const stream of [true, false]) {
      const openRouter = await fetch(`${baseUrls.openrouter}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${keys.openrouter}` },
        body: JSON.stringify({
          model: 'xiaomi/mimo-v2-flash',
          messages: [{ role: 'user', content }],
          stream,
        }),
      })
      bytes += await openRouter.text()
    }
    const google = await fetch(
      `${baseUrls.google}/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse`,
      {
        method: 'POST',
        headers: { 'x-goog-api-key': keys.google },
        body: JSON.stringify({ contents: [{ parts: [{ text: content }] }] }),
      },
    )
    bytes += await google.text()
  }
  return bytes
}

describe('determinism', () => {
  it('gives the same bytes for the same seed, and others for another', async () => {
    const first = await bytesOf(7)
    expect(await bytesOf(7)).toBe(first)
    expect(await bytesOf(8)).not.toBe(first)
  })

  it('counts from 1 again after a reset', async () => {
    const simulator = await startSimulator({ runtime: createTestRuntime() })
    onTestFinished(() => simulator.close())
    const { baseUrls, keys } = simulator
    const ask = async (): Promise<string> => {
      const response = await fetch(`${baseUrls.openai}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${keys.openai}` },
        body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] }),
      })
      return response.text()
    }
    const first = await ask()
    expect(await ask()).not.toBe(first)
    simulator.reset()
    expect(await ask()).toBe(first)
  })
})

describe('skills', () => {
  const best: readonly (readonly [SimulatedTask, string, string])[] = [
    ['code', 'gpt-4o', 'Write a function that sorts'],
    ['translation', 'gemini-2.5-flash', 'Translate this into German: hello'],
    ['math', 'gemini-2.5-pro', 'Calculate'],
    ['creative', 'gemini-3-flash-preview', 'Write a poem about'],
    ['summarization', 'gpt-4o-mini', 'Summarize'],
    ['general', 'xiaomi/mimo-v2-flash', 'Tell me something about'],
  ]
  const mascots = DEFAULT_SIMULATED_MODELS.filter(
    ({ id, dialect }) =>
      dialect !== 'requesty' &&
      [...best.map(([, model]) => model), 'allenai/molmo-2-8b:free'].includes(id),
  )

  it.each(best)('lets one model be best at %s: %s', (_, expected, prompt) => {
    const means = mascots.map(({ id, ...model }) => {
      const qualities = Array.from({ length: 200 }, (__, index) =>
        qualityOf({ id, ...model }, `${prompt} number ${index}`, 1),
      )
      return { id, mean: qualities.reduce((sum, quality) => sum + quality, 0) / qualities.length }
    })
    const [winner] = means.toSorted((left, right) => right.mean - left.mean)
    expect(winner?.id).toBe(expected)
  })
})
