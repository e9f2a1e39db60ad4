/// <reference lib="dom" />
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { EXECUTABLE, buildAndLaunch, hasBrowser, open } from './__fixtures__/chat-page.ts'
import { CHAT_SCREENS } from './__fixtures__/chat-screens.ts'

/** A window of 1280 × 1024 at 400 %: four pixels of the screen for each of the page, and a page of a quarter. */
const ZOOMED = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }

describe.skipIf(!hasBrowser)(`the chat at 400 % (skipped without ${EXECUTABLE})`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await buildAndLaunch()
  })
  afterAll(() => browser.close())

  it.each(CHAT_SCREENS)(
    '$name: nothing is cut off, nothing scrolls sideways, the message box is reached',
    async ({ options, show }) => {
      const place = await open(browser, { ...options, context: ZOOMED })
      await show(place)
      const { page } = place
      expect(await page.evaluate(misfits)).toEqual([])
      await reachComposer(page)
    },
  )

  it.each(['light', 'dark'] as const)('keeps nobody out, in %s', async (colorScheme) => {
    const names = ['answer', 'comparison', 'error', 'reasons', 'conversations', 'tools']
    for (const { name, options, show } of CHAT_SCREENS) {
      if (!names.includes(name)) continue
      const place = await open(browser, { ...options, context: { ...ZOOMED, colorScheme } })
      await show(place)
      expect([name, ...(await serious(place.page))]).toEqual([name])
      await place.page.context().close()
    }
  })
})

/** With the keyboard alone: out of whatever is open, and into the box, which then is in sight. */
async function reachComposer(page: Page): Promise<void> {
  const box = page.locator('#message')
  await page.keyboard.press('Escape')
  await page.locator('[data-imrs="popup"], .menu').first().waitFor({ state: 'detached' })
  // It may have the focus still, from the question before.
  await box.blur()
  await box.focus()
  await page.keyboard.type('x')
  expect(await box.evaluate(isInSight)).toBe(true)
  await page.keyboard.press('Tab')
  for (let steps = 0; steps < 6; steps += 1) {
    if (await page.evaluate("document.activeElement.classList.contains('send')")) break
    await page.keyboard.press('Tab')
  }
  expect(await page.locator('.send').evaluate(isInSight)).toBe(true)
}

/** In the page: whether an element is whole within the window, and nothing lies over it. */
function isInSight(element: Element): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const isWithin = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
  const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
  return isWithin && (found === element || element.contains(found))
}

/**
 * In the page: what sticks out of the window or is cut off in its box, and what scrolls sideways that
 * is neither code nor a table.
 */
function misfits(): readonly string[] {
  const isLookedAt = (element: Element): boolean => {
    if (!element.checkVisibility({ checkVisibilityCSS: true })) return false
    if (element.closest('.visually-hidden, [aria-hidden], svg > *') !== null) return false
    const { width, height } = element.getBoundingClientRect()
    return width > 1 && height > 1 && getComputedStyle(element).clipPath === 'none'
  }
  const sidewaysOf = (element: Element): readonly string[] => {
    if (element.closest('pre, .figures-content, .prose table') !== null) return []
    const { left, right } = element.getBoundingClientRect()
    const isOut = left < -1 || right > innerWidth + 1
    const isWider = element.scrollWidth > element.clientWidth + 1
    const isScrolled = isWider && /auto|scroll/.test(getComputedStyle(element).overflowX)
    return [...(isOut ? ['sticks out'] : []), ...(isScrolled ? ['scrolls sideways'] : [])]
  }
  const cutsOf = (element: Element): readonly string[] => {
    if (element.textContent === '' || element.tagName === 'TEXTAREA') return []
    const { overflowX, overflowY } = getComputedStyle(element)
    const isWider = element.scrollWidth > element.clientWidth + 1
    const isTaller = element.scrollHeight > element.clientHeight + 1
    const cuts = /hidden|clip/
    const isCut = (isWider && cuts.test(overflowX)) || (isTaller && cuts.test(overflowY))
    return isCut ? ['is cut off'] : []
  }
  const pageWidth = document.documentElement.scrollWidth
  return [
    ...(pageWidth > innerWidth ? [`the page is ${pageWidth} wide`] : []),
    ...[...document.querySelectorAll('body *')].filter(isLookedAt).flatMap((element) => {
      const name = `${element.tagName} ${element.className} “${element.textContent.slice(0, 40)}”`
      return [...sidewaysOf(element), ...cutsOf(element)].map((fault) => `${name} ${fault}`)
    }),
  ]
}

/** What axe finds that keeps people out, by rule and place. */
async function serious(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
