import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** What the linter has no rule for; the rest of the seam is in `.oxlintrc.json`. */
const ambient = [/\bnew Date\(\s*\)/, /(?<!new )\bDate\(\s*\)/]

const files = globSync('packages/*/src/**/*.{ts,tsx}', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !/\.(test|test-d|bench)\.tsx?$|__fixtures__/.test(file))
  .filter((file) => file !== 'packages/core/src/system-runtime.ts')

it('reads no clock outside the runtime', () => {
  const found = files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .map((line, index) => ({ line, place: `${file}:${index + 1}` }))
      .filter(({ line }) => !/^\s*(\*|\/\/|\/\*)/.test(line))
      .filter(({ line }) => ambient.some((pattern) => pattern.test(line)))
      .map(({ line, place }) => `${place} ${line.trim()}`),
  )
  expect(found).toEqual([])
})
