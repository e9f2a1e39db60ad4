import type { AuditEntry } from '@imrs/core'
import { expect, it } from 'vitest'

import { AT, agentModel, model } from './samples.ts'
import { errorOf, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

export function auditContract(setup: StoreContractSetup): void {
  it('gives the newest first, page by page', async () => {
    const store = await openStore(setup)
    await store.agentModels.put(Array.from({ length: 7 }, (_, index) => agentModel(`p/${index}`)))
    const seen: AuditEntry[] = []
    for (;;) {
      const page = await store.audit.list({ limit: 3, beforeSeq: seen.at(-1)?.seq })
      if (page.length === 0) break
      seen.push(...page)
    }
    expect(seen.map((entry) => entry.details['modelId'])).toEqual(
      [6, 5, 4, 3, 2, 1, 0].map((index) => `p/${index}`),
    )
  })

  it('shows a tenant its own rows, and what concerns all only to who asks for all', async () => {
    const store = await openStore(setup)
    await store.models.put(model('a'), { audit: { atMs: AT } })
    await store.agentModels.put([agentModel('p/a'), agentModel('p/b', { tenantId: 'tenant-2' })])
    const tenants = async (tenantId?: string): Promise<unknown> =>
      (await store.audit.list({ tenantId })).map((entry) => entry.tenantId)
    expect(await tenants('tenant-1')).toEqual(['tenant-1'])
    expect(await tenants('tenant-2')).toEqual(['tenant-2'])
    expect(await tenants('nobody')).toEqual([])
    expect(await tenants()).toEqual(['tenant-2', 'tenant-1', undefined])
  })

  it.each([0, 201, 1.5])('refuses %d rows', async (limit) => {
    const store = await openStore(setup)
    expect(await errorOf(store.audit.list({ limit }))).toMatchObject({ code: 'invalid-request' })
  })
}
