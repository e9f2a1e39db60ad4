import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { EventParser } from './event-parser.ts'
import type { ServerSentEvent } from './event-parser.ts'

function parse(...pieces: readonly string[]): readonly ServerSentEvent[] {
  const parser = new EventParser()
  const events = pieces.flatMap((piece) => [...parser.push(piece)])
  return [...events, ...parser.end()]
}

const event = (data: string, name?: string, isCut = false): ServerSentEvent => ({
  event: name,
  data,
  isCut,
})

describe('the events of a stream', () => {
  it.each<readonly [string, string, readonly ServerSentEvent[]]>([
    ['plain', 'data: a\n\ndata: b\n\n', [event('a'), event('b')]],
    ['with a name', 'event: x\ndata: a\n\ndata: b\n\n', [event('a', 'x'), event('b')]],
    ['without a space', 'data:a\nevent:x\n\n', [event('a', 'x')]],
    ['with two spaces', 'data:  a\n\n', [event(' a')]],
    ['with carriage returns', 'data: a\r\n\r\ndata: b\r\r', [event('a'), event('b')]],
    ['in several lines', 'data: a\ndata: b\n\n', [event('a\nb')]],
    ['with comments', ': hello\n\n: x\ndata: a\n: y\n\n', [event('a')]],
    ['with fields of no use', 'id: 1\nretry: 5\nfoo\ndata: a\n\n', [event('a')]],
    ['without data', 'event: x\n\ndata: a\n\n', [event('a')]],
    ['with empty data', 'data\n\ndata:\n\n', [event(''), event('')]],
    ['after blank lines', '\n\n\r\n\ndata: a\n\n', [event('a')]],
    ['cut before the blank line', 'data: a\n', [event('a', undefined, true)]],
    ['cut in the middle of a line', 'event: x\ndata: {"a', [event('{"a', 'x', true)]],
    ['of no kind at all', 'upstream connect error', []],
    ['of nothing', '', []],
  ])('are read when they come %s', (_, text, expected) => {
    expect(parse(text)).toEqual(expected)
  })

  it('are the same wherever the text is cut', () => {
    const line = fc.oneof(
      fc.constantFrom('data: a', 'data:b', ': c', 'event: d', '', '', 'id: 1', 'data: 👋ü'),
      fc.string().map((text) => `data: ${text.replaceAll(/[\r\n]/g, '')}`),
    )
    const end = fc.constantFrom('\n', '\r\n', '\r')
    const text = fc
      .array(fc.tuple(line, end))
      .map((lines) => lines.map(([content, mark]) => content + mark).join(''))
    fc.assert(
      fc.property(text, fc.array(fc.nat(200)), (whole, cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), whole.length]
        const pieces = places.slice(1).map((to, index) => whole.slice(places[index], to))
        // Cuts beyond the end add nothing.
        expect(parse(...pieces.filter((_, index) => (places[index] ?? 0) < whole.length))).toEqual(
          parse(whole),
        )
      }),
    )
  })

  it('come out as soon as they are complete', () => {
    const parser = new EventParser()
    const push = (text: string) => [...parser.push(text)]
    expect(push('data: a\n')).toEqual([])
    expect(push('\ndata: b')).toEqual([event('a')])
    expect(push('\r')).toEqual([])
    expect(push('\n\r')).toEqual([event('b')])
    expect(push('\n')).toEqual([])
  })

  it('come out before what is behind them is looked at', () => {
    const parser = new EventParser()
    const events = parser.push('data: a\n\ndata: b')
    expect(events.next().value).toEqual(event('a'))
    expect(parser.pendingLength).toBe(0)
    expect(events.next().done).toBe(true)
    expect(parser.pendingLength).toBe(7)
  })

  it('may be as large as they like, in pieces as small', () => {
    const data = 'x'.repeat(2_000_000)
    const pieces = `data: ${data}\n\n`.match(/[^]{1,100}/g) ?? []
    expect(pieces.length).toBeGreaterThan(20_000)
    expect(parse(...pieces)).toEqual([event(data)])
  })

  it('are counted while they wait', () => {
    const parser = new EventParser()
    const push = (text: string) => Array.from(parser.push(text)).length
    expect(push('data: 1234')).toBe(0)
    expect(parser.pendingLength).toBe(10)
    expect(push('56\ndata: x')).toBe(0)
    expect(parser.pendingLength).toBe(19)
    expect(push('\n\n')).toBe(1)
    expect(parser.pendingLength).toBe(0)
  })
})
