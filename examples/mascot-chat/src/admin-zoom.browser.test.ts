import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openTables } from './__fixtures__/admin-looks.ts'
import {
  buildAdmin,
  hasChromium,
  launchChromium,
  openAdmin,
  settled,
} from './__fixtures__/admin-place.ts'
import { ADMIN_SCREENS } from './__fixtures__/admin-screens.ts'
import type { AdminScreen } from './__fixtures__/admin-screens.ts'
import { seedHistory } from './__fixtures__/seed-history.ts'
import { temporaryFolder } from './__fixtures__/test-chat.ts'

/** 1280 by 1024 at 400 %: four device pixels are one of the page. */
const ZOOMED = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 } as const
const LAPTOP = { viewport: { width: 1280, height: 800 } } as const

let browser: Browser
const hasBrowser = hasChromium()
beforeAll(async () => {
  if (!hasBrowser) return
  await buildAdmin()
  browser = await launchChromium()
})
afterAll(() => browser?.close())

describe.skipIf(!hasBrowser)('the admin at 400 %', () => {
  it('shows every screen without a second way to scroll', { timeout: 240_000 }, async () => {
    const { page, goTo } = await openSeeded(ZOOMED)
    expect(await page.evaluate('devicePixelRatio')).toBe(4)
    const found: string[] = []
    for (const screen of ADMIN_SCREENS) {
      await show(page, goTo, screen)
      found.push(...(await problemsOf(page)).map((problem) => `${screen.name}: ${problem}`))
    }
    expect(found).toEqual([])
  })

  it('brings what has the focus into sight, screen by screen', { timeout: 240_000 }, async () => {
    const { page, goTo } = await openSeeded(ZOOMED)
    const hidden: string[] = []
    for (const screen of ADMIN_SCREENS) {
      await show(page, goTo, screen)
      hidden.push(...(await outOfSight(page)).map((name) => `${screen.name}: ${name}`))
    }
    expect(hidden).toEqual([])
  })

  it('enables a model for an agent in its dialog', async () => {
    const { page, goTo } = await openAdmin(browser, { page: ZOOMED })
    await goTo('agents/mascot')
    await page.getByRole('button', { name: 'Add models' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Search').fill('gpt-4o-mini')
    await dialog.getByText('All 1 of this page').waitFor()
    expect(await problemsOf(page)).toEqual([])
    await dialog.getByLabel(/^GPT-4o mini/).check()
    await dialog.getByRole('button', { name: 'Enable them' }).click()
    await page.getByRole('switch', { name: 'GPT-4o mini is enabled' }).click()
    const undo = page.getByRole('button', { name: 'Undo' })
    await undo.click()
    await page.getByText('Undone.').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('switch', { name: 'GPT-4o mini is enabled', checked: true }).waitFor()
  })
})

describe.skipIf(!hasBrowser)('the admin on a laptop', () => {
  it('has no table that is wider than its place', { timeout: 120_000 }, async () => {
    const { page, goTo } = await openSeeded(LAPTOP)
    const wide: string[] = []
    for (const screen of ADMIN_SCREENS) {
      await show(page, goTo, screen)
      wide.push(...(await wideTables(page)).map((name) => `${screen.name}: ${name}`))
    }
    expect(wide).toEqual([])
  })
})

interface Seeded {
  readonly page: Page
  readonly goTo: (path: string) => Promise<void>
}

async function openSeeded(page: typeof ZOOMED | typeof LAPTOP): Promise<Seeded> {
  const dataFolder = await temporaryFolder()
  await seedHistory({ dataFolder, days: 12 })
  return openAdmin(browser, { dataFolder, page: { ...page, reducedMotion: 'reduce' } })
}

async function show(page: Page, goTo: Seeded['goTo'], screen: AdminScreen): Promise<void> {
  await goTo(screen.path)
  await page.getByRole('heading', { level: 1, name: screen.heading }).waitFor()
  await page.locator(`main :is(${screen.wait})`).first().waitFor()
  await settled(page)
  await openTables(page)
}

/** What is cut off or lies beside the page. */
async function problemsOf(page: Page): Promise<readonly string[]> {
  const script = `(() => {
    const found = []
    const root = document.documentElement
    if (root.scrollWidth > innerWidth) found.push('the page is ' + root.scrollWidth + ' px wide')
    const dialog = document.querySelector('dialog[open]')
    for (const element of (dialog ?? document).querySelectorAll('*')) {
      if (element.closest('.only-read, .skip, svg')) continue
      const { left, right, width } = element.getBoundingClientRect()
      if (width > 0 && (left < -1 || right > innerWidth + 1)) {
        found.push('beside the page: ' + element.outerHTML.slice(0, 120))
      }
      const isClipped = getComputedStyle(element).overflowX !== 'visible'
      if (isClipped && element.scrollWidth > element.clientWidth + 1 && element.tagName !== 'INPUT') {
        found.push('scrolls sideways: ' + element.outerHTML.slice(0, 120))
      }
    }
    return found
  })()`
  return (await page.evaluate(script)) as readonly string[]
}

const MOST_STOPS = 400

/** What the focus came to and cannot be seen there, by its name. */
async function outOfSight(page: Page): Promise<readonly string[]> {
  const hidden: string[] = []
  await page.locator('main').focus()
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press('Tab')
    const stop = (await page.evaluate(FOCUSED)) as { isEnd: boolean; hidden: string | null }
    if (stop.isEnd) return hidden
    if (stop.hidden !== null) hidden.push(stop.hidden)
  }
  throw new Error(`there are more than ${MOST_STOPS} stops for the focus`)
}

/** An end is outside of `main`. What is seen is on the page and at its own place the topmost. */
const FOCUSED = `(() => {
  const element = document.activeElement
  if (!element.closest('main')) return { isEnd: true, hidden: null }
  const box = element.getBoundingClientRect()
  const x = Math.min(innerWidth - 1, Math.max(0, box.left + Math.min(box.width / 2, 20)))
  const y = Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height / 2, 10)))
  const isOnPage = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
  const top = document.elementFromPoint(x, y)
  const isSeen = isOnPage && top !== null && (element.contains(top) || top.contains(element))
  return { isEnd: false, hidden: isSeen ? null : element.outerHTML.slice(0, 120) }
})()`

async function wideTables(page: Page): Promise<readonly string[]> {
  const script = `[...document.querySelectorAll('.table-frame')]
    .filter((frame) => frame.scrollWidth > frame.clientWidth)
    .map((frame) => frame.getAttribute('aria-label') + ' is ' + frame.scrollWidth + ' px in ' + frame.clientWidth)`
  return (await page.evaluate(script)) as readonly string[]
}
