import type { ModelPart, TokenUsage } from '@imrs/core'
import { startSimulator } from '@imrs/testing/simulator'
import type { Behaviour, Simulator } from '@imrs/testing/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { callOf } from './__fixtures__/connect.ts'
import { connectSimulated, simulatedFamilies } from './__fixtures__/simulated-families.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

const text = 'One two three four five six seven eight nine ten eleven twelve'

/** What the provider said of the tokens before the answer failed, and what the simulator sent of it. */
async function usageBeforeFailure(
  family: (typeof simulatedFamilies)[number],
  { fault, stream = true }: { readonly fault: Behaviour; readonly stream?: boolean },
): Promise<{ readonly told: TokenUsage | undefined; readonly sent: unknown }> {
  const { dialect, model } = family
  const answer: Behaviour = { type: 'respond', text, reasoning: '' }
  simulator.script(
    { dialect },
    fault.type === 'respond'
      ? { ...answer, ...fault }
      : { type: 'combine', behaviours: [answer, fault] },
  )
  const parts: ModelPart[] = []
  const reading = async () => {
    const adapter = connectSimulated(simulator, family)
    for await (const part of adapter.chat(callOf(model, { stream }))) parts.push(part)
  }
  await expect(reading()).rejects.toThrow()
  const call = simulator.calls.at(-1)
  await call?.closed
  const told = parts.findLast((part) => part.type === 'usage')
  return { told: told?.usage, sent: call?.usageSent }
}

describe.each(simulatedFamilies)('what $dialect said of the tokens', (family) => {
  it.each([true, false])(
    'is told of an answer that never says that it is done (streamed: %s)',
    async (stream) => {
      const { told, sent } = await usageBeforeFailure(family, {
        fault: { type: 'respond', finish: 'none' },
        stream,
      })
      const { inputTokens, outputTokens } = sent as TokenUsage
      expect(inputTokens).toBeGreaterThan(0)
      expect(told).toMatchObject({ inputTokens, outputTokens })
    },
  )

  it('is told as far as it is known when the stream ends, or fails, too early', async () => {
    for (const type of ['truncate', 'stream-error'] as const) {
      const { told, sent } = await usageBeforeFailure(family, { fault: { type, afterChunks: 1 } })
      if (family.dialect === 'google') {
        const { inputTokens, outputTokens } = sent as TokenUsage
        expect(told).toMatchObject({ inputTokens, outputTokens })
      } else {
        // Anthropic gives a placeholder at the start, the others nothing.
        expect(told).toBeUndefined()
      }
    }
  })
})
