import { createGate } from '@imrs/testing/simulator'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  CODE,
  EXECUTABLE,
  ask,
  buildAndLaunch,
  choose,
  expectCurrent,
  finished,
  hasBrowser,
  open,
  shot,
  visit,
} from './__fixtures__/chat-page.ts'
import { oldHistory, storedAnswer, storedConversation } from './__fixtures__/stored-chats.ts'

/** One pixel. */
const IMAGE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF')

describe.skipIf(!hasBrowser)(`the chat in a browser (skipped without ${EXECUTABLE})`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await buildAndLaunch()
  })
  afterAll(() => browser.close())

  describe('files', () => {
    it('change which model answers, and the decision says so', async () => {
      const { page, complaints, simulator } = await open(browser)
      await choose(page, 'Cheap')
      await ask(page, 'Hello')
      await finished(page)
      expect(await page.textContent('.answer-chip > summary')).not.toContain('needs')
      await page.setInputFiles('#files', {
        name: 'plan.pdf',
        mimeType: 'application/pdf',
        buffer: PDF,
      })
      await page.getByRole('list', { name: 'Attached files' }).getByText('plan.pdf').waitFor()
      await page.setInputFiles('#files', { name: 'dot.png', mimeType: 'image/png', buffer: IMAGE })
      await page.locator('.composer .file-chip img').waitFor()
      await shot(page, 'attached')
      await ask(page, 'What is in these?')
      await finished(page)
      const chip = page.locator('.answer-chip').last()
      // The free one, which answered before, reads no documents.
      expect(await chip.textContent()).toMatch(
        /needs vision · needs document|needs document · needs vision/,
      )
      expect(await chip.textContent()).not.toContain('Molmo')
      expect(await page.locator('.question .file-chip').allTextContents()).toEqual([
        expect.stringContaining('plan.pdf'),
        expect.stringContaining('dot.png'),
      ])
      await chip.locator('> summary').click()
      await page.locator('[data-imrs="exclusions"]').getByText('Left out:').waitFor()
      await shot(page, 'files')
      expect(JSON.stringify(simulator.calls.at(-1)?.body)).toContain(IMAGE.toString('base64'))
      await page.reload()
      await page.locator('.question .file-chip img').waitFor()
      expect(complaints).toEqual([])
    })

    it('of other kinds are not taken, and can be taken out again', async () => {
      const { page } = await open(browser)
      await page.setInputFiles('#files', { name: 'run.sh', mimeType: 'text/x-sh', buffer: PDF })
      await page.getByText('run.sh cannot be attached: it must be an image or a PDF.').waitFor()
      await page.setInputFiles('#files', { name: 'dot.png', mimeType: 'image/png', buffer: IMAGE })
      await page.getByRole('button', { name: 'Remove dot.png' }).click()
      expect(await page.locator('.file-chip').count()).toBe(0)
      expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
    })
  })

  describe('conversations', () => {
    it('are begun, opened, named, deleted and brought back, and outlive the page', async () => {
      const { page, complaints } = await open(browser)
      const list = page.getByRole('navigation', { name: 'Conversations' })
      await ask(page, 'First question')
      await finished(page)
      await list.getByRole('button', { name: 'New chat' }).click()
      await page.getByRole('heading', { name: 'What shall we work on?' }).waitFor()
      await ask(page, 'Second question')
      await finished(page)
      expect(await list.locator('.chat-open').allTextContents()).toEqual([
        'Second question',
        'First question',
      ])
      await list.getByRole('button', { name: 'First question', exact: true }).click()
      await page.locator('.question').getByText('First question').waitFor()
      await list.getByRole('button', { name: 'Rename First question' }).click()
      await page.getByLabel('Name of the conversation').fill('Debouncing')
      await page.keyboard.press('Enter')
      await list.getByRole('button', { name: 'Delete Second question' }).click()
      expect(await list.locator('.chat-open').allTextContents()).toEqual(['Debouncing'])
      await shot(page, 'conversations')
      await list.getByRole('button', { name: 'Undo' }).click()
      await page.locator('.question').getByText('Second question').waitFor()
      await page.reload()
      await list.getByRole('button', { name: 'Debouncing', exact: true }).click()
      await page.locator('.question').getByText('First question').waitFor()
      expect(complaints).toEqual([])
    })

    it('go on answering while another one is shown', async () => {
      const { page, simulator } = await open(browser)
      const gate = createGate()
      simulator.script({}, { type: 'stall', stage: 'between-chunks', gate, afterChunks: 2 })
      await ask(page, 'First question')
      await gate.reached
      await page.getByRole('button', { name: 'New chat' }).click()
      await ask(page, 'Second question')
      await finished(page)
      gate.open()
      await page.getByRole('button', { name: 'First question', exact: true }).click()
      await finished(page)
      expect(await page.locator('.question').allTextContents()).toEqual(['You: First question'])
    })

    it.each(['openai/gpt-3-gone', 'openrouter/xiaomi/mimo-v2-flash'])(
      'that %s answered reopen and go on',
      async (model) => {
        const answer = storedAnswer({ model, modelName: 'The Old One' })
        const { page, simulator, complaints } = await open(browser, {
          storage: storedConversation('Once asked', [answer]),
        })
        await page.locator('.prose').getByText('An old answer.').waitFor()
        if (model.includes('gone')) {
          expect(await page.textContent('.answer-facts')).toContain('The Old One')
          expect(await page.textContent('.answer-facts')).toContain('no longer offered')
        }
        await ask(page, 'And now?')
        await finished(page)
        expect(await page.locator('.answer-facts').last().textContent()).toContain('GPT-4o mini')
        expect(JSON.stringify(simulator.calls.at(-1)?.body)).toContain('An old answer.')
        expect(complaints).toEqual([])
      },
    )

    it('of the page before this one are taken over, with their thumbs', async () => {
      const { page } = await open(browser, { storage: oldHistory() })
      await page.locator('.question').getByText('Asked long ago').waitFor()
      await page.getByText('Earlier answer from GPT-4o mini').waitFor()
      await page.getByRole('button', { name: 'Good answer', pressed: true }).waitFor()
      await page.reload()
      await page.locator('.question').getByText('Asked long ago').waitFor()
      expect(await page.locator('.chat-open').count()).toBe(1)
    })
  })

  it('answers again with another model, for that answer alone', async () => {
    const { page } = await open(browser)
    await ask(page, CODE)
    await finished(page)
    await page.getByRole('button', { name: 'Answer again with another model' }).click()
    await shot(page, 'again-with')
    await page.getByRole('menuitem', { name: 'gemini-3.0-flash' }).click()
    await page.getByText('Earlier answer from GPT-4o mini').waitFor()
    await finished(page)
    expect(await page.locator('article .answer-facts').textContent()).toContain('Gemini 3 Flash')
    expect(await page.locator('article .answer-chip').textContent()).toContain('your choice')
    await expectCurrent(page, 'gpt-4o-mini')
  })

  it('sends the reasons of a thumb and keeps them, shows what it did to the score, and what was saved', async () => {
    const { page } = await open(browser)
    await ask(page, CODE)
    await finished(page)
    await page.getByText(/^Cost so far: \$.+ · saved \$.+ against always GPT-4o$/).waitFor()
    await page.getByRole('button', { name: 'Good answer' }).click()
    await page.getByText('Rating of the model: none → 1.00 from 1.').waitFor()
    expect(await sentReasons(page, 'Clear')).toEqual(['clear'])
    await shot(page, 'rated')
    await page.getByRole('button', { name: 'Bad answer' }).click()
    await page.getByText('Rating of the model: 1.00 from 1 → 0.00 from 1.').waitFor()
    expect(await page.getByText('You said:').count()).toBe(0)
    expect(await sentReasons(page, 'Too long')).toEqual(['too-long'])
    expect(await sentReasons(page, 'Wrong')).toEqual(['too-long', 'incorrect'])
    await page.getByRole('button', { name: 'Wrong', pressed: true }).waitFor()
    await page.getByText('Noted: it counts against').waitFor()
    await page.reload()
    await page.getByText('You said: too long, wrong').waitFor()
    await page.getByRole('button', { name: 'Bad answer', pressed: true }).click()
    await page.getByText('Your rating was taken back.').waitFor()
    expect(await page.getByText('You said:').count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Noted: it counts against').waitFor()
    await page.reload()
    await page.getByText('You said: too long, wrong').waitFor()
  })

  it('reads the same while it is being written as when it is there', async () => {
    const { page, simulator } = await open(browser)
    const text =
      '# A plan\n\nFirst **this**, then that.\n\n- one\n- two\n\n'.repeat(4) + 'The end of it.'
    const gate = createGate()
    simulator.script(
      {},
      {
        type: 'combine',
        behaviours: [
          { type: 'respond', text },
          { type: 'stall', stage: 'between-chunks', gate, afterChunks: 1000 },
        ],
      },
    )
    const blocks = (): Promise<readonly string[]> =>
      page.locator('.prose > *').evaluateAll((nodes) => nodes.map(({ outerHTML }) => outerHTML))
    await ask(page, CODE)
    await gate.reached
    await page.locator('.prose > p').getByText('The end of it.').waitFor()
    const settled = await blocks()
    gate.open()
    await finished(page)
    const all = await blocks()
    expect(all).toHaveLength(13)
    expect(settled).toEqual(all)
  })

  it('shows the tools a model called', async () => {
    const { page, simulator } = await open(browser)
    const toolCalls = [{ name: 'weather', arguments: { city: 'Oslo' } }]
    simulator.script({}, { type: 'respond', text: 'I look it up.', toolCalls })
    await ask(page, 'What is the weather?')
    await finished(page)
    const calls = page.getByRole('list', { name: 'Tool calls' })
    await calls.getByText('Asked for weather').click()
    expect(await calls.locator('pre').textContent()).toContain('"city": "Oslo"')
    const missing = 'The tool weather is not available in this chat, so there is no result.'
    await calls.getByText(missing).waitFor()
    await page.reload()
    await calls.getByText(missing).waitFor()
    // A call without a result is not sent back: providers refuse a conversation that has one.
    await ask(page, 'And without looking it up?')
    await finished(page)
    const sent = JSON.stringify(simulator.calls.at(-1)?.body)
    expect(sent).toContain('I look it up.')
    expect(sent).not.toContain('tool_calls')
  })

  it('asks with the dial between quality and price, and the decision says so', async () => {
    const { page, complaints } = await open(browser)
    await choose(page, 'Auto')
    const asked = async (): Promise<unknown> => {
      const request = page.waitForRequest((each) => each.url().endsWith('/api/chat'))
      await ask(page, CODE)
      await finished(page)
      return (await request).postDataJSON()
    }
    expect(await asked()).not.toHaveProperty('costQuality')
    const chip = page.locator('.answer-chip').last()
    expect(await chip.textContent()).toContain('Auto → Gemini 3 Flash')
    await page.click('[data-imrs="trigger"]')
    await page.getByRole('slider', { name: 'Quality or price' }).focus()
    await page.keyboard.press('End')
    await page.locator('[data-imrs="dial-value"]').getByText('Price only').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.dial-note').getByText('Auto: price only').waitFor()
    expect(await asked()).toMatchObject({ model: 'auto', costQuality: 1 })
    // The only free one.
    expect(await chip.textContent()).toContain('Auto, price only → AllenAI: Molmo')
    await chip.locator('> summary').click()
    expect(await chip.textContent()).toMatch(/Quality or price\s*Price only/)
    await page.reload()
    await page.locator('.dial-note').getByText('Auto: price only').waitFor()
    await choose(page, 'gpt-4o')
    await page.locator('.dial-note').waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  })

  it('shows what the tools of an earlier visit answered', async () => {
    const call = { type: 'tool-call', toolCallId: 'call-1', toolName: 'weather', input: {} }
    const answer = storedAnswer({
      toolCalls: [call, { ...call, toolCallId: 'call-2', toolName: 'tides' }],
      toolResults: { 'call-1': 'Rain, 7 degrees' },
    })
    const { page, complaints } = await open(browser, {
      storage: storedConversation('How is Oslo?', [answer]),
    })
    const calls = page.getByRole('list', { name: 'Tool calls' })
    await calls.getByText('Called weather').click()
    await calls.getByText('Rain, 7 degrees').waitFor()
    await calls.getByText('The tool tides is not available in this chat').waitFor()
    expect(await calls.getByText('The tool weather is not available').count()).toBe(0)
    await ask(page, 'And tomorrow?')
    await finished(page)
    expect(complaints).toEqual([])
  })

  it('sees a provider fail and come back, without a reload', async () => {
    const { page, simulator, chat } = await open(browser)
    simulator.always({ dialect: 'openai' }, { type: 'fail', failure: 'overloaded' })
    await ask(page, CODE)
    await page.locator('.failure').waitFor()
    const note = page.locator('#health-note')
    await note.getByText(/^OpenAI (is having trouble|is not reachable) right now\.$/).waitFor()
    await shot(page, 'outage')
    simulator.reset()
    await page.getByRole('button', { name: 'Retry' }).click()
    await finished(page)
    // What the router does of itself in time: it looks how the provider is.
    for (let looks = 0; looks < 4; looks += 1) await chat.router.providers.sync('openai')
    await page.waitForSelector('#health-note:empty', { state: 'attached' })
  })

  it('is gone through with the keyboard: files, thumbs, another model, conversations', async () => {
    const { page } = await open(browser)
    const tabTo = async (name: string, from = '#message'): Promise<void> => {
      await page.focus(from)
      const button = page.getByRole('button', { name, exact: true }).first()
      for (let steps = 0; steps < 30; steps += 1) {
        if ((await button.and(page.locator(':focus')).count()) > 0) return
        await page.keyboard.press('Shift+Tab')
      }
      throw new Error(`The keyboard does not reach ${name}`)
    }
    await page.focus('#message')
    await page.keyboard.type(CODE)
    await page.keyboard.press('Enter')
    await finished(page)
    await tabTo('Good answer')
    await page.keyboard.press('Space')
    await page.getByText('Noted: it counts for').waitFor()
    await tabTo('Answer again with another model')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Auto' }).waitFor()
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.getByText('Earlier answer from GPT-4o mini').waitFor()
    await finished(page)
    expect(await page.locator('article .answer-facts').textContent()).toContain('MiMo')
    await tabTo(`Rename ${CODE}`)
    await page.keyboard.press('Enter')
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('Debouncing')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Debouncing', exact: true }).waitFor()
    const chooser = page.waitForEvent('filechooser')
    await tabTo('Attach images or PDFs', '.send, .skip-link')
    await page.keyboard.press('Enter')
    await (await chooser).setFiles({ name: 'dot.png', mimeType: 'image/png', buffer: IMAGE })
    await page.getByText('dot.png').waitFor()
  })

  it('keeps two visitors apart', async () => {
    const { page, chat } = await open(browser)
    await choose(page, 'gpt-4o')
    await ask(page, 'A secret question')
    await finished(page)
    const other = await visit(browser, { url: chat.url })
    await expectCurrent(other.page, 'gpt-4o-mini')
    expect(await other.page.content()).not.toContain('A secret question')
    await choose(other.page, 'gemini-2.5')
    await page.reload()
    await expectCurrent(page, 'gpt-4o')
  })

  it.each(['reduce', 'no-preference'] as const)(
    'moves the mascot as people like it: %s',
    async (reducedMotion) => {
      const { page, simulator } = await open(browser, { context: { reducedMotion } })
      const gate = createGate()
      simulator.script({}, { type: 'stall', stage: 'headers', gate })
      await ask(page, CODE)
      await page.waitForSelector('.top-mascot .mascot[data-state="thinking"]')
      const moving = Number(await page.evaluate('document.getAnimations().length'))
      expect(moving > 0).toBe(reducedMotion === 'no-preference')
      gate.open()
      await finished(page)
    },
  )

  it.each(['light', 'dark'] as const)('is usable by all, in %s', async (colorScheme) => {
    const { page, simulator } = await open(browser, { context: { colorScheme } })
    const found = async (): Promise<readonly string[]> => serious(page)
    expect(await found()).toEqual([])
    await page.click('[data-imrs="trigger"]')
    await page.locator('[data-imrs="option"]').first().waitFor()
    expect(await found()).toEqual([])
    await page.keyboard.press('Escape')
    await page.setInputFiles('#files', { name: 'dot.png', mimeType: 'image/png', buffer: IMAGE })
    await page.locator('.file-chip img').waitFor()
    expect(await found()).toEqual([])
    await page.getByRole('button', { name: 'Remove dot.png' }).click()
    await choose(page, 'Auto')
    await ask(page, CODE)
    await finished(page)
    await page.waitForSelector('.prose [data-highlighted]')
    await page.locator('.answer-chip > summary').click()
    await page.waitForSelector('[data-imrs="candidates"]')
    await page.getByRole('button', { name: 'Good answer' }).click()
    await page.getByText('Noted: it counts for').waitFor()
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
    expect(await found()).toEqual([])
    simulator.always({}, { type: 'fail', failure: 'overloaded' })
    await ask(page, 'Once more')
    await page.locator('.failure').waitFor()
    await page.getByRole('button', { name: 'Figures' }).click()
    await page.locator('.figures tbody tr').first().waitFor()
    expect(await found()).toEqual([])
  })
})

/** Presses a reason, and gives those the server was told then and confirmed. */
async function sentReasons(page: Page, name: string): Promise<unknown> {
  const answered = page.waitForResponse((response) => response.url().endsWith('/feedback'))
  await page.getByRole('button', { name, exact: true }).click()
  const response = await answered
  const { reasons } = (await response.json()) as { readonly reasons: unknown }
  expect(response.request().postDataJSON()).toMatchObject({ reasons })
  return reasons
}

/** What axe finds that keeps people out, by rule and place. */
async function serious(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
