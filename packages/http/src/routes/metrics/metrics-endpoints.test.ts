import { describe, expect, it } from 'vitest'

import { EVERY_ROLE, openDoor } from '../../__fixtures__/open-door.ts'

const chat = { messages: [{ role: 'user', content: 'canary-prompt' }] }

describe('GET /api/metrics', () => {
  it('gives platform admins the figures as Prometheus reads them', async () => {
    const { send } = await openDoor()
    const answer = await send({ path: '/api/chat', body: chat })
    expect([answer.status, (await answer.text()) === '']).toEqual([200, false])
    const response = await send({ path: '/api/metrics' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    const text = await response.text()
    expect(text).toContain('# TYPE imrs_model_fetch_duration_seconds histogram\n')
    expect(text).toContain(
      'imrs_model_fetch_duration_seconds_count{provider="fake",outcome="ok"} 1\n',
    )
    expect(text).toContain('imrs_provider_up{provider="fake"} 1\n')
    expect(text).not.toContain('canary')
  })

  it('is for nobody else', async () => {
    const { send } = await openDoor()
    for (const role of EVERY_ROLE) {
      const response = await send({ path: '/api/metrics', as: { roles: [role] } })
      expect([role, response.status]).toEqual([role, role === 'platform_admin' ? 200 : 403])
    }
    expect((await send({ path: '/api/metrics', as: null })).status).toBe(401)
  })

  it('is for the bearer of the metrics key alone, where there is one', async () => {
    const metricsKey = 'canary-metrics-key'
    const { send } = await openDoor({ http: { metricsKey } })
    const as = async (authorization: string): Promise<number> =>
      (await send({ path: '/api/metrics', as: null, headers: { authorization } })).status
    expect(await as(`Bearer ${metricsKey}`)).toBe(200)
    expect(await as(`bearer ${metricsKey}`)).toBe(200)
    expect(await as(`Basic ${metricsKey}`)).toBe(401)
    expect(await as(`Bearer ${metricsKey}x`)).toBe(401)
    expect(await as('Bearer')).toBe(401)
    const refused = await send({ path: '/api/metrics' })
    expect([refused.status, (await refused.text()).includes('canary')]).toEqual([401, false])
    // It opens nothing else.
    const headers = { authorization: `Bearer ${metricsKey}` }
    const other = await send({ path: '/api/v2/admin/providers', as: null, headers })
    expect(other.status).toBeGreaterThanOrEqual(400)
  })

  it('has no short key', async () => {
    await expect(openDoor({ http: { metricsKey: 'short' } })).rejects.toThrow('`metricsKey`')
  })
})

describe('POST /api/metrics/picker', () => {
  it('counts what browsers measured', async () => {
    const { send, router } = await openDoor()
    const measures = [
      { measure: 'open', durationMs: 12.5 },
      { measure: 'load', durationMs: 300 },
    ]
    const response = await send({
      path: '/api/metrics/picker',
      as: { roles: ['agent_user'] },
      body: { measures },
    })
    expect(response.status).toBe(204)
    expect(router.metrics.snapshot().pickerPerformance).toMatchObject([
      { measure: 'open', count: 1, meanMs: 12.5 },
      { measure: 'load', count: 1 },
    ])
  })

  it.each([
    [{}],
    [{ measures: [] }],
    [{ measures: [{ measure: 'canary', durationMs: 1 }] }],
    [{ measures: [{ measure: 'open', durationMs: -1 }] }],
    [{ measures: [{ measure: 'open', durationMs: 1e9 }] }],
    [{ measures: [{ measure: 'open', durationMs: 1, user: 'canary' }] }],
    [{ measures: Array.from({ length: 21 }, () => ({ measure: 'open', durationMs: 1 })) }],
  ])('refuses %j', async (body) => {
    const { send, router } = await openDoor()
    expect((await send({ path: '/api/metrics/picker', body })).status).toBe(400)
    expect(router.metrics.snapshot().pickerPerformance).toEqual([])
  })
})
