import type { JsonObject, ModelCall, ReasoningEffort } from '@imrs/core'
import { REASONING_EFFORTS } from '@imrs/core'

import type { WireSettings } from './wire-settings.ts'

/** How hard to think, in the words of the server; nothing when the call does not say. */
export function reasoningFields(
  { reasoningEffort, externalId }: ModelCall,
  { reasoningStyle, isOpenAi }: WireSettings,
): JsonObject {
  if (reasoningEffort === undefined) return {}
  switch (reasoningStyle) {
    case 'object':
      return { reasoning: { effort: reasoningEffort } }
    case 'switch':
      return reasoningEffort === 'none'
        ? { thinking: { type: 'disabled' } }
        : { thinking: { type: 'enabled' }, reasoning_effort: reasoningEffort }
    case 'effort':
      if (isOpenAi && reasoningEffort === 'none' && WITHOUT_REASONING.test(externalId)) return {}
      return { reasoning_effort: isOpenAi ? takenBy(externalId, reasoningEffort) : reasoningEffort }
  }
}

/** OpenAI's models that cannot reason: there is nothing to switch off, and the field is refused. */
const WITHOUT_REASONING = /^(?:ft:)?(?:chat)?gpt-[34]/

/** What OpenAI's models take, by name, the first that fits. Models that are not here take everything. */
const TAKEN: readonly (readonly [RegExp, readonly ReasoningEffort[]])[] = [
  [/^o\d/, ['low', 'medium', 'high']],
  [/^gpt-5(?:\.\d+)?-pro/, ['high']],
  [/^gpt-5(?:\.1)?-codex/, ['low', 'medium', 'high']],
  [/^gpt-5(?:-(?!\d\.)|$)/, ['minimal', 'low', 'medium', 'high']],
  [/^gpt-5\.\d/, ['none', 'low', 'medium', 'high']],
]

/** The effort that is asked for, else the next higher one that the model takes, else its highest. */
function takenBy(externalId: string, effort: ReasoningEffort): ReasoningEffort {
  const taken = TAKEN.find(([name]) => name.test(externalId))?.[1]
  if (taken === undefined) return effort
  const asked = REASONING_EFFORTS.indexOf(effort)
  return taken.find((level) => REASONING_EFFORTS.indexOf(level) >= asked) ?? taken.at(-1) ?? effort
}
