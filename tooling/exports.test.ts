import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { publishedPackages } from './run.ts'

interface PublishedManifest {
  readonly private?: boolean
  readonly version: string
  readonly type?: string
  readonly sideEffects?: boolean | readonly string[]
  readonly engines?: { readonly node?: string }
  readonly license?: string
  readonly exports: Readonly<Record<string, unknown>>
  readonly publishConfig: { readonly exports: Readonly<Record<string, unknown>> }
  readonly dependencies?: Readonly<Record<string, string>>
}

function isEntry(target: unknown): target is Readonly<Record<string, string>> {
  return typeof target === 'object' && target !== null && '@imrs/source' in target
}

function withoutSource(exports: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const strip = (target: unknown): unknown => {
    if (!isEntry(target)) return target
    const { '@imrs/source': _, ...published } = target
    return published
  }
  return Object.fromEntries(Object.entries(exports).map(([path, target]) => [path, strip(target)]))
}

describe.each(publishedPackages())('@imrs/$name', ({ name, directory }) => {
  const text = readFileSync(join(directory, 'package.json'), 'utf8')
  const manifest = JSON.parse(text) as PublishedManifest
  const entries = Object.entries(manifest.exports).filter(([, target]) => isEntry(target))

  it('is a public ES module for the Node versions we support', () => {
    expect(manifest).toMatchObject({
      private: false,
      type: 'module',
      // A bundler would drop a style sheet that is said to do nothing.
      sideEffects: './styles.css' in manifest.exports ? ['**/*.css'] : false,
      license: 'MIT',
      engines: { node: '>=22.18' },
    })
  })

  it('has a source file behind every entry, and built files of the same name', () => {
    for (const [path, target] of entries) {
      const built = path === '.' ? 'index' : path.slice(2)
      const sourceFile = (target as Readonly<Record<string, string>>)['@imrs/source'] ?? ''
      expect(existsSync(join(directory, sourceFile)), sourceFile).toBe(true)
      expect(target).toMatchObject({
        types: `./dist/${built}.d.ts`,
        default: `./dist/${built}.js`,
      })
    }
    expect(entries.length).toBeGreaterThan(0)
  })

  it('publishes the same entries without the source condition', () => {
    expect(manifest.publishConfig.exports).toEqual(withoutSource(manifest.exports))
  })

  it('keeps internals unreachable and the manifest reachable', () => {
    expect(manifest.exports).toMatchObject({
      './package.json': './package.json',
      './internal/*': null,
    })
  })

  it('takes every version from the catalog or the workspace', () => {
    const loose = Object.entries(manifest.dependencies ?? {}).filter(
      ([dependency, range]) =>
        range !== (dependency.startsWith('@imrs/') ? 'workspace:^' : 'catalog:'),
    )
    expect(loose).toEqual([])
  })

  it('lists its public names, without `export *`', () => {
    const stars = globSync('src/**/index.ts', { cwd: directory }).filter((file) =>
      /^export \*/m.test(readFileSync(join(directory, file), 'utf8')),
    )
    expect(stars, name).toEqual([])
  })
})
