import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { chromium } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'

import { buildPage, manyModels, servePage } from './__fixtures__/serve-page.ts'

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const run = promisify(execFile)
const home = join(import.meta.dirname, '..')
const bin = join(home, '..', '..', 'node_modules', '.bin')
const MINUTES = 60_000

/** The README's first example: what somebody has who has read nothing else. */
function example(): string {
  const readme = readFileSync(join(home, 'README.md'), 'utf8')
  return /## A picker\n\n```tsx\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
}

/** An app's `node_modules` with the package as npm would give it, and the rest as the workspace has it. */
async function installPacked(app: string): Promise<void> {
  const packed = join(app, 'packed')
  mkdirSync(packed)
  await run(join(bin, 'tsup'), ['--silent'], { cwd: home })
  // It packs what is there, as npm does; `prepare` and the like are not run.
  await run('npx', ['--yes', 'pnpm@12.21.0', 'pack', '--pack-destination', packed], { cwd: home })
  const tarball = readdirSync(packed).find((name) => name.endsWith('.tgz')) ?? ''
  const ours = join(app, 'node_modules', '@imrs', 'react')
  mkdirSync(ours, { recursive: true })
  await run('tar', ['-xzf', join(packed, tarball), '-C', ours, '--strip-components=1'])
  const others = ['react', 'react-dom', '@base-ui/react', '@tanstack/react-virtual']
  for (const name of others) {
    const target = join(app, 'node_modules', name)
    mkdirSync(dirname(target), { recursive: true })
    symlinkSync(realpathSync(join(home, 'node_modules', name)), target)
  }
}

describe.skipIf(!existsSync(EXECUTABLE))(
  `the package as it is published (skipped without ${EXECUTABLE})`,
  () => {
    it(
      'gives a fresh Vite app a working picker in ten lines',
      { timeout: 3 * MINUTES },
      async () => {
        const lines = example()
          .trim()
          .split('\n')
          .filter((line) => line !== '')
        expect(lines.length).toBeLessThanOrEqual(10)
        const app = mkdtempSync(join(tmpdir(), 'imrs-app-'))
        onTestFinished(() => rmSync(app, { recursive: true }))
        await installPacked(app)
        cpSync(join(import.meta.dirname, '__fixtures__', 'fresh-app'), app, { recursive: true })
        writeFileSync(join(app, 'main.tsx'), example())
        const { folder, remove } = await buildPage(app)
        onTestFinished(remove)
        const served = await servePage(folder, manyModels(40))
        onTestFinished(() => served.close())
        const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
        const browser = await chromium.launch({ executablePath: EXECUTABLE, args: flags })
        onTestFinished(() => browser.close())
        const page = await browser.newPage()
        page.setDefaultTimeout(10_000)
        await page.goto(served.url)
        await page.getByRole('combobox', { name: 'Model: Default model' }).click()
        await page.getByRole('combobox', { name: 'Search models' }).fill('3b beta')
        await page.getByRole('option', { name: /^●?Beta 3B Chat/ }).click()
        await page.getByRole('combobox', { name: 'Model: Beta 3B Chat' }).waitFor()
        const trigger = page.locator('[data-imrs=trigger]')
        const display = await trigger.evaluate((element) => getComputedStyle(element).display)
        expect(display).toBe('inline-flex')
      },
    )
  },
)
