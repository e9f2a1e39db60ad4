import type { JsonObject } from '@imrs/core'

import { emptyReply, errorReply, unsupportedReply } from '../reply.ts'
import type { VaultReply } from '../reply.ts'
import type { VaultRequest, VaultState } from '../state.ts'

/** Answers what can be asked without a token, of a sealed node too; `undefined` for anything else. */
export function answerSys(state: VaultState, request: VaultRequest): VaultReply | undefined {
  switch (request.path) {
    case 'sys/health':
      return { status: healthStatus(state, request.query), body: healthOf(state) }
    case 'sys/seal-status':
      return { status: 200, body: sealStatusOf(state) }
    case 'sys/leader':
      return { status: 200, body: leaderOf(state) }
    default:
      return undefined
  }
}

/** The statuses are Vault's own: 200 active, 429 standby, 503 sealed. */
function healthStatus({ isSealed, role }: VaultState, query: URLSearchParams): number {
  const asked = (name: string, status: number): number => Number(query.get(name) ?? status)
  if (isSealed) return asked('sealedcode', 503)
  if (role === 'active') return asked('activecode', 200)
  return isTrue(query.get('standbyok')) ? asked('activecode', 200) : asked('standbycode', 429)
}

function isTrue(value: string | null): boolean {
  return value === '' || value === 'true'
}

function healthOf({ isSealed, role, runtime }: VaultState): JsonObject {
  return {
    initialized: true,
    sealed: isSealed,
    standby: isSealed || role !== 'active',
    performance_standby: false,
    replication_performance_mode: 'disabled',
    replication_dr_mode: 'disabled',
    server_time_utc: Math.floor(runtime.now() / 1000),
    version: '1.20.0',
    cluster_name: 'vault-cluster-test',
  }
}

function sealStatusOf({ isSealed }: VaultState): JsonObject {
  return { type: 'shamir', initialized: true, sealed: isSealed, t: 1, n: 1, progress: 0 }
}

function leaderOf({ role }: VaultState): JsonObject {
  const address = role === 'leaderless' ? '' : 'https://127.0.0.1:8201'
  return { ha_enabled: true, is_self: role === 'active', leader_address: address }
}

/** Mounts and unmounts KV v2 engines; `undefined` for any other path. */
export function answerMounts(
  { mounts }: VaultState,
  request: VaultRequest,
): VaultReply | undefined {
  const mount = /^sys\/mounts\/(.+?)\/?$/.exec(request.path)?.[1]
  if (mount === undefined) return undefined
  if (request.method === 'DELETE') {
    mounts.delete(mount)
    return emptyReply
  }
  if (request.method !== 'POST') return unsupportedReply()
  const { type, options } = request.body
  const version = typeof options === 'object' && options !== null && 'version' in options
  if (type !== 'kv' || !version) return errorReply(400, 'only KV v2 engines can be mounted here')
  if (mounts.has(mount)) return errorReply(400, `path is already in use at ${mount}/`)
  mounts.add(mount)
  return emptyReply
}
