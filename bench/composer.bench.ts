/// <reference lib="dom" />
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startSimulator } from '@imrs/testing/simulator'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'

import { simulated } from '../examples/mascot-chat/src/providers.ts'
import { startChat } from '../examples/mascot-chat/src/start-chat.ts'
import buildChat from '../examples/mascot-chat/vitest.global-setup.ts'
import type { BenchResult } from './bench-result.ts'
import { LONG_ANSWER, longConversation } from './composer/long-conversation.ts'

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const TYPED = 'What would you change if a million people used it at once? '.repeat(2)
/** Faster than anybody types. */
const DELAY_MS = 50
/** A frame that took half a frame longer lost the next one. */
const FRAME_MS = 1000 / 60

/** Typing into the mascot chat in a real browser; nothing where there is none. */
export async function bench(): Promise<BenchResult[]> {
  if (!existsSync(EXECUTABLE)) return []
  await buildChat()
  const results = rowsOf(await typed(undefined), 'a bare box')
  for (const messages of [0, 200]) {
    for (const isStreaming of [false, true]) {
      const what = `${messages} messages${isStreaming ? ', an answer streams' : ''}`
      results.push(...rowsOf(await typed({ messages, isStreaming }), what))
    }
  }
  return results
}

interface Scene {
  readonly messages: number
  readonly isStreaming: boolean
}

interface Measured {
  /** Milliseconds from a key to after the frame that follows it. */
  readonly letters: readonly number[]
  /** Milliseconds from the beginning of a frame to that of the next. */
  readonly frames: readonly number[]
  /** Milliseconds of CPU that the page's main thread took meanwhile: of this the machine loses nothing. */
  readonly workMs: number
}

/** Without a scene, into a page with a box and nothing else: what is lost there the machine loses. */
async function typed(scene: Scene | undefined): Promise<Measured> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'imrs-composer-'))
  const simulator = await startSimulator({ pace: 'realistic' })
  simulator.always({}, { type: 'respond', text: LONG_ANSWER })
  const chat = await startChat({
    settings: { host: '127.0.0.1', port: 0, dataFolder, graceMs: 0, baseUrls: {} },
    setup: simulated(simulator),
    report: () => {},
  })
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: flags })
  try {
    const page = await browser.newPage({ reducedMotion: 'reduce' })
    if (scene === undefined) {
      await page.setContent('<textarea id="message"></textarea>')
      return await typeInto(page)
    }
    await page.addInitScript(
      (items) => {
        for (const [key, value] of items) localStorage.setItem(key, value)
      },
      Object.entries(longConversation(scene.messages)),
    )
    await page.goto(chat.url)
    await page.locator('.picker-current').waitFor()
    await prepare(page, scene)
    const measured = await typeInto(page)
    const isStillStreaming = (await page.locator('[aria-busy="true"]').count()) > 0
    if (scene.isStreaming === isStillStreaming) return measured
    throw new Error('The answer ended before the typing did')
  } finally {
    await browser.close()
    await chat.close()
    rmSync(dataFolder, { recursive: true })
  }
}

async function prepare(page: Page, { messages, isStreaming }: Scene): Promise<void> {
  // The colours of code are the last that an opened conversation waits for.
  await page.waitForFunction(
    (count) => document.querySelectorAll('.prose [data-highlighted]').length === count,
    messages / 2,
  )
  if (!isStreaming) return
  await page.fill('#message', 'Go on')
  await page.press('#message', 'Enter')
  await page.locator('.messages > li:last-child .prose:not(:empty)').waitFor()
}

async function typeInto(page: Page): Promise<Measured> {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const workMs = async (): Promise<number> => {
    const { metrics } = await devTools.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }
  await page.focus('#message')
  await page.evaluate(startMeasuring)
  const before = await workMs()
  await page.keyboard.type(TYPED, { delay: DELAY_MS })
  const after = await workMs()
  const measured = await page.evaluate(() => {
    const { letters, frames } = window as unknown as Pick<Measured, 'letters' | 'frames'>
    return { letters, frames }
  })
  return { ...measured, workMs: after - before }
}

/** In the page. */
function startMeasuring(): void {
  const letters: number[] = []
  const frames: number[] = []
  Object.assign(window, { letters, frames })
  document.querySelector('#message')?.addEventListener('keydown', () => {
    const begin = performance.now()
    requestAnimationFrame(() => setTimeout(() => letters.push(performance.now() - begin)))
  })
  let last: number | undefined
  const next = (at: number): void => {
    if (last !== undefined) frames.push(at - last)
    last = at
    requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
}

function rowsOf({ letters, frames, workMs }: Measured, what: string): BenchResult[] {
  const lost = frames.reduce((sum, each) => sum + Math.max(0, Math.round(each / FRAME_MS) - 1), 0)
  const work = (workMs / frames.length).toFixed(1)
  const note = `${lost} of ${frames.length + lost} frames lost; ${work} ms of work in each`
  return [
    resultOf(`a typed letter to the next frame, ${what}`, letters),
    { ...resultOf(`from frame to frame, ${what}`, frames), note },
  ]
}

function resultOf(name: string, durations: readonly number[]): BenchResult {
  const sorted = durations.toSorted((left, right) => left - right)
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? 0
  return { name, unit: 'ms', p50: at(0.5), p99: at(0.99), samples: sorted.length }
}
