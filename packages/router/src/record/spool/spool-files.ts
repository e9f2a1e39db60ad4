import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const SEGMENT = new RegExp(`^(${ID}-\\d{8})\\.(${ID})\\.segment$`)
const OTHER = new RegExp(`^(${ID})\\.(lock|rejected)$`)

/** A file of a spool's directory, as its name tells. */
export interface SpoolFile {
  readonly kind: 'segment' | 'lock' | 'rejected'
  readonly name: string
  /** Whose it is now: the id of a running or dead process' spool. */
  readonly owner: string
  /** Of a segment: who wrote it first, and which of its segments it is. Sorts by age. */
  readonly origin: string
}

/** `<origin>-<number>.<owner>.segment`: ids sort by the time they were made, so names sort by age. */
export function segmentName(origin: string, owner: string): string {
  return `${origin}.${owner}.segment`
}

/** The origin of the n-th segment that a spool writes. */
export function segmentOrigin(owner: string, position: number): string {
  return `${owner}-${String(position).padStart(8, '0')}`
}

export function lockName(owner: string): string {
  return `${owner}.lock`
}

/** Records that were read but cannot be stored; kept for people. */
export function rejectedName(owner: string): string {
  return `${owner}.rejected`
}

/** The files of spools in a directory, segments by age; others are passed over. */
export async function listSpoolFiles(directory: string): Promise<readonly SpoolFile[]> {
  const names = await readdir(directory)
  return names
    .map(toSpoolFile)
    .filter((file) => file !== undefined)
    .sort((left, right) => (left.origin < right.origin ? -1 : 1))
}

function toSpoolFile(name: string): SpoolFile | undefined {
  const [, origin, owner] = SEGMENT.exec(name) ?? []
  if (origin !== undefined && owner !== undefined) return { kind: 'segment', name, owner, origin }
  const [, other, kind] = OTHER.exec(name) ?? []
  if (other === undefined || (kind !== 'lock' && kind !== 'rejected')) return undefined
  return { kind, name, owner: other, origin: other }
}

/** How much other spools hold in the directory, bytes. */
export async function bytesOfOthers(directory: string, owner: string): Promise<number> {
  let bytes = 0
  for (const file of await listSpoolFiles(directory)) {
    if (file.owner !== owner) bytes += (await sizeOf(join(directory, file.name))) ?? 0
  }
  return bytes
}

/** `undefined` when the file is not there any more. */
export async function sizeOf(path: string): Promise<number | undefined> {
  return ifThere(async () => (await stat(path)).size)
}

/** Runs what reads, moves or deletes a file; `undefined` when another process was first. */
export async function ifThere<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** `ENOENT`, `EACCES` and their like. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
