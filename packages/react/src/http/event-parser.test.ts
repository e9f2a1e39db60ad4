import fc from 'fast-check'
import { expect, it } from 'vitest'

import { createEventParser } from './event-parser.ts'

const stream =
  'retry: 2000\n\n: waiting\n\nid: 7\nevent: model-added\ndata: {"a":\ndata: 1}\n\r\ndata:x\r\n\r\nevent: nothing\n\ndata: é😀\n\n'
const events = [
  { data: '{"a":\n1}', id: '7', retryMs: 2000 },
  { data: 'x', id: '7', retryMs: 2000 },
  { data: 'é😀', id: '7', retryMs: 2000 },
]

it('reads the data of events, their ids and the time to wait, and leaves out comments', () => {
  expect(createEventParser()(stream)).toEqual(events)
})

it('reads the same wherever the text is cut', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(stream.length)), (cuts) => {
      const parse = createEventParser()
      const places = [0, ...cuts.toSorted((left, right) => left - right), stream.length]
      const pieces = places.slice(1).map((end, index) => stream.slice(places[index], end))
      expect(pieces.flatMap((piece) => parse(piece))).toEqual(events)
    }),
  )
})
