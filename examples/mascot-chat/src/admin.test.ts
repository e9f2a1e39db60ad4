import { describe, expect, it } from 'vitest'

import { failingChatProcess, startChatProcess } from './__fixtures__/chat-process.ts'
import { startTestChat, temporaryFolder } from './__fixtures__/test-chat.ts'
import { readSettings } from './environment.ts'

const adminToken = 'a-token-for-the-admin-of-the-tests'
const PATHS = [
  '/api/v2/admin/providers',
  '/api/v2/admin/models',
  '/api/v2/admin/models/performance',
  '/api/v2/admin/audit',
  '/api/v2/agents/mascot/models',
]
const EXPLAINED = /^Admin, until the chat stops: Authorization: Bearer ([\w-]{43})$/m

async function statusesAt(url: string, token?: string): Promise<readonly number[]> {
  const headers: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` }
  const answers = PATHS.map(async (path) => fetch(new URL(path, url), { headers }))
  return (await Promise.all(answers)).map(({ status }) => status)
}

const all = (status: number): readonly number[] => PATHS.map(() => status)

describe('what is for the admin', () => {
  it('is not for visitors, with or without a cookie, and is for the bearer of the token', async () => {
    const chat = await startTestChat({ adminToken })
    expect(await statusesAt(chat.url)).toEqual(all(403))
    const visitor = chat.visitor()
    await visitor.ask('Hello')
    for (const path of PATHS) expect((await visitor.get(path)).status).toBe(403)
    const add = { id: 'mine', provider_type: 'custom', api_base: 'https://example.com/v1' }
    expect((await visitor.refused('POST', PATHS[0] ?? '', add)).status).toBe(403)
    expect(await statusesAt(chat.url, adminToken)).toEqual(all(200))
    expect(await statusesAt(chat.url, `${adminToken}x`)).toEqual(all(401))
  })

  it('makes keys with which programs chat', async () => {
    const chat = await startTestChat({ adminToken })
    const send = async (path: string, token: string, body: object): Promise<Response> =>
      fetch(new URL(path, chat.url), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const made = await send('/api/v2/admin/api-keys', adminToken, {
      label: 'a program',
      roles: ['agent'],
    })
    expect(made.status).toBe(201)
    const { key } = (await made.json()) as { readonly key: string }
    const hello = { model: 'auto', messages: [{ role: 'user', content: 'Hello' }] }
    const answer = await send('/v1/chat/completions', key, hello)
    expect(await answer.json()).toMatchObject({ object: 'chat.completion' })
    expect(await statusesAt(chat.url, key)).toEqual(all(403))
  })

  it('is for nobody when there is no token', async () => {
    const chat = await startTestChat()
    expect(await statusesAt(chat.url)).toEqual(all(403))
    expect(await statusesAt(chat.url, '')).toEqual(all(401))
    expect(await statusesAt(chat.url, 'undefined')).toEqual(all(401))
  })
})

describe('the token of the admin', () => {
  it('is the one of the environment, wherever the chat listens', () => {
    const environment = { ADMIN_TOKEN: adminToken, HOST: '0.0.0.0' }
    const expected = { token: adminToken, isMadeUp: false }
    expect(readSettings(environment).admin).toEqual(expected)
    expect(readSettings(environment, ['--admin']).admin).toEqual(expected)
    expect(readSettings({}).admin).toBeUndefined()
  })

  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('is made up for %s', (HOST) => {
    const [one, other] = [readSettings({ HOST }, ['--admin']), readSettings({ HOST }, ['--admin'])]
    expect(one.admin).toMatchObject({ isMadeUp: true })
    expect(one.admin?.token).not.toBe(other.admin?.token)
  })

  it.each([
    [
      { HOST: '0.0.0.0' },
      '`ADMIN_TOKEN` must be set for `--admin`, since others reach HOST 0.0.0.0',
    ],
    [{ HOST: '127.0.0.1.example' }, '`ADMIN_TOKEN` must be set'],
    [{ ADMIN_TOKEN: 'short' }, '`ADMIN_TOKEN` must have at least 32 characters; it has 5'],
    [{ ADMIN_TOKEN: 'with spaces '.repeat(4) }, '`ADMIN_TOKEN` must be of ASCII letters'],
  ])('is refused: %j', (environment, sentence) => {
    expect(() => readSettings(environment, ['--admin'])).toThrow(sentence)
  })

  it('is printed when it was made up, and then opens the door', { timeout: 60_000 }, async () => {
    const data = { IMRS_DATA: await temporaryFolder() }
    const chat = await startChatProcess(data, ['--admin'])
    expect(chat.output()).toMatch(EXPLAINED)
    const token = EXPLAINED.exec(chat.output())?.[1]
    expect(await statusesAt(chat.url, token)).toEqual(all(200))
  })

  it('is not printed when it comes from the environment', { timeout: 60_000 }, async () => {
    const environment = { IMRS_DATA: await temporaryFolder(), ADMIN_TOKEN: adminToken }
    const chat = await startChatProcess(environment, ['--admin'])
    expect(chat.output()).not.toContain(adminToken)
    expect(await statusesAt(chat.url, adminToken)).toEqual(all(200))
  })

  it('is asked for by one word alone', { timeout: 60_000 }, async () => {
    const failed = await failingChatProcess({ IMRS_DATA: await temporaryFolder() }, ['--admn'])
    expect(failed).toMatchObject({
      code: 1,
      output: '`--admin` is all the demo takes, got --admn\n',
    })
  })
})
