/** Runs the soak tests, which take from minutes to hours, and keeps what they measured. */
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

import { root } from './run.ts'

const patterns = ['packages/*/src/**/*.soak.test.ts', 'bench/**/*.soak.test.ts']
const files = globSync(patterns, { cwd: root }).filter((file) => !file.includes('node_modules'))
if (files.length === 0) {
  console.log('There is no soak test yet. One is a vitest file called <subject>.soak.test.ts.')
} else {
  const results = join(root, 'bench', 'results')
  mkdirSync(results, { recursive: true })
  const stamp = new Date().toISOString().replaceAll(':', '-').slice(0, 19)
  const report = join(results, `soak-${stamp}.json`)
  const parameters = ['run', '--config', 'vitest.soak.config.ts', ...process.argv.slice(2)]
  const { status } = spawnSync('vitest', parameters, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, IMRS_TEST_REPORT: report },
  })
  console.log(`The results are in ${report}`)
  process.exitCode = status ?? 1
}
