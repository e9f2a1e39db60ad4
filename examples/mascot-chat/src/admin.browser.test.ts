import { gzipSync } from 'node:zlib'

import { createGate, simulatedModel } from '@imrs/testing/simulator'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { focusedName, openTables, serious, tabTo } from './__fixtures__/admin-looks.ts'
import {
  ADMIN_TOKEN,
  asAdmin,
  buildAdmin,
  hasChromium,
  launchChromium,
  openAdmin,
  settled,
  tenantAdminKey,
} from './__fixtures__/admin-place.ts'
import type { AdminPlace } from './__fixtures__/admin-place.ts'
import { ADMIN_SCREENS } from './__fixtures__/admin-screens.ts'
import { seedHistory } from './__fixtures__/seed-history.ts'
import { temporaryFolder } from './__fixtures__/test-chat.ts'

let browser: Browser
const hasBrowser = hasChromium()
beforeAll(async () => {
  if (!hasBrowser) return
  await buildAdmin()
  browser = await launchChromium()
})
afterAll(() => browser?.close())

describe.skipIf(!hasBrowser)('providers in the admin', () => {
  it('are tried, made, synced and disabled, and say beside the field what is wrong', async () => {
    const { page, simulator, complaints, goTo } = await openAdmin(browser)
    await goTo('providers/new')
    await fillProvider(page, {
      id: 'acme',
      base: simulator.baseUrls.openai,
      key: 'no-good-key',
    })
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByText('It does not work yet.').waitFor()
    await page.getByLabel('API key').fill(simulator.keys.openai)
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByText('It works.').waitFor()
    expect(await page.locator('.notice-good').textContent()).toMatch(
      /\d+ models, \d+ of them for chat/,
    )
    await page.getByLabel('Id', { exact: true }).fill('Not An Id')
    await page.getByRole('button', { name: 'Save' }).click()
    const id = page.getByLabel('Id', { exact: true })
    await page.locator('[aria-invalid]').waitFor()
    expect(await id.getAttribute('aria-invalid')).toBe('true')
    const described = (await id.getAttribute('aria-describedby')) ?? ''
    expect(await page.locator(`[id="${described.split(' ')[0]}"]`).textContent()).toContain(
      'lower-case',
    )
    await id.fill('acme')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { level: 1, name: 'acme' }).waitFor()
    expect(page.url()).not.toContain(simulator.keys.openai)
    expect(await page.content()).not.toContain(simulator.keys.openai)
    await page.getByRole('button', { name: 'Disable' }).click()
    await page.getByText('acme is disabled: none of its models is used.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Disable' }).waitFor()
    // 400s are said in the console by the browser itself.
    expect(complaints.filter((text) => !text.includes('400'))).toEqual([])
  })

  it('show a sync while it runs, and what it changed', async () => {
    const { page, simulator, goTo } = await openAdmin(browser)
    const gate = createGate()
    simulator.replaceModels([
      ...simulator.models,
      simulatedModel({ dialect: 'openrouter', id: 'acme/brand-new' }),
    ])
    simulator.script(
      { dialect: 'openrouter', operation: 'list' },
      { type: 'stall', stage: 'headers', gate },
    )
    await goTo('providers/openrouter')
    await page.getByRole('button', { name: 'Sync now' }).click()
    await gate.reached
    await page.getByText('Reading the provider’s list …').waitFor()
    expect(await page.getByRole('progressbar').count()).toBe(1)
    expect(await page.getByText(/^Events: 0 added/).count()).toBe(1)
    gate.open()
    await page.getByText(/Found \d+ models: 1 added, 0 updated/).waitFor()
    await page.getByText(/^Events: 1 added, 0 updated, 0 removed heard as it went/).waitFor()
    await page.getByRole('link', { name: 'acme/brand-new' }).waitFor()
    await goTo('providers')
    const names = page.locator('tbody td:first-child')
    await page.getByRole('button', { name: 'Name' }).click()
    await page
      .getByRole('columnheader', { name: 'Name' })
      .and(page.locator('[aria-sort="ascending"]'))
      .waitFor()
    await page.getByRole('button', { name: 'Name' }).click()
    await page.locator('th[aria-sort="descending"]').waitFor()
    expect(await names.allTextContents()).toEqual(['OpenRouter', 'OpenAI', 'Google Gemini'])
  })

  it('say why a list could not be read, and keep what was there', async () => {
    const { page, simulator, goTo } = await openAdmin(browser)
    simulator.always({ operation: 'list' }, { type: 'fail', failure: 'invalid-key' })
    await goTo('providers')
    const row = page.getByRole('row', { name: /OpenAI/ })
    await row.getByRole('button', { name: 'Sync OpenAI' }).click()
    await page.getByText('OpenAI could not be synced.').waitFor()
    expect(await row.getByRole('cell').nth(3).textContent()).not.toBe('0')
  })
})

describe.skipIf(!hasBrowser)('models in the admin', () => {
  it('are changed in place, with an undo that goes back to what the list says', async () => {
    const { page, chat, goTo, complaints } = await openAdmin(browser)
    await goTo('models?search=gpt-4o-mini&model_type=chat')
    const priority = page.getByLabel('Priority of GPT-4o mini')
    const before = await priority.inputValue()
    await setPriority(page, '91')
    expect(await detail(chat)).toMatchObject({ priority: 91, overridden: ['priority'] })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Undone.').waitFor()
    expect(await priority.inputValue()).toBe(before)
    expect(await detail(chat)).toMatchObject({ priority: Number(before), overridden: [] })
    await setPriority(page, '80')
    await setPriority(page, '70')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Undone.').waitFor()
    expect(await detail(chat)).toMatchObject({ priority: 80, overridden: ['priority'] })
    await page.getByRole('switch', { name: 'GPT-4o mini is available' }).click()
    await page.getByText('GPT-4o mini: its availability is off.').waitFor()
    await page.getByLabel('Cost tier of GPT-4o mini').selectOption('premium')
    await page.getByText('GPT-4o mini: the cost tier is premium.').waitFor()
    await goTo('models/openai%2Fgpt-4o-mini')
    await page.getByRole('heading', { name: 'Set by hand' }).waitFor()
    const set = await page.locator('.overridden li').allTextContents()
    expect(set.join()).toContain('cost tier')
    await page.getByRole('button', { name: /Back to what the list says for cost tier/ }).click()
    await page.locator('.overridden li', { hasText: 'cost tier' }).waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  })

  it('are added by hand', async () => {
    const { page, goTo } = await openAdmin(browser)
    await goTo('models/new')
    await page.getByLabel('Provider').selectOption('openai')
    await page.getByLabel('External id').fill('my-own/tuned')
    await page.getByLabel('vision').check()
    await page.getByLabel('Input price').fill('-1')
    await page.getByRole('button', { name: 'Add the model' }).click()
    await page.locator('[aria-invalid]').waitFor()
    await page.getByLabel('Input price').fill('0.25')
    await page.getByRole('button', { name: 'Add the model' }).click()
    await page.getByRole('heading', { level: 1, name: 'my-own/tuned' }).waitFor()
    await page.getByText('somebody who added it by hand').waitFor()
    await page.getByText('text, vision').first().waitFor()
  })

  it('are a hundred thousand, and the list stays quick', { timeout: 180_000 }, async () => {
    const models = Array.from({ length: 100_000 }, (_, index) =>
      simulatedModel({
        // Half of them in each of two lists, which have an end at 64 MB.
        dialect: index % 2 === 0 ? 'openrouter' : 'openai',
        supportedParameters: [],
        id: `many/model-${String(index).padStart(6, '0')}`,
        prices:
          index % 10 === 0
            ? { input: '0', output: '0' }
            : { input: '0.000001', output: '0.000002' },
      }),
    )
    const { page, goTo, chat } = await openAdmin(browser, { models })
    await syncAll(chat, 100_000)
    await goTo('models')
    await page.getByText('More than 10,000 models fit.').waitFor()
    expect(await page.locator('tbody tr').count()).toBe(50)
    const times: number[] = []
    const timed = async (act: () => Promise<unknown>, sign: string): Promise<void> => {
      const startedAt = performance.now()
      await act()
      await page.getByText(sign, { exact: true }).first().waitFor()
      times.push(performance.now() - startedAt)
    }
    const next = page.getByRole('button', { name: 'Next' })
    const search = page.getByLabel('Search')
    await timed(() => goTo('models?provider=openrouter&search=many/model'), 'many/model-000098')
    await timed(() => next.click(), 'many/model-000100')
    await timed(() => next.click(), 'many/model-000200')
    await timed(() => search.fill('model-099998'), 'many/model-099998')
    await timed(() => search.fill('many/model'), 'many/model-000098')
    await timed(
      () => page.getByRole('combobox', { name: 'Cost tier', exact: true }).selectOption('free'),
      'many/model-000490',
    )
    await timed(() => page.getByRole('button', { name: 'Provider' }).click(), 'many/model-099990')
    process.stdout.write(`lists of 100,000: ${times.map((ms) => Math.round(ms)).join(', ')} ms\n`)
    expect(Math.max(...times)).toBeLessThan(3000)
  })
})

describe.skipIf(!hasBrowser)('agents in the admin', () => {
  it('are listed with what is set for them and how much they are used', async () => {
    const { page, chat, goTo, complaints } = await openAdmin(browser)
    await goTo('agents')
    await page.getByText('No agent yet.').waitFor()
    await page.getByText('An agent comes to be when a program asks under its name').waitFor()
    const search = page.getByLabel('Search, or the id of a new agent')
    await search.fill('support')
    await page.getByRole('link', { name: 'Set its models' }).click()
    await page.getByRole('heading', { level: 1, name: 'Models of support' }).waitFor()
    await page.getByRole('button', { name: 'Enable all free' }).click()
    await page.getByText(/All free models are enabled/).waitFor()

    const named = { model_ids: ['openai/gpt-4o', 'openai/gpt-4o-mini'] }
    await asAdmin(chat, '/api/v2/agents/mascot/models', { method: 'POST', body: named })
    const answer = await chat.router.chat({
      agentId: 'mascot',
      messages: [{ role: 'user', content: 'Hello' }],
    })
    await answer.text()
    await page.getByRole('link', { name: 'All agents' }).click()
    const row = (name: string) => page.locator('tbody tr', { hasText: name })
    const supportCells = await row('support').getByRole('cell').allTextContents()
    expect(supportCells).toEqual(['support', '0', '0', '1', '0', 'never'])
    const day = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const
    const today = new Date().toLocaleDateString('en', day)
    const mascotCells = await row('mascot').getByRole('cell').allTextContents()
    expect(mascotCells).toEqual(['mascot', '2', '0', '0', '1', today])
    await page.getByRole('button', { name: 'Answers in 30 days' }).click()
    await page.locator('th[aria-sort]:has-text("Answers")[aria-sort="descending"]').waitFor()
    await search.fill('SUPP')
    await page.getByText('1 of 2 agents').waitFor()
    expect(await page.locator('tbody tr').count()).toBe(1)
    expect(complaints).toEqual([])
  })

  it('are all listed when they are more than an answer of the server holds', async () => {
    const { page, chat, goTo } = await openAdmin(browser)
    const ids = Array.from({ length: 210 }, (_, index) => `agent-${String(index).padStart(3, '0')}`)
    for (const agentId of ids) {
      await chat.router.agents.disable({ agentId, models: ['openai/gpt-4o'], by: 'test' })
    }
    await goTo('agents')
    await page.getByText('210 agents').waitFor()
    expect(await page.locator('tbody tr').count()).toBe(100)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('link', { name: 'agent-209' }).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(10)
    await page.getByRole('button', { name: 'Agent', exact: true }).click()
    await page.getByRole('link', { name: 'agent-209' }).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(100)
  })

  it('get models by switch, in bulk and out of the whole catalogue', async () => {
    const { page, goTo, complaints } = await openAdmin(browser)
    await goTo('agents/mascot')
    await page.getByText('No model is enabled by name or by rule.').waitFor()
    await page.getByRole('button', { name: 'Enable all free' }).click()
    await page.getByText(/All free models are enabled: \d+ now\./).waitFor()
    await page.getByText('Enable cost tier free').first().waitFor()
    await page.getByRole('button', { name: 'Add models' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add models to mascot' })
    await dialog.getByLabel('Search').fill('gpt-4o')
    await dialog.getByLabel(/^GPT-4o openai/).check()
    await dialog.getByLabel('Search').fill('gemini 2.5 flash')
    await dialog.getByLabel(/^Gemini 2.5 Flash google/).check()
    await dialog.getByText('2 models chosen').waitFor()
    await dialog.getByRole('button', { name: 'Enable them' }).click()
    const toggle = page.getByRole('switch', { name: 'GPT-4o is enabled' })
    await toggle.click()
    await page.getByText('GPT-4o is disabled for mascot.').waitFor()
    await page.getByRole('switch', { name: 'openai/gpt-4o is enabled', checked: false }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('switch', { name: 'GPT-4o is enabled', checked: true }).waitFor()
    await page.getByRole('button', { name: 'Disable all' }).click()
    await page.getByText('All models are disabled for mascot.').waitFor()
    await page.getByText('0 enabled').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('switch', { name: 'GPT-4o is enabled', checked: true }).waitFor()
    expect(complaints).toEqual([])
  })

  it('are handled with the keyboard alone', async () => {
    const { page, goTo } = await openAdmin(browser)
    await goTo('agents/mascot')
    const add = page.getByRole('button', { name: 'Add models' })
    await add.waitFor()
    await tabTo(page, 'Add models')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await tabTo(page, 'Search')
    await page.keyboard.type('gpt-4o-mini')
    await dialog.getByText('All 1 of this page').waitFor()
    await tabTo(page, /^GPT-4o mini/)
    await page.keyboard.press('Space')
    await tabTo(page, 'Enable them')
    await page.keyboard.press('Enter')
    await page.getByRole('switch', { name: 'GPT-4o mini is enabled' }).waitFor()
    expect(await dialog.isVisible()).toBe(false)
    expect(await focusedName(page)).toBe('Add models')
    await tabTo(page, 'GPT-4o mini is enabled')
    await page.keyboard.press('Space')
    await page.getByText('GPT-4o mini is disabled for mascot.').waitFor()
  })
})

describe.skipIf(!hasBrowser)('agents, health and changes in the admin', () => {
  it('are used with the keyboard alone', async () => {
    const { page, goTo, chat, complaints } = await openAdmin(browser)
    await chat.router.agents.enable({ agentId: 'support', models: ['openai/gpt-4o'], by: 'test' })
    await goTo('agents')
    await page.getByRole('link', { name: 'support' }).waitFor()
    await tabTo(page, 'Search, or the id of a new agent')
    await page.keyboard.type('new-agent')
    await page.getByText('None fits.').waitFor()
    await tabTo(page, 'Set its models')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Models of new-agent' }).waitFor()

    await goTo('health')
    await page.getByRole('heading', { name: 'The last 24 hours' }).waitFor()
    await tabTo(page, '24 hours')
    await page.keyboard.press('ArrowRight')
    await page.getByRole('heading', { name: 'The last 7 days' }).waitFor()
    expect(await focusedName(page)).toBe('7 days')
    await tabTo(page, /^Show as a table: The last 7 days/)
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Health over the last 7 days' }).waitFor()

    for (let edits = 0; edits < 60; edits += 1) {
      await chat.router.models.edit('openai/gpt-4o', { set: { priority: edits }, by: 'test' })
    }
    await goTo('changes')
    await page.getByRole('region', { name: 'Changes by people' }).locator('tr').nth(50).waitFor()
    await tabTo(page, 'Older')
    await page.keyboard.press('Enter')
    await page.getByText('Page 2').waitFor()
    expect(await focusedName(page)).toBe('Older')
    expect(complaints).toEqual([])
  })

  it('have nothing serious for axe before there is anything to show', async () => {
    const { page, goTo } = await openAdmin(browser, { page: { bypassCSP: true } })
    await page.addInitScript(axe.source)
    await page.reload()
    const found: string[] = []
    for (const [path, sign] of [
      ['agents', 'No agent yet.'],
      ['performance', 'Nothing was answered in this period.'],
      ['changes', 'By people and programs'],
      ['health', 'None in the last 24 hours.'],
    ] as const) {
      await goTo(path)
      await page.getByText(sign).first().waitFor()
      await settled(page)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        found.push(...(await serious(page)).map((issue) => `${path} ${colorScheme}: ${issue}`))
      }
    }
    expect(found).toEqual([])
  })
})

describe.skipIf(!hasBrowser)('signing in to the admin', () => {
  it('refuses a wrong token, keeps a good one for the tab alone, and forgets it', async () => {
    const { page, chat, goTo } = await openAdmin(browser)
    expect(page.url()).not.toContain(ADMIN_TOKEN)
    expect(await page.evaluate('JSON.stringify({ ...localStorage })')).not.toContain(ADMIN_TOKEN)
    expect(await page.evaluate('document.cookie')).toBe('')
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Providers' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Token').fill('not-the-token-of-the-admin-at-all')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator('.field-error').waitFor()
    await page.reload()
    await page.getByLabel('Token').waitFor()
    await goTo('providers')
    const answer = await page.request.get(`${chat.url}/admin/`)
    expect(answer.headers()['content-security-policy']).toContain("script-src 'self'")
    const short = await page.request.get(`${chat.url}/admin`)
    expect(short.url()).toBe(`${chat.url}/admin/`)
  })

  it('takes a page that is small, with no schema and nothing of the server in it', async () => {
    const { chat } = await openAdmin(browser)
    const textOf = async (path: string): Promise<string> =>
      (await fetch(new URL(path, chat.url))).text()
    const files = [...(await textOf('/admin/')).matchAll(/\/admin\/assets\/[\w.-]+/g)]
    const texts = await Promise.all(files.map(([path]) => textOf(path)))
    const bytes = texts.map((text) => gzipSync(text).length)
    expect(bytes.reduce((sum, each) => sum + each)).toBeLessThan(150_000)
    expect(texts.filter((text) => text.includes('_zod') || text.includes('operationId'))).toEqual(
      [],
    )
  })

  it('shows a tenant admin what is theirs, and nothing else', async () => {
    const { page, goTo, complaints } = await openAdmin(browser, { token: tenantAdminKey })
    const screens = page.getByRole('navigation', { name: 'Screens' }).getByRole('link')
    expect(await screens.allTextContents()).toEqual([
      'Models',
      'Agents',
      'Performance',
      'Savings',
      'What if',
      'Changes',
    ])
    await goTo('providers')
    await page.getByRole('heading', { level: 1, name: 'Nothing here' }).waitFor()
    await goTo('models')
    await page.locator('tbody tr').first().waitFor()
    expect(await page.getByRole('button', { name: 'Add a custom model' }).count()).toBe(0)
    expect(await page.locator('td input, td select, [role="switch"]').count()).toBe(0)
    await goTo('agents/mascot')
    await page.getByRole('button', { name: 'Enable all free' }).click()
    await page.getByText(/All free models are enabled/).waitFor()
    // What a page finds out of its role is one refused request.
    expect(complaints.filter((text) => !text.includes('403'))).toEqual([])
  })
})

describe.skipIf(!hasBrowser)('a key that is bound to an agent', () => {
  it('sees that agent alone, on every screen it has', async () => {
    const { page, goTo, complaints } = await openAdmin(browser, { token: boundKey })
    await goTo('agents')
    await page.getByText('1 agent', { exact: true }).waitFor()
    expect(await page.locator('tbody td:first-child').allTextContents()).toEqual(['support'])
    for (const path of [
      'models',
      'agents/support',
      'models/openai%2Fgpt-4o',
      'performance',
      'savings',
      'changes',
    ]) {
      await goTo(path)
      await settled(page)
      expect(await page.getByRole('alert').allTextContents(), path).toEqual([])
    }
    const screens = page.getByRole('navigation', { name: 'Screens' }).getByRole('link')
    const names = ['Models', 'Agents', 'Performance', 'Savings', 'Changes']
    expect(await screens.allTextContents()).toEqual(names)
    await goTo('performance')
    const agents = page.getByRole('combobox', { name: 'Agent', exact: true }).locator('option')
    await expect.poll(() => agents.allTextContents()).toEqual(['support'])
    // What a page finds out of its role is one refused request.
    expect(complaints.filter((text) => !text.includes('403'))).toEqual([])
  })
})

describe.skipIf(!hasBrowser)('every screen of the admin', () => {
  it(
    'has nothing serious for axe in light and dark, and fits a phone',
    { timeout: 240_000 },
    async () => {
      const dataFolder = await temporaryFolder()
      await seedHistory({ dataFolder, days: 12 })
      const { page, goTo } = await openAdmin(browser, {
        dataFolder,
        // A chart in the page may not move either.
        page: { bypassCSP: true, reducedMotion: 'reduce' },
      })
      await page.addInitScript(axe.source)
      await page.reload()
      const found: string[] = []
      for (const { path } of ADMIN_SCREENS) {
        await goTo(path)
        await page.locator('h1').waitFor()
        await settled(page)
        await openTables(page)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          found.push(...(await serious(page)).map((issue) => `${path} ${colorScheme}: ${issue}`))
        }
        // A small phone.
        await page.setViewportSize({ width: 320, height: 640 })
        const width = Number(await page.evaluate('document.documentElement.scrollWidth'))
        if (width > 320) found.push(`${path} is ${width} px wide at 320`)
        found.push(...(await serious(page)).map((issue) => `${path} phone: ${issue}`))
        await page.setViewportSize({ width: 1280, height: 860 })
      }
      expect(found).toEqual([])
    },
  )

  it('says what it could not read, and reads it on demand', async () => {
    const { page, goTo } = await openAdmin(browser)
    await page.route('**/api/v2/admin/models?**', (route) => route.abort())
    await goTo('models')
    await page.getByText('Could not read the models.').waitFor()
    await page.unroute('**/api/v2/admin/models?**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('tbody tr').first().waitFor()
  })
})

describe.skipIf(!hasBrowser)('dashboards of the admin', () => {
  it('draw what was measured, with the same numbers in tables', { timeout: 120_000 }, async () => {
    const dataFolder = await temporaryFolder()
    await seedHistory({ dataFolder, days: 28 })
    const { page, goTo, chat, complaints } = await openAdmin(browser, { dataFolder })
    const asked = requestsOf(page)
    await goTo('performance')
    const figures = page.locator('figure')
    await figures.nth(4).waitFor()
    expect(await page.locator('figure h2').allTextContents()).toEqual([
      'Quality',
      'Why answers were liked or not',
      'Traffic share',
      'Latency',
      'Cost per answer',
    ])
    expect(await page.locator('figure svg[role="img"]').count()).toBe(5)
    await page
      .locator('.markers title', { hasText: 'price change' })
      .first()
      .waitFor({ state: 'attached' })
    // The marks are of the period: nothing is read from the first event on.
    expect(asked.filter((url) => url.includes('/catalogue/events?type='))).toHaveLength(4)
    expect(asked.filter((url) => url.includes('/api/models/events'))).toEqual([])
    await openTables(page)
    const { performance: rows } = await asAdmin<{
      performance: { model: string; usage_count: number; avg_rating: number }[]
    }>(chat, '/api/v2/admin/models/performance')
    const [most] = rows
    const quality = figures.first().getByRole('row', { name: new RegExp(`^${most?.model} `) })
    expect(await quality.getByRole('cell').nth(2).textContent()).toBe(String(most?.usage_count))
    expect(await quality.getByRole('cell').nth(1).textContent()).toContain(
      `${Math.round((most?.avg_rating ?? 0) * 100)}%`,
    )
    await page.getByLabel('kinds of task').check()
    await figures.nth(2).getByText('translation', { exact: true }).first().waitFor()

    await goTo('savings')
    await page.getByLabel('Compared with always').selectOption('openai/gpt-4o-mini')
    await page
      .locator('.headline', { hasText: 'than always GPT-4o mini would have cost' })
      .waitFor()
    await page.getByLabel('Compared with always').selectOption('openai/gpt-4o')
    await page.locator('.headline', { hasText: 'saved against always GPT-4o' }).waitFor()

    await goTo('what-if')
    await page.locator('.range-name', { hasText: 'As it was' }).waitFor()
    await page.getByRole('heading', { name: 'In words' }).waitFor()

    await goTo('health')
    await page.getByRole('img', { name: 'Failed calls a day, by provider' }).waitFor()
    expect(complaints).toEqual([])
  })

  it(
    'say why answers were liked or not, and which model drifted',
    { timeout: 120_000 },
    async () => {
      const dataFolder = await temporaryFolder()
      await seedHistory({ dataFolder, days: 28 })
      const { page, goTo, chat, complaints } = await openAdmin(browser, { dataFolder })
      await goTo('performance')
      const { items: reasons } = await asAdmin<{
        items: { model: string; reason: string; good: number; bad: number }[]
      }>(chat, '/api/v2/admin/feedback/reasons')
      const [most] = reasons
      expect(most).toMatchObject({ model: 'openai/gpt-4o', reason: 'incorrect', good: 0 })
      const figure = page.locator('figure', { hasText: 'Why answers were liked or not' })
      await figure.locator('svg', { hasText: `incorrect ${most?.bad} bad` }).waitFor()
      await openTables(page)
      const row = figure.getByRole('row', { name: 'openai/gpt-4o incorrect' })
      const cells = await row.getByRole('cell').allTextContents()
      expect(cells).toEqual(['openai/gpt-4o', 'incorrect', String(most?.bad), '0'])

      const { items: alarms } = await asAdmin<{ items: { at: string; shift: number }[] }>(
        chat,
        '/api/v2/admin/drift',
      )
      const points = Math.round(Math.abs(alarms[0]?.shift ?? 0) * 100)
      const words = `is rated about ${points} points of 100 lower than before, for mascot`
      // One mark in each of the two charts with lines.
      await expect
        .poll(() => page.locator('.marker-drift title', { hasText: words }).count())
        .toBe(2)
      const told = page.getByRole('region', { name: 'Events' }).locator('li', { hasText: words })
      await told.getByRole('link', { name: 'openai/gpt-4o' }).click()
      await page.getByRole('heading', { level: 1, name: 'GPT-4o' }).waitFor()
      expect(complaints).toEqual([])
    },
  )

  it('see a provider go down and come back', async () => {
    const { page, goTo, simulator, chat } = await openAdmin(browser)
    await goTo('health')
    await page.getByText('This page listens.').waitFor()
    simulator.always(
      { dialect: 'google', operation: 'list' },
      { type: 'fail', failure: 'overloaded' },
    )
    for (let tries = 0; tries < 4; tries += 1) {
      await expect(chat.router.providers.sync('google')).rejects.toThrow('Gemini')
    }
    const news = page.locator('.changes')
    await news.getByText('google went from healthy to degraded').waitFor()
    await news.getByText('google went from degraded to down').waitFor()
    await page.locator('[data-imrs="provider"]:not([data-status="healthy"])').waitFor()
    simulator.reset()
    for (let tries = 0; tries < 4; tries += 1) await chat.router.providers.sync('google')
    await news.getByText('google went from degraded to healthy').waitFor()

    // What was told is kept: others see it too, and so does who comes later.
    const changes = page.getByRole('region', { name: 'Changes of the last 24 hours' })
    const rows = changes.locator('tbody tr')
    await rows.filter({ hasText: 'degraded to ● healthy' }).waitFor()
    await page.reload()
    await rows.nth(2).waitFor()
    const texts = await rows.allTextContents()
    expect(texts[0]).toContain('Google Geminidegraded to ● healthysince then')
    expect(texts.at(-2)).toContain('degraded to ■ down')
    expect(texts.at(-1)).toContain('healthy to ▲ degraded')
    const bar = page.locator('svg[role="img"] g', { hasText: 'Google Gemini' }).first()
    await bar.locator('[data-state="down"]').waitFor()
    expect(await bar.textContent()).toMatch(/Google Gemini \d+(\.\d+)?% healthy, \d changes/)
    await page.getByLabel('30 days').check()
    await page.getByRole('heading', { name: 'The last 30 days' }).waitFor()
    expect(page.url()).toContain('period=30d')
    await openTables(page)
    const shares = page.getByRole('region', { name: 'Health over the last 30 days' })
    const google = shares.getByRole('row', { name: /Google Gemini/ }).getByRole('cell')
    expect(Number((await google.nth(4).textContent()) ?? '')).toBe(texts.length)
    expect(await google.nth(1).textContent()).toMatch(/^\d+(\.\d+)?%$/)
  })
})

interface ProviderToFill {
  readonly id: string
  readonly base: string
  readonly key: string
}

async function fillProvider(page: Page, { id, base, key }: ProviderToFill): Promise<void> {
  await page.getByLabel('Id', { exact: true }).fill(id)
  await page.getByLabel('Base URL').fill(base)
  await page.getByLabel('API key').fill(key)
  await page.getByLabel('It is in a private network').check()
}

/** What a page asks for from now on. */
function requestsOf(page: Page): readonly string[] {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  return asked
}

async function setPriority(page: Page, value: string): Promise<void> {
  const priority = page.getByLabel('Priority of GPT-4o mini')
  await priority.fill(value)
  await priority.press('Enter')
  await page.getByText(`GPT-4o mini: the priority is ${value}.`).waitFor()
}

async function detail(chat: AdminPlace['chat']): Promise<unknown> {
  return asAdmin(chat, `/api/v2/admin/models/${encodeURIComponent('openai/gpt-4o-mini')}`)
}

async function syncAll(chat: AdminPlace['chat'], count: number): Promise<void> {
  for (const id of ['openrouter', 'openai']) {
    // Both ends are in this process: while it reads one list, the idle connection for the next may end.
    await chat.router.providers.sync(id).catch(() => chat.router.providers.sync(id))
  }
  const { items } = await asAdmin<{ items: { id: string; model_count: number }[] }>(
    chat,
    '/api/v2/admin/providers',
  )
  const total = items.reduce((sum, { model_count: models }) => sum + models, 0)
  expect(total).toBeGreaterThanOrEqual(count)
}

/** A key of a tenant admin who has one of two agents. */
async function boundKey(chat: AdminPlace['chat']): Promise<string> {
  for (const agentId of ['support', 'sales']) {
    await chat.router.agents.enable({ agentId, models: ['openai/gpt-4o'], by: 'test' })
    const messages = [{ role: 'user', content: 'Hello' }] as const
    await (await chat.router.chat({ agentId, messages, model: 'openai/gpt-4o' })).text()
  }
  const body = { label: 'bound', roles: ['tenant_admin'], agent_ids: ['support'] }
  const made = await asAdmin<{ readonly key: string }>(chat, '/api/v2/admin/api-keys', {
    method: 'POST',
    body,
  })
  return made.key
}
