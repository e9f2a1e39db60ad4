import type { AnswerPart } from '@imrs/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { AnswerBlocks } from './answer-blocks.ts'

const providerData = { providerId: 'p', externalId: 'm', data: { signature: 'abc' } }
const parts = {
  text: { type: 'text-delta', text: 'a' },
  thought: { type: 'reasoning-delta', text: 'b' },
  thoughtEnd: { type: 'reasoning-end' },
  signedEnd: { type: 'reasoning-end', providerData },
  call: { type: 'tool-call', toolCallId: 'c1', toolName: 'add', input: { a: 1 } },
} satisfies Record<string, AnswerPart>

function read(given: readonly AnswerPart[]) {
  const blocks = new AnswerBlocks()
  return [...given.flatMap((part) => [...blocks.read(part)]), ...blocks.end()]
}

it('closes a block before the next begins', () => {
  const { text, thought, signedEnd, call } = parts
  expect(read([thought, thought, signedEnd, text, text, call, text, thought])).toEqual([
    { type: 'reasoning-start', id: '0' },
    { type: 'reasoning-delta', id: '0', delta: 'b' },
    { type: 'reasoning-delta', id: '0', delta: 'b' },
    { type: 'reasoning-end', id: '0', providerMetadata: { imrs: { providerData } } },
    { type: 'text-start', id: '1' },
    { type: 'text-delta', id: '1', delta: 'a' },
    { type: 'text-delta', id: '1', delta: 'a' },
    { type: 'text-end', id: '1' },
    { type: 'tool-input-start', id: 'c1', toolName: 'add' },
    { type: 'tool-input-delta', id: 'c1', delta: '{"a":1}' },
    { type: 'tool-input-end', id: 'c1' },
    { type: 'tool-call', toolCallId: 'c1', toolName: 'add', input: '{"a":1}' },
    { type: 'text-start', id: '2' },
    { type: 'text-delta', id: '2', delta: 'a' },
    { type: 'text-end', id: '2' },
    { type: 'reasoning-start', id: '3' },
    { type: 'reasoning-delta', id: '3', delta: 'b' },
    { type: 'reasoning-end', id: '3' },
  ])
})

it('keeps what belongs to a thought that has no words, and makes no block of nothing', () => {
  expect(read([parts.signedEnd])).toEqual([
    { type: 'reasoning-start', id: '0' },
    { type: 'reasoning-end', id: '0', providerMetadata: { imrs: { providerData } } },
  ])
  expect(read([parts.thoughtEnd])).toEqual([])
})

it('opens and closes every block once, whatever comes', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.values(parts))), (given) => {
      let open: string | undefined
      const seen = new Set<string>()
      for (const part of read(given)) {
        if (part.type === 'text-start' || part.type === 'reasoning-start') {
          expect(open).toBeUndefined()
          expect(seen.has(part.id)).toBe(false)
          seen.add(part.id)
          open = part.id
        } else if (part.type === 'tool-call') expect(open).toBeUndefined()
        else if (part.type === 'text-delta' || part.type === 'reasoning-delta') {
          expect(part.id).toBe(open)
        } else if (part.type === 'text-end' || part.type === 'reasoning-end') {
          expect(part.id).toBe(open)
          open = undefined
        }
      }
      expect(open).toBeUndefined()
    }),
  )
})
