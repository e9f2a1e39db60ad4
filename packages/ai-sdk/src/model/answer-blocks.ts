import type { LanguageModelV4StreamPart, SharedV4ProviderMetadata } from '@ai-sdk/provider'
import type { AnswerPart, ToolCallPart } from '@imrs/core'

import { toPartMetadata } from './provider-data.ts'

type BlockType = 'text' | 'reasoning'

interface Block {
  readonly type: BlockType
  readonly id: string
}

/**
 * Turns what a model says into the AI SDK's blocks: text and reasoning begin and end, a tool call
 * comes with its whole input. At most one block is open.
 */
export class AnswerBlocks {
  #open: Block | undefined
  #count = 0

  read(part: AnswerPart): readonly LanguageModelV4StreamPart[] {
    switch (part.type) {
      case 'text-delta':
        return this.#delta('text', part.text)
      case 'reasoning-delta':
        return this.#delta('reasoning', part.text)
      case 'reasoning-end':
        return this.#endOfReasoning(toPartMetadata(part.providerData))
      case 'tool-call':
        return [...this.end(), ...toolCallParts(part)]
      default:
        return []
    }
  }

  /** Closes the block that is open. */
  end(): readonly LanguageModelV4StreamPart[] {
    if (this.#open === undefined) return []
    const { type, id } = this.#open
    this.#open = undefined
    return [{ type: `${type}-end`, id }]
  }

  #delta(type: BlockType, delta: string): readonly LanguageModelV4StreamPart[] {
    if (this.#open?.type === type) return [{ type: `${type}-delta`, id: this.#open.id, delta }]
    const { id, parts } = this.#start(type)
    return [...parts, { type: `${type}-delta`, id, delta }]
  }

  #start(type: BlockType): { readonly id: string; readonly parts: LanguageModelV4StreamPart[] } {
    const ended = this.end()
    const id = String(this.#count)
    this.#count += 1
    this.#open = { type, id }
    return { id, parts: [...ended, { type: `${type}-start`, id }] }
  }

  /** Some models give what belongs to a thought and no word of it: then the block is empty. */
  #endOfReasoning(
    metadata: { readonly providerMetadata: SharedV4ProviderMetadata } | undefined,
  ): readonly LanguageModelV4StreamPart[] {
    const isOpen = this.#open?.type === 'reasoning'
    if (!isOpen && metadata === undefined) return []
    const parts = isOpen ? [] : this.#start('reasoning').parts
    const id = this.#open?.id ?? ''
    this.#open = undefined
    return [...parts, { type: 'reasoning-end', id, ...metadata }]
  }
}

function toolCallParts(part: ToolCallPart): readonly LanguageModelV4StreamPart[] {
  const { toolCallId: id, toolName } = part
  const metadata = toPartMetadata(part.providerData)
  const input = JSON.stringify(part.input)
  return [
    { type: 'tool-input-start', id, toolName, ...metadata },
    { type: 'tool-input-delta', id, delta: input },
    { type: 'tool-input-end', id },
    { type: 'tool-call', toolCallId: id, toolName, input, ...metadata },
  ]
}
