import type { ModelPart, ProviderDefinition } from '@imrs/core'
import { systemRuntime } from '@imrs/core'
import { expect, it } from 'vitest'

import { callOf, connect, readParts } from './__fixtures__/connect.ts'
import { anthropic } from './definitions/anthropic.ts'
import { google } from './definitions/google.ts'
import { openai } from './definitions/openai.ts'

/** A stream as the provider sends it, cut in two behind a byte. */
function answering(text: string, cut: number): typeof globalThis.fetch {
  const bytes = new TextEncoder().encode(text)
  return async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
          if (piece.byteLength > 0) controller.enqueue(piece)
        }
        controller.close()
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
}

function read(definition: ProviderDefinition, text: string, cut: number): Promise<ModelPart[]> {
  const runtime = { ...systemRuntime, fetch: answering(text, cut), newId: () => 'made' }
  return readParts(connect(definition, { credential: 'key', runtime }).chat(callOf('model')))
}

const events = (...payloads: readonly object[]) =>
  payloads.map((payload) => `data: ${JSON.stringify(payload)}\n\n`).join('')

const named = (...payloads: readonly Readonly<Record<string, unknown>>[]) =>
  payloads.map((one) => `event: ${String(one['type'])}\ndata: ${JSON.stringify(one)}\n\n`).join('')

const choice = (delta: object, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason }],
})
const tool = (fields: object) => choice({ tool_calls: [{ index: 0, ...fields }] })

const streams: readonly (readonly [string, ProviderDefinition, string])[] = [
  [
    'OpenAI',
    openai(),
    `: hello\n\n${events(
      choice({ role: 'assistant', content: 'Grüße 👋' }),
      tool({ id: 'a', function: { name: 'f', arguments: '{"x":' } }),
      tool({ function: { arguments: '"–"}' } }),
      choice({}, 'tool_calls'),
      { choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } },
    )}data: [DONE]\n\n`,
  ],
  [
    'Gemini',
    google(),
    events(
      { candidates: [{ content: { parts: [{ text: 'Grüße 👋' }] } }] },
      { candidates: [{ content: { parts: [{ functionCall: { name: 'f', args: { x: '–' } } }] } }] },
      {
        candidates: [{ finishReason: 'STOP' }],
        usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 2 },
      },
    ),
  ],
  [
    'Anthropic',
    anthropic(),
    named(
      { type: 'message_start', message: { usage: { input_tokens: 3, output_tokens: 1 } } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Grüße 👋' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } },
      { type: 'message_stop' },
    ),
  ],
]

it.each(streams)(
  '%s: the parts are the same wherever the bytes are cut',
  async (...[, of, text]) => {
    const whole = await read(of, text, 0)
    expect(whole.at(-1)?.type).toBe('finish')
    expect(whole.slice(0, 2)).toEqual([
      { type: 'headers' },
      { type: 'text-delta', text: 'Grüße 👋' },
    ])
    const { length } = new TextEncoder().encode(text)
    for (let cut = 1; cut < length; cut += 1) expect(await read(of, text, cut)).toEqual(whole)
  },
)

it.each(streams)('%s: what ends early never finishes', async (...[, of, text]) => {
  const end = text.indexOf('\n\n', text.indexOf('Grüße')) + 2
  await expect(read(of, text.slice(0, end), 0)).rejects.toMatchObject({
    failure: { kind: 'truncated' },
  })
})
