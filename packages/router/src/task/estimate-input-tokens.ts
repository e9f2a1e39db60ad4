import type { ChatMessage, ChatRequest, FileContent } from '@imrs/core'
import { filesOf, textOf } from '@imrs/core'

/** Role, separators and the like. */
const TOKENS_PER_MESSAGE = 4

interface FileRate {
  /** Decoded bytes that cost one token. */
  readonly bytesPerToken: number
  readonly least: number
  readonly most: number
}

/**
 * By the first half of the MIME type. Images cost by their pixels, which the bytes do not tell: about
 * 1,000 whatever their size. Sound: 32 tokens a second at 128 kbit/s. Film: 300 tokens a second at
 * 2 Mbit/s.
 */
const FILE_RATES: ReadonlyMap<string, FileRate> = new Map([
  ['image', { bytesPerToken: 1, least: 1_000, most: 1_000 }],
  ['audio', { bytesPerToken: 500, least: 100, most: 1_000_000 }],
  ['video', { bytesPerToken: 800, least: 1_000, most: 1_000_000 }],
  ['text', { bytesPerToken: 4, least: 1, most: Number.MAX_SAFE_INTEGER }],
])

/** Documents: scans are large and cost little, so few tokens by the byte and an upper bound. */
const DOCUMENT_RATE: FileRate = { bytesPerToken: 50, least: 1_000, most: 80_000 }

/**
 * About how many tokens the prompt has, for choosing models; never for billing.
 *
 * Four characters of Latin script are a token, less than three of other alphabets, four thirds of
 * Chinese, Japanese and Korean: from 0.7 times (Polish, Turkish) to 1.4 times what OpenAI's
 * `o200k_base` counts for short prose in eighteen languages. Files as the rates above say, and by the
 * least of their kind when only an address is known. Rather low than high where it cannot know, since
 * a prompt that turns out too long moves on to a larger model, and a model wrongly left out is lost.
 *
 * Linear in the length of the text, and does not decode files.
 */
export function estimateInputTokens(request: ChatRequest): number {
  let tokens = 0
  for (const message of request.messages) tokens += tokensOfMessage(message)
  for (const tool of request.tools ?? []) {
    tokens += tokensOfText(tool.name) + tokensOfText(tool.description ?? '')
    tokens += tokensOfJson(tool.parameters)
  }
  if (request.responseFormat?.type === 'json-schema') {
    tokens += tokensOfJson(request.responseFormat.schema)
  }
  return Math.ceil(tokens)
}

function tokensOfMessage(message: ChatMessage): number {
  let tokens = TOKENS_PER_MESSAGE + tokensOfText(textOf(message))
  for (const file of filesOf(message)) tokens += tokensOfFile(file)
  if (message.role !== 'assistant') return tokens
  for (const call of message.toolCalls ?? []) {
    tokens += tokensOfText(call.name) + tokensOfJson(call.input)
  }
  return tokens
}

function tokensOfJson(value: unknown): number {
  return tokensOfText(JSON.stringify(value) ?? '')
}

function tokensOfFile({ mediaType, data }: FileContent): number {
  const kind = mediaType.slice(0, mediaType.indexOf('/')).toLowerCase()
  const { bytesPerToken, least, most } = FILE_RATES.get(kind) ?? DOCUMENT_RATE
  if (data.startsWith('https://')) return least
  const bytes = (data.length * 3) / 4
  return Math.min(most, Math.max(least, bytes / bytesPerToken))
}

/** About how many tokens a text has, by the same measure. */
export function tokensOfText(text: string): number {
  let hundredths = 0
  for (let index = 0; index < text.length; index += 1) {
    hundredths += hundredthsOfUnit(text.charCodeAt(index))
  }
  return hundredths / 100
}

/** Hundredths of a token for one UTF-16 unit; both halves of a surrogate pair count. */
function hundredthsOfUnit(unit: number): number {
  if (unit < 0x370) return LATIN
  if (unit < 0x1100) return OTHER_ALPHABET
  if (unit < 0x1200) return IDEOGRAPH
  return unit < 0x2e80 ? OTHER_ALPHABET : IDEOGRAPH
}

const LATIN = 25
const OTHER_ALPHABET = 36
const IDEOGRAPH = 75
