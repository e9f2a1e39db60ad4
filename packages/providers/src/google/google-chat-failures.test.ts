import type { ModelCall, ModelPart, ProviderError } from '@imrs/core'
import { startSimulator } from '@imrs/testing/simulator'
import type { Behaviour, Simulator } from '@imrs/testing/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { callOf, connect, readParts } from '../__fixtures__/connect.ts'
import { google } from '../definitions/google.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

const model = 'gemini-2.5-flash'
const dialect = 'google'

function adapter(credential = simulator.keys.google) {
  return connect(google({ apiBase: `${simulator.baseUrls.google}/v1beta` }), { credential })
}

function ask(changes: Partial<ModelCall> = {}): Promise<ModelPart[]> {
  return readParts(adapter().chat(callOf(model, changes)))
}

async function failureOf(reading: Promise<unknown>): Promise<ProviderError['failure']> {
  const error: unknown = await reading.catch((thrown: unknown) => thrown)
  expect((error as Error).cause).toBeUndefined()
  return (error as ProviderError).failure
}

describe('a failing chat with Gemini', () => {
  it('refuses a wrong key without repeating it', async () => {
    const reading = readParts(adapter('AIza-wrong-key-123456').chat(callOf(model)))
    const failure = await failureOf(reading)
    expect(failure).toMatchObject({ kind: 'credentials', providerCode: 'API_KEY_INVALID' })
    expect(JSON.stringify(failure)).not.toContain('wrong-key')
  })

  it('says how long to wait', async () => {
    const retryAfter = { form: 'native', delayMs: 20_000 } as const
    simulator.script({ dialect }, { type: 'fail', failure: 'rate-limited', retryAfter })
    expect(await failureOf(ask())).toMatchObject({ kind: 'rate-limited', retryAfterMs: 20_000 })
    const inHeader = { form: 'seconds', delayMs: 5000 } as const
    simulator.script({ dialect }, { type: 'status', status: 429, retryAfter: inHeader })
    expect(await failureOf(ask())).toMatchObject({ kind: 'rate-limited', retryAfterMs: 5000 })
    expect(simulator.calls).toHaveLength(2)
  })

  const faults: readonly (readonly [string, Behaviour, string])[] = [
    ['a refused connection', { type: 'disconnect' }, 'connect'],
    ['an answer without an end', { type: 'respond', text: 'Hi', finish: 'none' }, 'truncated'],
    ['a reset', { type: 'reset', afterChunks: 1 }, 'truncated'],
    ['a 200 with an error', { type: 'success-with-error' }, 'overloaded'],
    ['a 503', { type: 'status', status: 503 }, 'overloaded'],
    ['a 500', { type: 'status', status: 500 }, 'unavailable'],
    ['an HTML page', { type: 'status', status: 502, body: '<html>Bad</html>' }, 'unavailable'],
    ['no credit', { type: 'fail', failure: 'insufficient-credits' }, 'payment'],
    ['a long prompt', { type: 'fail', failure: 'context-too-long' }, 'context-too-long'],
    ['a blocked prompt', { type: 'fail', failure: 'content-filtered' }, 'content-filtered'],
    ['no such model', { type: 'fail', failure: 'unknown-model' }, 'model-gone'],
    ['a deadline', { type: 'fail', failure: 'timeout' }, 'unavailable'],
  ]
  describe.each([true, false])('streamed: %s', (stream) => {
    it.each(faults)('%s fails', async (_name, behaviour, kind) => {
      simulator.script({ dialect }, behaviour)
      expect((await failureOf(ask({ stream }))).kind).toBe(kind)
      // Trying again is not decided here.
      expect(simulator.calls).toHaveLength(1)
    })
  })

  it.each<readonly [string, Behaviour, string]>([
    ['a stream without an end', { type: 'truncate', afterChunks: 2 }, 'truncated'],
    ['an error in mid-stream', { type: 'stream-error', afterChunks: 2 }, 'overloaded'],
    ['a cut frame', { type: 'malformed', afterChunks: 1 }, 'malformed'],
  ])('%s fails', async (_name, behaviour, kind) => {
    simulator.script({ dialect }, behaviour)
    expect((await failureOf(ask())).kind).toBe(kind)
  })

  it.each([
    [{ promptFeedback: { blockReason: 'SAFETY' } }, 'content-filtered'],
    [{ candidates: [{ finishReason: 'MALFORMED_FUNCTION_CALL' }] }, 'malformed'],
    [{ candidates: [{ finishReason: 'SAFETY' }] }, 'content-filtered'],
    [{}, 'truncated'],
  ])('%j is %s', async (body, kind) => {
    simulator.script({ dialect }, { type: 'status', status: 200, body })
    expect((await failureOf(ask({ stream: false }))).kind).toBe(kind)
  })
})
