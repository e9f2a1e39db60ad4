import { Output, generateText, isStepCount, streamText, tool } from 'ai'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import {
  MAIN,
  SPARE,
  THINKER,
  chatCalls,
  lastBody,
  simulatedRouter,
} from '../__fixtures__/simulated-router.ts'
import { imrsMetadataOf } from './imrs-metadata.ts'

const weather = tool({
  description: 'The weather in a city',
  inputSchema: z.object({ city: z.string() }),
  execute: ({ city }) => ({ city, degrees: 21 }),
})

const callOfWeather = {
  type: 'respond',
  toolCalls: [{ id: 'call-1', name: 'weather', arguments: { city: 'Bern' } }],
} as const

describe('tools', () => {
  it('are called in steps until there is text, each step routed and told of', async () => {
    const { simulator, router, imrs } = await simulatedRouter()
    simulator.script({}, callOfWeather, { type: 'respond', text: 'It is 21 degrees in Bern.' })

    const result = await generateText({
      model: imrs('auto'),
      prompt: 'How is the weather in Bern?',
      tools: { weather },
      stopWhen: isStepCount(3),
    })

    expect(result.text).toBe('It is 21 degrees in Bern.')
    expect(result.steps.map(({ finishReason }) => finishReason)).toEqual(['tool-calls', 'stop'])
    expect(result.steps[0]?.toolResults).toMatchObject([
      { toolName: 'weather', input: { city: 'Bern' }, output: { city: 'Bern', degrees: 21 } },
    ])
    const ids = result.steps.map(
      ({ providerMetadata }) => imrsMetadataOf(providerMetadata)?.messageId,
    )
    expect(new Set(ids).size).toBe(2)
    for (const messageId of ids) {
      await expect(
        router.feedback({ messageId: messageId ?? '', userId: 'u1', signal: 'thumbs-up' }),
      ).resolves.toMatchObject({ rating: 1 })
    }
    expect(lastBody(simulator)['messages']).toMatchObject([
      { role: 'user' },
      {
        role: 'assistant',
        tool_calls: [{ id: 'call-1', function: { name: 'weather', arguments: '{"city":"Bern"}' } }],
      },
      { role: 'tool', tool_call_id: 'call-1', content: '{"city":"Bern","degrees":21}' },
    ])
  })

  it('come whole in a stream, in the order of the specification', async () => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.script({}, callOfWeather, { type: 'respond', text: 'Warm.' })
    const result = streamText({
      model: imrs('auto'),
      prompt: 'How is the weather in Bern?',
      tools: { weather },
      stopWhen: isStepCount(3),
    })
    const types: string[] = []
    for await (const { type } of result.fullStream) if (type !== types.at(-1)) types.push(type)
    expect(types).toEqual([
      'start',
      'start-step',
      'tool-input-start',
      'tool-input-delta',
      'tool-input-end',
      'tool-call',
      'tool-result',
      'finish-step',
      'start-step',
      'text-start',
      'text-delta',
      'text-end',
      'finish-step',
      'finish',
    ])
    expect(await result.text).toBe('Warm.')
  })

  it('that fail are told to the model as text', async () => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.script({}, callOfWeather, { type: 'respond', text: 'Sorry.' })
    await generateText({
      model: imrs('auto'),
      prompt: 'How is the weather in Bern?',
      tools: {
        weather: tool({
          inputSchema: z.object({ city: z.string() }),
          execute: (): string => {
            throw new Error('The station is down.')
          },
        }),
      },
      stopWhen: isStepCount(3),
    })
    expect(JSON.stringify(lastBody(simulator)['messages'])).toContain('The station is down.')
  })

  it.each([
    ['auto', 'auto'],
    ['none', 'none'],
    ['required', 'required'],
    [
      { type: 'tool', toolName: 'weather' },
      { type: 'function', function: { name: 'weather' } },
    ],
  ] as const)('are chosen as the call says: %j', async (toolChoice, expected) => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.always({}, toolChoice === 'none' ? { type: 'respond', text: 'No.' } : callOfWeather)
    await generateText({
      model: imrs('auto'),
      prompt: 'How is the weather in Bern?',
      tools: { weather },
      toolChoice,
    })
    expect(lastBody(simulator)).toMatchObject({
      tool_choice: expected,
      tools: [
        {
          type: 'function',
          function: {
            name: 'weather',
            description: 'The weather in a city',
            parameters: { type: 'object', properties: { city: { type: 'string' } } },
          },
        },
      ],
    })
  })

  it('of a provider are left out with a warning', async () => {
    const { simulator, imrs } = await simulatedRouter()
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello' }] }]
    const { warnings } = await imrs('auto').doGenerate({
      prompt,
      tools: [{ type: 'provider', id: 'openai.web_search', name: 'web_search', args: {} }],
      toolChoice: { type: 'required' },
    })
    expect(warnings).toMatchObject([
      { type: 'unsupported', feature: 'provider-defined tool openai.web_search' },
    ])
    expect(lastBody(simulator)).not.toHaveProperty('tools')
    expect(lastBody(simulator)).not.toHaveProperty('tool_choice')
  })

  it('give back to a model the thoughts that led to them, signed, and to no other', async () => {
    const { simulator, imrs } = await simulatedRouter()
    const steps = { tools: { weather }, stopWhen: isStepCount(3) }
    const question = 'How is the weather in Bern?'
    const thoughtful = { ...callOfWeather, reasoning: 'I had better look.' } as const
    simulator.script({}, thoughtful, { type: 'respond', text: 'Warm.' })
    const first = await generateText({ model: imrs(THINKER), prompt: question, ...steps })
    const [, own] = chatCalls(simulator)
    expect(JSON.stringify(own?.body)).toContain('reasoning_details')
    expect(JSON.stringify(own?.body)).toContain('I had better look.')

    const messages = [
      { role: 'user' as const, content: question },
      ...first.responseMessages,
      { role: 'user' as const, content: 'Thanks' },
    ]
    await generateText({ model: imrs(SPARE), messages })
    expect(lastBody(simulator)['model']).toBe('spare')
    expect(JSON.stringify(lastBody(simulator))).not.toContain('I had better look.')
  })
})

describe('structured output', () => {
  const city = z.object({ name: z.string(), people: z.number() })
  const bern = { name: 'Bern', people: 134_000 }

  it('is an object of the schema, which the model is sent', async () => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.always({}, { type: 'respond', text: JSON.stringify(bern) })
    const { output } = await generateText({
      model: imrs('auto'),
      prompt: 'What is the capital of Switzerland?',
      output: Output.object({ schema: city, name: 'a city!', description: 'A city' }),
    })
    expect(output).toEqual(bern)
    expect(lastBody(simulator)['response_format']).toMatchObject({
      type: 'json_schema',
      json_schema: {
        name: 'a_city_',
        schema: {
          type: 'object',
          description: 'A city',
          properties: { name: { type: 'string' }, people: { type: 'number' } },
        },
      },
    })
  })

  it('grows while it is streamed', async () => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.always({}, { type: 'respond', text: JSON.stringify(bern, undefined, 1) })
    const result = streamText({
      model: imrs('auto'),
      prompt: 'What is the capital of Switzerland?',
      output: Output.object({ schema: city }),
    })
    const partial: unknown[] = []
    for await (const object of result.partialOutputStream) partial.push(object)
    expect(partial.length).toBeGreaterThan(1)
    expect(partial.at(-1)).toEqual(bern)
    expect(await result.output).toEqual(bern)
  })

  it('goes on to the next model when one cannot do it', async () => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.always({ model: 'main' }, { type: 'status', status: 500 })
    simulator.always({ model: 'spare' }, { type: 'respond', text: JSON.stringify(bern) })
    const { output, response } = await generateText({
      model: imrs('auto'),
      prompt: 'What is the capital of Switzerland?',
      output: Output.object({ schema: city }),
    })
    expect(output).toEqual(bern)
    expect(response.modelId).toBe(SPARE)
  })

  it('without a schema is any JSON', async () => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.always({}, { type: 'respond', text: '[1]' })
    const { output, response } = await generateText({
      model: imrs('auto'),
      prompt: 'One, as JSON',
      output: Output.json(),
    })
    expect(output).toEqual([1])
    expect(response.modelId).toBe(MAIN)
    expect(lastBody(simulator)['response_format']).toEqual({ type: 'json_object' })
  })
})
