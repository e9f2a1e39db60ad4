import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { EXECUTABLE, buildAndLaunch, hasBrowser, open } from './__fixtures__/chat-page.ts'
import { CHAT_SCREENS } from './__fixtures__/chat-screens.ts'
import type { ChatScreen } from './__fixtures__/chat-screens.ts'

/** Where pictures go; without it this file only looks whether the screens are there. */
const FOLDER = process.env['SCREENSHOTS']
/** They are in the repository. */
const MOST_BYTES = 150_000

type Device = 'desktop' | 'phone'
type Scheme = 'light' | 'dark'

const SIZES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const satisfies Record<Device, BrowserContextOptions>

/** Of these there are pictures of each device in both schemes; of the others one of each. */
const IN_BOTH: readonly string[] = ['empty', 'picker', 'answer', 'error']

const PICTURES = CHAT_SCREENS.flatMap((screen) => [
  { screen, device: 'desktop', scheme: 'light' } as const,
  { screen, device: 'phone', scheme: 'dark' } as const,
  ...(IN_BOTH.includes(screen.name)
    ? [
        { screen, device: 'desktop', scheme: 'dark' } as const,
        { screen, device: 'phone', scheme: 'light' } as const,
      ]
    : []),
]).map((picture) => ({ ...picture, name: picture.screen.name }))

describe.skipIf(!hasBrowser)(`pictures of the chat (skipped without ${EXECUTABLE})`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await buildAndLaunch()
  })
  afterAll(() => browser.close())

  it.each(PICTURES)('$name, $device, $scheme', async ({ screen, device, scheme }) => {
    const picture = await pictureOf(browser, { screen, device, scheme })
    expect(picture.length).toBeLessThan(MOST_BYTES)
  })
})

interface Wanted {
  readonly screen: ChatScreen
  readonly device: Device
  readonly scheme: Scheme
}

async function pictureOf(browser: Browser, { screen, device, scheme }: Wanted): Promise<Buffer> {
  const context = { ...SIZES[device], colorScheme: scheme }
  const place = await open(browser, { ...screen.options, context })
  await screen.show(place)
  expect(place.complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([])
  if (FOLDER === undefined) return place.page.screenshot()
  await mkdir(FOLDER, { recursive: true })
  const path = join(FOLDER, `chat-${screen.name}-${device}-${scheme}.png`)
  return place.page.screenshot({ path, animations: 'disabled' })
}
