import type { IndexDefinition } from '../schema/table-definition.ts'

/** What lists filter by: in every index, so that a page reads only the rows that it gives. */
const FILTERED = ['model_type', 'cost_tier', 'is_available', 'capability_mask'] as const

/** An index that begins with the columns and decides every other filter by itself. */
function filtering(...columns: readonly string[]): IndexDefinition {
  return { columns: [...columns, ...FILTERED.filter((column) => !columns.includes(column))] }
}

/** Indexes of the lists of models: each order for the whole catalogue and for one provider, and counts. */
export const modelListIndexes: Readonly<Record<string, IndexDefinition>> = {
  ix_model_provider: filtering('provider_id', 'id'),
  ix_model_provider_name: filtering('provider_id', 'display_name', 'id'),
  ix_model_provider_priority: filtering('provider_id', 'priority', 'id'),
  ix_model_provider_price: filtering('provider_id', 'pricing_input_number', 'id'),
  ix_model_provider_context: filtering('provider_id', 'ctx_length', 'id'),
  ix_model_provider_released: filtering('provider_id', 'released_at', 'id'),
  ix_model_id: filtering('id', 'provider_id'),
  ix_model_name: filtering('display_name', 'id', 'provider_id'),
  ix_model_priority: filtering('priority', 'id', 'provider_id'),
  ix_model_price: filtering('pricing_input_number', 'id', 'provider_id'),
  ix_model_context: filtering('ctx_length', 'id', 'provider_id'),
  ix_model_released: filtering('released_at', 'id', 'provider_id'),
  ix_model_active: filtering('is_available'),
  ix_model_type: filtering('model_type'),
  // The tier follows from the price: in the order of prices all of a tier may be at the far end.
  ix_model_cost_tier: filtering('cost_tier', 'pricing_input_number', 'id', 'provider_id'),
}
