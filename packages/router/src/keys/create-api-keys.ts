import { API_KEY_ROLES, DEFAULT_TENANT_ID, ImrsError, hostIdSchema, parseBody } from '@imrs/core'
import type { ApiKey, ApiKeyRole, CallOptions, Runtime, Store } from '@imrs/core'
import { z } from 'zod'

import type { ApiKeyApi, ApiKeyInfo, MadeApiKey, NewApiKey } from './api-key-api.ts'
import type { KeyCache } from './key-cache.ts'
import { hashOf, isSecretOf, newSecret, readKey, writeKey } from './key-text.ts'

/** How exactly the last use is known. */
const TOUCH_EVERY_MS = 300_000

export interface ApiKeysOptions {
  readonly store: Pick<Store, 'apiKeys'>
  readonly runtime: Pick<Runtime, 'now' | 'newId'>
  readonly cache: KeyCache
}

const newKeySchema: z.ZodType<NewApiKey> = z.object({
  tenantId: hostIdSchema.optional(),
  label: z.string().trim().min(1).max(100),
  roles: z
    .array(z.enum(API_KEY_ROLES as readonly [ApiKeyRole, ...ApiKeyRole[]]))
    .min(1)
    .max(API_KEY_ROLES.length),
  agentIds: z.array(hostIdSchema).min(1).max(100).optional(),
  expiresAtMs: z.int().optional(),
  by: z.string().optional(),
})

export function createApiKeys(options: ApiKeysOptions): ApiKeyApi {
  const { store, cache } = options
  const touch = createTouch(options)
  return {
    create: (request, call) => create(options, request, call),
    list: async ({ tenantId = DEFAULT_TENANT_ID, beforeId, limit } = {}, call) => {
      const keys = await store.apiKeys.list({ tenantId, beforeId, limit }, call)
      return keys.map(withoutHash)
    },
    revoke: async ({ id, tenantId, by }, call) => {
      const atMs = options.runtime.now()
      const audit = { by, atMs }
      const key = await store.apiKeys.revoke({ id, tenantId, atMs }, { ...call, audit })
      cache.drop()
      if (key !== undefined) return withoutHash(key)
      throw new ImrsError('not-found', `There is no key ${JSON.stringify(id)}.`)
    },
    verify: async (text, call) => {
      const parts = readKey(text)
      if (parts === undefined) return undefined
      const key = await cache.get(parts.id, call)
      if (key === undefined || !isSecretOf(parts.secret, key.secretHash)) return undefined
      const now = options.runtime.now()
      if (key.revokedAtMs !== undefined || (key.expiresAtMs ?? Infinity) <= now) return undefined
      touch(key, now)
      return withoutHash(key)
    },
  }
}

async function create(
  { store, runtime }: ApiKeysOptions,
  request: NewApiKey,
  call?: CallOptions,
): Promise<MadeApiKey> {
  const { by, tenantId = DEFAULT_TENANT_ID, ...given } = parseBody(newKeySchema, request)
  const now = runtime.now()
  if (given.expiresAtMs !== undefined && given.expiresAtMs <= now) {
    throw new ImrsError('invalid-request', '`expiresAtMs`: must be later than now', {
      field: 'expiresAtMs',
    })
  }
  const secret = newSecret()
  const key: ApiKey = {
    ...given,
    id: runtime.newId(),
    tenantId,
    roles: [...new Set(given.roles)],
    secretHash: hashOf(secret),
    createdBy: by,
    createdAtMs: now,
  }
  await store.apiKeys.create(key, { ...call, audit: { by, atMs: now } })
  return { ...withoutHash(key), key: writeKey({ id: key.id, secret }) }
}

function withoutHash({ secretHash: _, ...key }: ApiKey): ApiKeyInfo {
  return key
}

/** Notes uses now and then, one at a time for each key; nobody waits for it, and a loss is no matter. */
function createTouch({ store }: ApiKeysOptions): (key: ApiKey, atMs: number) => void {
  /** By key: the last use that was noted. No more of them than keys that were used in that time. */
  const noted = new Map<string, number>()
  return ({ id, lastUsedAtMs = -Infinity }, atMs) => {
    if (atMs - Math.max(lastUsedAtMs, noted.get(id) ?? -Infinity) < TOUCH_EVERY_MS) return
    for (const [other, at] of noted) {
      if (atMs - at < TOUCH_EVERY_MS) break
      noted.delete(other)
    }
    noted.delete(id)
    noted.set(id, atMs)
    store.apiKeys.touch({ id, atMs }).catch(() => {})
  }
}
