import type { ModelPart } from '@imrs/core'
import { createGate, startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { callOf, readParts } from './__fixtures__/connect.ts'
import { connectSimulated, simulatedFamilies } from './__fixtures__/simulated-families.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

describe.each(simulatedFamilies)('the head of an answer of $dialect', (family) => {
  const { dialect, model } = family

  it.each([true, false])(
    'is told before anything of the body has come (streamed: %s)',
    async (stream) => {
      const gate = createGate()
      simulator.script({ dialect }, { type: 'stall', stage: 'first-chunk', gate })
      const parts = connectSimulated(simulator, family).chat(callOf(model, { stream }))
      const iterator = parts[Symbol.asyncIterator]()
      // The gate is closed: nothing of the body is on the wire.
      expect((await iterator.next()).value).toEqual({ type: 'headers' })
      await gate.reached
      expect(gate.isOpen).toBe(false)
      gate.open()
      const rest: ModelPart[] = []
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
        rest.push(next.value)
      }
      expect(rest.at(-1)?.type).toBe('finish')
      expect(rest.some(({ type }) => type === 'headers')).toBe(false)
    },
  )

  it.each([true, false])('is not told of a failure (streamed: %s)', async (stream) => {
    simulator.script({ dialect }, { type: 'status', status: 500 })
    const parts: ModelPart[] = []
    const reading = async () => {
      const adapter = connectSimulated(simulator, family)
      for await (const part of adapter.chat(callOf(model, { stream }))) parts.push(part)
    }
    await expect(reading()).rejects.toMatchObject({ failure: { kind: 'unavailable' } })
    expect(parts).toEqual([])
  })

  it('is told first, whatever comes after it', async () => {
    simulator.script({ dialect }, { type: 'truncate', afterChunks: 1 })
    const types: string[] = []
    const reading = async () => {
      for await (const { type } of connectSimulated(simulator, family).chat(callOf(model))) {
        types.push(type)
      }
    }
    await expect(reading()).rejects.toMatchObject({ failure: { kind: 'truncated' } })
    expect(types[0]).toBe('headers')
    expect(types.filter((type) => type === 'headers')).toHaveLength(1)
  })

  it('may be where the reader leaves: the request ends', async () => {
    const gate = createGate()
    simulator.script({ dialect }, { type: 'stall', stage: 'first-chunk', gate })
    const call = simulator.nextCall()
    for await (const part of connectSimulated(simulator, family).chat(callOf(model))) {
      expect(part.type).toBe('headers')
      break
    }
    expect(await (await call).closed).toBe('aborted-by-client')
  })

  it('says nothing of an answer that is whole: the same parts as ever', async () => {
    const parts = await readParts(connectSimulated(simulator, family).chat(callOf(model)))
    expect(parts[0]).toEqual({ type: 'headers' })
    expect(parts.at(-1)).toEqual({ type: 'finish', finishReason: 'stop' })
  })
})
