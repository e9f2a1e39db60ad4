import { searchTerms, toCapabilityMask } from '@imrs/core'
import type { Capability, ModelFilter } from '@imrs/core'
import { sql } from 'kysely'
import type { Expression, ExpressionBuilder, RawBuilder, SqlBool } from 'kysely'

import type { DialectTraits } from '../dialect-traits.ts'
import { toBoolean } from '../rows/columns.ts'
import type { Database } from '../schema/database.ts'

export type ModelExpression = ExpressionBuilder<Database, 'llm_model_catalog'>

/** By which columns a database may choose where it begins to read. */
export type FilterUse =
  /** Any: rows are counted, and in no order. */
  | 'count'
  /** The provider only, and words: rows are read in order, and what the rest leaves out is few. */
  | 'list'

/** The condition of a filter on `llm_model_catalog`. */
export function fitsFilter(
  filter: ModelFilter,
  traits: DialectTraits,
  use: FilterUse,
): (expression: ModelExpression) => Expression<SqlBool> {
  const terms = searchTerms(filter.search ?? '')
  const plain = (column: string): RawBuilder<unknown> => sql.ref(column)
  const rest = use === 'count' ? plain : traits.unindexed
  // Few rows fit a search, whoever's they are.
  const provider = terms.length === 0 ? plain : rest
  const { providerId, providerIds, modelType, costTier, isAvailable } = filter
  const equal: readonly (readonly [RawBuilder<unknown>, string | number | undefined])[] = [
    [provider('provider_id'), providerId],
    [rest('model_type'), modelType],
    [rest('cost_tier'), costTier],
    [rest('is_available'), isAvailable === undefined ? undefined : toBoolean(isAvailable)],
  ]
  return (expression) => {
    const conditions: Expression<SqlBool>[] = equal
      .filter(([, value]) => value !== undefined)
      .map(([column, value]) => sql<SqlBool>`${column} = ${value}`)
    if (providerIds !== undefined) conditions.push(oneOf(providerIds, { provider, rest }))
    if (filter.capability !== undefined) conditions.push(hasCapability(filter.capability))
    if (terms.length > 0) conditions.push(traits.fitsSearch(terms))
    return expression.and(conditions)
  }
}

type ColumnUse = (column: string) => RawBuilder<unknown>

/** One provider may choose the index; of several, none can give the order. */
function oneOf(
  providerIds: readonly string[],
  use: { readonly provider: ColumnUse; readonly rest: ColumnUse },
): Expression<SqlBool> {
  const [only, ...others] = providerIds
  if (only === undefined) return sql<SqlBool>`1 = 0`
  if (others.length === 0) return sql<SqlBool>`${use.provider('provider_id')} = ${only}`
  return sql<SqlBool>`${use.rest('provider_id')} in (${sql.join(providerIds)})`
}

function hasCapability(capability: Capability): Expression<SqlBool> {
  const bit = sql.lit(toCapabilityMask([capability]))
  return sql<SqlBool>`(${sql.ref('capability_mask')} & ${bit}) <> 0`
}
