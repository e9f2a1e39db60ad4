import type { LedgerBatch } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { recordOf } from '../../__fixtures__/records.ts'
import { fromSegment, toRecordLine } from './record-line.ts'

const records: fc.Arbitrary<LedgerBatch[]> = fc.array(
  fc.tuple(fc.nat(), fc.string({ unit: 'binary' })).map(([at, text]) => recordOf(at, text)),
  { minLength: 1, maxLength: 8 },
)

function wholeIn(segment: Buffer): readonly LedgerBatch[] {
  return fromSegment(segment).flatMap(({ batch }) => (batch === undefined ? [] : [batch]))
}

describe('the lines of a segment', () => {
  it('are read as they were written, whatever the text', () => {
    fc.assert(
      fc.property(records, (batches) => {
        const lines = batches.map(toRecordLine)
        const read = fromSegment(Buffer.concat(lines))
        expect(read.map(({ batch }) => batch)).toEqual(batches)
        expect(Buffer.concat(read.map(({ bytes }) => bytes))).toEqual(Buffer.concat(lines))
      }),
    )
  })

  it('cut off at any byte are the records before the cut, and nothing is damaged', () => {
    const batches = [recordOf(1), recordOf(2, 'naïve\n“text” 🙂'), recordOf(3)]
    const lines = batches.map(toRecordLine)
    const segment = Buffer.concat(lines)
    // A record is whole without its newline.
    const ends = lines.map((_, index) => Buffer.concat(lines.slice(0, index + 1)).length - 1)
    for (let cut = 0; cut <= segment.length; cut += 1) {
      const read = fromSegment(segment.subarray(0, cut))
      expect(read.map(({ batch }) => batch)).toEqual(
        batches.slice(0, ends.filter((end) => end <= cut).length),
      )
    }
  })

  it('with one changed byte are the other records, and never another one', () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.integer({ min: 1, max: 255 }), (batches, place, change) => {
        const segment = Buffer.concat(batches.map(toRecordLine))
        const at = place % segment.length
        segment[at] = (segment[at] ?? 0) ^ change
        const texts = new Set(batches.map((batch) => JSON.stringify(batch)))
        const whole = wholeIn(segment)
        expect(whole.every((batch) => texts.has(JSON.stringify(batch)))).toBe(true)
        // A newline that is gone makes one line of two.
        expect(whole.length).toBeGreaterThanOrEqual(batches.length - 2)
      }),
    )
  })

  it('that are garbage are damaged, and what comes after is read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
        const lines = [Buffer.from(garbage), Buffer.from('\n'), toRecordLine(recordOf(1))]
        expect(wholeIn(Buffer.concat(lines))).toEqual([recordOf(1)])
      }),
    )
  })

  it.each([[null], [[]], ['text'], [{ decisions: [] }], [{ ...recordOf(1), settlements: 7 }]])(
    'that hold %j are damaged: it is no record',
    (value) => {
      const line = toRecordLine(value as unknown as LedgerBatch)
      expect(fromSegment(line)).toEqual([{ bytes: line, batch: undefined }])
    },
  )
})
