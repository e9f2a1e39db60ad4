import type { ModelCall, ModelPart, ProviderError } from '@imrs/core'
import { startSimulator } from '@imrs/testing/simulator'
import type { Behaviour, Simulator } from '@imrs/testing/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { callOf, connect, readParts } from '../__fixtures__/connect.ts'
import { anthropic } from '../definitions/anthropic.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

const model = 'claude-sonnet-4-6'

function adapter(credential = simulator.keys.anthropic) {
  return connect(anthropic({ apiBase: simulator.baseUrls.anthropic }), { credential })
}

function ask(changes: Partial<ModelCall> = {}): Promise<ModelPart[]> {
  return readParts(adapter().chat(callOf(model, changes)))
}

async function failureOf(reading: Promise<unknown>): Promise<ProviderError['failure']> {
  const error: unknown = await reading.catch((thrown: unknown) => thrown)
  expect((error as Error).cause).toBeUndefined()
  return (error as ProviderError).failure
}

describe('a failing chat with Anthropic', () => {
  it('refuses a wrong key without repeating it', async () => {
    const reading = readParts(adapter('sk-ant-canary-0123456789').chat(callOf(model)))
    const error: unknown = await reading.catch((thrown: unknown) => thrown)
    const { failure, message, stack } = error as ProviderError
    expect(failure).toMatchObject({ kind: 'credentials', providerCode: 'authentication_error' })
    expect(JSON.stringify([failure, message, stack])).not.toContain('canary')
  })

  it('says how long to wait', async () => {
    const retryAfter = { form: 'native', delayMs: 20_000 } as const
    simulator.script({}, { type: 'fail', failure: 'rate-limited', retryAfter })
    expect(await failureOf(ask())).toMatchObject({ kind: 'rate-limited', retryAfterMs: 20_000 })
    expect(simulator.calls).toHaveLength(1)
  })

  const faults: readonly (readonly [string, Behaviour, string])[] = [
    ['a refused connection', { type: 'disconnect' }, 'connect'],
    ['an answer without an end', { type: 'respond', text: 'Hi', finish: 'none' }, 'truncated'],
    ['a reset', { type: 'reset', afterChunks: 1 }, 'truncated'],
    ['a 200 with an error', { type: 'success-with-error' }, 'unavailable'],
    ['a 529', { type: 'status', status: 529 }, 'overloaded'],
    ['a 503', { type: 'status', status: 503 }, 'unavailable'],
    ['a 500', { type: 'status', status: 500 }, 'unavailable'],
    ['a web page', { type: 'status', status: 502, body: '<html>Bad</html>' }, 'unavailable'],
    ['a web page for a 200', { type: 'status', status: 200, body: '<html>Hi' }, 'malformed'],
    ['no credit', { type: 'fail', failure: 'insufficient-credits' }, 'payment'],
    ['no credit, as a 400', { type: 'fail', failure: 'upstream-credits' }, 'payment'],
    ['a spend limit', { type: 'fail', failure: 'quota-exhausted' }, 'payment'],
    ['a long prompt', { type: 'fail', failure: 'context-too-long' }, 'context-too-long'],
    ['a blocked prompt', { type: 'fail', failure: 'content-filtered' }, 'content-filtered'],
    ['no such model', { type: 'fail', failure: 'unknown-model' }, 'model-gone'],
    ['a deadline', { type: 'fail', failure: 'timeout' }, 'unavailable'],
  ]
  describe.each([true, false])('streamed: %s', (stream) => {
    it.each(faults)('%s fails', async (_name, behaviour, kind) => {
      simulator.script({}, behaviour)
      expect((await failureOf(ask({ stream }))).kind).toBe(kind)
      // Trying again is not decided here.
      expect(simulator.calls).toHaveLength(1)
    })
  })

  const tools = [{ name: 'get_weather', parameters: { type: 'object' } }] as const
  const call = { name: 'get_weather', arguments: '{"city":"Par' }
  const cutCall = { type: 'respond', toolCalls: [call] } as const
  it.each<readonly [string, Behaviour, string]>([
    ['a stream without an end', { type: 'truncate', afterChunks: 2 }, 'truncated'],
    ['an error in mid-stream', { type: 'stream-error', afterChunks: 2 }, 'overloaded'],
    ['a cut frame', { type: 'malformed', afterChunks: 1 }, 'malformed'],
    ['a tool call that is no JSON', cutCall, 'malformed'],
    ['a tool call cut short', { ...cutCall, finish: 'length' }, 'truncated'],
  ])('%s fails', async (_name, behaviour, kind) => {
    simulator.script({}, behaviour)
    expect((await failureOf(ask({ tools }))).kind).toBe(kind)
  })

  it.each([[{}], [{ content: [{ type: 'text', text: 'Hi' }], stop_reason: null }]])(
    '%j is truncated',
    async (body) => {
      simulator.script({}, { type: 'status', status: 200, body })
      expect((await failureOf(ask({ stream: false }))).kind).toBe('truncated')
    },
  )

  it('reads unusual bytes as it reads others', async () => {
    const usual = await ask()
    const framing = { type: 'framing', lineEnding: '\r\n', bytesPerWrite: 7, withComments: true }
    simulator.script({}, framing as Behaviour)
    expect(await ask()).toEqual(usual)
  })
})
