import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  asAdmin,
  buildAdmin,
  hasChromium,
  launchChromium,
  openAdmin,
  settled,
} from './__fixtures__/admin-place.ts'
import { ADMIN_SCREENS } from './__fixtures__/admin-screens.ts'
import { seedHistory } from './__fixtures__/seed-history.ts'
import { temporaryFolder } from './__fixtures__/test-chat.ts'

/** Where pictures go; without it this file only looks whether the screens are there. */
const FOLDER = process.env['SCREENSHOTS']

/** What is set for agents. */
const CHOSEN = {
  mascot: {
    model_ids: ['openai/gpt-4o', 'openai/gpt-4o-mini', 'google/gemini-2.5-flash'],
    bulk_filter: { cost_tier: 'free' },
  },
  support: { bulk_filter: { provider: 'openai' } },
  translator: { model_ids: ['google/gemini-2.5-flash', 'google/gemini-2.5-pro'] },
}

const PICTURES = [
  { device: 'desktop', colorScheme: 'light' },
  { device: 'phone', colorScheme: 'dark' },
] as const
/** They are in the repository. */
const MOST_BYTES = 180_000

const TWO_FRAMES = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))'

const SIZES = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const

describe.skipIf(!hasChromium())('the screens of the admin', () => {
  let browser: Browser
  beforeAll(async () => {
    await buildAdmin()
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  it('are all there, with a month of history', { timeout: 180_000 }, async () => {
    const dataFolder = await temporaryFolder()
    await seedHistory({ dataFolder, days: 28 })
    const { chat, page, goTo, complaints } = await openAdmin(browser, { dataFolder })
    for (const [agentId, body] of Object.entries(CHOSEN)) {
      await asAdmin(chat, `/api/v2/agents/${agentId}/models`, { method: 'POST', body })
    }
    for (const { name, path, heading, wait, parts = {} } of ADMIN_SCREENS) {
      await goTo(path)
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
      await page.locator(`main :is(${wait})`).first().waitFor()
      await settled(page)
      await shoot(page, name)
      for (const [part, place] of Object.entries(parts)) {
        await page.locator(place).first().waitFor()
        await shoot(page, part, place)
      }
    }
    await goTo('agents/mascot')
    await page.getByRole('button', { name: 'Add models' }).click()
    await page.locator('.choice').nth(3).waitFor()
    await shoot(page, 'agent-add')
    expect(complaints).toEqual([])
  })
})

/** Of the top of the screen, or from a place in it on. */
async function shoot(page: Page, name: string, place = 'body'): Promise<void> {
  if (FOLDER === undefined) return
  await mkdir(FOLDER, { recursive: true })
  // Nothing is pointed at.
  await page.mouse.move(0, 0)
  for (const { device, colorScheme } of PICTURES) {
    await page.setViewportSize(SIZES[device])
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Charts are drawn anew for the width.
    await page.evaluate(TWO_FRAMES)
    await page.evaluate(
      `document.querySelector(${JSON.stringify(place)}).scrollIntoView({ block: 'start' })`,
    )
    const path = join(FOLDER, `admin-${name}-${device}-${colorScheme}.png`)
    const picture = await page.screenshot({ path })
    expect(picture.length).toBeLessThan(MOST_BYTES)
  }
  await page.setViewportSize(SIZES.desktop)
  await page.emulateMedia({ colorScheme: 'light' })
}
