import type { JsonObject } from '@imrs/core'

import { events, namedEvents } from './answering.ts'
import type { CapturedAnswer } from './answering.ts'

/** An answer of one word with this usage, as a family sends it streamed and in one piece. */
export type UsageAnswer = (usage: JsonObject) => {
  readonly streamed: CapturedAnswer
  readonly whole: CapturedAnswer
}

const whole = (body: object): CapturedAnswer => ({
  body: JSON.stringify(body),
  contentType: 'application/json',
})

/** OpenAI and those who copy it: the usage comes in a chunk of its own, behind the finish reason. */
export const openAiAnswer: UsageAnswer = (usage) => ({
  streamed: {
    body: `${events(
      { choices: [{ index: 0, delta: { role: 'assistant', content: 'Hi' } }], usage: null },
      { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: null },
      { choices: [], usage },
    )}data: [DONE]\n\n`,
  },
  whole: whole({
    choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }],
    usage,
  }),
})

/** Groq, when it was not asked for the usage of a stream. */
export const groqAnswer: UsageAnswer = (usage) => ({
  streamed: {
    body: `${events(
      { choices: [{ index: 0, delta: { content: 'Hi' } }], x_groq: { id: 'req_1' } },
      { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], x_groq: { id: 'req_1', usage } },
    )}data: [DONE]\n\n`,
  },
  whole: openAiAnswer(usage).whole,
})

/** Gemini: every response has the sum so far. */
export const geminiAnswer: UsageAnswer = (usageMetadata) => ({
  streamed: {
    body: events(
      {
        candidates: [{ content: { parts: [{ text: 'Hi' }] } }],
        usageMetadata: { ...usageMetadata, candidatesTokenCount: 1 },
      },
      { candidates: [{ finishReason: 'STOP' }], usageMetadata },
    ),
  },
  whole: whole({
    candidates: [{ content: { parts: [{ text: 'Hi' }] }, finishReason: 'STOP' }],
    usageMetadata,
  }),
})

/** Anthropic: the input at the start, the output at the end. */
export const anthropicAnswer: UsageAnswer = (usage) => {
  const { output_tokens = 0, output_tokens_details = null, ...input } = usage
  const content = { type: 'text', text: 'Hi' }
  return {
    streamed: {
      body: namedEvents(
        { type: 'message_start', message: { usage: { ...input, output_tokens: 1 } } },
        { type: 'content_block_start', index: 0, content_block: content },
        { type: 'content_block_stop', index: 0 },
        {
          type: 'message_delta',
          delta: { stop_reason: 'end_turn' },
          usage: { output_tokens, output_tokens_details },
        },
        { type: 'message_stop' },
      ),
    },
    whole: whole({ content: [content], stop_reason: 'end_turn', usage }),
  }
}
