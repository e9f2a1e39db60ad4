import type { PreferenceResponse } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { startTestChat, temporaryFolder } from './__fixtures__/test-chat.ts'
import { Visitor } from './__fixtures__/visitor.ts'

const nothing = { provider: null, model: null, updatedAt: null }

async function selected(visitor: Visitor): Promise<PreferenceResponse> {
  return (await visitor.get<PreferenceResponse>('/api/preferences')).body
}

describe('/api/preferences', () => {
  it('keeps a choice, by the name people use, and gives it back', async () => {
    const chat = await startTestChat()
    const visitor = chat.visitor()
    expect(await selected(visitor)).toEqual(nothing)
    const put = await visitor.send<PreferenceResponse>('PUT', '/api/preferences', {
      provider: 'google',
      model: 'gemini-2.5',
    })
    expect(put.status).toBe(200)
    expect(put.body).toMatchObject({ provider: 'google', model: 'google/gemini-2.5-flash' })
    expect(new Date(put.body.updatedAt ?? '').toISOString()).toBe(put.body.updatedAt)
    expect(await selected(visitor)).toEqual(put.body)
    const { decision } = await visitor.ask('Hello')
    expect(decision).toMatchObject({ model: 'google/gemini-2.5-flash', source: 'preference' })
  })

  it('takes Auto for a choice', async () => {
    const chat = await startTestChat()
    const visitor = chat.visitor()
    await visitor.send('PUT', '/api/preferences', { model: 'auto' })
    expect(await selected(visitor)).toMatchObject({ provider: null, model: 'auto' })
    expect((await visitor.ask('Hello')).decision.source).toBe('auto')
  })

  it('takes a preset for a choice, by either name, and refuses one that there is not', async () => {
    const chat = await startTestChat()
    const visitor = chat.visitor()
    const put = await visitor.send('PUT', '/api/preferences', { model: 'auto:cheap' })
    expect(put.body).toMatchObject({ provider: null, model: 'preset:cheap' })
    const { decision } = await visitor.ask('Hello')
    expect(decision).toMatchObject({ source: 'auto', preset: 'cheap', strategy: 'cheapest' })
    expect(decision.reason).toContain('of the preset cheap')
    const refused = await visitor.refused('PUT', '/api/preferences', { model: 'preset:none' })
    expect(refused.status).toBe(400)
    expect(refused.body.error).toMatchObject({ code: 'unknown-preset', field: 'model' })
    expect(refused.body.error.message).toContain('cheap, fast, best')
    expect(await selected(visitor)).toMatchObject({ model: 'preset:cheap' })
  })

  it('gives what it answered back unchanged', async () => {
    const chat = await startTestChat()
    const visitor = chat.visitor()
    await visitor.send('PUT', '/api/preferences', { model: 'xiaomi/mimo-v2-flash' })
    const { provider, model } = await selected(visitor)
    await visitor.send('PUT', '/api/preferences', { provider, model })
    expect(await selected(visitor)).toMatchObject({ provider: 'openrouter', model })
  })

  it('knows each visitor apart', async () => {
    const chat = await startTestChat()
    const [one, other] = [chat.visitor(), chat.visitor()]
    await one.send('PUT', '/api/preferences', { model: 'gpt-4o' })
    expect(await selected(other)).toEqual(nothing)
    await other.send('PUT', '/api/preferences', { model: 'gemini-3.0-flash' })
    expect(await selected(one)).toMatchObject({ model: 'openai/gpt-4o' })
  })

  it('gives a signed cookie that scripts cannot read', async () => {
    const chat = await startTestChat()
    const page = await chat.visitor().request('/')
    const [cookie] = page.headers.getSetCookie()
    expect(cookie).toMatch(/^imrs_user=s%3A/)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
  })

  it('takes a cookie that was tampered with for a new visitor', async () => {
    const chat = await startTestChat()
    const visitor = chat.visitor()
    await visitor.send('PUT', '/api/preferences', { model: 'gpt-4o' })
    const genuine = visitor.cookie ?? ''
    const [value = '', signature = ''] = genuine.split('.')
    const swapped = `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}.${signature}`
    const bare = value.replace('s%3A', '')
    for (const forged of [swapped, `${genuine}x`, bare, 'imrs_user=s%3Aadmin.x', 'imrs_user=']) {
      const liar = new Visitor(chat.url, forged)
      expect(await selected(liar)).toEqual(nothing)
      expect(liar.cookie).not.toBe(forged)
    }
    expect(await selected(visitor)).toMatchObject({ model: 'openai/gpt-4o' })
  })

  it('remembers over a restart', async () => {
    const dataFolder = await temporaryFolder()
    const before = await startTestChat({ dataFolder })
    const visitor = before.visitor()
    await visitor.send('PUT', '/api/preferences', { model: 'gpt-4o' })
    await before.close()
    const after = await startTestChat({ dataFolder })
    expect(await selected(new Visitor(after.url, visitor.cookie))).toMatchObject({
      provider: 'openai',
      model: 'openai/gpt-4o',
    })
  })
})
