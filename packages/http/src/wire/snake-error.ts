import { ImrsError } from '@imrs/core'

/** An error whose field is named as bodies in snake_case name it; anything else as it is. */
export function withSnakeField(error: unknown): unknown {
  if (!ImrsError.is(error) || error.field === undefined) return error
  // What lies deeper than the body's own fields belongs to the caller, who named it.
  const field = error.field.replace(/^\w+/, snakeOf)
  if (field === error.field) return error
  const message = error.message.replaceAll(`\`${error.field}\``, `\`${field}\``)
  return new ImrsError(error.code, message, {
    field,
    retryAfterMs: error.retryAfterMs,
    cause: error,
  })
}

function snakeOf(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
