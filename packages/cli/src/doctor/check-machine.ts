import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import process from 'node:process'

import type { CommandContext } from '../context/command-context.ts'
import type { Setup } from '../setup/set-up.ts'
import { fail, ok, warn } from './check.ts'
import type { Check } from './check.ts'

const LEAST_NODE = [22, 18] as const
const MIB = 1024 * 1024
const LITTLE_MIB = 512
const TOO_LITTLE_MIB = 64
/** Tokens are believed for so long after their end; beyond it they fail. */
const CLOCK_WARN_SECONDS = 5
const CLOCK_FAIL_SECONDS = 300
const CLOCK_TIMEOUT_MS = 5000

export function checkNode(version: string = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [leastMajor, leastMinor] = LEAST_NODE
  const isNew = major > leastMajor || (major === leastMajor && minor >= leastMinor)
  if (isNew) return ok('Node', version)
  return fail('Node', version, `Use ${LEAST_NODE.join('.')} or newer.`)
}

/** Room on the disks of the database and the spool. */
export async function checkDisk(setup: Setup): Promise<readonly Check[]> {
  const { file, options } = setup
  const places = [
    ...(file === undefined ? [] : [['disk of the database', dirname(file)] as const]),
    ...(options.spool === undefined
      ? []
      : [['disk of the spool', resolve(options.spool.directory)] as const]),
  ]
  return Promise.all(places.map(async ([name, folder]) => checkRoom(name, folder)))
}

async function checkRoom(name: string, folder: string): Promise<Check> {
  const there = nearest(folder)
  try {
    const { bavail, bsize } = await statfs(there)
    const mib = Math.floor((bavail * bsize) / MIB)
    const found = `${mib.toLocaleString('en')} MiB free at ${there}`
    if (mib < TOO_LITTLE_MIB) return fail(name, found, 'Make room: writes will fail.')
    return mib < LITTLE_MIB ? warn(name, found, 'Make room soon.') : ok(name, found)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return warn(name, said, 'Look whether the folder can be read.')
  }
}

/** The folder, or the nearest above it that is there. */
function nearest(folder: string): string {
  const above = dirname(folder)
  return existsSync(folder) || above === folder ? folder : nearest(above)
}

/** This machine's clock against that of a server, by the header of its answer. */
export async function checkClock(
  { runtime, signal }: Pick<CommandContext, 'runtime' | 'signal'>,
  apiBase: string | undefined,
): Promise<Check> {
  const nobody = 'No provider was reached, so it was compared with nothing.'
  if (apiBase === undefined) return ok('clock', nobody)
  try {
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(CLOCK_TIMEOUT_MS)])
    const { origin } = new URL(apiBase)
    const response = await runtime.fetch(origin, {
      method: 'HEAD',
      redirect: 'manual',
      signal: timeout,
    })
    const theirs = Date.parse(response.headers.get('date') ?? '')
    if (Number.isNaN(theirs)) return ok('clock', nobody)
    // The header has whole seconds.
    const offSeconds = Math.round((runtime.now() - theirs) / 1000)
    const off = Math.abs(offSeconds)
    const found = `${off} s ${offSeconds < 0 ? 'behind' : 'ahead of'} ${origin}`
    if (off > CLOCK_FAIL_SECONDS)
      return fail('clock', found, 'Set it: budgets, tokens and reports go by it.')
    return off > CLOCK_WARN_SECONDS
      ? warn('clock', found, 'Let it be set by NTP.')
      : ok('clock', found)
  } catch {
    return ok('clock', nobody)
  }
}
