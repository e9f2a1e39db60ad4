import { createGate } from '@imrs/testing/simulator'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  CODE,
  EXECUTABLE,
  TRIGGER,
  ask,
  buildAndLaunch,
  choose,
  expectCurrent,
  finished,
  focusReaches,
  hasBrowser,
  open,
  optionOf,
  shot,
  startAt,
} from './__fixtures__/chat-page.ts'

describe.skipIf(!hasBrowser)(`the page in a browser (skipped without ${EXECUTABLE})`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await buildAndLaunch()
  })
  afterAll(() => browser.close())

  it('answers with the decision first, in Markdown, and says what it took', async () => {
    const { page, complaints } = await open(browser)
    await shot(page, 'empty')
    await expectCurrent(page, 'gpt-4o-mini')
    await choose(page, 'Auto')
    await ask(page, CODE)
    await finished(page)
    expect(await page.textContent('.answer-chip > summary')).toMatch(/^Auto → .+ · Coding/)
    await page.click('.answer-chip > summary')
    await page.waitForSelector('[data-imrs="candidates"]')
    expect(await page.textContent('.answer-chip')).toContain('Auto chose the model.')
    expect(await page.locator('.prose pre code').count()).toBeGreaterThan(0)
    expect(await page.textContent('.answer-facts')).toMatch(/tokens in, .+ out · (\$|free|cost)/)
    await shot(page, 'answer')
    expect(complaints).toEqual([])
  })

  it('switches at once, while the answer in progress stays on its model', async () => {
    const { page, simulator } = await open(browser)
    const gate = createGate()
    const stall = { type: 'stall', stage: 'between-chunks', gate, afterChunks: 2 } as const
    simulator.script({ model: 'gpt-4o-mini' }, stall)
    await ask(page, CODE)
    await gate.reached
    await choose(page, 'gemini-3.0-flash')
    await expectCurrent(page, 'gemini-3.0-flash')
    const status = page.locator('#dock-status')
    await status
      .getByText('Now using gemini-3.0-flash; the answer in progress stays on gpt-4o-mini.')
      .waitFor()
    await shot(page, 'switching')
    gate.open()
    await finished(page)
    expect(await page.textContent('.answer-facts')).toContain('GPT-4o mini')
    await ask(page, 'And in French?')
    await finished(page)
    expect(await page.locator('.answer-facts').last().textContent()).toContain('Gemini 3')
  })

  it('takes a thumb, lets it be changed, and keeps all of it over reload and restart', async () => {
    const { page, chat, dataFolder } = await open(browser)
    await choose(page, 'gpt-4o')
    await ask(page, CODE)
    await finished(page)
    const up = page.getByRole('button', { name: 'Good answer' })
    const down = page.getByRole('button', { name: 'Bad answer' })
    await up.click()
    await page.getByText('Noted: it counts for').waitFor()
    await down.click()
    await page.getByText('Noted: it counts against').waitFor()
    expect(await up.getAttribute('aria-pressed')).toBe('false')
    expect(await down.getAttribute('aria-pressed')).toBe('true')
    await page.reload()
    await page.getByRole('button', { name: 'Bad answer', pressed: true }).waitFor()
    await expectCurrent(page, 'gpt-4o')

    await chat.close()
    const port = Number(new URL(chat.url).port)
    await startAt({ dataFolder, port })
    await page.reload()
    await expectCurrent(page, 'gpt-4o')
    expect(await page.textContent('.question')).toContain(CODE)
    await ask(page, 'Once more')
    await finished(page)
    expect(await page.locator('.answer-chip').last().textContent()).toContain(
      'GPT-4o · your choice',
    )
  })

  it('takes a thumb back when it is clicked again', async () => {
    const { page, complaints } = await open(browser)
    await choose(page, 'gpt-4o')
    await ask(page, CODE)
    await finished(page)
    const up = page.getByRole('button', { name: 'Good answer' })
    await up.click()
    await page.getByText('Noted: it counts for').waitFor()
    await up.click()
    await page.getByText('Your rating was taken back.').waitFor()
    expect(await up.getAttribute('aria-pressed')).toBe('false')
    await page.reload()
    await page.getByRole('button', { name: 'Good answer', pressed: false }).waitFor()
    await page.getByRole('button', { name: 'Bad answer' }).click()
    await page.getByText('Noted: it counts against').waitFor()
    expect(complaints).toEqual([])
  })

  it('is one visitor, though they ask before the first answer of the server is there', async () => {
    const { page, simulator } = await open(browser)
    await page.context().clearCookies()
    const held = Promise.withResolvers<void>()
    await page.route('**/api/preferences', async (route) => {
      await held.promise
      await route.continue()
    })
    await page.reload()
    await ask(page, CODE)
    await page.waitForSelector('.messages > li:last-child[aria-busy="true"]')
    expect(simulator.calls.filter(({ operation }) => operation === 'chat')).toEqual([])
    held.resolve()
    await finished(page)
    await page.getByRole('button', { name: 'Good answer' }).click()
    await page.getByText('Noted: it counts for').waitFor()
  })

  it('says what went wrong and answers on Retry', async () => {
    const { page, simulator } = await open(browser)
    simulator.always({}, { type: 'fail', failure: 'overloaded' })
    await ask(page, CODE)
    await page.waitForSelector('.failure')
    expect(await page.getAttribute('.top-mascot .mascot', 'data-state')).toBe('sorry')
    await page.locator('.failure-tried summary').click()
    // The default model, asked again twice before it was given up.
    expect(await page.locator('.failure-tried li').allTextContents()).toEqual(
      Array.from({ length: 3 }, () => 'openai/gpt-4o-mini was not available'),
    )
    await shot(page, 'error')
    simulator.reset()
    await page.getByRole('button', { name: 'Retry' }).click()
    await finished(page)
    expect(await page.locator('.failure').count()).toBe(0)
    expect(await page.locator('.answer').count()).toBe(1)
  })

  it('keeps what had arrived when an answer breaks off, and adds nobody else’s text', async () => {
    const { page, simulator } = await open(browser)
    simulator.always({}, { type: 'reset', afterChunks: 3 })
    await ask(page, CODE)
    await page.waitForSelector('.failure')
    expect((await page.textContent('.answer .prose'))?.length).toBeGreaterThan(0)
    expect(await page.textContent('.failure-received')).toContain('What had arrived is kept above.')
    expect(await page.locator('.strip').count()).toBe(0)
    expect(simulator.calls.filter(({ operation }) => operation === 'chat')).toHaveLength(1)
    await shot(page, 'broken-off')
  })

  it('shows another model taking over, and keeps showing it', async () => {
    const { page, simulator } = await open(browser)
    simulator.always({ dialect: 'google' }, { type: 'fail', failure: 'overloaded' })
    await choose(page, 'gemini-2.5')
    await ask(page, CODE)
    await finished(page)
    expect(await page.textContent('.strip')).toContain('→ GPT-4o mini')
    await shot(page, 'fallback')
    await page.locator('.answer-chip > summary').click()
    await page.waitForSelector('[data-imrs="calls"]')
    expect(await page.locator('[data-imrs="calls"] tbody tr').count()).toBe(2)
    expect(await page.textContent('[data-imrs="calls"]')).toContain('was overloaded')
    expect(await page.textContent('[data-imrs="calls"]')).toContain('GPT-4o mini, instead')
    await shot(page, 'calls')
    await page.reload()
    expect(await page.textContent('.strip')).toContain('→ GPT-4o mini')
  })

  it('stops, copies and answers again', async () => {
    const { page, simulator } = await open(browser)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const gate = createGate()
    simulator.script({}, { type: 'stall', stage: 'between-chunks', gate, afterChunks: 2 })
    const arrived = simulator.nextCall()
    await ask(page, CODE)
    await gate.reached
    await page.waitForSelector('.prose:not(:empty)')
    await page.getByRole('button', { name: 'Stop the answer' }).click()
    expect(await (await arrived).closed).toBe('aborted-by-client')
    await page.getByText('stopped', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Answer again', exact: true }).click()
    await finished(page)
    await page.getByText('Earlier answer from GPT-4o mini').waitFor()
    await page.locator('.answer').getByRole('button', { name: 'Copy the answer' }).click()
    await page.getByText('Copied.').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain('function')
  })

  it('is used with the keyboard alone', async () => {
    const { page } = await open(browser)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await focusReaches(page, '#message')
    await page.keyboard.press('Tab')
    await focusReaches(page, TRIGGER)
    await page.keyboard.press('Enter')
    await focusReaches(page, '[data-imrs="search"]')
    const active = async (name: string): Promise<void> => {
      const node = optionOf(page, name).and(page.locator('[data-highlighted]'))
      await node.waitFor()
      const id = await page.getAttribute('[data-imrs="search"]', 'aria-activedescendant')
      expect(await node.getAttribute('id')).toBe(id)
    }
    await page.keyboard.press('ArrowDown')
    await active('Auto')
    await page.keyboard.press('ArrowDown')
    await active('Cheap')
    await page.keyboard.press('ArrowUp')
    await active('Auto')
    await page.keyboard.type('mimo')
    await active('xiaomi/mimo-v2-flash')
    await shot(page, 'picker')
    await page.keyboard.press('Enter')
    await focusReaches(page, TRIGGER)
    await expectCurrent(page, 'xiaomi/mimo-v2-flash')
    await page.keyboard.press('ArrowDown')
    await active('xiaomi/mimo-v2-flash')
    await page.keyboard.press('Escape')
    await focusReaches(page, TRIGGER)
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.type('Hello')
    await page.keyboard.press('Enter')
    await finished(page)
    expect(await page.textContent('.answer-facts')).toMatch(/mimo/i)
  })

  it('chooses for one reason, and remembers which', async () => {
    const { page, complaints } = await open(browser)
    await page.click(TRIGGER)
    await page.getByText('Auto, or for one reason', { exact: true }).waitFor()
    const options = await page.locator('[data-imrs="option"]').allTextContents()
    expect(options.slice(0, 4)).toEqual([
      expect.stringContaining('Auto'),
      expect.stringContaining('Cheap'),
      expect.stringContaining('Fast'),
      expect.stringContaining('Best'),
    ])
    await shot(page, 'presets')
    await page.keyboard.press('Escape')
    await choose(page, 'Cheap')
    await page.getByText('Now using Cheap.').waitFor()
    await ask(page, CODE)
    await finished(page)
    // The only free one.
    expect(await page.textContent('.answer-chip > summary')).toMatch(/^Cheap → AllenAI: Molmo/)
    await page.click('.answer-chip > summary')
    expect(await page.textContent('.answer-chip')).toContain('The preset Cheap chose the model.')
    await page.reload()
    await expectCurrent(page, 'Cheap')
    expect(await page.textContent('.answer-chip > summary')).toMatch(/^Cheap → /)
    expect(complaints).toEqual([])
  })

  it('tells the server how long the picker took', async () => {
    const { page, chat, complaints } = await open(browser)
    await page.click(TRIGGER)
    await focusReaches(page, '[data-imrs="search"]')
    await page.keyboard.type('gemini')
    await optionOf(page, 'gemini-2.5').click()
    await page.getByText('Now using gemini-2.5.').waitFor()
    const told = page.waitForResponse((response) => response.url().endsWith('/api/metrics/picker'))
    await page.evaluate("dispatchEvent(new Event('pagehide'))")
    expect((await told).status()).toBe(204)
    const measured = chat.router.metrics.snapshot().pickerPerformance
    const counts = Object.fromEntries(measured.map(({ measure, count }) => [measure, count]))
    expect(counts).toEqual({ open: 1, filter: 6, select: 1 })
    for (const { meanMs } of measured) expect(meanMs).toBeGreaterThan(0)
    expect(complaints).toEqual([])
  })

  it('shows how the models did', async () => {
    const { page, complaints } = await open(browser)
    const figures = page.getByRole('dialog', { name: 'How the models do' })
    await page.getByRole('button', { name: 'Figures' }).click()
    await figures.getByText('No model was asked yet.').waitFor()
    await figures.getByRole('button', { name: 'Close' }).click()
    await figures.waitFor({ state: 'hidden' })
    await choose(page, 'gpt-4o')
    await ask(page, CODE)
    await finished(page)
    await page.getByRole('button', { name: 'Good answer' }).click()
    await page.getByText('Noted: it counts for').waitFor()
    await page.getByRole('button', { name: 'Figures' }).click()
    const row = figures.locator('tbody tr')
    await row.waitFor()
    expect(await row.locator('th').textContent()).toBe('GPT-4o')
    const cells = await row.locator('td').allTextContents()
    expect(cells.slice(0, 3)).toEqual(['1', '0', '(1.00 from 1)'])
    expect(cells[3]).toMatch(/^\d+(\.\d)? m?s$/)
    expect(cells[5]).toMatch(/^\$0\.\d+$/)
    await shot(page, 'figures')
    await page.keyboard.press('Escape')
    await figures.waitFor({ state: 'hidden' })
    expect(complaints).toEqual([])
  })

  it('shows models without a key with the reason, and does not choose them', async () => {
    const { page } = await open(browser, { environment: { OPENAI_API_KEY: 'sk-proj-simulator' } })
    await page.click(TRIGGER)
    const option = optionOf(page, 'gemini-2.5')
    await option.waitFor()
    expect(await option.getAttribute('aria-disabled')).toBe('true')
    expect(await option.textContent()).toContain('GEMINI_API_KEY')
    expect(await optionOf(page, 'gpt-4o-mini').textContent()).toContain('Default · OpenAI')
    await shot(page, 'no-key')
    await option.click({ force: true })
    await page.getByText('gemini-2.5 cannot be chosen').waitFor()
    await page.keyboard.press('Escape')
    await expectCurrent(page, 'gpt-4o-mini')
  })

  it('shows hostile Markdown as text', async () => {
    const { page, simulator, complaints } = await open(browser)
    const text =
      '<img src=x onerror=alert(1)> <b>bold</b> ![spy](https://example.com/a.png) [bad](javascript:alert(1))' +
      '\n\n```html\n<img src=y onerror=alert(1)>\n```'
    simulator.script({}, { type: 'respond', text })
    await ask(page, 'Hello')
    await finished(page)
    expect(await page.locator('.prose img, .prose b, .prose [onerror]').count()).toBe(0)
    expect(await page.locator('.prose a[href^="javascript"]').count()).toBe(0)
    expect(await page.textContent('.prose')).toContain('<img src=x')
    // Code is written out as text, also by what colours it.
    await page.waitForSelector('.prose pre [data-highlighted] span')
    expect(await page.textContent('.prose pre')).toContain('<img src=y onerror=alert(1)>')
    expect(await page.locator('.prose img').count()).toBe(0)
    expect(complaints).toEqual([])
  })
})
