import { searchTerms, toCapabilityMask } from '@imrs/core'
import type { Capability, ModelFilter } from '@imrs/core'
import { sql } from 'kysely'
import type { Expression, ExpressionBuilder, RawBuilder, SqlBool } from 'kysely'

import type { DialectTraits } from '../dialect-traits.ts'
import { toBoolean } from '../rows/columns.ts'
import type { Database } from '../schema/database.ts'

export type ModelExpression = ExpressionBuilder<Database, 'llm_model_catalog'>

type FilterColumn = 'provider_id' | 'model_type' | 'cost_tier' | 'is_available'

/** By which columns a database may choose where it begins to read; the rest is checked row by row. */
export type BeginAt = 'any' | readonly FilterColumn[]

/** The providers a filter is about; `undefined` when it does not say. */
export function providersOf({
  providerId,
  providerIds,
}: ModelFilter): readonly string[] | undefined {
  if (providerId === undefined) return providerIds && [...new Set(providerIds)]
  return providerIds?.includes(providerId) === false ? [] : [providerId]
}

/** The condition of a filter on `llm_model_catalog`. */
export function fitsFilter(
  filter: ModelFilter,
  traits: DialectTraits,
  begin: BeginAt,
): (expression: ModelExpression) => Expression<SqlBool> {
  const terms = searchTerms(filter.search ?? '')
  const column = (name: FilterColumn): RawBuilder<unknown> =>
    begin === 'any' || begin.includes(name) ? sql.ref(name) : traits.unindexed(name)
  const { modelType, costTier, isAvailable, capability } = filter
  const equal: readonly (readonly [FilterColumn, string | number | undefined])[] = [
    ['model_type', modelType],
    ['cost_tier', costTier],
    ['is_available', isAvailable === undefined ? undefined : toBoolean(isAvailable)],
  ]
  return (expression) => {
    const conditions: Expression<SqlBool>[] = equal
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => sql<SqlBool>`${column(name)} = ${value}`)
    const providers = providersOf(filter)
    if (providers !== undefined) conditions.push(isOneOf(column('provider_id'), providers))
    if (capability !== undefined) conditions.push(hasCapability(capability))
    if (terms.length > 0) conditions.push(traits.fitsSearch(terms))
    return expression.and(conditions)
  }
}

function isOneOf(column: RawBuilder<unknown>, values: readonly string[]): Expression<SqlBool> {
  const [only, ...others] = values
  if (only === undefined) return sql<SqlBool>`1 = 0`
  return others.length === 0
    ? sql<SqlBool>`${column} = ${only}`
    : sql<SqlBool>`${column} in (${sql.join(values)})`
}

function hasCapability(capability: Capability): Expression<SqlBool> {
  const bit = sql.lit(toCapabilityMask([capability]))
  return sql<SqlBool>`(${sql.ref('capability_mask')} & ${bit}) <> 0`
}
