import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { assertJsonShape } from './json-shape.ts'

/** JSON as it is written, so that it may say what no object can hold: a name twice. */
type Node =
  | { readonly kind: 'leaf'; readonly value: unknown }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'object'; readonly entries: readonly Entry[] }

interface Entry {
  readonly name: string
  /** Whether every letter of the name is written as an escape. */
  readonly isEscaped: boolean
  readonly value: Node
}

const text = fc.oneof(
  fc.constantFrom('a', 'b', '__proto__', ':', '"', '\\', '{', '}', '\\u0000', '', '\0'),
  fc.string({ unit: 'binary', maxLength: 5 }),
)

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      kind: fc.constant('leaf' as const),
      value: fc.oneof(
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(null, true),
      ),
    }),
    fc.record({
      kind: fc.constant('list' as const),
      items: fc.array(tie('node'), { maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('object' as const),
      entries: fc.array(fc.record({ name: text, isEscaped: fc.boolean(), value: tie('node') }), {
        maxLength: 4,
      }),
    }),
  ),
}))

function write(part: Node): string {
  if (part.kind === 'leaf') return JSON.stringify(part.value)
  if (part.kind === 'list') return `[ ${part.items.map(write).join('\n,')}]`
  const entries = part.entries.map(
    ({ name, isEscaped, value }) =>
      `${isEscaped ? escaped(name) : JSON.stringify(name)}\t:\r\n${write(value)}`,
  )
  return `{${entries.join(' , ')} }`
}

function escaped(name: string): string {
  const codes = Array.from({ length: name.length }, (_, at) => name.charCodeAt(at).toString(16))
  return `"${codes.map((code) => `\\u${code.padStart(4, '0')}`).join('')}"`
}

/** Whether the document may pass; whatever is written in it, this is told by what was meant. */
function isFine(part: Node): boolean {
  if (part.kind === 'leaf') return typeof part.value !== 'string' || !part.value.includes('\0')
  if (part.kind === 'list') return part.items.every(isFine)
  const names = part.entries.map(({ name }) => name)
  const areFine = new Set(names).size === names.length && !names.some((name) => name.includes('\0'))
  return areFine && part.entries.every(({ value }) => isFine(value))
}

function passes(document: string): boolean {
  try {
    assertJsonShape(document)
    return true
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid-request', field: 'body' })
    return false
  }
}

describe('the shape of JSON', () => {
  it('is refused for a name twice and for NUL, and for nothing else', () => {
    fc.assert(
      fc.property(node, (part) => {
        expect(passes(write(part))).toBe(isFine(part))
      }),
      { numRuns: 2000 },
    )
  })

  it('passes whatever JSON.stringify writes of values without NUL', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const document = JSON.stringify(value)
        expect(passes(document)).toBe(!document.replaceAll('\\\\', '').includes('\\u0000'))
      }),
      { numRuns: 1000 },
    )
  })

  it('never fails in another way, whatever it is given', () => {
    const pieces = fc.constantFrom('"', '\\', '{', '}', '[', ']', ':', ',', 'a', '\\u0000', ' ')
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        passes(parts.join(''))
      }),
      { numRuns: 2000 },
    )
  })

  it.each([64, 65])('is refused from the 65th level on: %i', (depth) => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const inner = open === '[' ? '' : '1'
      expect(passes(open.repeat(depth) + inner + close.repeat(depth))).toBe(depth <= 64)
    }
  })

  it('is read once: ten megabytes of names, quotes and backslashes are read before the test gives up', () => {
    const megabytes = 10 * 1024 * 1024
    const names = `{${Array.from({ length: 600_000 }, (_, at) => `"n${at}":1`).join(',')}}`
    for (const document of [
      names,
      `["${'\\\\'.repeat(megabytes / 2)}"]`,
      `["${'\\"'.repeat(megabytes / 2)}"]`,
      '"'.repeat(megabytes),
    ]) {
      // One that looked back from every character would take minutes.
      expect(passes(document)).toBe(true)
    }
  })
})
