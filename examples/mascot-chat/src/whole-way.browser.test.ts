import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { buildAdmin, hasChromium, openAdmin } from './__fixtures__/admin-place.ts'
import type { AdminPlace } from './__fixtures__/admin-place.ts'
import { CODE, ask, buildAndLaunch, choose, finished } from './__fixtures__/chat-page.ts'

const MOST_THUMBS = 12

describe.skipIf(!hasChromium())('the whole way, in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    await buildAdmin()
    browser = await buildAndLaunch()
  })
  afterAll(() => browser.close())

  it('goes from a new provider over its models, a chat and thumbs to another choice', async () => {
    const place = await openAdmin(browser)
    await addProvider(place)
    await enableItsModels(place)

    const { page, chat, goTo } = place
    await page.goto(chat.url)
    await choose(page, 'Auto')
    await ask(page, CODE)
    await finished(page)
    const first = await chosenModel(page)
    let thumbs = 0
    let last = first
    while (last === first && thumbs < MOST_THUMBS) {
      await page.getByRole('button', { name: 'Bad answer' }).last().click()
      await page.getByText('Noted: it counts against').first().waitFor()
      thumbs += 1
      await ask(page, CODE)
      await finished(page)
      last = await chosenModel(page)
    }
    expect(last).not.toBe(first)
    expect([first, last].toSorted()).toEqual(['gpt-4o', 'gpt-4o-mini'])

    // What the admin sees of it: the model that lost has the thumbs.
    await goTo('performance')
    await page.locator('.range-name', { hasText: `acme/${first}` }).waitFor()
    const drawn = await page.locator('.range-name', { hasText: `acme/${first}` }).textContent()
    expect(drawn).toMatch(new RegExp(`acme/${first} 0% · ${thumbs} ratings?$`))
  })
})

async function addProvider({ page, simulator, goTo }: AdminPlace): Promise<void> {
  await goTo('providers')
  await page.getByRole('link', { name: 'Add a provider' }).click()
  await page.getByLabel('Id', { exact: true }).fill('acme')
  await page.getByLabel('Base URL').fill(simulator.baseUrls.openai)
  await page.getByLabel('API key').fill(simulator.keys.openai)
  await page.getByLabel('It is in a private network').check()
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('It works.').waitFor()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { level: 1, name: 'acme' }).waitFor()
  await page.getByRole('button', { name: 'Sync now' }).click()
  await page.getByText(/Found \d+ models/).waitFor()
}

/** From then on the mascot has these two and no others. */
async function enableItsModels({ page }: AdminPlace): Promise<void> {
  await page.getByRole('link', { name: 'Agents' }).click()
  await page.getByLabel('Search, or the id of a new agent').fill('mascot')
  await page.getByRole('link', { name: 'Set its models' }).click()
  await page.getByRole('button', { name: 'Add models' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Search').fill('acme/gpt-4o')
  await dialog.getByText('All 2 of this page').waitFor()
  await dialog.getByLabel('All 2 of this page').check()
  await dialog.getByRole('button', { name: 'Enable them' }).click()
  await page.getByText('2 enabled', { exact: true }).waitFor()
}

/** `Auto → gpt-4o · Coding` of the newest answer. */
async function chosenModel(page: Page): Promise<string> {
  const text = (await page.locator('.answer-chip summary').last().textContent()) ?? ''
  return /^Auto → (\S+)/.exec(text)?.[1] ?? text
}
