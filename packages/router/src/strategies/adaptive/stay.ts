import type { RankRequest } from '@imrs/core'

import type { ResolvedAdaptiveOptions } from './adaptive-options.ts'
import type { Beliefs } from './beliefs.ts'
import type { PriceScale } from './learned.ts'

export interface StaySource {
  readonly request: RankRequest
  readonly beliefs: Beliefs
  readonly prices: PriceScale
  readonly options: Pick<ResolvedAdaptiveOptions, 'costWeight'>
}

/** Whether a conversation stays with its model, by place among the rows; `bonus` is what a change would cost. */
export type Stay =
  | { readonly kind: 'free' }
  | { readonly kind: 'forced'; readonly place: number }
  | { readonly kind: 'favoured'; readonly place: number; readonly bonus: number }

const FREE: Stay = { kind: 'free' }

/**
 * A model in a loop of tool calls stays. Else it stays when no other is expected to be better by more
 * than the cached prompt is worth; where one is, the change still costs that much. Depends on the
 * request and on beliefs, never on a draw, so that decisions that were forced leave no bias behind.
 */
export function whetherToStay({ request, beliefs, prices, options }: StaySource): Stay {
  const { conversation } = request.input
  if (conversation?.row === undefined) return FREE
  const place = request.rows.indexOf(conversation.row)
  if (place < 0) return FREE
  if (conversation.isToolLoop) return { kind: 'forced', place }
  const { promptTokens, cachedTokens } = conversation
  if (prices.reference === undefined || promptTokens <= 0) return FREE
  const saving = request.table.cacheSaving[conversation.row] ?? 0
  const share = Math.min(1, cachedTokens / promptTokens)
  const bonus = (options.costWeight * share * saving) / prices.reference
  if (bonus <= 0) return FREE
  const gain = bestOf(beliefs, request.rows.length) - (beliefs.location[place] ?? 0)
  return gain <= bonus ? { kind: 'forced', place } : { kind: 'favoured', place, bonus }
}

function bestOf({ location }: Beliefs, size: number): number {
  let best = Number.NEGATIVE_INFINITY
  for (let place = 0; place < size; place += 1) best = Math.max(best, location[place] ?? 0)
  return best
}
