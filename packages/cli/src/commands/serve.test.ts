import { execFile } from 'node:child_process'
import { request } from 'node:http'
import { connect } from 'node:net'
import { promisify } from 'node:util'

import { SignJWT } from 'jose'
import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'

import { imrs, newFolder, startImrs } from '../__fixtures__/imrs.ts'
import type { RunningImrs } from '../__fixtures__/imrs.ts'
import { isLoopbackHost } from '../serve/loopback.ts'

interface Served {
  readonly url: string
  readonly run: RunningImrs
}

async function serve(
  more: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const folder = await newFolder()
  const given = ['serve', '--simulator', '--port', '0', ...more]
  const run = startImrs(given, { folder, environment })
  const [, url = ''] = await run.until('stdout', /^Serving (\S+)\n[^]*chat\/completions.*\n/)
  return { url, run }
}

/** A request with headers that `fetch` does not let through. */
async function statusOf(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.once('error', reject)
    sent.end()
  })
}

describe('imrs serve', () => {
  it('prints two lines of curl that give a routed answer as typed', async () => {
    const { run } = await serve()
    await run.until('stderr', /No authentication: anyone on this machine/)
    await run.until('stderr', /nothing leaves this machine/)
    run.child.kill('SIGINT')
    const lines = (await run.ended).stdout.split('\n').filter((line) => line.startsWith('curl '))
    expect(lines).toHaveLength(2)
    const again = await serve()
    const typed = async (line: string): Promise<unknown> => {
      const here = line.replace(/http:\S+?(?=\/v1)/, again.url)
      const { stdout } = await promisify(execFile)('bash', [
        '--norc',
        '-c',
        `${here} --silent --fail`,
      ])
      return JSON.parse(stdout)
    }
    expect(await typed(lines[0] ?? '')).toMatchObject({ object: 'list' })
    expect(await typed(lines[1] ?? '')).toMatchObject({
      object: 'chat.completion',
      choices: [{ message: { content: expect.stringMatching(/\S/) } }],
    })
  })

  it('streams to the official client of OpenAI', async () => {
    const { url } = await serve()
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none' })
    const stream = await client.chat.completions.create({
      model: 'auto',
      stream: true,
      messages: [{ role: 'user', content: 'Write a haiku about rivers' }],
    })
    let text = ''
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    expect(text.trim()).not.toBe('')
    const { status } = await fetch(`${url}/api/openapi.json`)
    expect(status).toBe(200)
  })

  it('without authentication answers to its own names and pages only', async () => {
    const { url, run } = await serve()
    const { port } = new URL(url)
    const models = `${url}/v1/models`
    const own = `localhost:${port}`
    for (const host of [own, `127.0.0.1:${port}`, `[::1]:${port}`]) {
      expect([host, await statusOf(models, { host })]).toEqual([host, 200])
    }
    for (const host of ['evil.example', `localhost.evil.example:${port}`, `10.0.0.1:${port}`]) {
      expect([host, await statusOf(models, { host })]).toEqual([host, 403])
    }
    expect(await statusOf(models, { host: own, origin: `http://${own}` })).toBe(200)
    expect(await statusOf(models, { host: own, origin: 'https://evil.example' })).toBe(403)
    expect(await statusOf(models, { host: own, origin: 'null' })).toBe(403)
    expect(await statusOf(models, { host: own, 'sec-fetch-site': 'cross-site' })).toBe(403)
    const refused = await fetch(models, { headers: { origin: 'https://evil.example' } })
    expect(await refused.json()).toMatchObject({ error: { code: 'forbidden' } })
    // It is not listened to from anywhere else.
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    run.child.kill('SIGINT')
    const { code, stderr } = await run.ended
    expect([code, stderr]).toEqual([0, expect.stringContaining('Stopping: answers may end first.')])
  })

  it('with a secret takes signed tokens and nothing else', async () => {
    const secret = 'canary-'.repeat(6)
    const jwt = ['--jwt-secret-env', 'JWT_SECRET', '--issuer', 'me', '--audience', 'imrs']
    const { url, run } = await serve(jwt, { JWT_SECRET: secret })
    const get = async (token: string): Promise<number> =>
      (await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${token}` } })).status
    const token = await new SignJWT({ tenant_id: 't1', roles: ['agent_user'] })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('me')
      .setAudience('imrs')
      .setSubject('u1')
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(secret))
    expect([await get(token), await get('wrong')]).toEqual([200, 401])
    // Behind a proxy it goes by other names.
    const headers = { host: 'api.example', authorization: `Bearer ${token}` }
    expect(await statusOf(`${url}/v1/models`, headers)).toBe(200)
    run.child.kill('SIGTERM')
    const { code, stdout, stderr } = await run.ended
    expect(code).toBe(0)
    expect(stdout).toContain('authorization: Bearer $TOKEN')
    expect(stdout + stderr).not.toContain('canary')
  })

  it('with a token for admins makes API keys, which are taken, too', async () => {
    const admin = 'canary-'.repeat(6)
    const { url, run } = await serve(['--admin-token-env', 'ADMIN_TOKEN'], { ADMIN_TOKEN: admin })
    const authorized = (token: string): { readonly headers: Record<string, string> } => ({
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    })
    expect((await fetch(`${url}/v1/models`)).status).toBe(401)
    const made = await fetch(`${url}/api/v2/admin/api-keys`, {
      method: 'POST',
      ...authorized(admin),
      body: JSON.stringify({ label: 'build', roles: ['agent'] }),
    })
    expect(made.status).toBe(201)
    const key = /imrs_[\w-]+/.exec(await made.text())?.[0] ?? ''
    expect((await fetch(`${url}/v1/models`, authorized(key))).status).toBe(200)
    expect((await fetch(`${url}/v1/models`, authorized(`${key}x`))).status).toBe(401)
    run.child.kill('SIGINT')
    const { code, stdout, stderr } = await run.ended
    expect(code).toBe(0)
    expect(stdout + stderr).not.toContain('canary')
  })

  it('gives its figures to the bearer of the key for them, and to nobody else', async () => {
    const key = 'canary-'.repeat(6)
    const { url, run } = await serve(['--metrics-key-env', 'METRICS_KEY'], { METRICS_KEY: key })
    const headers = { authorization: `Bearer ${key}` }
    const figures = await fetch(`${url}/api/metrics`, { headers })
    expect(figures.status).toBe(200)
    expect(await figures.text()).toMatch(/^# HELP /m)
    expect((await fetch(`${url}/api/metrics`)).status).toBe(401)
    run.child.kill('SIGINT')
    const { stdout, stderr } = await run.ended
    expect(stdout + stderr).not.toContain('canary')
  })

  it('cuts what has not ended when its time is up', async () => {
    const { url, run } = await serve(['--grace', '0'])
    const { port } = new URL(url)
    const socket = connect(Number(port), '127.0.0.1')
    const closed = new Promise((resolve) => {
      socket.once('close', resolve)
    })
    // Events go on for as long as they are listened to.
    socket.write(`GET /api/models/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
    await new Promise((resolve) => {
      socket.once('data', resolve)
    })
    run.child.kill('SIGINT')
    expect((await run.ended).code).toBe(0)
    await closed
  })

  it.each([
    [['--host', '0.0.0.0'], /--host 0\.0\.0\.0 can be reached by others/],
    [['--admin-token-env', 'canary-token'], /names a variable, which is not set/],
    [['--host', '::'], /--host :: can be reached by others/],
    [['--issuer', 'me'], /need --jwt-secret-env or --jwks-url/],
    [['--jwks-url', 'https://a.example/keys'], /--issuer and --audience are needed/],
    [
      ['--jwt-secret-env', 'NOT_SET', '--issuer', 'a', '--audience', 'b'],
      /NOT_SET, which is not set/,
    ],
    [['--port', '70000'], /--port takes a whole number from 0 to 65535/],
    [['--cors-origin', 'https://a.example'], /--cors-origin needs authentication/],
    [['--cors-origin', 'example.com', '--api-keys'], /cors\.origins/],
  ])('refuses %j with 2', async (more, message) => {
    const folder = await newFolder()
    const given = ['serve', '--simulator', '--port', '0', ...more]
    const { code, stdout, stderr } = await imrs(given, { folder })
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(message)])
  })

  it('says that a port is taken', async () => {
    const { url } = await serve()
    const given = ['serve', '--simulator', '--port', new URL(url).port]
    const { code, stderr } = await imrs(given, { folder: await newFolder() })
    expect([code, stderr]).toEqual([1, expect.stringMatching(/EADDRINUSE.*--port/)])
  })

  it.each([
    ['127.0.0.1', true],
    ['localhost', true],
    ['::1', true],
    ['127.9.9.9', true],
    ['0.0.0.0', false],
    ['192.168.0.1', false],
    ['127.evil.example', false],
    ['localhost.evil.example', false],
  ])('knows whether %s is this machine: %s', (host, isHere) => {
    expect(isLoopbackHost(host)).toBe(isHere)
  })
})
