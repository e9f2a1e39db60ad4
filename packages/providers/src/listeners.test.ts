import { getEventListeners } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { ModelPart, ProviderDefinition } from '@imrs/core'
import { createGate, startSimulator } from '@imrs/testing/simulator'
import { describe, expect, it, onTestFinished } from 'vitest'

import { answering, events, namedEvents } from './__fixtures__/answering.ts'
import { callOf, readParts } from './__fixtures__/connect.ts'
import { connectSimulated, simulatedFamilies } from './__fixtures__/simulated-families.ts'
import { anthropic, azure, google, openai } from './index.ts'

const CALLS = 2000

const openAiStream = `${events(
  { choices: [{ index: 0, delta: { content: 'Hi' } }] },
  { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
)}data: [DONE]\n\n`

const families: readonly (readonly [string, ProviderDefinition, string])[] = [
  ['OpenAI', openai(), openAiStream],
  [
    'Azure',
    azure({ resource: 'r', deployments: [{ name: 'model', model: 'gpt-4o' }] }),
    openAiStream,
  ],
  [
    'Gemini',
    google(),
    events({ candidates: [{ content: { parts: [{ text: 'Hi' }] }, finishReason: 'STOP' }] }),
  ],
  [
    'Anthropic',
    anthropic(),
    namedEvents(
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'Hi' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
      { type: 'message_stop' },
    ),
  ],
]

/** A reader who leaves. */
async function readToFirstText(parts: AsyncIterable<ModelPart>): Promise<void> {
  for await (const { type } of parts) if (type === 'text-delta') break
}

describe('a signal that lives as long as the process', () => {
  it.each(families)(
    'has no listener after thousands of calls to %s',
    async (...[, definition, body]) => {
      const { signal } = new AbortController()
      const { adapter } = answering(definition, { body })
      const { adapter: failing } = answering(definition, { body: '{}', status: 500 })
      let most = 0
      for (let call = 0; call < CALLS; call += 1) {
        const isFailing = call % 10 === 9
        const parts = (isFailing ? failing : adapter).chat(callOf('model'), { signal })
        const reading = call % 3 === 0 ? readToFirstText(parts) : readParts(parts)
        await (isFailing ? expect(reading).rejects.toThrow() : reading)
        most = Math.max(most, getEventListeners(signal, 'abort').length)
      }
      expect(most).toBe(0)
    },
    60_000,
  )

  it('is never made part of another: those are only let go of when they are collected', () => {
    const files = globSync(join(import.meta.dirname, '**/*.ts')).filter(
      (file) => !file.endsWith('.test.ts'),
    )
    expect(files.length).toBeGreaterThan(50)
    const using = files.filter((file) => readFileSync(file, 'utf8').includes('AbortSignal.any('))
    expect(using).toEqual([])
  })
})

describe.each(simulatedFamilies)('leaving a call to $dialect', (family) => {
  it.each(['headers', 'first-chunk', 'between-chunks'] as const)(
    'while it waits for %s closes its connection at once, and no other',
    async (stage) => {
      const simulator = await startSimulator({ seed: 1 })
      onTestFinished(() => simulator.close())
      const gate = createGate()
      const { dialect, model } = family
      simulator.script({ dialect }, { type: 'stall', stage, gate })
      const adapter = connectSimulated(simulator, family)
      const [left, stays] = [new AbortController(), new AbortController()]
      const reading = readParts(adapter.chat(callOf(model), { signal: left.signal }))
      await gate.reached
      const other = readParts(adapter.chat(callOf(model), { signal: stays.signal }))
      left.abort(new Error('enough'))
      await expect(reading).rejects.toThrow('enough')
      expect(await simulator.calls[0]?.closed).toBe('aborted-by-client')
      expect((await other).at(-1)?.type).toBe('finish')
      expect(getEventListeners(left.signal, 'abort')).toHaveLength(0)
      expect(getEventListeners(stays.signal, 'abort')).toHaveLength(0)
    },
  )
})
