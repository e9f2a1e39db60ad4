import { API_KEYS_TOPIC } from '@imrs/core'
import type { ApiKey } from '@imrs/core'
import { expect, it } from 'vitest'

import { AT, ODD_TEXT } from './samples.ts'
import { errorOf, openFor, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const tenantId = 'tenant-1'

function apiKey(id: string, changes: Partial<ApiKey> = {}): ApiKey {
  return {
    id,
    tenantId,
    label: id,
    roles: ['agent'],
    secretHash: 'ab'.repeat(32),
    createdAtMs: AT,
    ...changes,
  }
}

export function apiKeyContract(setup: StoreContractSetup): void {
  it('gives every field back as it was made', async () => {
    const { apiKeys } = await openStore(setup)
    const whole = apiKey('b', {
      label: ODD_TEXT,
      roles: ['tenant_admin', 'agent'],
      agentIds: [],
      createdBy: ODD_TEXT,
      expiresAtMs: AT + 1,
      lastUsedAtMs: AT + 2,
      revokedAtMs: AT + 3,
    })
    await apiKeys.create(whole)
    await apiKeys.create(apiKey('a'))
    expect(await apiKeys.get('b')).toStrictEqual(whole)
    expect(await apiKeys.get('a')).toStrictEqual(apiKey('a'))
    expect(await apiKeys.get('c')).toBeUndefined()
  })

  it('makes none in the place of another', async () => {
    const { apiKeys } = await openStore(setup)
    await apiKeys.create(apiKey('a'))
    const error = await errorOf(apiKeys.create(apiKey('a', { tenantId: 'tenant-2' })))
    expect(error).toMatchObject({ code: 'conflict' })
    expect(await apiKeys.get('a')).toStrictEqual(apiKey('a'))
  })

  it('lists those of one tenant, the last first, page by page', async () => {
    const { apiKeys } = await openStore(setup)
    for (const id of ['b', 'a', 'd', 'c']) await apiKeys.create(apiKey(id))
    await apiKeys.create(apiKey('e', { tenantId: 'tenant-2' }))
    const idsOf = async (query: object): Promise<readonly string[]> =>
      (await apiKeys.list({ tenantId, ...query })).map(({ id }) => id)
    expect(await idsOf({})).toEqual(['d', 'c', 'b', 'a'])
    expect(await idsOf({ limit: 2 })).toEqual(['d', 'c'])
    expect(await idsOf({ limit: 2, beforeId: 'c' })).toEqual(['b', 'a'])
    expect(await errorOf(idsOf({ limit: 201 }))).toMatchObject({ code: 'invalid-request' })
  })

  it('revokes once and for good, of the tenant that is meant, and tells all processes', async () => {
    const { apiKeys, changes } = await openStore(setup)
    await apiKeys.create(apiKey('a'))
    const versions = async (): Promise<readonly number[]> => changes.versions([API_KEYS_TOPIC])
    expect(await apiKeys.revoke({ id: 'a', tenantId: 'tenant-2', atMs: AT })).toBeUndefined()
    expect(await apiKeys.revoke({ id: 'b', atMs: AT })).toBeUndefined()
    expect([await apiKeys.get('a'), await versions()]).toStrictEqual([apiKey('a'), [0]])
    const revoked = apiKey('a', { revokedAtMs: AT + 1 })
    expect(await apiKeys.revoke({ id: 'a', tenantId, atMs: AT + 1 })).toStrictEqual(revoked)
    expect(await apiKeys.revoke({ id: 'a', atMs: AT + 9 })).toStrictEqual(revoked)
    expect([await apiKeys.get('a'), await versions()]).toStrictEqual([revoked, [1]])
  })

  it('notes the last use, and takes it back never', async () => {
    const { apiKeys } = await openStore(setup)
    await apiKeys.create(apiKey('a'))
    for (const atMs of [AT + 5, AT + 9, AT + 7]) await apiKeys.touch({ id: 'a', atMs })
    await apiKeys.touch({ id: 'b', atMs: AT })
    expect(await apiKeys.get('a')).toStrictEqual(apiKey('a', { lastUsedAtMs: AT + 9 }))
    expect(await apiKeys.get('b')).toBeUndefined()
  })

  it('writes who made and who revoked a key to the audit, and no hash', async () => {
    const { apiKeys, audit: log } = await openStore(setup)
    const audit = { by: 'user-9', atMs: AT + 5 }
    await apiKeys.create(apiKey('a', { agentIds: ['x'] }), { audit })
    await apiKeys.create(apiKey('b'))
    await apiKeys.revoke({ id: 'a', tenantId, atMs: AT }, { audit: { atMs: AT + 6 } })
    await apiKeys.revoke({ id: 'a', tenantId, atMs: AT }, { audit })
    const entries = await log.list({ tenantId })
    expect(entries.map(({ seq: _seq, ...entry }) => entry)).toStrictEqual([
      { tenantId, action: 'api-key-revoked', subject: 'a', atMs: AT + 6, details: { label: 'a' } },
      {
        tenantId,
        action: 'api-key-created',
        subject: 'a',
        actor: 'user-9',
        atMs: AT + 5,
        details: { label: 'a', roles: ['agent'], agentIds: ['x'] },
      },
    ])
  })

  it.skipIf(setup.without?.['shared-data'] !== undefined)(
    'is seen by another store on the same data',
    async () => {
      const { store, openAgain } = await openFor(setup)
      if (openAgain === undefined) throw new Error('The setup opens no second store')
      await store.apiKeys.create(apiKey('a'))
      const again = await openAgain()
      await again.apiKeys.revoke({ id: 'a', atMs: AT })
      expect(await store.apiKeys.get('a')).toStrictEqual(apiKey('a', { revokedAtMs: AT }))
      await again.close()
    },
  )
}
