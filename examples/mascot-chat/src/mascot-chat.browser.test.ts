import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createGate, startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

import { setupFor } from './__fixtures__/test-chat.ts'
import { startChat } from './start-chat.ts'
import type { RunningChat } from './start-chat.ts'

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const hasBrowser = existsSync(EXECUTABLE)
if (!hasBrowser && process.env['REQUIRE_CHROMIUM'] === '1') {
  throw new Error(`REQUIRE_CHROMIUM is set, but there is no ${EXECUTABLE}`)
}
const CODE = 'Write a JavaScript function that debounces another one'

interface Place {
  readonly chat: RunningChat
  readonly simulator: Simulator
  readonly page: Page
  readonly dataFolder: string
  /** What the page's console complained about. */
  readonly complaints: readonly string[]
}

describe.skipIf(!hasBrowser)(`the page in a browser (skipped without ${EXECUTABLE})`, () => {
  let browser: Browser
  beforeAll(async () => {
    const isRoot = process.getuid?.() === 0
    const flags = ['--disable-dev-shm-usage', '--disable-gpu', ...(isRoot ? ['--no-sandbox'] : [])]
    browser = await chromium.launch({ executablePath: EXECUTABLE, args: flags })
  })
  afterAll(() => browser.close())

  it('answers with the decision first, in Markdown, and says what it took', async () => {
    const { page, complaints } = await open(browser)
    await shot(page, 'empty')
    await expectCurrent(page, 'gpt-4o-mini')
    await choose(page, 'Auto')
    await ask(page, CODE)
    await finished(page)
    expect(await page.textContent('.answer-chip summary')).toMatch(/^Auto → .+ · Coding/)
    await page.click('.answer-chip summary')
    await page.waitForSelector('.chip-ranking')
    expect(await page.textContent('.chip-body')).toContain('Auto chose the model.')
    expect(await page.locator('.prose pre code').count()).toBeGreaterThan(0)
    expect(await page.textContent('.answer-facts')).toMatch(/tokens in, .+ out · (\$|free|cost)/)
    await shot(page, 'answer')
    expect(complaints).toEqual([])
  })

  it('switches at once, while the answer in progress stays on its model', async () => {
    const { page, simulator } = await open(browser)
    const gate = createGate()
    const stall = { type: 'stall', stage: 'between-chunks', gate, afterChunks: 2 } as const
    simulator.script({ model: 'gpt-4o-mini' }, stall)
    await ask(page, CODE)
    await gate.reached
    await choose(page, 'gemini-3.0-flash')
    await expectCurrent(page, 'gemini-3.0-flash')
    const status = page.locator('#dock-status')
    await status
      .getByText('Now using gemini-3.0-flash; the answer in progress stays on gpt-4o-mini.')
      .waitFor()
    await shot(page, 'switching')
    gate.open()
    await finished(page)
    expect(await page.textContent('.answer-facts')).toContain('GPT-4o mini')
    await ask(page, 'And in French?')
    await finished(page)
    expect(await page.locator('.answer-facts').last().textContent()).toContain('Gemini 3')
  })

  it('takes a thumb, lets it be changed, and keeps all of it over reload and restart', async () => {
    const { page, chat, dataFolder } = await open(browser)
    await choose(page, 'gpt-4o')
    await ask(page, CODE)
    await finished(page)
    const up = page.getByRole('button', { name: 'Good answer' })
    const down = page.getByRole('button', { name: 'Bad answer' })
    await up.click()
    await page.getByText('Noted: it counts for').waitFor()
    await down.click()
    await page.getByText('Noted: it counts against').waitFor()
    expect(await up.getAttribute('aria-pressed')).toBe('false')
    expect(await down.getAttribute('aria-pressed')).toBe('true')
    await page.reload()
    await page.getByRole('button', { name: 'Bad answer', pressed: true }).waitFor()
    await expectCurrent(page, 'gpt-4o')

    await chat.close()
    const port = Number(new URL(chat.url).port)
    await startAt({ dataFolder, port })
    await page.reload()
    await expectCurrent(page, 'gpt-4o')
    expect(await page.textContent('.question')).toContain(CODE)
    await ask(page, 'Once more')
    await finished(page)
    expect(await page.locator('.answer-chip').last().textContent()).toContain(
      'GPT-4o · your choice',
    )
  })

  it('takes a thumb back when it is clicked again', async () => {
    const { page, complaints } = await open(browser)
    await choose(page, 'gpt-4o')
    await ask(page, CODE)
    await finished(page)
    const up = page.getByRole('button', { name: 'Good answer' })
    await up.click()
    await page.getByText('Noted: it counts for').waitFor()
    await up.click()
    await page.getByText('Your rating was taken back.').waitFor()
    expect(await up.getAttribute('aria-pressed')).toBe('false')
    await page.reload()
    await page.getByRole('button', { name: 'Good answer', pressed: false }).waitFor()
    await page.getByRole('button', { name: 'Bad answer' }).click()
    await page.getByText('Noted: it counts against').waitFor()
    expect(complaints).toEqual([])
  })

  it('is one visitor, though they ask before the first answer of the server is there', async () => {
    const { page, simulator } = await open(browser)
    await page.context().clearCookies()
    const held = Promise.withResolvers<void>()
    await page.route('**/api/preferences', async (route) => {
      await held.promise
      await route.continue()
    })
    await page.reload()
    await ask(page, CODE)
    await page.waitForSelector('.messages > li:last-child[aria-busy="true"]')
    expect(simulator.calls.filter(({ operation }) => operation === 'chat')).toEqual([])
    held.resolve()
    await finished(page)
    await page.getByRole('button', { name: 'Good answer' }).click()
    await page.getByText('Noted: it counts for').waitFor()
  })

  it('says what went wrong and answers on Retry', async () => {
    const { page, simulator } = await open(browser)
    simulator.always({}, { type: 'fail', failure: 'overloaded' })
    await ask(page, CODE)
    await page.waitForSelector('.failure')
    expect(await page.getAttribute('.top-mascot .mascot', 'data-state')).toBe('sorry')
    await page.locator('.failure-tried summary').click()
    // The default model, asked again twice before it was given up.
    expect(await page.locator('.failure-tried li').allTextContents()).toEqual(
      Array.from({ length: 3 }, () => 'openai/gpt-4o-mini was not available'),
    )
    await shot(page, 'error')
    simulator.reset()
    await page.getByRole('button', { name: 'Retry' }).click()
    await finished(page)
    expect(await page.locator('.failure').count()).toBe(0)
    expect(await page.locator('.answer').count()).toBe(1)
  })

  it('keeps what had arrived when an answer breaks off, and adds nobody else’s text', async () => {
    const { page, simulator } = await open(browser)
    simulator.always({}, { type: 'reset', afterChunks: 3 })
    await ask(page, CODE)
    await page.waitForSelector('.failure')
    expect((await page.textContent('.answer .prose'))?.length).toBeGreaterThan(0)
    expect(await page.textContent('.failure-received')).toContain('What had arrived is kept above.')
    expect(await page.locator('.strip').count()).toBe(0)
    expect(simulator.calls.filter(({ operation }) => operation === 'chat')).toHaveLength(1)
    await shot(page, 'broken-off')
  })

  it('shows another model taking over, and keeps showing it', async () => {
    const { page, simulator } = await open(browser)
    simulator.always({ dialect: 'google' }, { type: 'fail', failure: 'overloaded' })
    await choose(page, 'gemini-2.5')
    await ask(page, CODE)
    await finished(page)
    expect(await page.textContent('.strip')).toContain('→ GPT-4o mini')
    await shot(page, 'fallback')
    await page.locator('.answer-chip summary').click()
    await page.waitForSelector('.chip-calls')
    expect(await page.locator('.chip-calls tbody tr').count()).toBe(2)
    expect(await page.textContent('.chip-calls')).toContain('was overloaded')
    expect(await page.textContent('.chip-calls')).toContain('GPT-4o mini, instead')
    await shot(page, 'calls')
    await page.reload()
    expect(await page.textContent('.strip')).toContain('→ GPT-4o mini')
  })

  it('stops, copies and answers again', async () => {
    const { page, simulator } = await open(browser)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const gate = createGate()
    simulator.script({}, { type: 'stall', stage: 'between-chunks', gate, afterChunks: 2 })
    const arrived = simulator.nextCall()
    await ask(page, CODE)
    await gate.reached
    await page.waitForSelector('.prose:not(:empty)')
    await page.getByRole('button', { name: 'Stop the answer' }).click()
    expect(await (await arrived).closed).toBe('aborted-by-client')
    await page.getByText('stopped', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Answer again' }).click()
    await finished(page)
    await page.getByText('Earlier answer from GPT-4o mini').waitFor()
    await page.locator('.answer').getByRole('button', { name: 'Copy the answer' }).click()
    await page.getByText('Copied.').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain('function')
  })

  it('is used with the keyboard alone', async () => {
    const { page } = await open(browser)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await focusReaches(page, '#message')
    await page.keyboard.press('Tab')
    await focusReaches(page, '#picker-button')
    await page.keyboard.press('Enter')
    await focusReaches(page, '#picker-list')
    const active = async (): Promise<string | null> => {
      const id = await page.getAttribute('#picker-list', 'aria-activedescendant')
      return page.textContent(`#${id} .picker-name`)
    }
    expect(await active()).toBe('gpt-4o-mini')
    await page.keyboard.press('ArrowUp')
    expect(await active()).toBe('gpt-4o')
    await page.keyboard.press('Home')
    expect(await active()).toBe('Auto')
    await page.keyboard.type('mimo')
    expect(await active()).toBe('xiaomi/mimo-v2-flash')
    await shot(page, 'picker')
    await page.keyboard.press('Enter')
    await focusReaches(page, '#picker-button')
    await expectCurrent(page, 'xiaomi/mimo-v2-flash')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.type('Hello')
    await page.keyboard.press('Enter')
    await finished(page)
    expect(await page.textContent('.answer-facts')).toMatch(/mimo/i)
  })

  it('chooses for one reason, and remembers which', async () => {
    const { page, complaints } = await open(browser)
    await page.click('#picker-button')
    const group = page.getByRole('group', { name: 'Auto, for one reason' })
    expect(await group.getByRole('option').allTextContents()).toEqual([
      expect.stringContaining('Cheap'),
      expect.stringContaining('Fast'),
      expect.stringContaining('Best'),
    ])
    await shot(page, 'presets')
    await page.keyboard.press('Escape')
    await choose(page, 'Cheap')
    await page.getByText('Now using Cheap.').waitFor()
    await ask(page, CODE)
    await finished(page)
    // The only free one.
    expect(await page.textContent('.answer-chip summary')).toMatch(/^Cheap → AllenAI: Molmo/)
    await page.click('.answer-chip summary')
    expect(await page.textContent('.chip-body')).toContain('The preset Cheap chose the model.')
    await page.reload()
    await expectCurrent(page, 'Cheap')
    expect(await page.textContent('.answer-chip summary')).toMatch(/^Cheap → /)
    expect(complaints).toEqual([])
  })

  it('shows how the models did', async () => {
    const { page, complaints } = await open(browser)
    const figures = page.getByRole('dialog', { name: 'How the models do' })
    await page.getByRole('button', { name: 'Figures' }).click()
    await figures.getByText('No model was asked yet.').waitFor()
    await figures.getByRole('button', { name: 'Close' }).click()
    await figures.waitFor({ state: 'hidden' })
    await choose(page, 'gpt-4o')
    await ask(page, CODE)
    await finished(page)
    await page.getByRole('button', { name: 'Good answer' }).click()
    await page.getByText('Noted: it counts for').waitFor()
    await page.getByRole('button', { name: 'Figures' }).click()
    const row = figures.locator('tbody tr')
    await row.waitFor()
    expect(await row.locator('th').textContent()).toBe('GPT-4o')
    const cells = await row.locator('td').allTextContents()
    expect(cells.slice(0, 3)).toEqual(['1', '0', '(1.00 from 1)'])
    expect(cells[3]).toMatch(/^\d+(\.\d)? m?s$/)
    expect(cells[5]).toMatch(/^\$0\.\d+$/)
    await shot(page, 'figures')
    await page.keyboard.press('Escape')
    await figures.waitFor({ state: 'hidden' })
    expect(complaints).toEqual([])
  })

  it('shows models without a key with the reason, and does not choose them', async () => {
    const { page } = await open(browser, { environment: { OPENAI_API_KEY: 'sk-proj-simulator' } })
    await page.click('#picker-button')
    const option = page.getByRole('option', { name: 'gemini-2.5' })
    expect(await option.getAttribute('aria-disabled')).toBe('true')
    expect(await option.textContent()).toContain('GEMINI_API_KEY')
    await shot(page, 'no-key')
    await option.click({ force: true })
    await page.getByText('gemini-2.5 cannot be chosen').waitFor()
    await page.keyboard.press('Escape')
    await expectCurrent(page, 'gpt-4o-mini')
  })

  it('shows hostile Markdown as text', async () => {
    const { page, simulator, complaints } = await open(browser)
    const text =
      '<img src=x onerror=alert(1)> <b>bold</b> ![spy](https://example.com/a.png) [bad](javascript:alert(1))'
    simulator.script({}, { type: 'respond', text })
    await ask(page, 'Hello')
    await finished(page)
    expect(await page.locator('.prose img, .prose b, .prose [onerror]').count()).toBe(0)
    expect(await page.locator('.prose a[href^="javascript"]').count()).toBe(0)
    expect(await page.textContent('.prose')).toContain('<img src=x')
    expect(complaints).toEqual([])
  })
})

interface OpenOptions {
  /** Keys in the environment, in place of one for every provider. */
  readonly environment?: Readonly<Record<string, string>> | undefined
}

async function open(browser: Browser, options: OpenOptions = {}): Promise<Place> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'mascot-chat-browser-'))
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }))
  const { chat, simulator } = await startAt({ dataFolder, port: 0, ...options })
  const context = await newContext(browser)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(chat.url)
  await page.waitForSelector('.picker-current')
  return { chat, simulator, page, dataFolder, complaints }
}

function newContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' })
}

async function startAt(
  place: { readonly dataFolder: string; readonly port: number } & OpenOptions,
): Promise<{ chat: RunningChat; simulator: Simulator }> {
  const { dataFolder, port, environment } = place
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  const setup = setupFor(simulator, environment)
  const settings = { host: '127.0.0.1', port, dataFolder, graceMs: 0, baseUrls: {} }
  const chat = await startChat({ settings, setup, report: () => {} })
  onTestFinished(() => chat.close())
  return { chat, simulator }
}

async function ask(page: Page, text: string): Promise<void> {
  await page.fill('#message', text)
  await page.press('#message', 'Enter')
}

/** Waits until the newest answer has ended well. */
async function finished(page: Page): Promise<void> {
  await page.waitForSelector(
    '.messages > li:last-child[aria-busy="false"] .answer-foot:not(:empty)',
  )
}

async function choose(page: Page, name: string): Promise<void> {
  await page.click('#picker-button')
  await page
    .locator('.picker-option')
    .filter({ has: page.getByText(name, { exact: true }) })
    .click()
}

async function expectCurrent(page: Page, name: string): Promise<void> {
  await page.locator('.picker-current').getByText(name, { exact: true }).waitFor()
}

async function focusReaches(page: Page, selector: string): Promise<void> {
  await page.waitForSelector(`${selector}:focus`)
}

/** Pictures for people to look at: desktop and phone, light and dark. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS']
  if (folder === undefined) return
  const sizes = { desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } }
  for (const [device, size] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: join(folder, `${name}-${device}-${colorScheme}.png`) })
    }
  }
  await page.setViewportSize(sizes.desktop)
  await page.emulateMedia({ colorScheme: 'light' })
}
