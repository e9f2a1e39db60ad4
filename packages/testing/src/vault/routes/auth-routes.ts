import type { JsonValue } from '@imrs/core'

import { authReply, dataReply, emptyReply, errorReply, unsupportedReply } from '../reply.ts'
import type { VaultReply } from '../reply.ts'
import type { VaultRequest, VaultState } from '../state.ts'
import { authOf, ttlSeconds } from '../tokens.ts'
import type { VaultToken } from '../tokens.ts'

/** Answers an AppRole login, which needs no token. */
export function answerLogin(state: VaultState, request: VaultRequest, mount: string): VaultReply {
  if (request.method !== 'POST' && request.method !== 'PUT') return unsupportedReply()
  const { role_id: roleId, secret_id: secretId } = request.body
  if (typeof roleId !== 'string' || roleId === '') return errorReply(400, 'missing role_id')
  const options = state.appRoles.login({
    mount,
    namespace: request.namespace,
    roleId,
    secretId: typeof secretId === 'string' ? secretId : '',
  })
  if (options === undefined) return errorReply(400, 'invalid role or secret ID')
  const token = state.tokens.create(options, `auth/${mount}/login`)
  return authReply(authOf(token, state.runtime.now()))
}

/** Answers what a token asks about itself. */
export function answerSelf(
  state: VaultState,
  request: VaultRequest,
  token: VaultToken,
): VaultReply | undefined {
  const nowMs = state.runtime.now()
  switch (request.path) {
    case 'auth/token/lookup-self':
      return request.method === 'GET' ? dataReply(lookupOf(token, nowMs)) : unsupportedReply()
    case 'auth/token/renew-self': {
      const renewed = state.tokens.renew(token.token, millisecondsOf(request.body['increment']))
      if (renewed === undefined) return errorReply(400, 'lease is not renewable')
      return authReply(authOf(renewed, nowMs))
    }
    case 'auth/token/revoke-self':
      state.tokens.revoke(token.token)
      return emptyReply
    default:
      return undefined
  }
}

function lookupOf(token: VaultToken, nowMs: number): JsonValue {
  const { expiresAtMs } = token
  return {
    accessor: token.accessor,
    creation_time: Math.floor(token.createdAtMs / 1000),
    creation_ttl: Math.floor((token.ttlMs ?? 0) / 1000),
    display_name: token.isRoot ? 'root' : 'token',
    entity_id: '',
    expire_time: expiresAtMs === undefined ? null : new Date(expiresAtMs).toISOString(),
    explicit_max_ttl: Math.floor((token.maxTtlMs ?? 0) / 1000),
    id: token.token,
    meta: null,
    num_uses: 0,
    orphan: true,
    path: token.path,
    policies: [...token.policies],
    renewable: token.isRenewable,
    ttl: ttlSeconds(token, nowMs),
    type: 'service',
  }
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 }

/** `3600`, `"3600"`, `"3600s"`, `"1h"`. */
function millisecondsOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return value * 1_000
  const match = /^(\d+)([smh]?)$/.exec(typeof value === 'string' ? value : '')
  if (match === null) return undefined
  return Number(match[1]) * (UNIT_MS[match[2] ?? 's'] ?? 1_000)
}
