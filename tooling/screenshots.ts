/**
 * Takes the pictures of the screens into `docs/screenshots`, with a real Chromium: `npm run screenshots`.
 * `npm run screenshots -- chat` takes those of the chat alone, `-- admin` those of the admin. `CHROMIUM`
 * names another browser than `/usr/bin/chromium`.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

import { root } from './run.ts'

const words = process.argv.slice(2)
const files =
  words.length === 0 ? ['screenshots.browser'] : words.map((word) => `${word}-screenshots.browser`)
const selected = ['run', '--config', 'vitest.browser.config.ts', ...files]
const { status } = spawnSync('vitest', selected, {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    REQUIRE_CHROMIUM: '1',
    SCREENSHOTS: join(root, 'docs', 'screenshots'),
  },
})
process.exitCode = status ?? 1
