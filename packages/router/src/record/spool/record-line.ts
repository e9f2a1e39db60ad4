import { crc32 } from 'node:zlib'

import type { LedgerBatch } from '@imrs/core'

const NEWLINE = 0x0a

/** `<crc32 of the JSON, 8 hex digits> <length of the JSON in bytes> <JSON>` */
const HEAD = /^([0-9a-f]{8}) (\d{1,10}) $/

/** A head is never longer than this. */
const HEAD_BYTES = 20

/** One record as a line of a segment: what it says of itself shows whether it is whole. */
export function toRecordLine(batch: LedgerBatch): Buffer {
  const json = Buffer.from(JSON.stringify(batch))
  const head = `${checksum(json)} ${json.length} `
  return Buffer.concat([Buffer.from(head), json, Buffer.of(NEWLINE)])
}

export interface RecordLine {
  /** The line as it lies on the disk, with its newline. */
  readonly bytes: Buffer
  /** `undefined` when the line is damaged. */
  readonly batch: LedgerBatch | undefined
}

/**
 * The records of a segment, in their order. A last line that was cut off, since the process ended
 * while it was writing, is left out: nobody was told that it is safe. A damaged line before it is
 * given as such, and what comes after it is read.
 */
export function fromSegment(segment: Buffer): readonly RecordLine[] {
  const lines: RecordLine[] = []
  for (let start = 0; start < segment.length;) {
    const newline = segment.indexOf(NEWLINE, start)
    const end = newline === -1 ? segment.length : newline
    const batch = fromRecordLine(segment.subarray(start, end))
    const bytes = segment.subarray(start, end + 1)
    if (batch !== undefined || newline !== -1) lines.push({ bytes, batch })
    start = end + 1
  }
  return lines
}

function fromRecordLine(line: Buffer): LedgerBatch | undefined {
  const afterSum = line.indexOf(' ')
  const afterLength = line.indexOf(' ', afterSum + 1)
  if (afterSum === -1 || afterLength === -1 || afterLength > HEAD_BYTES) return undefined
  const head = HEAD.exec(line.toString('latin1', 0, afterLength + 1))
  const json = line.subarray(afterLength + 1)
  if (head === null || Number(head[2]) !== json.length || head[1] !== checksum(json)) {
    return undefined
  }
  return toBatch(json.toString())
}

/** A record that another version of this code wrote may be of another form. */
function toBatch(json: string): LedgerBatch | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return isBatch(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isBatch(value: unknown): value is LedgerBatch {
  if (typeof value !== 'object' || value === null) return false
  const { decisions, attempts, messages, settlements = [] } = value as Record<string, unknown>
  return [decisions, attempts, messages, settlements].every(Array.isArray)
}

function checksum(json: Buffer): string {
  return crc32(json).toString(16).padStart(8, '0')
}
