import { defineConfig } from 'vitest/config'

import { reporters, source } from './tooling/vitest-source.ts'

/** Tests that drive a real Chromium. They skip where there is none, unless `REQUIRE_CHROMIUM=1`. */
export default defineConfig({
  ...source,
  test: {
    name: 'browser',
    environment: 'node',
    include: ['{packages,examples}/**/*.browser.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    passWithNoTests: true,
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: reporters(),
  },
})
