import { CATALOG_TOPIC, ImrsError } from '@imrs/core'
import type { CallOptions, Store } from '@imrs/core'
import { expect, it, onTestFinished } from 'vitest'

import { TENANT, rule as budget, charge } from './budget-samples.ts'
import { AGENT, AT, agentModel, feedback, message, model, provider } from './samples.ts'
import { errorOf, openFor, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const key = { tenantId: 'tenant-1', userId: 'user-1' }
const selection = { modelId: 'auto', atMs: AT }
const onMessage = { ...AGENT, messageId: 'm' }
const health = { providerId: 'p', status: 'healthy', checkedAtMs: AT } as const
const alias = {
  name: 'a',
  modelId: 'p/a',
  reason: 'alias',
  isAutomatic: true,
  createdAtMs: AT,
} as const

const rule = { ...AGENT, id: 'r', filter: {}, isEnabled: true, enabledAtMs: AT } as const

const hint = {
  providerId: 'p',
  credentialId: 'c',
  modelId: '*',
  failureKind: 'credentials',
  openings: 1,
  openUntilMs: AT + 1,
} as const

const pace = { providerId: 'p', count: 1, spacingMs: 1, allowanceMs: 1, atMs: AT } as const

type Call = (store: Store, options?: CallOptions) => Promise<unknown>

/** One call of every method. */
const calls: Readonly<Record<string, Call>> = {
  'providers.put': (store, options) => store.providers.put(provider(), options),
  'providers.update': (store, options) =>
    store.providers.update('p', { set: { isActive: false }, atMs: AT }, options),
  'providers.modelCounts': (store, options) => store.providers.modelCounts(options),
  'providers.get': (store, options) => store.providers.get('p', options),
  'providers.list': (store, options) => store.providers.list(options),
  'providers.putHealth': (store, options) => store.providers.putHealth(health, options),
  'providers.listHealth': (store, options) => store.providers.listHealth(options),
  'models.sync': (store, options) =>
    store.models.sync({ providerId: 'openrouter', syncedAtMs: AT, models: [model('a')] }, options),
  'models.put': (store, options) => store.models.put(model('a'), options),
  'models.setOverrides': (store, options) =>
    store.models.setOverrides('p/a', { set: { priority: 1 }, atMs: AT }, options),
  'models.listEvents': (store, options) => store.models.listEvents({}, options),
  'models.get': (store, options) => store.models.get('p/a', options),
  'models.list': (store, options) => store.models.list({}, options),
  'models.count': (store, options) => store.models.count({}, options),
  'models.listRoutable': (store, options) => store.models.listRoutable({}, options),
  'models.findByExternalId': (store, options) => store.models.findByExternalId('a', options),
  'models.putAlias': (store, options) => store.models.putAlias(alias, options),
  'models.getAlias': (store, options) => store.models.getAlias('a', options),
  'models.listAliases': (store, options) => store.models.listAliases(options),
  'agentModels.put': (store, options) => store.agentModels.put([agentModel('p/a')], options),
  'agentModels.list': (store, options) => store.agentModels.list(AGENT, options),
  'agentModels.putRule': (store, options) => store.agentModels.putRule(rule, options),
  'agentModels.deleteRule': (store, options) =>
    store.agentModels.deleteRule({ ...AGENT, ruleId: 'r', atMs: AT }, options),
  'agentModels.listRules': (store, options) => store.agentModels.listRules(AGENT, options),
  'agentModels.listEnabled': (store, options) => store.agentModels.listEnabled(AGENT, {}, options),
  'preferences.get': (store, options) => store.preferences.get(key, options),
  'preferences.putSelection': (store, options) =>
    store.preferences.putSelection(key, selection, options),
  'preferences.putLastValid': (store, options) =>
    store.preferences.putLastValid(key, selection, options),
  'ledger.append': (store, options) =>
    store.ledger.append({ decisions: [], attempts: [], messages: [message()] }, options),
  'ledger.getDecision': (store, options) =>
    store.ledger.getDecision({ ...AGENT, decisionId: 'd' }, options),
  'ledger.getMessage': (store, options) => store.ledger.getMessage(onMessage, options),
  'ledger.listAttempts': (store, options) => store.ledger.listAttempts(onMessage, options),
  'ledger.listRated': (store, options) => store.ledger.listRated(AGENT, options),
  'budgets.put': (store, options) => store.budgets.put(budget(), options),
  'budgets.delete': (store, options) =>
    store.budgets.delete({ tenantId: TENANT, ruleId: 'r' }, options),
  'budgets.list': (store, options) => store.budgets.list({}, options),
  'budgets.reserve': (store, options) =>
    store.budgets.reserve(
      { id: 'x', tenantId: TENANT, charges: [charge()], expiresAtMs: AT },
      options,
    ),
  'budgets.release': (store, options) =>
    store.budgets.release({ tenantId: TENANT, reservationId: 'x' }, options),
  'budgets.expire': (store, options) => store.budgets.expire({ atMs: AT, limit: 1 }, options),
  'budgets.usage': (store, options) => store.budgets.usage({ tenantId: TENANT, atMs: AT }, options),
  'feedback.record': (store, options) => store.feedback.record(feedback(message()), options),
  'feedback.listEvents': (store, options) => store.feedback.listEvents(onMessage, options),
  'feedback.listExperience': (store, options) => store.feedback.listExperience(AGENT, options),
  'coordination.tryLock': (store, options) => store.coordination.tryLock('work', options),
  'coordination.putHints': (store, options) =>
    store.coordination.putHints({ hints: [hint], atMs: AT }, options),
  'coordination.listHints': (store, options) => store.coordination.listHints({ atMs: AT }, options),
  'coordination.takePace': (store, options) => store.coordination.takePace(pace, options),
  'changes.versions': (store, options) => store.changes.versions(['x'], options),
  'audit.list': (store, options) => store.audit.list({}, options),
  migrate: (store, options) => store.migrate(options),
  migrationStatus: (store, options) => store.migrationStatus(options),
}

const named = Object.entries(calls)

export function lifecycleContract(setup: StoreContractSetup): void {
  it('says which contract it keeps', async () => {
    const store = await openStore(setup)
    expect(store.specVersion).toBe('v1')
    expect(store.name).toMatch(/^[a-z][a-z0-9-]*$/)
  })

  it('migrates as often as it is told to, and loses nothing by it', async () => {
    const store = await openStore(setup)
    await store.providers.put(provider())
    await Promise.all([store.migrate(), store.migrate()])
    await store.migrate()
    expect(await store.providers.list()).toStrictEqual([provider()])
  })

  it('lacks no migration once it has migrated', async () => {
    const store = await openStore(setup)
    const status = await store.migrationStatus()
    expect({ ...status, applied: [] }).toEqual({ applied: [], pending: [], unknown: [] })
  })

  it('closes as often as it is told to', async () => {
    const store = await openStore(setup)
    await Promise.all([store.close(), store.close()])
    await store.close()
  })

  it('waits for what is running before it closes', async () => {
    const { store, openAgain } = await openFor(setup)
    const models = Array.from({ length: 500 }, (_, index) => model(`m${index}`))
    const sync = store.models.sync({ providerId: 'openrouter', syncedAtMs: AT, models })
    await store.close()
    expect((await sync).added).toHaveLength(500)
    const again = await openAgain?.()
    if (again === undefined) return
    onTestFinished(() => again.close())
    expect(await again.models.count()).toBe(500)
  }, 10_000)

  it('is unavailable in every method once it is closed', async () => {
    const store = await openStore(setup)
    await store.close()
    for (const [name, call] of named) {
      const error = await errorOf(call(store))
      expect(ImrsError.is(error), name).toBe(true)
      expect(error, name).toMatchObject({ code: 'store-unavailable' })
    }
  })

  it('does nothing for an aborted signal but reject with its reason, in every method', async () => {
    const store = await openStore(setup)
    const reason = new Error('enough')
    const options = { signal: AbortSignal.abort(reason) }
    for (const [name, call] of named) {
      expect(await errorOf(call(store, options)), name).toBe(reason)
    }
    expect(await store.changes.versions([CATALOG_TOPIC])).toEqual([0])
    expect(await store.providers.list()).toEqual([])
    expect(await store.preferences.get(key)).toBeUndefined()
  })

  it('gives versions in the order asked, and 0 for what never changed', async () => {
    const store = await openStore(setup)
    await store.providers.put(provider())
    expect(await store.changes.versions(['x', CATALOG_TOPIC, 'y', CATALOG_TOPIC])).toEqual([
      0, 1, 0, 1,
    ])
    expect(await store.changes.versions([])).toEqual([])
  })

  it('loses no version when writers race', async () => {
    const store = await openStore(setup)
    const ids = Array.from({ length: 30 }, (_, index) => `p${index}`)
    await Promise.all(ids.map((id) => store.providers.put(provider({ id }))))
    expect(await store.changes.versions([CATALOG_TOPIC])).toEqual([30])
  })

  it.skipIf(setup.without?.['shared-data'] !== undefined)(
    'shows the writes of one store to another on the same data',
    async () => {
      const { store, openAgain } = await openFor(setup)
      const other = await openAgain?.()
      if (other === undefined) throw new Error('`openAgain` is missing and not left out')
      onTestFinished(() => other.close())
      const sent = message()
      await store.providers.put(provider())
      await other.ledger.append({ decisions: [], attempts: [], messages: [sent] })
      expect(await other.providers.get('openrouter')).toStrictEqual(provider())
      const stores = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? store : other))
      await Promise.all(stores.map((each) => each.feedback.record(feedback(sent))))
      const events = await store.feedback.listEvents({ ...AGENT, messageId: sent.id })
      expect(events).toHaveLength(20)
      expect(await other.feedback.listExperience(AGENT)).toMatchObject([{ count: 1, sum: 1_000 }])
    },
  )
}
