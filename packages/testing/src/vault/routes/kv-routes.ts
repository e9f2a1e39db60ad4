import type { JsonObject, JsonValue } from '@imrs/core'

import type { KvEngine, KvSecret, KvVersion } from '../kv-engine.ts'
import { dataReply, emptyReply, errorReply, noHandlerReply, unsupportedReply } from '../reply.ts'
import type { VaultReply } from '../reply.ts'
import type { VaultRequest } from '../state.ts'

/** A request to a KV v2 mount: what comes behind the mount. */
interface KvCall {
  readonly engine: KvEngine
  readonly request: VaultRequest
  /** Of the secret, without `data/` and the like. */
  readonly path: string
}

/** Answers what is asked of a KV v2 mount; `rest` is the path behind the mount. */
export function answerKv(engine: KvEngine, request: VaultRequest, rest: string): VaultReply {
  const slash = rest.indexOf('/')
  const area = slash === -1 ? rest : rest.slice(0, slash)
  const call = { engine, request, path: slash === -1 ? '' : rest.slice(slash + 1) }
  switch (area) {
    case 'data':
      return answerData(call)
    case 'metadata':
      return answerMetadata(call)
    case 'delete':
    case 'undelete':
    case 'destroy':
      return answerVersions(call, area)
    default:
      return noHandlerReply(request.path)
  }
}

function answerData(call: KvCall): VaultReply {
  switch (call.request.method) {
    case 'GET':
      return readData(call)
    case 'POST':
    case 'PUT':
      return writeData(call)
    case 'DELETE': {
      const current = call.engine.get(call.path)?.currentVersion
      if (current !== undefined) call.engine.setDeleted(call.path, [current], true)
      return emptyReply
    }
    default:
      return unsupportedReply()
  }
}

function readData({ engine, request, path }: KvCall): VaultReply {
  const secret = engine.get(path)
  const asked = Number(request.query.get('version') ?? 0)
  const number = asked === 0 ? secret?.currentVersion : asked
  const version = secret?.versions.find((candidate) => candidate.version === number)
  if (secret === undefined || version === undefined) return errorReply(404)
  const metadata: JsonObject = {
    ...versionJson(version),
    version: version.version,
    custom_metadata: secret.customMetadata ?? null,
  }
  const isReadable = version.data !== undefined && version.deletedAtMs === undefined
  return dataReply(
    { data: isReadable ? (version.data ?? null) : null, metadata },
    isReadable ? 200 : 404,
  )
}

function writeData({ engine, request, path }: KvCall): VaultReply {
  const { data, options } = request.body
  if (!isObject(data)) return errorReply(400, 'no data provided')
  const cas = isObject(options) && typeof options['cas'] === 'number' ? options['cas'] : undefined
  const result = engine.write(path, data, cas)
  switch (result.kind) {
    case 'cas-required':
      return errorReply(400, 'check-and-set parameter required for this call')
    case 'cas-mismatch':
      return errorReply(400, 'check-and-set parameter did not match the current version')
    case 'written':
      return dataReply({
        ...versionJson(result.version),
        version: result.version.version,
        custom_metadata: engine.get(path)?.customMetadata ?? null,
      })
  }
}

function answerVersions(
  { engine, request, path }: KvCall,
  area: 'delete' | 'undelete' | 'destroy',
): VaultReply {
  if (request.method !== 'POST' && request.method !== 'PUT') return unsupportedReply()
  const { versions } = request.body
  const numbers = Array.isArray(versions) ? versions.map(Number) : []
  if (numbers.length === 0) return errorReply(400, 'No version number provided')
  if (area === 'destroy') engine.destroy(path, numbers)
  else engine.setDeleted(path, numbers, area === 'delete')
  return emptyReply
}

function answerMetadata(call: KvCall): VaultReply {
  const { engine, request, path } = call
  switch (request.method) {
    case 'GET': {
      if (request.query.has('list')) return listKeys(call)
      const secret = engine.get(path)
      return secret === undefined ? errorReply(404) : dataReply(secretJson(secret))
    }
    case 'POST':
    case 'PUT':
      engine.configure(path, settingsOf(request.body))
      return emptyReply
    case 'DELETE':
      engine.erase(path)
      return emptyReply
    default:
      return unsupportedReply()
  }
}

function listKeys({ engine, path }: KvCall): VaultReply {
  const keys = engine.list(path)
  return keys.length === 0 ? errorReply(404) : dataReply({ keys: [...keys] })
}

function settingsOf(body: JsonObject): Parameters<KvEngine['configure']>[1] {
  const { cas_required: casRequired, max_versions: maxVersions, custom_metadata: custom } = body
  return {
    ...(typeof casRequired === 'boolean' ? { isCasRequired: casRequired } : {}),
    ...(typeof maxVersions === 'number' ? { maxVersions } : {}),
    ...(isObject(custom) ? { customMetadata: custom } : {}),
  }
}

function secretJson(secret: KvSecret): JsonObject {
  return {
    cas_required: secret.isCasRequired,
    created_time: iso(secret.createdAtMs),
    current_version: secret.currentVersion,
    custom_metadata: secret.customMetadata ?? null,
    delete_version_after: '0s',
    max_versions: secret.maxVersions,
    oldest_version: secret.versions[0]?.version ?? 0,
    updated_time: iso(secret.updatedAtMs),
    versions: Object.fromEntries(
      secret.versions.map((version) => [String(version.version), versionJson(version)]),
    ),
  }
}

function versionJson({ createdAtMs, deletedAtMs, isDestroyed }: KvVersion): JsonObject {
  return {
    created_time: iso(createdAtMs),
    deletion_time: deletedAtMs === undefined ? '' : iso(deletedAtMs),
    destroyed: isDestroyed,
  }
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString()
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
