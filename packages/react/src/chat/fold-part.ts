import type { AnswerPart, UsagePart } from '@imrs/core'

import type { AnswerEntry } from './chat-entry.ts'
import { toFailure } from './chat-failure.ts'

/** An answer with one more part. Parts of types that are not known are kept and mean nothing. */
export function foldPart(entry: AnswerEntry, part: AnswerPart): AnswerEntry {
  return { ...entry, parts: withPart(entry.parts, part), ...changeOf(entry, part) }
}

function changeOf(entry: AnswerEntry, part: AnswerPart): Partial<AnswerEntry> {
  switch (part.type) {
    case 'decision': {
      const { model, modelName, messageId } = part
      return { decision: part, model, modelName, messageId }
    }
    case 'fallback':
      return { fallbacks: [...entry.fallbacks, part], model: part.to, modelName: part.toName }
    case 'warning':
      return { warnings: [...entry.warnings, part] }
    case 'text-delta':
      return { status: 'streaming', text: entry.text + part.text }
    case 'reasoning-delta':
      return { reasoning: entry.reasoning + part.text }
    case 'tool-call':
      return { status: 'streaming', toolCalls: [...entry.toolCalls, part] }
    case 'usage':
      return usageOf(entry, part)
    case 'end':
      return { status: 'done', end: part, model: part.model, messageId: part.messageId }
    case 'error':
      return { status: 'failed', failure: toFailure(part), ...costOf(part.costUsd) }
    default:
      return {}
  }
}

function usageOf(entry: AnswerEntry, { usage, costUsd }: UsagePart): Partial<AnswerEntry> {
  return {
    inputTokens: entry.inputTokens + usage.inputTokens,
    outputTokens: entry.outputTokens + usage.outputTokens,
    ...costOf(costUsd === undefined ? costUsd : costUsd + (entry.costUsd ?? 0)),
  }
}

/** An unknown cost leaves what is known. */
function costOf(costUsd: number | undefined): Pick<AnswerEntry, 'costUsd'> {
  return costUsd === undefined ? {} : { costUsd }
}

function withPart(parts: readonly AnswerPart[], part: AnswerPart): readonly AnswerPart[] {
  const last = parts.at(-1)
  if (last?.type !== part.type || !('text' in last) || !('text' in part)) return [...parts, part]
  return [...parts.slice(0, -1), { ...last, text: last.text + part.text }]
}
