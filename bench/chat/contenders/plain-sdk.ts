import OpenAI from 'openai'

import { KEY, QUESTION } from '../contender.ts'
import type { Contender, Course } from '../contender.ts'
import { MODEL, baseUrlOf } from '../server-mode.ts'
import type { ServerMode } from '../server-mode.ts'

/** The provider's own SDK, and nothing else. */
export async function plainSdk({ serverUrl, mode }: Course): Promise<Contender> {
  const client = new OpenAI({ apiKey: KEY, baseURL: baseUrlOf(serverUrl, mode), maxRetries: 0 })
  return { call: (onText) => callSdk(client, mode, onText), close: async () => {} }
}

/** One call; a streamed one asks for usage, as the router does. */
export async function callSdk(
  client: OpenAI,
  { isStreamed }: ServerMode,
  onText: (text: string) => void,
): Promise<void> {
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: QUESTION }]
  if (!isStreamed) {
    const { choices } = await client.chat.completions.create({ model: MODEL, messages })
    onText(choices[0]?.message.content ?? '')
    return
  }
  const stream = await client.chat.completions.create({
    model: MODEL,
    messages,
    stream: true,
    stream_options: { include_usage: true },
  })
  for await (const chunk of stream) {
    const text = chunk.choices[0]?.delta.content
    if (text !== undefined && text !== null && text !== '') onText(text)
  }
}
