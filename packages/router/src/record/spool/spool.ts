import { appendFile, mkdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'

import type { LedgerBatch, Runtime } from '@imrs/core'
import { ConfigError, ImrsError } from '@imrs/core'

import { fromSegment, toRecordLine } from './record-line.ts'
import type { RecordLine } from './record-line.ts'
import { SegmentAppender } from './segment-appender.ts'
import { SegmentList } from './segment-list.ts'
import type { Segment } from './segment-list.ts'
import { bytesOfOthers, ifThere, rejectedName, sizeOf } from './spool-files.ts'
import { SpoolLock } from './spool-lock.ts'
import type { ResolvedSpoolOptions } from './spool-options.ts'
import { takeOver } from './take-over.ts'

/** How far the records of one call came. */
export interface SpoolAppend {
  /** So many from the front are safe. */
  readonly accepted: number
  /** Why the others are not. */
  readonly refusal?: Error | undefined
}

export interface SpoolContext {
  readonly runtime: Pick<Runtime, 'newId'>
  /** Told what went wrong without a caller who could be told. */
  readonly report: (error: Error) => void
}

/**
 * Records that wait on the disk for the store: a write-ahead log of segments, to which records are
 * added at one end and from which whole segments are deleted at the other. Callers take turns; only
 * {@link read}, {@link advance}, {@link setAside}, {@link leave} and {@link finish}, which touch
 * sealed segments, may go on beside others.
 *
 * A record that was accepted survives the death of the process. When the process dies while a
 * segment is replayed, all of it is replayed again: records are idempotent by their ids.
 */
export class Spool {
  readonly #options: ResolvedSpoolOptions
  readonly #lock: SpoolLock
  readonly #segments: SegmentList
  readonly #appender: SegmentAppender
  /** What stays on the disk for people. */
  #keptBytes = 0
  #othersBytes = 0
  #hasOthers = false
  #isClosed = false

  private constructor(
    options: ResolvedSpoolOptions,
    lock: SpoolLock,
    { report }: Pick<SpoolContext, 'report'>,
  ) {
    this.#options = options
    this.#lock = lock
    this.#segments = new SegmentList(options.directory, lock.owner)
    this.#appender = new SegmentAppender({ options, lock, segments: this.#segments, report })
  }

  /**
   * Makes the folder, checks that it can be written, and takes over what processes that have ended
   * left in it.
   *
   * @throws ConfigError that says why the folder cannot be used.
   */
  static async open(options: ResolvedSpoolOptions, context: SpoolContext): Promise<Spool> {
    const { directory } = options
    let lock: SpoolLock | undefined
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 })
      lock = await SpoolLock.acquire(directory, context.runtime)
      const spool = new Spool(options, lock, context)
      await spool.takeOver()
      return spool
    } catch (cause) {
      await lock?.release().catch(() => undefined)
      const why = asError(cause).message
      throw new ConfigError(`\`spool.directory\` ${directory} cannot be used: ${why}`, { cause })
    }
  }

  /** Records that are not in the store yet. */
  get waiting(): number {
    return this.#segments.waiting
  }

  /** Whether there is no segment, not even one without a whole record. */
  get isEmpty(): boolean {
    return this.#segments.oldest === undefined
  }

  /** Whether others had segments when it was looked last, who lived or may have lived. */
  get hasOthers(): boolean {
    return this.#hasOthers
  }

  /** Takes over what processes that have ended left, and gives a sign of life. */
  async takeOver(): Promise<void> {
    const { origins, hasOthers } = await takeOver(this.#options.directory, this.#lock)
    this.#hasOthers = hasOthers
    for (const origin of origins) {
      const segment = this.#segments.make(origin)
      segment.bytes = (await sizeOf(segment.path)) ?? 0
      segment.waiting = countRecords((await this.read(segment)) ?? [])
      this.#segments.add(segment)
    }
  }

  /** A sign of life, for processes that cannot see this one. */
  async touch(): Promise<void> {
    await this.#lock.touch()
  }

  /** Writes as many of the records as there is room for, in their order. Never rejects. */
  async append(batches: readonly LedgerBatch[]): Promise<SpoolAppend> {
    if (this.#isClosed) {
      return { accepted: 0, refusal: new ImrsError('closed', 'The router is closed') }
    }
    try {
      if (this.#appender.segment === undefined) await this.#measureOthers()
      const lines = batches.map(toRecordLine)
      const accepted = this.#fitting(lines)
      if (accepted > 0) await this.#appender.append(lines.slice(0, accepted))
      return { accepted, refusal: accepted < lines.length ? this.#full() : undefined }
    } catch (error) {
      return { accepted: 0, refusal: asError(error) }
    }
  }

  /** The segment to replay next, to which nothing is added any more; `undefined` when there is none. */
  async oldest(): Promise<Segment | undefined> {
    const { oldest } = this.#segments
    if (oldest !== undefined && oldest === this.#appender.segment) await this.#appender.seal()
    return oldest
  }

  /** The lines of a segment; `undefined` when its file is gone. */
  async read({ path }: Segment): Promise<readonly RecordLine[] | undefined> {
    const bytes = await ifThere(() => readFile(path))
    return bytes === undefined ? undefined : fromSegment(bytes)
  }

  /** The next lines of a segment are done with. */
  advance(segment: Segment, lines: readonly RecordLine[]): void {
    const progress = segment
    progress.linesDone += lines.length
    progress.waiting -= countRecords(lines)
  }

  /** Deletes a segment that is done with. */
  async finish(segment: Segment): Promise<void> {
    await ifThere(() => unlink(segment.path))
    this.#segments.forget(segment)
  }

  /** Lets a segment that cannot be read lie, for the next start to try again. */
  leave(segment: Segment): void {
    this.#keptBytes += segment.bytes
    this.#segments.forget(segment)
  }

  /**
   * Keeps lines that are damaged, or that the store refuses, in a file beside the segments, for
   * people; nothing reads it again. Gives its path.
   *
   * @throws when there is no room, or the file cannot be written.
   */
  async setAside(lines: readonly RecordLine[]): Promise<string> {
    const data = Buffer.concat(lines.flatMap(({ bytes }) => [bytes, missingNewline(bytes)]))
    if (data.length > this.#room) throw this.#full()
    const path = join(this.#options.directory, rejectedName(this.#lock.owner))
    await appendFile(path, data, { mode: 0o600 })
    this.#keptBytes += data.length
    return path
  }

  /** Leaves what waits to the next start. */
  async close(): Promise<void> {
    this.#isClosed = true
    try {
      await this.#appender.seal()
    } finally {
      await this.#lock.release()
    }
  }

  get #room(): number {
    const own = this.#segments.bytes + this.#keptBytes + this.#lock.bytes
    const used = own + this.#othersBytes
    return Math.max(0, this.#options.maxBytes - used)
  }

  #fitting(lines: readonly Buffer[]): number {
    let room = this.#room
    const firstTooMany = lines.findIndex((line) => (room -= line.length) < 0)
    return firstTooMany === -1 ? lines.length : firstTooMany
  }

  #full(): Error {
    const { directory, maxBytes } = this.#options
    const used = maxBytes - this.#room
    return new ImrsError(
      'payload-too-large',
      `The spool in ${directory} is full: ${used} of ${maxBytes} bytes are used.`,
    )
  }

  /** Processes that share a folder share its bound; what others write is seen at the next segment. */
  async #measureOthers(): Promise<void> {
    this.#othersBytes = await bytesOfOthers(this.#options.directory, this.#lock.owner)
  }
}

function countRecords(lines: readonly RecordLine[]): number {
  return lines.filter(({ batch }) => batch !== undefined).length
}

function missingNewline(line: Buffer): Buffer {
  return Buffer.from(line.at(-1) === 0x0a ? '' : '\n')
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
