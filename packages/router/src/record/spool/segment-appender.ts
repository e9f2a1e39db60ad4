import { unlink } from 'node:fs/promises'

import type { Segment, SegmentList } from './segment-list.ts'
import { SegmentWriter } from './segment-writer.ts'
import { ifThere, segmentOrigin, sizeOf } from './spool-files.ts'
import type { SpoolLock } from './spool-lock.ts'
import type { ResolvedSpoolOptions } from './spool-options.ts'

export interface SegmentAppenderOptions {
  readonly options: Pick<ResolvedSpoolOptions, 'segmentBytes' | 'durability'>
  readonly lock: SpoolLock
  readonly segments: SegmentList
  readonly report: (error: Error) => void
}

/** Adds records to the newest segment, and begins another one when that is large. One call at a time. */
export class SegmentAppender {
  readonly #given: SegmentAppenderOptions
  #active: { readonly writer: SegmentWriter; readonly segment: Segment } | undefined
  #begun = 0

  constructor(given: SegmentAppenderOptions) {
    this.#given = given
  }

  /** The segment that records are added to, if there is one. */
  get segment(): Segment | undefined {
    return this.#active?.segment
  }

  /**
   * Adds all of the lines or none. A segment that was begun earlier and fails is closed, and a new
   * one tried: its file may have been moved or deleted.
   *
   * @throws the file system's error.
   */
  async append(lines: readonly Buffer[]): Promise<void> {
    const wasBegun = this.#active !== undefined
    try {
      await this.#appendOnce(lines)
    } catch (error) {
      await this.#abandon(error)
      if (!wasBegun) throw error
      await this.append(lines)
    }
  }

  /** Closes the newest segment; the next record begins another one. */
  async seal(): Promise<void> {
    const active = this.#active
    this.#active = undefined
    await active?.writer.close()
  }

  async #appendOnce(lines: readonly Buffer[]): Promise<void> {
    const { segmentBytes } = this.#given.options
    const data = Buffer.concat(lines)
    const used = this.#active?.writer.bytes ?? 0
    if (used > 0 && used + data.length > segmentBytes) await this.seal()
    this.#active ??= await this.#begin()
    const { writer, segment } = this.#active
    await writer.append(data)
    segment.bytes = writer.bytes
    segment.waiting += lines.length
  }

  async #begin(): Promise<{ readonly writer: SegmentWriter; readonly segment: Segment }> {
    const { lock, segments, options } = this.#given
    // Whoever judges by signs of life must not find an old one beside a new segment.
    await lock.touch()
    this.#begun += 1
    const segment = segments.make(segmentOrigin(lock.owner, this.#begun))
    const { durability } = options
    const writer = await SegmentWriter.create({ path: segment.path, durability })
    segments.add(segment)
    return { writer, segment }
  }

  /** What was promised before is still in the segment, unless its file is gone. */
  async #abandon(cause: unknown): Promise<void> {
    const { segment } = this
    if (segment === undefined) return
    const { segments, report } = this.#given
    await this.seal().catch(() => undefined)
    const bytes = await sizeOf(segment.path).catch(() => segment.bytes)
    segment.bytes = bytes ?? 0
    if (segment.waiting === 0) {
      await ifThere(() => unlink(segment.path)).catch(() => undefined)
      segments.forget(segment)
    } else if (bytes === undefined) {
      segments.forget(segment)
      report(new Error(`${segment.waiting} records were in a file that is gone`, { cause }))
    }
  }
}
