import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import type { ViteUserConfig } from 'vitest/config'

import { root } from './run.ts'

const conditions = ['@imrs/source', 'module', 'node', 'development|production']

/** Lets tests import the packages from `src`, so that nothing has to be built. */
export const source = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['@imrs/source'] } },
}

/** The usual reporter, and a JSON file when `IMRS_TEST_REPORT` names one. */
export function reporters(): NonNullable<NonNullable<ViteUserConfig['test']>['reporters']> {
  const report = process.env['IMRS_TEST_REPORT']
  return report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]]
}

/** The workspace packages directly under a folder. */
export function packagesIn(folder: string): string[] {
  return readdirSync(join(root, folder)).filter((name) =>
    existsSync(join(root, folder, name, 'package.json')),
  )
}
