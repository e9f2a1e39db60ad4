import {
  COUNTED_MODELS,
  fitsModelFilter,
  resolveModelRange,
  sortValueOf,
  toModelCursor,
} from '@imrs/core'
import type { Model, ModelListPage, ModelListRange, ModelPlace, ModelQuery } from '@imrs/core'

import { compareText } from './text-order.ts'

export function listPage(models: readonly Model[], query: ModelQuery): ModelListPage {
  const range = resolveModelRange(query)
  const fitting = models.filter((model) => fitsModelFilter(model, query))
  const places = fitting.map((model) => ({ model, ...placeOf(model, range) }))
  const { after } = range
  const rest = places
    .toSorted(comparePlaces)
    .filter((place) => after === undefined || comparePlaces(place, after) > 0)
    .slice(range.offset)
  const items = rest.slice(0, range.count)
  const last = items.at(-1)
  return {
    items: items.map((place) => place.model),
    ...(rest.length > range.count && last !== undefined ? { nextCursor: toModelCursor(last) } : {}),
    ...(range.wantsTotal ? totalOf(fitting.length) : {}),
  }
}

/** A count as pages tell it. */
export function totalOf(count: number): {
  readonly total: number
  readonly totalIsEstimate: boolean
} {
  return { total: Math.min(count, COUNTED_MODELS), totalIsEstimate: count > COUNTED_MODELS }
}

function placeOf(model: Model, { sort, direction }: ModelListRange): ModelPlace {
  return { sort, direction, value: sortValueOf(model, sort), id: model.id }
}

/** Both of one order. */
function comparePlaces(left: ModelPlace, right: ModelPlace): number {
  const sign = left.direction === 'asc' ? 1 : -1
  if (left.value === undefined || right.value === undefined) {
    const known = Number(left.value === undefined) - Number(right.value === undefined)
    return known || sign * compareText(left.id, right.id)
  }
  return sign * (compareValues(left.value, right.value) || compareText(left.id, right.id))
}

function compareValues(left: string | number, right: string | number): number {
  if (typeof left === 'string' || typeof right === 'string') {
    return compareText(String(left), String(right))
  }
  return left === right ? 0 : left - right
}
