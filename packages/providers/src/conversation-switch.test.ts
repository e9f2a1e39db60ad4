import type { ChatMessage, ModelCall, ModelPart } from '@imrs/core'
import { simulatedModel, startSimulator } from '@imrs/testing/simulator'
import type { Behaviour, Simulator } from '@imrs/testing/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect, readParts, textOfParts } from './__fixtures__/connect.ts'
import { speakerNamed, speakers } from './__fixtures__/speakers.ts'
import type { Speaker } from './__fixtures__/speakers.ts'
import { signaturesIn, toMessage } from './__fixtures__/to-message.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1 })
  const { models } = simulator
  const added = simulatedModel({ dialect: 'openai', id: 'mistral-small-latest' })
  simulator.replaceModels([...models, added])
})
afterAll(() => simulator.close())

const tools = [{ name: 'weather', parameters: { type: 'object' } }] as const
const question = { role: 'user', content: 'Compare Bern with Genève' } as const

function speak(speaker: Speaker, changes: Partial<ModelCall>): Promise<ModelPart[]> {
  const { dialect, define, externalId } = speaker
  const definition = define(simulator.baseUrls[dialect])
  const adapter = connect(definition, { credential: simulator.keys[dialect] })
  const messages = [question]
  const asked = { externalId, stream: true, reasoningEffort: 'high', messages, tools } as const
  return readParts(adapter.chat({ ...asked, ...changes }))
}

const authorOf = ({ define, externalId }: Speaker) => ({
  providerId: define('https://acme.example').provider.id,
  externalId,
})

/** An answer with everything in it: thoughts, text and two calls. */
async function firstAnswerOf(speaker: Speaker, stream: boolean) {
  const answer: Behaviour = {
    type: 'respond',
    reasoning: 'Both, one after the other. “Grüße” 👋',
    text: 'Let me look.',
    toolCalls: ['Bern', 'Genève'].map((city, index) => ({
      name: 'weather',
      arguments: { city, days: [1, 2] },
      id: speaker.ids[index] === '' ? undefined : speaker.ids[index],
    })),
  }
  simulator.script({ dialect: speaker.dialect }, answer)
  const message = toMessage(await speak(speaker, { stream }), authorOf(speaker))
  expect(message.content).toBe('Let me look.')
  expect(message.toolCalls).toHaveLength(2)
  // In another order than the calls.
  const results = (message.toolCalls ?? [])
    .map(({ id }) => ({ role: 'tool', toolCallId: id, content: `Of ${id}: 12` }) as const)
    .toReversed()
  return { message, results }
}

/** What was sent in the call before; that it was accepted is seen by the answer. */
const lastBody = (): string => JSON.stringify(simulator.calls.at(-1)?.body)

const pairs = speakers.flatMap((from) => speakers.map((to) => ({ from, to })))

describe.each([true, false])('a conversation (streamed: %s)', (stream) => {
  it.each(pairs)('of $from.name goes on with $to.name, and back', async ({ from, to }) => {
    const { message, results } = await firstAnswerOf(from, stream)
    const own = signaturesIn(message)
    expect(own.length > 0).toBe(from.signs)

    const messages: ChatMessage[] = [question, message, ...results]
    const second = await speak(to, { stream, messages })
    expect(second.at(-1)).toEqual({ type: 'finish', finishReason: 'stop' })
    expect(textOfParts(second)).toContain('weather')
    const isSame = from === to
    for (const signature of own) expect(lastBody().includes(signature)).toBe(isSame)

    const reply = toMessage(second, authorOf(to))
    const third = await speak(from, {
      stream,
      messages: [...messages, reply, { role: 'user', content: 'And now?' }],
    })
    expect(third.at(-1)?.type).toBe('finish')
    for (const signature of own) expect(lastBody()).toContain(signature)
    for (const signature of signaturesIn(reply)) {
      expect(lastBody().includes(signature)).toBe(isSame)
    }
  })
})

describe('what a model said for itself alone', () => {
  it.each(speakers.filter(({ signs }) => signs))(
    'is not sent to another model of $name’s provider, nor to another provider of its models',
    async (speaker) => {
      const { message, results } = await firstAnswerOf(speaker, true)
      const messages = [question, message, ...results]
      const others = speakers.filter(
        ({ dialect, externalId }) =>
          dialect === speaker.dialect && externalId !== speaker.externalId,
      )
      const elsewhere = {
        ...speaker,
        define: (apiBase: string) => {
          const definition = speaker.define(apiBase)
          return { ...definition, provider: { ...definition.provider, id: 'elsewhere' } }
        },
      }
      for (const other of [...others, elsewhere]) {
        const parts = await speak(other, { messages })
        expect(parts.at(-1)?.type).toBe('finish')
        for (const signature of signaturesIn(message)) expect(lastBody()).not.toContain(signature)
        expect(lastBody()).not.toContain('one after the other')
      }
    },
  )

  it('stands in its place: Anthropic', async () => {
    const speaker = speakerNamed('Claude 4.6')
    const { message, results } = await firstAnswerOf(speaker, true)
    await speak(speaker, { messages: [question, message, ...results] })
    expect(simulator.calls.at(-1)?.body).toMatchObject({
      messages: [
        { role: 'user' },
        {
          role: 'assistant',
          content: [
            {
              type: 'thinking',
              thinking: 'Both, one after the other. “Grüße” 👋',
              signature: signaturesIn(message)[0],
            },
            { type: 'text', text: 'Let me look.' },
            { type: 'tool_use', id: 'toolu_01Ab', input: { city: 'Bern', days: [1, 2] } },
            { type: 'tool_use', id: 'toolu_01Ac' },
          ],
        },
        { role: 'user', content: [{ tool_use_id: 'toolu_01Ac' }, { tool_use_id: 'toolu_01Ab' }] },
      ],
    })
  })

  it.each([true, false])('is whole, as OpenRouter had it (streamed: %s)', async (stream) => {
    const speaker = speakerNamed('OpenRouter')
    const { message, results } = await firstAnswerOf(speaker, stream)
    await speak(speaker, { messages: [question, message, ...results] })
    const [signature, data] = signaturesIn(message)
    expect(simulator.calls.at(-1)?.body).toMatchObject({
      messages: [
        question,
        {
          role: 'assistant',
          content: 'Let me look.',
          reasoning_details: [
            {
              type: 'reasoning.text',
              text: 'Both, one after the other. “Grüße” 👋',
              signature,
              index: 0,
            },
            { type: 'reasoning.encrypted', data, id: 'rs_simulated', index: 1 },
          ],
          tool_calls: [{ id: 'functions.weather:0' }, { id: 'functions.weather:1' }],
        },
        { role: 'tool' },
        { role: 'tool' },
      ],
    })
  })

  it('is the one signature of several calls, and a stand-in for those of others: Gemini', async () => {
    const gemini = speakerNamed('Gemini 3')
    const mine = await firstAnswerOf(gemini, true)
    const others = await firstAnswerOf(speakerNamed('Claude 4.5'), true)
    const messages = [question, mine.message, ...mine.results, others.message, ...others.results]
    await speak(gemini, { messages })
    const call = (thoughtSignature?: string) => ({
      functionCall: { name: 'weather' },
      ...(thoughtSignature === undefined ? {} : { thoughtSignature }),
    })
    const body = simulator.calls.at(-1)?.body as { contents: { parts: object[] }[] }
    expect(body.contents.map(({ parts }) => parts)).toMatchObject([
      [{ text: question.content }],
      [{ text: 'Let me look.' }, call(signaturesIn(mine.message)[0]), call()],
      [{ functionResponse: {} }, { functionResponse: {} }],
      [{ text: 'Let me look.' }, call('skip_thought_signature_validator'), call()],
      [{ functionResponse: {} }, { functionResponse: {} }],
    ])
    expect(body.contents[1]?.parts[2]).not.toHaveProperty('thoughtSignature')
    // In the order of the calls, though they came in another.
    const firstCall = mine.message.toolCalls?.[0]?.id
    expect(JSON.stringify(body.contents[2]?.parts[0])).toContain(`Of ${firstCall}: 12`)
  })

  it('in the text of Gemini 3 goes back to the part it stood on', async () => {
    const gemini = speakerNamed('Gemini 3')
    for (const stream of [true, false]) {
      simulator.script({ dialect: 'google' }, { type: 'respond', text: 'It is warm in Bern.' })
      const message = toMessage(await speak(gemini, { stream }), authorOf(gemini))
      const [thoughtSignature] = signaturesIn(message)
      expect(thoughtSignature).toMatch(/^\S+$/)
      const after = { role: 'user', content: 'And now?' } as const
      const parts = await speak(gemini, { messages: [question, message, after] })
      expect(parts.at(-1)?.type).toBe('finish')
      const body = simulator.calls.at(-1)?.body as { contents: { parts: object[] }[] }
      expect(body.contents[1]?.parts).toEqual(
        stream
          ? [{ text: 'It is warm in Bern.' }, { text: '', thoughtSignature }]
          : [{ text: 'It is warm in Bern.', thoughtSignature }],
      )
    }
  })
})
