import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

import { startChat } from '../start-chat.ts'
import type { RunningChat } from '../start-chat.ts'
import buildChat from '../../vitest.global-setup.ts'
import { setupFor } from './test-chat.ts'

export const EXECUTABLE: string = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
export const hasBrowser: boolean = existsSync(EXECUTABLE)
if (!hasBrowser && process.env['REQUIRE_CHROMIUM'] === '1') {
  throw new Error(`REQUIRE_CHROMIUM is set, but there is no ${EXECUTABLE}`)
}
export const CODE = 'Write a JavaScript function that debounces another one'

/** The button of the picker. */
export const TRIGGER = '[data-imrs="trigger"]'

/** The page as it is now, and a browser to open it in. */
export async function buildAndLaunch(): Promise<Browser> {
  await buildChat()
  const isRoot = process.getuid?.() === 0
  const flags = ['--disable-dev-shm-usage', '--disable-gpu', ...(isRoot ? ['--no-sandbox'] : [])]
  return chromium.launch({ executablePath: EXECUTABLE, args: flags })
}

export interface Place {
  readonly chat: RunningChat
  readonly simulator: Simulator
  readonly page: Page
  readonly dataFolder: string
  /** What the page's console complained about. */
  readonly complaints: readonly string[]
}

export interface OpenOptions {
  /** Keys in the environment, in place of one for every provider. */
  readonly environment?: Readonly<Record<string, string>> | undefined
  readonly context?: BrowserContextOptions | undefined
  /** What the browser kept of an earlier visit. */
  readonly storage?: Readonly<Record<string, string>> | undefined
}

export async function open(browser: Browser, options: OpenOptions = {}): Promise<Place> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'mascot-chat-browser-'))
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }))
  const { chat, simulator } = await startAt({ dataFolder, port: 0, ...options })
  const { page, complaints } = await visit(browser, { ...options, url: chat.url })
  return { chat, simulator, page, dataFolder, complaints }
}

/** Somebody else comes to the same chat. */
export async function visit(
  browser: Browser,
  options: OpenOptions & { readonly url: string },
): Promise<Pick<Place, 'page' | 'complaints'>> {
  const context = await newContext(browser, options.context)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  // Before the test's own time is over, so that it says what did not come.
  page.setDefaultTimeout(20_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  if (options.storage !== undefined) {
    await page.addInitScript((items) => {
      for (const [key, value] of Object.entries(items)) {
        if (localStorage.getItem(`taken ${key}`) !== null) continue
        localStorage.setItem(key, value)
        localStorage.setItem(`taken ${key}`, '')
      }
    }, options.storage)
  }
  await page.goto(options.url)
  await page.waitForSelector('.picker-current')
  return { page, complaints }
}

function newContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const viewport = { width: 1280, height: 860 }
  return browser.newContext({ viewport, reducedMotion: 'reduce', ...options })
}

export async function startAt(
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

export async function ask(page: Page, text: string): Promise<void> {
  await page.fill('#message', text)
  await page.press('#message', 'Enter')
}

/** Waits until the newest answer has ended well. */
export async function finished(page: Page): Promise<void> {
  await page.waitForSelector(
    '.messages > li:last-child[aria-busy="false"] .answer-foot:not(:empty)',
  )
}

export async function choose(page: Page, name: string): Promise<void> {
  await page.click(TRIGGER)
  await optionOf(page, name).click()
}

/** An option of the open picker, by the name it shows. */
export function optionOf(page: Page, name: string): Locator {
  return page.locator('[data-imrs="option"]').filter({ has: nameOf(page, name) })
}

/** A name in the picker: behind the mark of its state, and before its badges. */
export function nameOf(page: Page, name: string): Locator {
  const hasText = new RegExp(`^\\W?${name.replaceAll(/[/.:]/g, '\\$&')}( |$)`)
  return page.locator('[data-imrs="option-name"]', { hasText })
}

export async function expectCurrent(page: Page, name: string): Promise<void> {
  await page.locator('.picker-current').and(page.getByText(name, { exact: true })).waitFor()
}

export async function focusReaches(page: Page, selector: string): Promise<void> {
  await page.waitForSelector(`${selector}:focus`)
}

/** Pictures for people to look at: desktop and phone, light and dark. */
export async function shot(page: Page, name: string): Promise<void> {
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
