import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'

import { defineConfig, defineProject, type UserProjectConfigExport } from 'vitest/config'

import { packagesIn, reporters, source } from './tooling/vitest-source.ts'

const exclude = ['**/node_modules/**', '**/dist/**', '**/*.browser.test.*', '**/*.soak.test.*']

function project(name: string, root: string, folder = ''): UserProjectConfigExport {
  const typeTests = `${folder}**/*.test-d.ts`
  const globalSetup = join(import.meta.dirname, root, 'vitest.global-setup.ts')
  return defineProject({
    ...source,
    test: {
      name,
      root,
      environment: 'node',
      include: [`${folder}**/*.test.{ts,tsx}`],
      exclude,
      // A busy machine is no failure: what is waited for comes, or hangs for good.
      testTimeout: 20_000,
      hookTimeout: 30_000,
      // A package that needs a server for its whole run starts it in this file.
      ...(existsSync(globalSetup) ? { globalSetup } : {}),
      typecheck: {
        // The checker is one process per project: only where there are type tests.
        enabled: globSync(typeTests, { cwd: join(import.meta.dirname, root) }).length > 0,
        checker: 'tsc',
        include: [typeTests],
        // Without references, so that nothing has to be built first: packages are read from their sources.
        tsconfig: './tsconfig.type-tests.json',
        // `tsc -b` judges the rest.
        ignoreSourceErrors: true,
      },
    },
  })
}

export default defineConfig({
  ...source,
  test: {
    passWithNoTests: false,
    pool: 'forks',
    maxWorkers: 2,
    reporters: reporters(),
    projects: [
      ...packagesIn('packages').map((name) => project(name, `packages/${name}`, 'src/')),
      ...packagesIn('examples').map((name) => project(`example-${name}`, `examples/${name}`)),
      project('tooling', 'tooling'),
    ],
    coverage: { provider: 'v8', include: ['packages/*/src/**/*.{ts,tsx}'] },
  },
})
