import type { Page } from 'playwright-core'

/** Opens what is behind every chart. */
export async function openTables(page: Page): Promise<void> {
  await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true')
}

/** What axe calls serious or critical. */
export async function serious(page: Page): Promise<readonly string[]> {
  const script = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))`
  return (await page.evaluate(script)) as readonly string[]
}

const MOST_TABS = 120

/** Presses Tab until something of that name has the focus. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    await page.keyboard.press('Tab')
    const focused = await focusedName(page)
    if (typeof name === 'string' ? focused === name : name.test(focused)) return
  }
  throw new Error(`Tab never reaches ${String(name)}`)
}

/** What has the focus, by its label or its text. */
export async function focusedName(page: Page): Promise<string> {
  const script = `(() => {
    const element = document.activeElement
    const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent
    return (label ?? element.textContent).trim()
  })()`
  return (await page.evaluate(script)) as string
}
