import type { LanguageModelV4GenerateResult, LanguageModelV4StreamPart } from '@ai-sdk/provider'

/** An answer in one piece as the parts that it would have been streamed in. */
export function* contentParts({
  content,
  finishReason,
  usage,
}: LanguageModelV4GenerateResult): Generator<LanguageModelV4StreamPart, void, void> {
  for (const [index, part] of content.entries()) {
    const id = String(index)
    if (part.type === 'text') yield { type: 'text-delta', id, delta: part.text }
    else if (part.type === 'reasoning') {
      yield { type: 'reasoning-delta', id, delta: part.text }
      const { providerMetadata } = part
      yield { type: 'reasoning-end', id, ...(providerMetadata && { providerMetadata }) }
    } else if (part.type === 'tool-call') yield part
  }
  yield { type: 'finish', finishReason, usage }
}
