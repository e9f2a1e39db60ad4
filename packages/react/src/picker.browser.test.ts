import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import { fakeProvider } from '@imrs/testing/host'
import type { AxeResults } from 'axe-core'
import { chromium } from 'playwright-core'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

import { buildPage, manyModels, servePage } from './__fixtures__/serve-page.ts'
import type { ServedPage } from './__fixtures__/serve-page.ts'

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const hasBrowser = existsSync(EXECUTABLE)
if (!hasBrowser && process.env['REQUIRE_CHROMIUM'] === '1') {
  throw new Error(`REQUIRE_CHROMIUM is set, but there is no ${EXECUTABLE}`)
}
const AXE = createRequire(import.meta.url).resolve('axe-core')

describe.skipIf(!hasBrowser)(`the picker in a browser (skipped without ${EXECUTABLE})`, () => {
  let browser: Browser
  let built: Awaited<ReturnType<typeof buildPage>>
  beforeAll(async () => {
    const isRoot = process.getuid?.() === 0
    const flags = ['--disable-dev-shm-usage', '--disable-gpu', ...(isRoot ? ['--no-sandbox'] : [])]
    browser = await chromium.launch({ executablePath: EXECUTABLE, args: flags })
    built = await buildPage(join(import.meta.dirname, '__fixtures__', 'page-app'), {
      resolve: { conditions: ['@imrs/source', 'module', 'browser', 'development|production'] },
    })
  })
  afterAll(async () => {
    built.remove()
    await browser.close()
  })

  it('is used with the keyboard alone', async () => {
    const { page, complaints } = await open(browser, built.folder)
    await trigger(page).focus()
    await page.keyboard.press('Enter')
    const search = page.getByRole('combobox', { name: 'Search models' })
    await search.waitFor()
    await page.waitForFunction(() => document.activeElement?.matches('[data-imrs=search]'))
    await page.keyboard.type('chat 42b gamma')
    await expectActive(page, 'Gamma 42B Chat')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Model: Gamma 42B Chat' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.matches('[data-imrs=trigger]'))
    await page.reload()
    await page.getByRole('combobox', { name: 'Model: Gamma 42B Chat' }).waitFor()
    await trigger(page).focus()
    await page.keyboard.press('Enter')
    await expectActive(page, 'Gamma 42B Chat')
    await expectInSight(page, await activeOption(page))
    expect(complaints).toEqual([])
  })

  it('reaches every option, filter and button without a mouse', async () => {
    const { page } = await open(browser, built.folder)
    await openList(page)
    for (let press = 0; press < 40; press += 1) await page.keyboard.press('ArrowDown')
    const active = await activeOption(page)
    expect(await active.getAttribute('aria-posinset')).toBe('40')
    await expectInSight(page, active)
    const seen = new Set<string>()
    for (let press = 0; press < 12; press += 1) {
      await page.keyboard.press('Tab')
      seen.add(
        await page.evaluate(
          () =>
            document.activeElement?.getAttribute('data-imrs') ??
            document.activeElement?.tagName ??
            '',
        ),
      )
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(['SELECT', 'toggle', 'favourite', 'compare', 'refresh']),
    )
    await page.keyboard.press('Escape')
    await page.waitForSelector('[data-imrs=popup]', { state: 'detached' })
  })

  it('keeps favourites and what was used within reach, and compares models side by side', async () => {
    const { page } = await open(browser, built.folder)
    await openList(page)
    await page.keyboard.type('alpha 3b')
    await expectActive(page, 'Alpha 3B Chat')
    await page.getByRole('button', { name: 'Favourite' }).click()
    await page.getByRole('button', { name: 'Compare' }).click()
    const search = page.getByRole('combobox', { name: 'Search models' })
    await search.fill('beta 7b')
    await expectActive(page, 'Beta 7B Chat')
    await page.getByRole('button', { name: 'Compare' }).click()
    const table = page.getByRole('table', { name: 'Compare' })
    expect(await table.getByRole('columnheader').count()).toBeGreaterThanOrEqual(2)
    await shot(page, 'comparison')
    await search.fill('')
    await page.getByText('Favourites', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
  })

  it('has nothing that axe calls serious, in light and dark, closed and open, wide and narrow', async () => {
    const { page } = await open(browser, built.folder)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 900 })
        expect(await violations(page)).toEqual([])
        await openList(page)
        await page.keyboard.press('ArrowDown')
        expect(await violations(page)).toEqual([])
        expect(await overflow(page)).toBeLessThanOrEqual(0)
        await page.keyboard.press('Escape')
        await page.waitForSelector('[data-imrs=popup]', { state: 'detached' })
      }
    }
    await page.setViewportSize({ width: 1280, height: 860 })
    await openList(page)
    await shot(page, 'open')
  })

  it('says which model finishes and which is next, and shows the decision before the first word', async () => {
    const before = Promise.withResolvers<void>()
    const provider = fakeProvider({
      models: ['first', 'second'],
      answer: () => ({ before: before.promise, text: 'Good morning' }),
    })
    const { page } = await open(browser, built.folder, [provider])
    await choose(page, 'first')
    await page.getByLabel('Message').fill('Hello')
    await page.keyboard.press('Enter')
    await page.getByText('Why first?').waitFor()
    await choose(page, 'second')
    await page.getByText('Next reply: second; this one finishes on first.').waitFor()
    await shot(page, 'next-reply')
    before.resolve()
    await page.getByText('Good morning').waitFor()
    await page.getByText('Next reply').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Good answer' }).click()
    await page.getByText('Noted: it counts for this model.').waitFor()
    await page.getByRole('button', { name: 'To the point' }).click()
    await page.getByRole('button', { name: 'To the point', pressed: true }).waitFor()
    await page.getByText('Why first?').click()
    await page.getByRole('table', { name: 'Calls' }).waitFor()
    await shot(page, 'answer')
    expect(await violations(page)).toEqual([])
  })

  it('turns the dial between quality and price', async () => {
    const { page } = await open(browser, built.folder)
    await openList(page)
    const dial = page.getByRole('slider', { name: 'Quality or price' })
    await dial.focus()
    await page.keyboard.press('ArrowRight')
    const text = (): Promise<string | null> => dial.getAttribute('aria-valuetext')
    await expect.poll(text).toBe('40 % quality, 60 % price')
    await page.keyboard.press('Home')
    await expect.poll(text).toBe('Quality only')
    expect(await violations(page)).toEqual([])
    const track = await page.locator('[data-imrs=dial-control]').boundingBox()
    if (track === null) throw new Error('there is no track')
    await page.mouse.move(track.x, track.y + track.height / 2)
    await page.mouse.down()
    await page.mouse.move(track.x + track.width, track.y + track.height / 2, { steps: 4 })
    await page.mouse.up()
    await expect.poll(text).toBe('Price only')
    await shot(page, 'dial')
    await page.keyboard.press('Escape')
    await page.waitForSelector('[data-imrs=popup]', { state: 'detached' })
    await page.reload()
    await openList(page)
    await expect.poll(text).toBe('Price only')
    await page.getByRole('button', { name: 'Leave it to the service' }).click()
    await expect.poll(text).toBe('As the service is set up')
  })

  it('strikes the name of a model that cannot be had, and not why', async () => {
    const models = ['one', 'two']
    const provider = fakeProvider({ models })
    const { page, served } = await open(browser, built.folder, [provider])
    models.pop()
    await served.router.providers.sync('fake')
    await page.reload()
    await openList(page)
    const badge = page.locator('[data-badge=unavailable]')
    const struck = await badge.evaluate((element) => {
      const above: string[] = []
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        above.push(getComputedStyle(at).textDecorationLine)
      }
      return above.includes('line-through')
    })
    expect(struck).toBe(false)
    const title = page.locator('[data-status=unavailable] [data-imrs=option-title]')
    const line = await title.evaluate((element) => getComputedStyle(element).textDecorationLine)
    expect(line).toBe('line-through')
    await shot(page, 'unavailable')
  })

  it('sees a provider fail and a model come, live, and the choice of another tab', async () => {
    const models = ['one']
    let isDown = false
    const provider = fakeProvider({
      models,
      listFailure: () => (isDown ? { kind: 'unavailable', message: 'It is down.' } : undefined),
    })
    const { page, served } = await open(browser, built.folder, [provider])
    await page.locator('[data-imrs=provider][data-status=healthy]').waitFor()
    models.push('two')
    await expect
      .poll(async () => {
        await served.router.providers.sync('fake')
        return page.getByText('2 models · Last checked').count()
      })
      .toBe(1)
    const other = await page.context().newPage()
    await other.goto(served.url)
    await choose(other, 'two')
    await page.getByRole('combobox', { name: 'Model: two' }).waitFor()
    isDown = true
    for (let look = 0; look < 3; look += 1)
      await served.router.providers.sync('fake').catch(() => {})
    await page.locator('[data-imrs=provider]:not([data-status=healthy])').waitFor()
    await shot(page, 'provider-down')
  })

  it('renders its popup once before it is opened, out of sight, and asks for nothing by that', async () => {
    const { page } = await open(browser, built.folder)
    await choose(page, 'Alpha 0B Chat')
    await page.waitForSelector('[data-imrs=popup]', { state: 'detached' })
    await page.addInitScript(() => {
      const seen: string[] = []
      Object.assign(window, { seen })
      new MutationObserver((records) => {
        for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
          // It may be gone again by now, and is as it was.
          const popup = node instanceof Element ? node.querySelector('[data-imrs=popup]') : null
          if (popup !== null) seen.push(popup.closest('[hidden]') === null ? 'shown' : 'hidden')
        }
      }).observe(document, { childList: true, subtree: true })
    })
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.reload()
    await page.getByRole('combobox', { name: 'Model: Alpha 0B Chat' }).waitFor()
    const seen = (): Promise<string[]> =>
      page.evaluate(() => (window as unknown as { seen: string[] }).seen)
    await expect.poll(seen).toEqual(['hidden'])
    await page.waitForSelector('[data-imrs=popup]', { state: 'detached' })
    expect(asked).not.toContain('/api/models/quality')
    await openList(page)
    expect((await seen()).slice(1)).not.toContain('hidden')
    await expect.poll(() => asked).toContain('/api/models/quality')
  })

  it('opens at once with 400 models, and has in the page only those in sight', async () => {
    const { page } = await open(browser, built.folder)
    await openList(page)
    await page.keyboard.press('Escape')
    await page.waitForSelector('[data-imrs=popup]', { state: 'detached' })
    const openedMs = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const begin = performance.now()
          const observer = new MutationObserver(() => {
            if (document.querySelector('[data-imrs=option]') === null) return
            observer.disconnect()
            requestAnimationFrame(() => resolve(performance.now() - begin))
          })
          observer.observe(document.body, { childList: true, subtree: true })
          document.querySelector<HTMLElement>('[data-imrs=trigger]')?.click()
        }),
    )
    expect(await page.locator('[data-imrs=option]').count()).toBeLessThan(40)
    // Ten times the goal: this machine is shared. What was measured is in bench/README.md.
    expect(openedMs).toBeLessThan(1000)
  })
})

interface Opened {
  readonly page: Page
  readonly served: ServedPage
  readonly complaints: readonly string[]
}

async function open(browser: Browser, folder: string, providers = manyModels()): Promise<Opened> {
  const served = await servePage(folder, providers)
  onTestFinished(() => served.close())
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(served.url)
  await page.locator('[data-imrs=provider]').first().waitFor()
  return { page, served, complaints }
}

function trigger(page: Page): Locator {
  return page.locator('[data-imrs=trigger]')
}

async function openList(page: Page): Promise<void> {
  await trigger(page).click()
  await page.locator('[data-imrs=option]').first().waitFor()
}

async function choose(page: Page, name: string): Promise<void> {
  await openList(page)
  await page.getByRole('option', { name: new RegExp(`^${name}\\b`) }).click()
  await page.getByRole('combobox', { name: `Model: ${name}` }).waitFor()
}

async function activeOption(page: Page): Promise<Locator> {
  const id = await page.locator('[data-imrs=search]').getAttribute('aria-activedescendant')
  return page.locator(`[id="${id}"]`)
}

/** Waits until the field says that this option is the active one, and it is really there. */
async function expectActive(page: Page, name: string): Promise<void> {
  await expect
    .poll(async () => {
      const option = await activeOption(page)
      return (await option.count()) === 1 ? option.textContent() : ''
    })
    .toContain(name)
}

async function expectInSight(page: Page, option: Locator): Promise<void> {
  const [list, box] = await Promise.all([
    page.getByRole('listbox').boundingBox(),
    option.boundingBox(),
  ])
  expect(box?.y).toBeGreaterThanOrEqual((list?.y ?? 0) - 1)
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(
    (list?.y ?? 0) + (list?.height ?? 0) + 1,
  )
}

/** What axe calls serious or critical, with the elements. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: AXE })
  const results: AxeResults = await page.evaluate('axe.run()')
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
}

/** How far the page goes beyond its right edge, in pixels. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
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
      await page.screenshot({ path: join(folder, `react-${name}-${device}-${colorScheme}.png`) })
    }
  }
  await page.setViewportSize(sizes.desktop)
  await page.emulateMedia({ colorScheme: 'light' })
}
