import { defineConfig } from 'vitest/config'

import { reporters, source } from './tooling/vitest-source.ts'

/** Tests that run for long and measure what only time shows: leaks, drift, growth. */
export default defineConfig({
  ...source,
  test: {
    name: 'soak',
    environment: 'node',
    include: ['{packages,bench}/**/*.soak.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 0,
    hookTimeout: 0,
    reporters: reporters(),
  },
})
