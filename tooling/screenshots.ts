/**
 * Takes the pictures of the screens into `docs/screenshots`, with a real Chromium: `npm run screenshots`.
 * `CHROMIUM` names another browser than `/usr/bin/chromium`.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

import { root } from './run.ts'

const selected = ['run', '--config', 'vitest.browser.config.ts', 'screenshots.browser']
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
