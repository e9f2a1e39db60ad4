/// <reference lib="dom" />
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'

import { buildPage, manyModels, servePage } from '../packages/react/src/__fixtures__/serve-page.ts'
import type { BenchResult } from './bench-result.ts'

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const PAGE = join(import.meta.dirname, '../packages/react/src/__fixtures__/page-app')
const OPENINGS = 30
const VISITS = 12
const TYPED = 'gamma 42b chat delta 7b'

/** The model picker with 400 models in a real browser; nothing where there is none. */
export async function bench(): Promise<BenchResult[]> {
  if (!existsSync(EXECUTABLE)) return []
  const built = await buildPage(PAGE, {
    resolve: { conditions: ['@imrs/source', 'module', 'browser', 'production'] },
  })
  const served = await servePage(built.folder, manyModels(400))
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: flags })
  try {
    const page = await visit(browser, served.url)
    return [
      resultOf('open the picker, 400 models', await openings(page)),
      resultOf(
        'the first opening of a visit, 400 models',
        await firstOpenings(browser, served.url),
      ),
      resultOf('a typed letter to the next frame, 400 models', await letters(page)),
    ]
  } finally {
    await browser.close()
    await served.close()
    built.remove()
  }
}

/** A page that has the list, in a browser that has nothing of an earlier visit. */
async function visit(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ reducedMotion: 'reduce' })
  await page.goto(url)
  await page.locator('[data-imrs=provider]').first().waitFor()
  return page
}

async function openings(page: Page): Promise<number[]> {
  const durations: number[] = []
  for (let count = 0; count < OPENINGS; count += 1) {
    durations.push(await opening(page))
    await page.keyboard.press('Escape')
    await page.waitForSelector('[data-imrs=popup]', { state: 'detached' })
  }
  return durations
}

/** Half a second after the list is there: nobody is quicker. */
async function firstOpenings(browser: Browser, url: string): Promise<number[]> {
  const durations: number[] = []
  for (let count = 0; count < VISITS; count += 1) {
    const page = await visit(browser, url)
    await page.waitForTimeout(500)
    durations.push(await opening(page))
    await page.close()
  }
  return durations
}

/** From the click to the frame that shows options. */
function opening(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const begin = performance.now()
        const observer = new MutationObserver(() => {
          if (document.querySelector('[data-imrs=option]') === null) return
          observer.disconnect()
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)))
        })
        observer.observe(document.body, { childList: true, subtree: true })
        document.querySelector<HTMLElement>('[data-imrs=trigger]')?.click()
      }),
  )
}

/** From the key to after the frame that follows it. */
async function letters(page: Page): Promise<number[]> {
  await page.locator('[data-imrs=trigger]').click()
  await page.locator('[data-imrs=option]').first().waitFor()
  await page.evaluate(() => {
    const durations: number[] = []
    Object.assign(window, { durations })
    document.querySelector('[data-imrs=search]')?.addEventListener('keydown', () => {
      const begin = performance.now()
      requestAnimationFrame(() => setTimeout(() => durations.push(performance.now() - begin)))
    })
  })
  await page.keyboard.type(TYPED, { delay: 60 })
  return page.evaluate(() => (window as unknown as { durations: number[] }).durations)
}

function resultOf(name: string, durations: readonly number[]): BenchResult {
  const sorted = durations.toSorted((left, right) => left - right)
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? 0
  return { name, unit: 'ms', p50: at(0.5), p99: at(0.99), samples: sorted.length }
}
