import { describe, expect, it } from 'vitest'

import { bodyOf, openDoor } from '../../__fixtures__/open-door.ts'
import type { ProviderWire, SyncWire } from './provider-wire.ts'

const BASE = '/api/v2/admin/providers'
const acme = {
  id: 'acme',
  display_name: 'Acme',
  provider_type: 'custom',
  api_base: 'https://llm.acme.example/v1',
  models_endpoint: '/models',
  api_key: 'key-of-acme-4711',
}

describe('providers over HTTP', () => {
  it('are listed with the number of their models', async () => {
    const { send } = await openDoor()
    const list = await bodyOf<{ items: ProviderWire[]; total: number }>(await send({ path: BASE }))
    expect(list).toMatchObject({
      total: 1,
      items: [
        { id: 'fake', display_name: 'fake', is_active: true, model_count: 2, origin: 'code' },
      ],
    })
  })

  it('are made, read, changed, synced and switched off, and their key is in no answer', async () => {
    const { send, router } = await openDoor()
    const answers: string[] = []
    const step = async <Body>(sent: Parameters<typeof send>[0], status = 200): Promise<Body> => {
      const body = await bodyOf<Body>(await send(sent), status)
      answers.push(JSON.stringify(body))
      return body
    }
    const made = await step<ProviderWire>({ path: BASE, body: acme }, 201)
    expect(made).toMatchObject({
      id: 'acme',
      display_name: 'Acme',
      api_key_vault_path: 'secret/llm/acme',
      created_by: 'user:a platform_admin',
    })
    expect(Date.parse(made.created_at)).toBeGreaterThan(0)
    const synced = await step<SyncWire>({ method: 'POST', path: `${BASE}/acme/sync` })
    expect(synced).toMatchObject({ provider_id: 'acme', models_discovered: 1, models_added: 1 })
    const changes = { display_name: 'Acme Inc.', api_key: 'key-of-acme-4712' }
    const changed = { method: 'PATCH', path: `${BASE}/acme`, body: changes }
    expect(await step(changed)).toMatchObject({
      display_name: 'Acme Inc.',
      api_base: 'https://llm.acme.example/v1',
      model_count: 1,
    })
    const off = { method: 'DELETE', path: `${BASE}/acme` }
    expect(await step(off)).toMatchObject({ is_active: false, model_count: 1 })
    expect(await step({ path: `${BASE}/acme` })).toMatchObject({ is_active: false })
    expect(answers.join()).not.toContain('key-of-acme')
    expect((await router.audit.list()).map(({ action }) => action)).toContain('provider-put')
  })

  it('are tried without being stored', async () => {
    const { send } = await openDoor()
    const trial = await bodyOf(await send({ path: `${BASE}/try`, body: acme }))
    expect(trial).toEqual({ ok: true, models: 1, chat_models: 1, examples: ['made'] })
    expect((await send({ path: `${BASE}/acme` })).status).toBe(400)
  })

  it('say how they are', async () => {
    const { send } = await openDoor()
    const one = await bodyOf(await send({ method: 'POST', path: `${BASE}/fake/health` }))
    expect(one).toMatchObject({ provider_id: 'fake', status: 'healthy', error: null })
    const all = await bodyOf(await send({ path: '/api/v2/admin/health/providers' }))
    expect(all).toMatchObject({ items: [{ provider_id: 'fake' }] })
  })

  it.each([
    ['api_base', { ...acme, api_base: 'ftp://x' }],
    ['id', { ...acme, id: 'Not An Id' }],
    ['provider_type', { ...acme, provider_type: 'secret-text' }],
    ['rate_limit_rpm', { ...acme, rate_limit_rpm: -1 }],
    ['settings.allowPrivateNetwork', { ...acme, settings: { allowPrivateNetwork: true } }],
    ['body', { ...acme, api_kee: 'secret-text' }],
  ])('are refused with the name of the field %s', async (field, body) => {
    const { send } = await openDoor()
    const response = await send({ path: BASE, body })
    const { error } = await bodyOf<{ error: { message: string } }>(response, 400)
    expect(error).toMatchObject({ code: 'invalid-request' })
    expect(error.message).toContain(`\`${field}\``)
    expect(error.message).not.toContain('secret-text')
  })

  it('that are declared in code, or there already, are left alone', async () => {
    const { send } = await openDoor()
    const change = await send({ method: 'PATCH', path: `${BASE}/fake`, body: { is_active: false } })
    expect(await bodyOf(change, 409)).toMatchObject({ error: { code: 'read-only' } })
    await send({ path: BASE, body: acme })
    const again = await send({ path: BASE, body: acme })
    expect(await bodyOf(again, 409)).toMatchObject({ error: { code: 'conflict', field: 'id' } })
  })
})

describe('a key that nobody can read', () => {
  it('is sent to no address that somebody types', async () => {
    const { send } = await openDoor()
    const id = 'mine'
    const body = {
      id,
      provider_type: 'custom',
      api_base: 'https://203.0.113.7/v1',
      api_key: 'kept',
    }
    await bodyOf(await send({ path: '/api/v2/admin/providers', body }), 201)
    const elsewhere = { api_base: 'https://203.0.113.8/v1' }
    const refused = { error: { code: 'invalid-request', field: 'api_key' } }
    const path = `/api/v2/admin/providers/${id}`
    const moved = await send({ method: 'PATCH', path, body: elsewhere })
    expect(await bodyOf(moved, 400)).toMatchObject(refused)
    const trial = { id, provider_type: 'custom', ...elsewhere }
    const tried = await send({ path: '/api/v2/admin/providers/try', body: trial })
    expect(await bodyOf(tried, 400)).toMatchObject(refused)
    const list = { method: 'PATCH', path, body: { models_endpoint: 'https://203.0.113.8/models' } }
    expect(await bodyOf(await send(list), 400)).toMatchObject({
      error: { field: 'models_endpoint' },
    })
    // At the same place it is used; and whoever knows a key may use that one anywhere.
    const longer = { api_base: 'https://203.0.113.7/v2' }
    expect(await bodyOf(await send({ method: 'PATCH', path, body: longer }))).toMatchObject(longer)
    const again = { ...elsewhere, api_key: 'another' }
    expect(await bodyOf(await send({ method: 'PATCH', path, body: again }))).toMatchObject(
      elsewhere,
    )
  })
})
