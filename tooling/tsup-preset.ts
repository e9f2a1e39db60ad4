import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { defineConfig } from 'tsup'

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>
}

/** One build for every package: the entries are those of `exports` that have a source file. */
export function packageBuild(directory: string): ReturnType<typeof defineConfig> {
  const text = readFileSync(join(directory, 'package.json'), 'utf8')
  const manifest = JSON.parse(text) as Manifest
  return defineConfig({
    entry: entriesOf(manifest),
    format: 'esm',
    target: 'node22',
    platform: 'node',
    dts: { compilerOptions: { composite: false, incremental: false, declarationMap: false } },
    sourcemap: true,
    clean: true,
  })
}

function entriesOf(manifest: Manifest): Record<string, string> {
  const entries: Record<string, string> = {}
  for (const [path, target] of Object.entries(manifest.exports)) {
    if (typeof target !== 'object' || target === null || !('@imrs/source' in target)) continue
    entries[path === '.' ? 'index' : path.slice(2)] = String(target['@imrs/source'])
  }
  return entries
}
