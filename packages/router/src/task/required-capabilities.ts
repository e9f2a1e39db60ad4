import type { Capability, CapabilityMask, ChatMessage, ChatRequest } from '@imrs/core'
import { LONG_CONTEXT_TOKENS, filesOf, toCapabilityMask } from '@imrs/core'

import { estimateInputTokens } from './estimate-input-tokens.ts'

/**
 * What a model must be able to do so that it can take this request at all.
 *
 * `text` always. `vision`, `audio`, `video` and `document` for the files of every message, since the
 * whole conversation is sent each time. `function_calling` for offered tools and for tool calls
 * earlier in the conversation. `structured_output` for an answer bound to a JSON Schema.
 * `long_context` from an estimated {@link LONG_CONTEXT_TOKENS} tokens on.
 *
 * The task type asks for nothing: a model without `code` may still be asked for code.
 */
export function requiredCapabilities(request: ChatRequest): CapabilityMask {
  const required = new Set<Capability>(['text'])
  for (const { mediaType } of request.messages.flatMap(filesOf)) {
    const capability = capabilityForFile(mediaType.toLowerCase())
    if (capability !== undefined) required.add(capability)
  }
  if ((request.tools ?? []).length > 0 || request.messages.some(usesTools)) {
    required.add('function_calling')
  }
  if (request.responseFormat?.type === 'json-schema') required.add('structured_output')
  if (estimateInputTokens(request) >= LONG_CONTEXT_TOKENS) required.add('long_context')
  return toCapabilityMask(required)
}

/** Files that are text need nothing; whatever is neither text nor a known medium is a document. */
function capabilityForFile(mediaType: string): Capability | undefined {
  if (mediaType.startsWith('image/')) return 'vision'
  if (mediaType.startsWith('audio/')) return 'audio'
  if (mediaType.startsWith('video/')) return 'video'
  return mediaType.startsWith('text/') ? undefined : 'document'
}

function usesTools(message: ChatMessage): boolean {
  if (message.role === 'tool') return true
  return message.role === 'assistant' && (message.toolCalls ?? []).length > 0
}
