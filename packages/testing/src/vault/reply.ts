import type { JsonObject, JsonValue } from '@imrs/core'

/** What is sent back: a status and, except with 204, JSON. */
export interface VaultReply {
  readonly status: number
  readonly body?: JsonObject | undefined
}

/** Vault's shape of an error. No text at all is how it says that nothing is there. */
export function errorReply(status: number, ...errors: readonly string[]): VaultReply {
  return { status, body: { errors: [...errors] } }
}

export const emptyReply: VaultReply = Object.freeze({ status: 204 })

/** The envelope around everything that Vault answers with. */
export function dataReply(data: JsonValue, status = 200): VaultReply {
  return { status, body: { ...envelope, data } }
}

/** The envelope around what a login or a renewal answers with. */
export function authReply(auth: JsonObject): VaultReply {
  return { status: 200, body: { ...envelope, auth } }
}

const envelope: JsonObject = {
  request_id: '00000000-0000-4000-8000-000000000000',
  lease_id: '',
  renewable: false,
  lease_duration: 0,
  data: null,
  wrap_info: null,
  warnings: null,
  auth: null,
}

export function noHandlerReply(path: string): VaultReply {
  return errorReply(404, `no handler for route "${path}". route entry not found.`)
}

export function unsupportedReply(): VaultReply {
  return errorReply(405, 'unsupported operation')
}
