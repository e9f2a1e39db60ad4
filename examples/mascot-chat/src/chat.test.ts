import type { AnswerPart, PreferenceResponse } from '@imrs/core'
import { createGate } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'
import { describe, expect, it } from 'vitest'

import { startTestChat } from './__fixtures__/test-chat.ts'

const QUESTION = 'Write a function that reverses a string'

describe('an answer of the mascot', () => {
  it('streams the decision before any text, then text, usage and one end', async () => {
    const chat = await startTestChat()
    const { parts, decision, text, last } = await chat.visitor().ask(QUESTION, { model: 'auto' })
    expect(decision).toMatchObject({ type: 'decision', source: 'auto', taskType: 'code' })
    expect(decision.messageId).toMatch(/^[\w-]{36}$/)
    expect(decision.model).toContain('/')
    expect(decision.reason).not.toBe('')
    expect(text.length).toBeGreaterThan(10)
    expect(parts.filter(({ type }) => type === 'usage')).toHaveLength(1)
    expect(last).toMatchObject({ type: 'end', model: decision.model })
    expect(parts.filter(({ type }) => type === 'end' || type === 'error')).toHaveLength(1)
  })

  it('uses the default model when nobody chose', async () => {
    const chat = await startTestChat()
    const { decision } = await chat.visitor().ask(QUESTION)
    expect(decision).toMatchObject({ model: 'openai/gpt-4o-mini', source: 'default' })
  })

  it.each([
    ['gemini-2.5', 'google', 'google/gemini-2.5-flash'],
    ['gemini-3.0-flash', 'google', 'google/gemini-3-flash-preview'],
    ['gpt-4o', 'openai', 'openai/gpt-4o'],
    ['gpt-4o-mini', 'openai', 'openai/gpt-4o-mini'],
    ['xiaomi/mimo-v2-flash', 'openrouter', 'openrouter/xiaomi/mimo-v2-flash'],
    ['allenai/molmo-2-8b:free', 'openrouter', 'openrouter/allenai/molmo-2-8b:free'],
  ])('sends %s to %s', async (model, provider, id) => {
    const chat = await startTestChat()
    const asked = await chat.visitor().ask(QUESTION, { provider, model })
    expect(asked.decision).toMatchObject({ model: id, provider, source: 'explicit' })
    expect(asked.last).toMatchObject({ type: 'end', model: id })
    const call = chat.simulator.calls.find(({ operation }) => operation === 'chat')
    expect(call).toMatchObject({ dialect: provider, model: id.slice(provider.length + 1) })
  })

  it('keeps the answer in progress on its model while the choice changes', async () => {
    const chat = await startTestChat()
    const visitor = chat.visitor()
    await visitor.send('PUT', '/api/preferences', { provider: 'openai', model: 'gpt-4o' })
    const gate = createGate()
    chat.simulator.script(
      { model: 'gpt-4o' },
      { type: 'stall', stage: 'between-chunks', gate, afterChunks: 1 },
    )
    const parts = visitor.parts(QUESTION)
    await firstText(parts)
    const changed = await visitor.send<PreferenceResponse>('PUT', '/api/preferences', {
      model: 'gemini-3.0-flash',
    })
    expect(changed.body.model).toBe('google/gemini-3-flash-preview')
    gate.open()
    const rest: AnswerPart[] = []
    for await (const part of parts) rest.push(part)
    expect(rest.at(-1)).toMatchObject({ type: 'end', model: 'openai/gpt-4o' })
    const next = await visitor.ask(QUESTION)
    expect(next.last).toMatchObject({ type: 'end', model: 'google/gemini-3-flash-preview' })
  })

  it.each([
    [
      'openai/gpt-4o-mini',
      { max_completion_tokens: 5000, temperature: 0.3, top_p: 0.9, stop: ['END'], seed: 7 },
    ],
    [
      'google/gemini-2.5-flash',
      {
        generationConfig: {
          maxOutputTokens: 5000,
          temperature: 0.3,
          topP: 0.9,
          stopSequences: ['END'],
          seed: 7,
        },
      },
    ],
  ])('sends parameters of the body to %s, in its words', async (model, expected) => {
    const chat = await startTestChat()
    const { parts, last } = await chat.visitor().ask(QUESTION, {
      model,
      maxOutputTokens: 5000,
      temperature: 0.3,
      topP: 0.9,
      stop: ['END'],
      seed: 7,
      providerOptions: { openai: { store: true }, google: { labels: {} } },
    })
    expect(last).toMatchObject({ type: 'end', model })
    expect(parts.filter(({ type }) => type === 'warning')).toEqual([])
    const body = bodyOfLastCall(chat.simulator)
    expect(body).toMatchObject(expected)
    expect(body).not.toHaveProperty('store')
    expect(body).not.toHaveProperty('labels')
  })

  it('says in the answer when another model takes over', async () => {
    const chat = await startTestChat()
    chat.simulator.always({ dialect: 'google' }, { type: 'fail', failure: 'overloaded' })
    const asked = await chat.visitor().ask(QUESTION, { model: 'gemini-2.5' })
    const fallback = asked.parts.find(({ type }) => type === 'fallback')
    expect(fallback).toMatchObject({ from: 'google/gemini-2.5-flash', to: 'openai/gpt-4o-mini' })
    expect(asked.last).toMatchObject({ type: 'end', model: 'openai/gpt-4o-mini' })
    expect(chat.reports).toEqual([expect.stringMatching(/^google\/gemini-2\.5-flash failed \(/)])
  })

  it('lets another model answer for one that was retired, and says so', async () => {
    const chat = await startTestChat({ withoutModels: ['xiaomi/mimo-v2-flash'] })
    const visitor = chat.visitor()
    await visitor.ask(QUESTION, { model: 'gemini-2.5' })
    const asked = await visitor.ask(QUESTION, {
      provider: 'openrouter',
      model: 'xiaomi/mimo-v2-flash',
    })
    expect(asked.parts.find(({ type }) => type === 'fallback')).toMatchObject({
      from: 'openrouter/xiaomi/mimo-v2-flash',
      to: 'google/gemini-2.5-flash',
      step: 'last-valid',
      reason: expect.stringContaining('2026-06-17'),
    })
    expect(asked.last).toMatchObject({ type: 'end', model: 'google/gemini-2.5-flash' })
    const newcomer = await chat.visitor().ask(QUESTION, { model: 'xiaomi/mimo-v2-flash' })
    expect(newcomer.last).toMatchObject({ type: 'end', model: 'openai/gpt-4o-mini' })
  })

  it('ends an answer that breaks with one error part a person can act on', async () => {
    const chat = await startTestChat()
    chat.simulator.always({}, { type: 'truncate', afterChunks: 2 })
    const asked = await chat.visitor().ask(QUESTION)
    expect(asked.text).not.toBe('')
    expect(asked.last).toMatchObject({ type: 'error', isRetryable: true })
    chat.simulator.reset()
    expect((await chat.visitor().ask(QUESTION)).last.type).toBe('end')
  })
})

function bodyOfLastCall({ calls }: Pick<Simulator, 'calls'>): unknown {
  return calls.findLast(({ operation }) => operation === 'chat')?.body
}

async function firstText(parts: AsyncGenerator<AnswerPart>): Promise<void> {
  for (;;) {
    const { done, value } = await parts.next()
    if (done === true) throw new Error('The answer ended before its text')
    if (value.type === 'text-delta') return
  }
}
