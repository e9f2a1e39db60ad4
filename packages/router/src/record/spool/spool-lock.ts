import { readFile, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Runtime } from '@imrs/core'

import { ownIdentity, processState } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'
import { codeOf, ifThere, listSpoolFiles, lockName } from './spool-files.ts'

/**
 * After so long without a sign of life, an owner that cannot be seen from here (another container,
 * another machine) counts as dead. Owners with records give a sign in every round of replaying.
 */
const LEASE_MS = 300_000

/** Ids are unique, except those of a test's runtime. */
const MAX_TRIES = 100

/**
 * Says whose the files of one spool are, in a file that is made exclusively: which process, on which
 * machine, and since when it runs, so that a later process with its id is not taken for it.
 *
 * Another process may take the segments of an owner that has ended: at once when it can see so, else
 * after five minutes without a sign of life. Times are those of the file system, so the clocks of
 * two machines need not agree.
 */
export class SpoolLock {
  readonly owner: string
  readonly #directory: string
  readonly #identity: ProcessIdentity
  readonly #text: string

  private constructor(directory: string, owner: string, identity: ProcessIdentity) {
    this.#directory = directory
    this.owner = owner
    this.#identity = identity
    this.#text = JSON.stringify(identity)
  }

  /** The size of its file. */
  get bytes(): number {
    return Buffer.byteLength(this.#text)
  }

  /** @throws the file system's error when the directory cannot be written. */
  static async acquire(directory: string, { newId }: Pick<Runtime, 'newId'>): Promise<SpoolLock> {
    const identity = await ownIdentity()
    for (let tries = 1; ; tries += 1) {
      const lock = new SpoolLock(directory, newId(), identity)
      try {
        await lock.#write('wx')
        if (!(await isNamedInFiles(directory, lock.owner))) return lock
        await lock.release()
      } catch (error) {
        if (codeOf(error) !== 'EEXIST' || tries >= MAX_TRIES) throw error
      }
    }
  }

  /** A sign of life. The lock is written over, never emptied: a process may die at any moment. */
  async touch(): Promise<void> {
    const isThere = await ifThere(async () => {
      await this.#write('r+')
      return true
    })
    if (isThere !== true) await this.#write('w')
  }

  /** From now on, what is left of this owner may be taken by anyone. */
  async release(): Promise<void> {
    await ifThere(() => unlink(this.#path))
  }

  /**
   * What is to be thought of another owner; `unknown` means: ask again later. An owner without a
   * lock has ended: its lock is there before its first segment and goes after its last.
   */
  async stateOf(owner: string): Promise<'running' | 'ended' | 'unknown'> {
    const path = join(this.#directory, lockName(owner))
    const text = await ifThere(() => readFile(path, 'utf8'))
    if (text === undefined) return 'ended'
    const identity = toIdentity(text)
    const state = identity === undefined ? 'unknown' : await processState(identity, this.#identity)
    if (state !== 'unknown') return state
    const [own, other] = [await mtimeOf(this.#path), await mtimeOf(path)]
    if (other === undefined) return 'ended'
    return own !== undefined && own - other > LEASE_MS ? 'ended' : 'unknown'
  }

  get #path(): string {
    return join(this.#directory, lockName(this.owner))
  }

  #write(flag: 'r+' | 'w' | 'wx'): Promise<void> {
    return writeFile(this.#path, this.#text, { flag, mode: 0o600 })
  }
}

/** Whether segments of an earlier owner have the same id, which only ids that are no chance can have. */
async function isNamedInFiles(directory: string, owner: string): Promise<boolean> {
  const files = await listSpoolFiles(directory)
  return files.some(({ kind, name }) => kind !== 'lock' && name.includes(owner))
}

function mtimeOf(path: string): Promise<number | undefined> {
  return ifThere(async () => (await stat(path)).mtimeMs)
}

/** `undefined` for a lock that is just being written, or was damaged. */
function toIdentity(text: string): ProcessIdentity | undefined {
  try {
    const value = JSON.parse(text) as Partial<ProcessIdentity>
    const { machine, pid, startedAt } = value
    return typeof machine === 'string' && typeof pid === 'number'
      ? { machine, pid, startedAt: typeof startedAt === 'string' ? startedAt : undefined }
      : undefined
  } catch {
    return undefined
  }
}
