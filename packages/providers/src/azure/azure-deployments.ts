import type { JsonValue, ListedModel, Provider, Runtime } from '@imrs/core'
import { CAPABILITIES, asList, asObject, asText, modelPricingSchema } from '@imrs/core'

import { readOpenAiRow } from '../openai-compatible/lists/openai-list.ts'
import { toListedRow } from '../openai-compatible/lists/row-context.ts'
import type { RowContext } from '../openai-compatible/lists/row-context.ts'
import { asCount } from '../shared/foreign-json.ts'

/**
 * The deployments that a row's settings name, as models. Azure's own list has the models of the
 * region, which cannot be called; deployments are listed only by its management API.
 */
export function listDeployments(provider: Provider, runtime: Runtime): readonly ListedModel[] {
  const rows = asList(provider.settings['deployments']) ?? []
  return rows.map((row, position) =>
    toListedRow(readDeployment, withId(row), { nowMs: runtime.now(), position }),
  )
}

/** A row that cannot be understood is still called by its name. */
function withId(row: JsonValue): JsonValue {
  const fields = asObject(row)
  return fields === undefined ? row : { ...fields, id: fields['name'] ?? null }
}

/** What the deployment says itself, then what is known of the model it is one of. */
function readDeployment(row: unknown, context: RowContext): ListedModel {
  const fields = asObject(row) ?? {}
  const name = asText(fields['name'])
  const model = asText(fields['model'])
  if (name === undefined) throw new Error('it has no name')
  if (model === undefined) throw new Error('it does not say of which model it is a deployment')
  const known = readOpenAiRow({ id: model, owned_by: 'openai' }, context)
  const given = asList(fields['capabilities'])
  const pricing = modelPricingSchema.safeParse(fields['pricing'])
  return {
    ...known,
    externalId: name,
    displayName: asText(fields['displayName']) ?? (name === model ? name : `${name} (${model})`),
    capabilities:
      given === undefined
        ? known.capabilities
        : CAPABILITIES.filter((capability) => given.includes(capability)),
    contextLength: asCount(fields['contextLength']) ?? known.contextLength,
    maxOutputTokens: asCount(fields['maxOutputTokens']) ?? known.maxOutputTokens,
    pricing: pricing.success ? pricing.data : known.pricing,
    metadata: fields,
  }
}
