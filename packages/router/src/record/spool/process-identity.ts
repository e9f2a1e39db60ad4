import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'

/** Which process something belongs to. */
export interface ProcessIdentity {
  /** Within one of these, a process id means one process at a time. */
  readonly machine: string
  readonly pid: number
  /** Tells a process from a later one with its id, where the system says it. */
  readonly startedAt?: string | undefined
}

/** Whether a process still runs; `unknown` when that cannot be seen from here. */
export type ProcessState = 'running' | 'ended' | 'unknown'

/** This process. A container, another boot and another host are other machines. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  const [boot, namespace, stat] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
    statOf(process.pid),
  ])
  const machine = [hostname(), boot.trim(), namespace].join(' ')
  return { machine, pid: process.pid, startedAt: stat?.startedAt }
}

export async function processState(
  { machine, pid, startedAt }: ProcessIdentity,
  own: ProcessIdentity,
): Promise<ProcessState> {
  if (machine !== own.machine) return 'unknown'
  if (!isThere(pid)) return 'ended'
  const stat = await statOf(pid)
  if (stat === undefined || startedAt === undefined) return 'unknown'
  return stat.startedAt === startedAt && !stat.isZombie ? 'running' : 'ended'
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Not ours to signal, so it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** From `/proc`; `undefined` where there is none, or another user's processes are hidden. */
async function statOf(
  pid: number,
): Promise<{ readonly startedAt: string; readonly isZombie: boolean } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  // The name in brackets may hold blanks and brackets; the state comes after it, as the third field.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state = '', startedAt] = [fields[0], fields[19]]
  return startedAt === undefined ? undefined : { startedAt, isZombie: state === 'Z' }
}
