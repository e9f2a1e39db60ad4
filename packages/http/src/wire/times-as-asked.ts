import { ImrsError } from '@imrs/core'

/** Throws what a report was refused for, with its times named as the query names them. */
export function timesAsAsked(error: unknown): never {
  if (!ImrsError.is(error) || error.field === undefined) throw error
  const nameOf = (text: string): string => text.replaceAll(/\b(from|to)Ms\b/g, '$1')
  throw new ImrsError(error.code, nameOf(error.message), {
    field: nameOf(error.field),
    cause: error,
  })
}
