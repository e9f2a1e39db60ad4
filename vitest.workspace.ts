import { existsSync, globSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, defineProject } from 'vitest/config'

const conditions = ['@imrs/source', 'module', 'node', 'development|production']
const source = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['@imrs/source'] } },
}

const exclude = [
  '**/node_modules/**',
  '**/dist/**',
  '**/*.browser.test.ts',
  '**/*.browser.test.tsx',
  '**/*.soak.test.ts',
]

function project(name: string, root: string, folder: string) {
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
      // A package that needs a server for its whole run starts it in this file.
      ...(existsSync(globalSetup) ? { globalSetup } : {}),
      typecheck: {
        // A type checker per package is a process per package: only where there are type tests.
        enabled: globSync(typeTests, { cwd: root, exclude: ['**/node_modules'] }).length > 0,
        checker: 'tsc',
        include: [typeTests],
        tsconfig: './tsconfig.test.json',
      },
    },
  })
}

const inFolder = (folder: string) =>
  readdirSync(join(import.meta.dirname, folder), { withFileTypes: true })
    .filter((entry) => existsSync(join(import.meta.dirname, folder, entry.name, 'package.json')))
    .map((entry) => entry.name)

const report = process.env['IMRS_TEST_REPORT']

export default defineConfig({
  ...source,
  test: {
    passWithNoTests: false,
    pool: 'forks',
    maxWorkers: 2,
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
    projects: [
      ...inFolder('packages').map((name) => project(name, `packages/${name}`, 'src/')),
      ...inFolder('examples').map((name) => project(`example-${name}`, `examples/${name}`, '')),
      project('tooling', 'tooling', ''),
    ],
    coverage: { provider: 'v8', include: ['packages/*/src/**/*.{ts,tsx}'] },
  },
})
