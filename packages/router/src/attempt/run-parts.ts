import type {
  FallbackPart,
  Model,
  ProviderError,
  ProviderFailure,
  ReasoningDeltaPart,
  ReasoningEndPart,
  TextDeltaPart,
  ToolCallPart,
  UsagePart,
} from '@imrs/core'
import { fromNanoUsd } from '@imrs/core'

import type { PlanStep } from '../plan/plan.ts'
import type { AttemptLog } from './attempt-log.ts'
import type { ContentPart } from './startup-buffer.ts'

/** A part as the reader gets it: what only the model understands is marked with whose it is. */
export function toAnswerPart(
  part: ContentPart,
  { providerId, externalId }: Model,
): TextDeltaPart | ReasoningDeltaPart | ReasoningEndPart | ToolCallPart {
  if (part.type === 'text-delta' || part.type === 'reasoning-delta') return part
  const { data, ...rest } = part
  return data === undefined ? rest : { ...rest, providerData: { providerId, externalId, data } }
}

/** What the provider said of the tokens, once it did. */
export function usagePart(log: AttemptLog): UsagePart | undefined {
  const { usage } = log
  if (usage === undefined) return undefined
  const cost = log.costNanoUsd()
  return {
    type: 'usage',
    model: log.model.id,
    usage: usage.usage,
    ...(cost === undefined ? {} : { costUsd: fromNanoUsd(cost) }),
  }
}

/** That another model takes over; without an error, since it was faster. */
export function fallbackPart({
  from,
  to,
  error,
}: {
  readonly from: PlanStep
  readonly to: PlanStep
  readonly error: ProviderError | undefined
}): FallbackPart {
  const why = error?.message ?? `${from.model.displayName} is slow to begin.`
  return {
    type: 'fallback',
    from: from.model.id,
    to: to.model.id,
    toName: to.model.displayName,
    step: to.kind === 'chosen' ? 'next-ranked' : to.kind,
    ...(error === undefined ? {} : { failureKind: error.failure.kind }),
    reason: `${why} ${to.model.displayName} answers instead.`,
  }
}

/** The machine knows no names. */
export function namedFailure(failure: ProviderFailure, { displayName }: Model): ProviderFailure {
  return { ...failure, message: failure.message.replace(/^The model\b/, () => displayName) }
}
