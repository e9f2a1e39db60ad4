import { ImrsError, LAST_TIME_MS, hostIdSchema } from '@imrs/core'
import type { CallPlace } from '@imrs/core'
import { z } from 'zod'

const placeSchema = z.tuple([z.int().min(0).max(LAST_TIME_MS), hostIdSchema])

/** The text a page gives out to ask for what follows it. */
export function toCallCursor({ startedAtMs, id }: CallPlace): string {
  return Buffer.from(JSON.stringify([startedAtMs, id])).toString('base64url')
}

/** @throws ImrsError `invalid-request` for text that no page gave out. */
export function fromCallCursor(cursor: string): CallPlace {
  const place = placeSchema.safeParse(jsonOf(cursor)).data
  if (place === undefined) {
    const message = '`cursor` must be the `next_cursor` of an earlier page'
    throw new ImrsError('invalid-request', message, { field: 'cursor' })
  }
  const [startedAtMs, id] = place
  return { startedAtMs, id }
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
