import type { Capability, ListedModel } from '@imrs/core'
import { CAPABILITIES, LONG_CONTEXT_TOKENS, asObject, asText } from '@imrs/core'

import type { RowContext } from '../openai-compatible/lists/row-context.ts'
import {
  asTokens,
  fromIsoDate,
  readRow,
  toListedModel,
} from '../openai-compatible/lists/row-fields.ts'
import type { Row } from '../openai-compatible/lists/row-fields.ts'
import { isTrue } from '../shared/foreign-json.ts'
import { libraryPricing } from '../shared/library-prices.ts'
import { anthropicModelFacts } from './anthropic-models.ts'

/** What a row of 2026 says that a model can do. */
const ROW_CAPABILITIES: readonly (readonly [string, Capability])[] = [
  ['image_input', 'vision'],
  ['pdf_input', 'document'],
  ['structured_outputs', 'structured_output'],
  ['thinking', 'reasoning'],
]

/**
 * Reads one row of Anthropic's list: its own fields first, then what is known of the model.
 *
 * @throws Error with half a sentence for people when it is none.
 */
export function readAnthropicRow(value: unknown, context: RowContext): ListedModel {
  const row = readRow(value)
  const { id, fields } = row
  const facts = anthropicModelFacts(id)
  const contextLength = asTokens(fields['max_input_tokens']) ?? facts.contextLength
  return toListedModel(
    row,
    {
      displayName: asText(fields['display_name']),
      modelType: 'chat',
      capabilities: capabilitiesOf(row, contextLength),
      contextLength,
      maxOutputTokens: asTokens(fields['max_tokens']) ?? facts.maxOutputTokens,
      pricing: libraryPricing({ provider: 'anthropic', externalId: id, nowMs: context.nowMs }),
      releasedAtMs: fromIsoDate(fields['created_at']),
      ...lifecycleOf(row, context),
    },
    context,
  )
}

/** Structured output is ours to give where the API has none: by a tool. */
function capabilitiesOf({ id, fields }: Row, contextLength: number): readonly Capability[] {
  const known = anthropicModelFacts(id).capabilities
  const told = asObject(fields['capabilities'])
  const has = new Set<Capability>(known)
  for (const [field, capability] of told === undefined ? [] : ROW_CAPABILITIES) {
    const support = asObject(told?.[field])
    if (support === undefined) continue
    if (isTrue(support['supported'])) has.add(capability)
    else if (capability !== 'structured_output') has.delete(capability)
  }
  if (contextLength >= LONG_CONTEXT_TOKENS) has.add('long_context')
  return CAPABILITIES.filter((capability) => has.has(capability))
}

/** A planned date that has passed is not yet the end: only the lifecycle says that it came. */
function lifecycleOf(
  { fields }: Row,
  { nowMs }: RowContext,
): Pick<ListedModel, 'expiresAtMs' | 'unavailableReason'> {
  const retiresAtMs = fromIsoDate(fields['retires_at'])
  if (fields['lifecycle'] === 'retired') {
    return { expiresAtMs: retiresAtMs, unavailableReason: 'Anthropic has retired it.' }
  }
  const isAhead = retiresAtMs !== undefined && retiresAtMs > nowMs
  return { expiresAtMs: isAhead ? retiresAtMs : undefined }
}
