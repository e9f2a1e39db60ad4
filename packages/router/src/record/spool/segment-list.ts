import { join } from 'node:path'

import { segmentName } from './spool-files.ts'

/** A segment of ours on the disk. */
export interface Segment {
  /** Who wrote it first, and which of his segments it is; sorts by age. */
  readonly origin: string
  readonly path: string
  /** Its size. */
  bytes: number
  /** Whole records in it that are not in the store yet. */
  waiting: number
  /** How many of its lines are done with. */
  linesDone: number
}

/** The segments of one spool, by age. */
export class SegmentList {
  readonly #directory: string
  readonly #owner: string
  #segments: Segment[] = []

  constructor(directory: string, owner: string) {
    this.#directory = directory
    this.#owner = owner
  }

  get oldest(): Segment | undefined {
    return this.#segments[0]
  }

  get waiting(): number {
    return this.#segments.reduce((sum, { waiting }) => sum + waiting, 0)
  }

  get bytes(): number {
    return this.#segments.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** A segment that is not in the list yet. */
  make(origin: string): Segment {
    const path = join(this.#directory, segmentName(origin, this.#owner))
    return { origin, path, bytes: 0, waiting: 0, linesDone: 0 }
  }

  add(segment: Segment): void {
    this.#segments.push(segment)
    this.#segments.sort((left, right) => (left.origin < right.origin ? -1 : 1))
  }

  forget(segment: Segment): void {
    this.#segments = this.#segments.filter((other) => other !== segment)
  }
}
