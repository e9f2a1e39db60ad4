import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { DEFAULT_SIMULATED_MODELS, startSimulator } from '@imrs/testing/simulator'
import type { SimulatedModel, Simulator } from '@imrs/testing/simulator'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

import { startChat } from '../start-chat.ts'
import type { RunningChat } from '../start-chat.ts'
import { setupFor, temporaryFolder } from './test-chat.ts'

/** The browser of the tests; `CHROMIUM` names another. */
export const CHROMIUM: string = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** @throws Error when a browser is required and there is none. */
export function hasChromium(): boolean {
  const isThere = existsSync(CHROMIUM)
  if (isThere || process.env['REQUIRE_CHROMIUM'] !== '1') return isThere
  throw new Error(`REQUIRE_CHROMIUM is set, but there is no ${CHROMIUM}`)
}

export function launchChromium(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0
  const flags = ['--disable-dev-shm-usage', '--disable-gpu', ...(isRoot ? ['--no-sandbox'] : [])]
  return chromium.launch({ executablePath: CHROMIUM, args: flags })
}

/** Builds the admin as `npm run demo` does. */
export async function buildAdmin(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, '..', 'build-admin.ts')])
}

export const ADMIN_TOKEN = 'a-token-for-the-admin-of-the-tests'

/** The chat with its admin, and a page that is signed in. */
export interface AdminPlace {
  readonly chat: RunningChat
  readonly simulator: Simulator
  readonly page: Page
  /** What the page's console complained about. */
  readonly complaints: readonly string[]
  /** Goes to a screen: `models`, `providers/acme`. */
  readonly goTo: (path: string) => Promise<void>
}

export interface AdminOptions {
  readonly dataFolder?: string | undefined
  readonly models?: readonly SimulatedModel[] | undefined
  /** Default: the admin's. */
  readonly token?: ((chat: RunningChat) => Promise<string>) | undefined
  readonly page?: BrowserContextOptions | undefined
}

/** Starts the real app on the simulator and signs in. All of it ends with the test. */
export async function openAdmin(
  browser: Browser,
  options: AdminOptions = {},
): Promise<AdminPlace> {
  const dataFolder = options.dataFolder ?? (await temporaryFolder())
  const simulator = await startSimulator({
    models: options.models ?? DEFAULT_SIMULATED_MODELS,
    maxPageSize: 1000,
  })
  onTestFinished(() => simulator.close())
  const chat = await startChat({
    settings: {
      host: '127.0.0.1',
      port: 0,
      dataFolder,
      graceMs: 0,
      baseUrls: {},
      admin: { token: ADMIN_TOKEN, isMadeUp: false },
    },
    setup: setupFor(simulator),
    report: (message) => {
      throw new Error(message)
    },
  })
  onTestFinished(() => chat.close())
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    ...options.page,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(8_000)
  const complaints = complaintsOf(page)
  const token = (await options.token?.(chat)) ?? ADMIN_TOKEN
  const goTo = async (path: string): Promise<void> => {
    await page.goto(`${chat.url}/admin/#/${path}`)
  }
  await goTo('')
  await page.getByLabel('Token').fill(token)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Screens' }).waitFor()
  return { chat, simulator, page, complaints, goTo }
}

function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return complaints
}

/** Asks the management API as an admin, past the page. */
export async function asAdmin<Body>(
  chat: RunningChat,
  path: string,
  init: { readonly method?: string; readonly body?: unknown; readonly token?: string } = {},
): Promise<Body> {
  const response = await fetch(new URL(path, chat.url), {
    method: init.method ?? 'GET',
    headers: {
      authorization: `Bearer ${init.token ?? ADMIN_TOKEN}`,
      'content-type': 'application/json',
    },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as Body
}

/** A key with the role of a tenant admin. */
export async function tenantAdminKey(chat: RunningChat): Promise<string> {
  const body = { label: 'tenant admin', roles: ['tenant_admin'] }
  const made = await asAdmin<{ readonly key: string }>(chat, '/api/v2/admin/api-keys', {
    method: 'POST',
    body,
  })
  return made.key
}

/** Waits until nothing on the page is being read. */
export async function settled(page: Page): Promise<void> {
  const busy = page.locator('[aria-busy="true"], .waiting')
  while ((await busy.count()) > 0) await busy.first().waitFor({ state: 'detached' })
}
