import { ImrsError } from '@imrs/core'

const PREFIX = 'after:'

/** The place after a model in the list by id, as the text a page gives out. */
export function toCursor(modelId: string): string {
  return Buffer.from(PREFIX + modelId).toString('base64url')
}

/**
 * The model after which a page begins.
 *
 * @throws ImrsError `invalid-request` for text that no page gave out.
 */
export function fromCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString()
  if (text.startsWith(PREFIX)) return text.slice(PREFIX.length)
  throw new ImrsError('invalid-request', '`cursor` must be the `nextCursor` of an earlier page', {
    field: 'cursor',
  })
}
