import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

export const root: string = resolve(import.meta.dirname, '..')

export interface Finished {
  readonly ok: boolean
  readonly output: string
}

/** Runs a program of `node_modules/.bin` to its end, without a shell. */
export function run(
  command: string,
  parameters: readonly string[] = [],
  directory: string = root,
): Promise<Finished> {
  return new Promise((settle) => {
    const bin = join(root, 'node_modules', '.bin')
    const child = spawn(command, parameters, {
      cwd: directory,
      env: {
        ...process.env,
        PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
        NO_COLOR: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', (error) => settle({ ok: false, output: `${output}${error.message}\n` }))
    child.on('close', (code) => settle({ ok: code === 0, output }))
  })
}

export interface PackageManifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly exports: Readonly<Record<string, unknown>>
}

export interface WorkspacePackage {
  /** The folder's name: `core`, not `@imrs/core`. */
  readonly name: string
  readonly directory: string
  readonly manifest: PackageManifest
}

/** Every package that is published, in alphabetical order. */
export function publishedPackages(): WorkspacePackage[] {
  return globSync('packages/*/package.json', { cwd: root })
    .toSorted()
    .map((file) => {
      const directory = join(root, file, '..')
      const manifest = JSON.parse(readFileSync(join(root, file), 'utf8')) as PackageManifest
      return { name: manifest.name.replace('@imrs/', ''), directory, manifest }
    })
}

/** `Promise.all`, two at a time: the machines that run this have two cores. */
export async function twoAtATime<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const waiting = [...items.entries()]
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results[next[0]] = await work(next[1])
    }
  }
  await Promise.all([worker(), worker()])
  return results
}
