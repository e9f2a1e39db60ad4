import type { Capability } from '@imrs/core'

import type { ModelBody } from '../api/wire.ts'

/** What somebody typed of a model. */
export interface ModelDraft {
  readonly providerId: string
  readonly externalId: string
  readonly displayName: string
  readonly capabilities: readonly Capability[]
  readonly priority: string
  readonly costTier: string
  readonly contextLength: string
  readonly inputPrice: string
  readonly outputPrice: string
}

/** The fields of the form, as the server names them. */
export const MODEL_FIELDS: readonly string[] = [
  'provider_id',
  'external_id',
  'display_name',
  'priority',
  'cost_tier',
  'ctx_length',
  'pricing_input',
  'pricing_output',
]

export function emptyModel(providerId = ''): ModelDraft {
  return {
    providerId,
    externalId: '',
    displayName: '',
    capabilities: ['text'],
    priority: '50',
    costTier: '',
    contextLength: '',
    inputPrice: '',
    outputPrice: '',
  }
}

/** The body of the request; what was left empty is left out, and is not zero. */
export function toNewModel(draft: ModelDraft): ModelBody {
  const texts = {
    display_name: draft.displayName.trim(),
    cost_tier: draft.costTier,
    pricing_input: draft.inputPrice.trim(),
    pricing_output: draft.outputPrice.trim(),
  }
  const numbers = { priority: draft.priority.trim(), ctx_length: draft.contextLength.trim() }
  return {
    provider_id: draft.providerId,
    external_id: draft.externalId.trim(),
    capabilities: draft.capabilities,
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
    ...Object.fromEntries(
      Object.entries(numbers).flatMap(([name, text]) =>
        text === '' ? [] : [[name, Number(text)]],
      ),
    ),
  }
}
