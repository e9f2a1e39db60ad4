import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Who may depend on whom. `devDependencies` and test files are free. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  providers: ['core'],
  secrets: ['core'],
  catalog: ['core'],
  feedback: ['core'],
  router: ['core', 'catalog', 'feedback'],
  'store-kysely': ['core'],
  'store-sqlite': ['core', 'store-kysely'],
  'store-postgres': ['core', 'store-kysely'],
  testing: ['core'],
  http: ['core', 'router'],
  'ai-sdk': ['core', 'router'],
  react: ['core'],
  cli: [
    'core',
    'catalog',
    'feedback',
    'http',
    'providers',
    'router',
    'secrets',
    'store-kysely',
    'store-postgres',
    'store-sqlite',
    'testing',
  ],
}

interface Manifest {
  readonly name: string
  readonly exports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

interface Import {
  readonly file: string
  readonly specifier: string
}

const names = globSync('packages/*/package.json', { cwd: root })
  .map((file) => file.split(/[\\/]/)[1] ?? '')
  .toSorted()

function readManifest(name: string): Manifest {
  const text = readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')
  return JSON.parse(text) as Manifest
}

function declared(manifest: Manifest): string[] {
  return Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
}

const statement = /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm
const sideEffect = /^\s*import\s*['"]([^'"]+)['"]/gm
const dynamic = /\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g

function importsOf(name: string): Import[] {
  const folder = join(root, 'packages', name)
  return globSync('src/**/*.{ts,tsx}', { cwd: folder })
    .filter((file) => !/\.(test|test-d|bench)\.tsx?$|__fixtures__/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')
      return [statement, sideEffect, dynamic]
        .flatMap((pattern) => [...text.matchAll(pattern)])
        .map((match) => ({ file, specifier: match[1] ?? '' }))
    })
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '')
}

function leavesPackage(name: string, { file, specifier }: Import): boolean {
  const source = join(root, 'packages', name, 'src')
  const target = resolve(dirname(join(root, 'packages', name, file)), specifier)
  return relative(source, target).startsWith('..')
}

const show = ({ file, specifier }: Import): string => `${file} imports ${specifier}`

it('has a row for every package', () => {
  expect(names.filter((name) => !(name in allowed))).toEqual([])
})

describe.each(names)('%s', (name) => {
  const manifest = readManifest(name)
  const ours = (specifier: string): boolean => specifier.startsWith('@imrs/')

  it('is named after its folder', () => {
    expect(manifest.name).toBe(`@imrs/${name}`)
  })

  it('depends only on the packages in the table', () => {
    const expected = (allowed[name] ?? []).map((target) => `@imrs/${target}`)
    const extra = declared(manifest).filter((target) => ours(target) && !expected.includes(target))
    expect(extra).toEqual([])
  })

  it('imports only packages that its manifest declares', () => {
    const known = new Set([...declared(manifest), manifest.name])
    const undeclared = importsOf(name).filter(
      ({ specifier }) =>
        !specifier.startsWith('.') &&
        !specifier.startsWith('node:') &&
        !known.has(packageOf(specifier)),
    )
    expect(undeclared.map(show)).toEqual([])
  })

  it('imports other packages by name, never by a path', () => {
    const crossing = importsOf(name).filter(
      (found) => found.specifier.startsWith('.') && leavesPackage(name, found),
    )
    expect(crossing.map(show)).toEqual([])
  })
})
