import { z } from 'zod'

import { ImrsError } from '../errors/imrs-error.ts'
import { MODEL_SORTS } from './model-sort.ts'
import type { ModelSort, ModelSortValue, SortDirection } from './model-sort.ts'

/** A place in a sorted list: after the model with this value and id. */
export interface ModelPlace {
  readonly sort: ModelSort
  readonly direction: SortDirection
  readonly value: ModelSortValue
  readonly id: string
}

const placeSchema = z.tuple([
  z.enum(MODEL_SORTS),
  z.enum(['asc', 'desc']),
  // Numbers as text: JSON has no infinity, which a price of 400 digits is.
  z.union([z.string(), z.object({ number: z.string() }), z.null()]),
  z.string(),
])

/** The text a page gives out to ask for what follows it. */
export function toModelCursor({ sort, direction, value, id }: ModelPlace): string {
  const written = typeof value === 'number' ? { number: String(value) } : (value ?? null)
  return Buffer.from(JSON.stringify([sort, direction, written, id])).toString('base64url')
}

/**
 * The place a cursor stands for, in a list of the given order.
 *
 * @throws ImrsError `invalid-request` for text that no page of a list in this order gave out.
 */
export function fromModelCursor(
  cursor: string,
  order: Pick<ModelPlace, 'sort' | 'direction'>,
): ModelPlace {
  const place = placeSchema.safeParse(jsonOf(cursor)).data
  if (place === undefined || place[0] !== order.sort || place[1] !== order.direction) {
    const message = '`cursor` must be the `nextCursor` of an earlier page in the same order'
    throw new ImrsError('invalid-request', message, { field: 'cursor' })
  }
  const [sort, direction, written, id] = place
  const value = typeof written === 'string' ? written : written && Number(written.number)
  return { sort, direction, value: value ?? undefined, id }
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
