import type { Capability, ModelType } from '@imrs/core'
import { CAPABILITIES, LONG_CONTEXT_TOKENS, MODEL_TYPES } from '@imrs/core'

/** What others call our capabilities, in lower case with `_` between words. */
const CAPABILITY_NAMES: ReadonlyMap<string, Capability> = new Map<string, Capability>([
  ...CAPABILITIES.map((capability) => [capability, capability] as const),
  ['chat', 'text'],
  ['completion', 'text'],
  ['image', 'vision'],
  ['images', 'vision'],
  ['image_input', 'vision'],
  ['multimodal', 'vision'],
  ['coding', 'code'],
  ['programming', 'code'],
  ['audio_input', 'audio'],
  ['speech', 'audio'],
  ['long', 'long_context'],
  ['large_context', 'long_context'],
  ['tools', 'function_calling'],
  ['tool_use', 'function_calling'],
  ['tool_calling', 'function_calling'],
  ['functions', 'function_calling'],
  ['video_input', 'video'],
  ['documents', 'document'],
  ['pdf', 'document'],
  ['pdf_input', 'document'],
  ['files', 'document'],
  ['thinking', 'reasoning'],
  ['json', 'structured_output'],
  ['json_mode', 'structured_output'],
  ['json_schema', 'structured_output'],
  ['structured_outputs', 'structured_output'],
  ['response_schema', 'structured_output'],
])

/** Words sorted into capabilities and others. */
export interface ReadCapabilities {
  readonly capabilities: readonly Capability[]
  /** Words that mean none of ours. */
  readonly unknown: readonly string[]
}

/** Capabilities by any of their names, in the order of {@link CAPABILITIES}; every chat model has `text`. */
export function readCapabilities(words: readonly string[]): ReadCapabilities {
  const found = new Set<Capability>(['text'])
  const unknown: string[] = []
  for (const word of words) {
    const capability = CAPABILITY_NAMES.get(normalised(word))
    if (capability === undefined) unknown.push(word)
    else found.add(capability)
  }
  return { capabilities: inOrder(found), unknown }
}

/** With `long_context` where the context is that long. */
export function withContext(
  capabilities: readonly Capability[],
  contextLength: number | undefined,
): readonly Capability[] {
  const isLong = (contextLength ?? 0) >= LONG_CONTEXT_TOKENS
  return isLong ? inOrder(new Set([...capabilities, 'long_context'])) : capabilities
}

function inOrder(found: ReadonlySet<string>): readonly Capability[] {
  return CAPABILITIES.filter((capability) => found.has(capability))
}

const TYPE_NAMES: ReadonlyMap<string, ModelType> = new Map<string, ModelType>([
  ...MODEL_TYPES.map((type) => [type, type] as const),
  ['llm', 'chat'],
  ['text', 'chat'],
  ['completion', 'chat'],
  ['responses', 'chat'],
  ['embeddings', 'embedding'],
  ['image_generation', 'image'],
  ['video_generation', 'video'],
  ['audio_speech', 'speech'],
  ['tts', 'speech'],
  ['audio_transcription', 'transcription'],
  ['stt', 'transcription'],
  ['moderations', 'moderation'],
  ['reranking', 'rerank'],
])

/** A model type by any of its names. */
export function readModelType(word: string): ModelType | undefined {
  return TYPE_NAMES.get(normalised(word))
}

function normalised(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
}
