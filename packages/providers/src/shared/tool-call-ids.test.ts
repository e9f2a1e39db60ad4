import type { ChatMessage } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ANY_ID, withToolCallIds } from './tool-call-ids.ts'
import type { ToolCallIdRule } from './tool-call-ids.ts'

const MISTRAL: ToolCallIdRule = { fits: /^[a-zA-Z0-9]{9}$/, length: 9 }

const calls = (...ids: readonly string[]): ChatMessage => ({
  role: 'assistant',
  content: '',
  toolCalls: ids.map((id) => ({ id, name: 'f', input: {} })),
})
const result = (toolCallId: string): ChatMessage => ({ role: 'tool', toolCallId, content: '' })

/** The ids in their order: of calls in a list, of results alone. */
function idsOf(messages: readonly ChatMessage[]): readonly (string | readonly string[])[] {
  return messages.flatMap((message): (string | readonly string[])[] => {
    if (message.role === 'tool') return [message.toolCallId]
    if (message.role !== 'assistant') return []
    return [(message.toolCalls ?? []).map(({ id }) => id)]
  })
}

const idsSent = (messages: readonly ChatMessage[], rule = MISTRAL) =>
  idsOf(withToolCallIds(messages, rule))

describe('the ids of tool calls', () => {
  it('stay as they are when they fit', () => {
    const messages = [calls('abcDEF123', 'ABCdef456'), result('ABCdef456'), result('abcDEF123')]
    expect(withToolCallIds(messages, MISTRAL)).toEqual(messages)
  })

  it('are replaced when they do not, in the call and in its result', () => {
    const [made, ...others] = idsSent([
      calls('call_1', 'call-2'),
      result('call-2'),
      result('call_1'),
    ])
    expect(made).toEqual([expect.stringMatching(MISTRAL.fits), expect.stringMatching(MISTRAL.fits)])
    expect(others).toEqual(typeof made === 'string' ? [] : made?.toReversed())
  })

  it('are the same in every request, and when the conversation goes on', () => {
    const messages = [calls('call_1'), result('call_1'), calls('call_2'), result('call_2')]
    const sent = idsSent(messages)
    expect(idsSent(messages)).toEqual(sent)
    expect(idsSent(messages.slice(0, 2))).toEqual(sent.slice(0, 2))
  })

  it('keep clear of one that is there already, also of a later one', () => {
    const taken = String(idsSent([calls('call_1')])[0]?.[0])
    const [[made] = '', , kept] = idsSent([calls('call_1'), result('call_1'), calls(taken)])
    expect(made).not.toBe(taken)
    expect(kept).toEqual([taken])
  })

  it('are told apart when several answers gave the same: a result is its own answer’s', () => {
    const messages = [calls('call_0'), result('call_0'), calls('call_0'), result('call_0')]
    for (const rule of [ANY_ID, MISTRAL]) {
      const [first, firstResult, second, secondResult] = idsSent(messages, rule)
      expect([firstResult]).toEqual(first)
      expect([secondResult]).toEqual(second)
      expect(second).not.toEqual(first)
    }
    expect(idsSent(messages, ANY_ID)[0]).toEqual(['call_0'])
  })

  it('of a call that got no result are not given to the next one', () => {
    const [first, second, secondResult] = idsSent([calls('x'), calls('x'), result('x')])
    expect([secondResult]).toEqual(second)
    expect(second).not.toEqual(first)
  })

  it('are told apart within one answer: results in the order of the calls', () => {
    const [made = [], ...results] = idsSent([calls('x', 'x'), result('x'), result('x')], ANY_ID)
    expect(results).toEqual(made)
    expect(new Set(made).size).toBe(2)
  })

  it('of results without a call stay, or are replaced, but are never lost', () => {
    expect(idsSent([result('abcdefghi'), result('other')])).toEqual([
      'abcdefghi',
      expect.stringMatching(MISTRAL.fits),
    ])
  })

  it('leave everything else of the conversation alone', () => {
    const messages: ChatMessage[] = [
      { role: 'system', content: 's' },
      { role: 'user', content: 'u' },
      { role: 'assistant', content: 'a', reasoning: [{ text: 't' }] },
    ]
    expect(withToolCallIds(messages, MISTRAL)).toEqual(messages)
  })

  it('fit, are one for each call, and lead each result to its call, in any conversation', () => {
    const id = fc.oneof(
      fc.constantFrom('call_0', 'call_1', 'abcdefghi', 'ABCDEFGHI'),
      fc.string({ minLength: 1 }),
    )
    const turn = fc.uniqueArray(id, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 6 }), fc.boolean(), (turns, isReversed) => {
        const messages = turns.flatMap((ids) => [
          calls(...ids),
          ...(isReversed ? ids.toReversed() : ids).map(result),
        ])
        const sent = withToolCallIds(messages, MISTRAL)
        const all = idsOf(sent).flatMap((one) => (typeof one === 'string' ? [] : one))
        expect(new Set(all).size).toBe(all.length)
        for (const one of all) expect(one).toMatch(MISTRAL.fits)
        let position = 0
        for (const ids of turns) {
          const wire = idsOf([sent[position] ?? calls()])[0] ?? []
          const answered = idsOf(sent.slice(position + 1, position + 1 + ids.length))
          expect(isReversed ? answered.toReversed() : answered).toEqual(wire)
          position += 1 + ids.length
        }
      }),
    )
  })
})
