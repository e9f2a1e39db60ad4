import { createGate } from '@imrs/testing/simulator'
import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

import { CODE, TRIGGER, ask, finished, optionOf } from './chat-page.ts'
import type { OpenOptions, Place } from './chat-page.ts'
import { storedAnswer, storedConversation } from './stored-chats.ts'

/** A state of the chat: what a visitor brings along, and how a page that was just opened comes there. */
export interface ChatScreen {
  readonly name: string
  readonly options?: OpenOptions | undefined
  readonly show: (place: Place) => Promise<void>
}

const SEARCH = '[data-imrs="search"]'

/** A tiny PDF. */
export const PDF: Buffer = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF',
)

/** One pixel. */
export const IMAGE: Buffer = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Every screen of the chat, in the order in which a visitor may come to see them. */
export const CHAT_SCREENS: readonly ChatScreen[] = [
  { name: 'empty', show: async () => {} },
  { name: 'picker', show: async ({ page }) => openPicker(page) },
  { name: 'no-key', options: { environment: { OPENAI_API_KEY: 'sk-proj-simulator' } }, show: async ({ page }) => openPicker(page) },
  { name: 'details', show: async ({ page }) => showDetails(page, 'gpt-4o') },
  { name: 'comparison', show: showComparison },
  { name: 'dial', show: showDial },
  { name: 'thinking', show: showThinking },
  { name: 'streaming', show: showStreaming },
  { name: 'answer', show: showAnswer },
  { name: 'reasons', show: showReasons },
  { name: 'again', show: showAgain },
  { name: 'fallback', show: showFallback },
  { name: 'error', show: showError },
  { name: 'broken-off', show: showBrokenOff },
  { name: 'outage', show: showOutage },
  { name: 'attachments', show: async ({ page }) => attach(page) },
  { name: 'files', show: showFiles },
  { name: 'tools', show: showTools },
  { name: 'savings', show: showSavings },
  { name: 'figures', show: showFigures },
  { name: 'conversations', show: showConversations },
  {
    name: 'reopened',
    options: { storage: storedConversation('What is a good name for a parrot?', [OLD()]) },
    show: async ({ page }) => page.locator('.answer-facts').waitFor(),
  },
]

function OLD(): Readonly<Record<string, unknown>> {
  return storedAnswer({
    text: 'Kiwi, Mango or Professor Squawk.',
    model: 'openai/gpt-3.5-gone',
    modelName: 'GPT-3.5',
  })
}

/** The list begins where the chosen model is: any option says that it is there. */
async function openPicker(page: Page): Promise<void> {
  await page.click(TRIGGER)
  await page.locator('[data-imrs="option"]').first().waitFor()
}

/** By the search: in a small window not every option is in the page. */
async function choose(page: Page, name: string): Promise<void> {
  await openPicker(page)
  await page.fill(SEARCH, name)
  await optionOf(page, name).click()
}

async function showDetails(page: Page, name: string): Promise<void> {
  await openPicker(page)
  await page.fill(SEARCH, name)
  await optionOf(page, name).hover()
  await page.locator('[data-imrs="details"]').scrollIntoViewIfNeeded()
}

async function showComparison({ page }: Place): Promise<void> {
  await openPicker(page)
  for (const name of ['gpt-4o', 'gemini-2.5']) {
    await page.fill(SEARCH, name)
    await optionOf(page, name).hover()
    await page.locator('[data-imrs="compare"]').click()
  }
  await page.fill(SEARCH, '')
  await page.locator('[data-imrs="comparison"]').scrollIntoViewIfNeeded()
}

async function showDial({ page }: Place): Promise<void> {
  await openPicker(page)
  await page.getByRole('slider', { name: 'Quality or price' }).focus()
  for (let steps = 0; steps < 2; steps += 1) await page.keyboard.press('ArrowRight')
  await page.locator('[data-imrs="dial-value"]').getByText('30 % quality').waitFor()
  await page.getByText('Now using Auto.').waitFor()
}

async function showThinking({ page, simulator }: Place): Promise<void> {
  const gate = createGate()
  onTestFinished(() => gate.open())
  simulator.script({}, { type: 'stall', stage: 'headers', gate })
  await choose(page, 'Auto')
  await ask(page, CODE)
  await page.waitForSelector('.answer-chip')
}

async function showStreaming({ page, simulator }: Place): Promise<void> {
  const gate = createGate()
  onTestFinished(() => gate.open())
  simulator.script({}, { type: 'stall', stage: 'between-chunks', gate, afterChunks: 12 })
  await ask(page, CODE)
  await gate.reached
  await page.waitForSelector('.prose:not(:empty)')
  await choose(page, 'gemini-3.0-flash')
  await page.getByText(/^Now using gemini-3\.0-flash/).waitFor()
}

async function showAnswer({ page }: Place): Promise<void> {
  await choose(page, 'Auto')
  await ask(page, CODE)
  await finished(page)
  await page.click('.answer-chip > summary')
  await page.locator('[data-imrs="candidates"]').first().waitFor()
  await page.waitForSelector('.prose [data-highlighted]')
}

async function showReasons({ page }: Place): Promise<void> {
  await ask(page, CODE)
  await finished(page)
  await page.getByRole('button', { name: 'Bad answer' }).click()
  await page.getByText('Noted: it counts against').waitFor()
  await page.getByText(/^Rating of the model:/).waitFor()
  await page.getByRole('button', { name: 'Too long' }).click()
  await page.getByRole('button', { name: 'Too long', pressed: true }).waitFor()
  await page.getByText('Noted: it counts against').waitFor()
}

async function showAgain({ page }: Place): Promise<void> {
  await ask(page, 'Translate good morning into French')
  await finished(page)
  await page.getByRole('button', { name: 'Answer again with another model' }).click()
  await page.getByRole('menuitem', { name: 'Auto' }).waitFor()
}

async function showFallback({ page, simulator }: Place): Promise<void> {
  simulator.always({ dialect: 'google' }, { type: 'fail', failure: 'overloaded' })
  await choose(page, 'gemini-2.5')
  await ask(page, 'Translate good morning into French')
  await finished(page)
}

async function showError({ page, simulator }: Place): Promise<void> {
  simulator.always({}, { type: 'fail', failure: 'overloaded' })
  await ask(page, CODE)
  await page.locator('.failure-tried summary').click()
}

async function showBrokenOff({ page, simulator }: Place): Promise<void> {
  simulator.always({}, { type: 'reset', afterChunks: 8 })
  await ask(page, CODE)
  await page.waitForSelector('.failure')
}

async function showOutage({ page, simulator }: Place): Promise<void> {
  simulator.always({ dialect: 'openai' }, { type: 'fail', failure: 'overloaded' })
  await ask(page, 'Is anybody there?')
  await page.locator('.failure').waitFor()
  await page.locator('#health-note').getByText('OpenAI').waitFor()
}

async function attach(page: Page): Promise<void> {
  await page.setInputFiles('#files', [
    { name: 'The plan for next year.pdf', mimeType: 'application/pdf', buffer: PDF },
    { name: 'sketch.png', mimeType: 'image/png', buffer: IMAGE },
  ])
  await page.locator('.composer .file-chip img').waitFor()
  await page.fill('#message', 'What is in these?')
}

async function showFiles({ page }: Place): Promise<void> {
  await choose(page, 'Cheap')
  await attach(page)
  await page.press('#message', 'Enter')
  await finished(page)
}

async function showTools({ page, simulator }: Place): Promise<void> {
  const toolCalls = [{ name: 'weather', arguments: { city: 'Oslo', unit: 'celsius' } }]
  simulator.script({}, { type: 'respond', text: 'I look it up.', toolCalls })
  await ask(page, 'What is the weather in Oslo?')
  await finished(page)
}

/** A question for each of some models, so that there is something to have saved. */
async function showSavings({ page }: Place): Promise<void> {
  for (const [model, question] of [
    ['gpt-4o-mini', 'Translate good morning into French'],
    ['gemini-2.5', 'Explain compound interest in three sentences'],
  ] as const) {
    await choose(page, model)
    await ask(page, question)
    await finished(page)
  }
  await page.getByText(/saved \$/).waitFor()
}

async function showFigures(place: Place): Promise<void> {
  const { page } = place
  await showSavings(place)
  await page.getByRole('button', { name: 'Good answer' }).last().click()
  await page.getByText('Noted: it counts for').waitFor()
  await page.getByRole('button', { name: 'Figures' }).click()
  await page.locator('.figures tbody tr').first().waitFor()
}

/** Beside the open one where there is room, in a dialog where there is none. */
async function showConversations({ page }: Place): Promise<void> {
  const opener = page.locator('.show-chats')
  for (const question of ['Name three birds that talk', 'Translate good morning into French']) {
    await ask(page, question)
    await finished(page)
    if (await opener.isVisible()) await opener.click()
    await page.locator('.new-chat:visible').click()
  }
  if (await opener.isVisible()) await opener.click()
  await page.getByRole('button', { name: 'Delete Name three birds that talk' }).locator('visible=true').click()
  await page.getByText('was deleted').locator('visible=true').waitFor()
}
