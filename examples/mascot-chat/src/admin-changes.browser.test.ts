import { simulatedModel } from '@imrs/testing/simulator'
import type { SimulatedModel } from '@imrs/testing/simulator'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  buildAdmin,
  hasChromium,
  launchChromium,
  openAdmin,
  tenantAdminKey,
} from './__fixtures__/admin-place.ts'
import type { AdminPlace } from './__fixtures__/admin-place.ts'

const COUNT = 120

describe.skipIf(!hasChromium())('changes of the catalogue in the admin', () => {
  let browser: Browser
  beforeAll(async () => {
    await buildAdmin()
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  it('are read a page at a time, the newest first, by kind and by provider', async () => {
    const place = await openAdmin(browser)
    await addModels(place)
    const { page, goTo, complaints } = place
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await goTo('changes')
    const rows = page.getByRole('region', { name: 'Changes of syncs' }).locator('tbody tr')
    const pages = page.getByRole('navigation', { name: 'Pages of the catalogue’s changes' })
    await rows.nth(49).waitFor()
    expect(await rows.count()).toBe(50)
    // The price went last, as a change of the model and as one of its price.
    expect(await rows.first().textContent()).toContain(
      'price per million: in $1 to $3, out $2 to $4',
    )
    expect(await rows.nth(2).textContent()).toContain('acme/new-119')
    await pages.getByRole('button', { name: 'Older' }).click()
    await page.getByRole('link', { name: 'acme/new-070' }).waitFor()
    await pages.getByRole('button', { name: 'Newer' }).click()
    await page.getByRole('link', { name: 'acme/new-119' }).waitFor()
    expect(asked.filter((url) => url.includes('/catalogue/events?limit=50'))).toHaveLength(2)
    expect(asked.filter((url) => url.includes('since='))).toEqual([])

    await page.getByLabel('Kind of change').selectOption('price-changed')
    await page.getByRole('link', { name: 'acme/new-119' }).waitFor({ state: 'detached' })
    const texts = await rows.allTextContents()
    expect(texts[0]).toContain('acme/new-000')
    expect(texts.filter((text) => !text.includes('price '))).toEqual([])
    expect(page.url()).toContain('type=price-changed')
    await page.getByLabel('Provider').selectOption('google')
    await page.getByRole('link', { name: 'acme/new-000' }).waitFor({ state: 'detached' })
    await page.getByLabel('Kind of change').selectOption('model-removed')
    await page.getByText('Nothing of that kind.').waitFor()
    expect(complaints).toEqual([])
  })

  it('are told to tenant admins too, without the names of providers to choose from', async () => {
    const place = await openAdmin(browser, { token: tenantAdminKey })
    await addModels(place)
    await place.goTo('changes')
    await place.page.getByRole('link', { name: 'acme/new-119' }).waitFor()
    expect(await place.page.getByLabel('Provider').count()).toBe(0)
  })
})

/** A list with as many new models, and then a new price of one of them. */
async function addModels({ chat, simulator }: AdminPlace): Promise<void> {
  await chat.router.providers.sync('openrouter')
  const added = Array.from({ length: COUNT }, (_, index) => newModel(index))
  simulator.replaceModels([...simulator.models, ...added])
  await chat.router.providers.sync('openrouter')
  const dearer = { ...newModel(0), prices: { input: '0.000003', output: '0.000004' } }
  simulator.replaceModels(
    simulator.models.map((model) => (model.id === dearer.id ? dearer : model)),
  )
  await chat.router.providers.sync('openrouter')
}

function newModel(index: number): SimulatedModel {
  return simulatedModel({
    dialect: 'openrouter',
    id: `acme/new-${String(index).padStart(3, '0')}`,
    prices: { input: '0.000001', output: '0.000002' },
  })
}
