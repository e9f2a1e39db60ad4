import type {
  AnswerPart,
  DecisionPart,
  EndPart,
  ErrorPart,
  FallbackPart,
  ToolCallPart,
  UsagePart,
  WarningPart,
} from '@imrs/core'
import { ImrsError } from '@imrs/core'

/** A whole answer. */
export interface CollectedAnswer {
  readonly decision: DecisionPart | undefined
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly ToolCallPart[]
  readonly fallbacks: readonly FallbackPart[]
  readonly warnings: readonly WarningPart[]
  readonly usage: UsagePart | undefined
  readonly end: EndPart
}

/** @throws ImrsError with the code of the `error` part when the answer broke. */
export async function collectAnswer(
  parts: AsyncIterable<AnswerPart>,
  signal: AbortSignal,
): Promise<CollectedAnswer> {
  const seen: AnswerPart[] = []
  for await (const part of parts) {
    if (part.type === 'error') throw brokenAnswer(part, signal)
    seen.push(part)
  }
  const [end] = ofType(seen, 'end')
  if (end === undefined) throw new ImrsError('internal', 'The answer had no end.')
  return {
    decision: ofType(seen, 'decision')[0],
    text: joined(ofType(seen, 'text-delta')),
    reasoning: joined(ofType(seen, 'reasoning-delta')),
    toolCalls: ofType(seen, 'tool-call'),
    fallbacks: ofType(seen, 'fallback'),
    warnings: ofType(seen, 'warning'),
    usage: ofType(seen, 'usage').at(-1),
    end,
  }
}

export function brokenAnswer(part: ErrorPart, signal: AbortSignal): ImrsError {
  const { code, message, retryAfterMs } = withReason(part, signal)
  return new ImrsError(code, message, { retryAfterMs })
}

/** An answer that was stopped by us rather than by its reader says why. */
export function withReason(part: ErrorPart, { reason }: AbortSignal): ErrorPart {
  if (part.code !== 'aborted' || !ImrsError.is(reason)) return part
  return { ...part, code: reason.code, message: reason.message }
}

type PartOf<Type extends AnswerPart['type']> = Extract<AnswerPart, { type: Type }>

function ofType<Type extends AnswerPart['type']>(
  parts: readonly AnswerPart[],
  type: Type,
): readonly PartOf<Type>[] {
  return parts.filter((part): part is PartOf<Type> => part.type === type)
}

function joined(parts: readonly { readonly text: string }[]): string {
  return parts.map(({ text }) => text).join('')
}
