import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { glob, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

import { variablesOf } from '@imrs/secrets'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const hasBrowser = existsSync(EXECUTABLE)
if (!hasBrowser && process.env['REQUIRE_CHROMIUM'] === '1') {
  throw new Error(`REQUIRE_CHROMIUM is set, but there is no ${EXECUTABLE}`)
}
const NEXT = createRequire(import.meta.url).resolve('next/dist/bin/next')
const HAIKU = { model: 'auto', messages: [{ role: 'user', content: 'Write a haiku about rivers' }] }

/** What the example promises: the doors, the picker and a chat in so many lines of code. */
const MOST_LINES = 60

it('is short', async () => {
  let lines = 0
  for await (const file of glob('app/**/*.{ts,tsx}', { cwd: import.meta.dirname })) {
    const text = await readFile(join(import.meta.dirname, file), 'utf8')
    lines += text.split('\n').filter((line) => !/^\s*(?:\/\/.*)?$/.test(line)).length
  }
  expect(lines).toBeGreaterThan(30)
  expect(lines).toBeLessThanOrEqual(MOST_LINES)
})

describe.skipIf(!hasBrowser)(`the Next app in a browser (skipped without ${EXECUTABLE})`, () => {
  /** What has to be undone, the last first. */
  const undo: Array<() => Promise<unknown>> = []
  let browser: Browser
  let url: string
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'next-app-'))
    undo.push(() => rm(folder, { recursive: true, force: true }))
    const env = environment(join(folder, 'imrs.db'))
    await promisify(execFile)(process.execPath, [NEXT, 'build', '--webpack'], {
      cwd: import.meta.dirname,
      env,
    })
    expect(existsSync(join(folder, 'imrs.db')), 'building opens no router').toBe(false)
    const server = await startServer(env)
    undo.push(server.stop)
    url = server.url
    const isRoot = process.getuid?.() === 0
    const flags = ['--disable-dev-shm-usage', '--disable-gpu', ...(isRoot ? ['--no-sandbox'] : [])]
    browser = await chromium.launch({ executablePath: EXECUTABLE, args: flags })
    undo.push(() => browser.close())
  }, 240_000)
  afterAll(async () => {
    for (const step of undo.toReversed()) await step()
  })

  it('picks a model, streams an answer, takes a thumb, and keeps the choice over a reload', async () => {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      // Answers are looked at below, with their paths.
      if (message.text().startsWith('Failed to load resource')) return
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', ({ message }) => complaints.push(message))
    page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      if (response.status() >= 400) complaints.push(`${response.status()} ${pathname}`)
    })
    const elsewhere: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) elsewhere.push(request.url())
    })
    await page.goto(url)
    await page.locator('[data-imrs=trigger]').click()
    await page.getByRole('combobox', { name: 'Search models' }).fill('mimo flash')
    await page.getByRole('option', { name: /MiMo-V2-Flash/ }).click()
    await page.getByRole('combobox', { name: 'Model: Xiaomi: MiMo-V2-Flash' }).waitFor()

    await page.evaluate(keepTexts)
    const message = page.getByLabel('Message')
    await message.fill('Write a JavaScript function that debounces another one')
    await message.press('Enter')
    await page.locator('article[data-state=done]').waitFor()
    expect(await page.locator('main article').textContent()).toContain('MiMo-V2-Flash')
    const texts = await page.evaluate(() => (globalThis as Kept).texts ?? [])
    const answer = (await page.locator('main article > p').textContent()) ?? ''
    expect(texts.length, 'it came in pieces').toBeGreaterThan(2)
    for (const text of texts) expect(answer.slice(0, text.length)).toBe(text)
    expect(await message.inputValue()).toBe('')

    const rated = page.waitForResponse((response) => response.url().endsWith('/feedback'))
    await page.getByRole('button', { name: 'Good answer' }).click()
    expect((await rated).status()).toBe(200)
    await page.getByRole('button', { name: 'Good answer', pressed: true }).waitFor()

    await page.reload()
    await page.getByRole('combobox', { name: 'Model: Xiaomi: MiMo-V2-Flash' }).waitFor()
    expect(complaints).toEqual([])
    expect(elsewhere).toEqual([])
  })

  it('is one door in all of its routes, for the clients of OpenAI too', async () => {
    const listed = await fetch(`${url}/api/models`)
    const cookie = listed.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect(cookie).toMatch(/^imrs_session=/)
    const answered = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(HAIKU),
    })
    // A door of its own would sign with another secret, and take the visitor for a new one.
    expect(answered.headers.get('set-cookie')).toBeNull()
    expect(await answered.json()).toMatchObject({
      object: 'chat.completion',
      choices: [{ message: { role: 'assistant', content: expect.stringMatching(/\w/) } }],
    })
    const missing = await fetch(`${url}/v1/nothing`, { headers: { cookie } })
    expect([missing.status, (await missing.json()).error.code]).toEqual([404, 'not-found'])
  })
})

/** What the page keeps for the test. */
interface Kept {
  texts?: string[]
}

/** In the page: keeps each state of the answer's text. */
function keepTexts(): void {
  const kept: string[] = []
  ;(globalThis as Kept).texts = kept
  new MutationObserver(() => {
    const text = document.querySelector('main article > p')?.textContent ?? ''
    if (text !== '' && kept.at(-1) !== text) kept.push(text)
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
}

function environment(database: string): NodeJS.ProcessEnv {
  const keys = variablesOf('openrouter')
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    IMRS_DB: database,
    ...Object.fromEntries(keys.map((name) => [name, ''])),
  }
}

interface Server {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** `next start` on a free port, once it says which; ended at the latest with this process. */
async function startServer(env: NodeJS.ProcessEnv): Promise<Server> {
  const child = spawn(process.execPath, [NEXT, 'start', '-H', '127.0.0.1', '-p', '0'], {
    cwd: import.meta.dirname,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = (): unknown => child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = once(child, 'close')
  const stop = async (): Promise<void> => {
    kill()
    await ended
    process.off('exit', kill)
  }
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (said += piece))
  const { promise: ready, resolve } = Promise.withResolvers<string>()
  let url = ''
  createInterface({ input: child.stdout }).on('line', (line) => {
    said += `${line}\n`
    url = /Local:\s+(\S+)/.exec(line)?.[1] ?? url
    if (line.includes('Ready in')) resolve(url)
  })
  const listening = await Promise.race([ready, ended.then(() => undefined)])
  if (listening !== undefined) return { url: listening, stop }
  process.off('exit', kill)
  throw new Error(`It ended before it listened: ${said}`)
}
