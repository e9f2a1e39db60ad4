import { SinkError } from '@imrs/core'

/** The credential of a sink. @throws SinkError `credentials` when there is none. */
export function neededSecret(sink: string, secret: string | undefined): string {
  if (secret !== undefined && secret !== '') return secret
  throw new SinkError('credentials', `The sink ${sink} has no credential`)
}
