import { createTestRuntime } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { hello, makeRouter, read } from './__fixtures__/make-router.ts'
import type { Router } from './router.ts'
import { adaptive } from './strategies/adaptive/adaptive.ts'

/** Two agents of one tenant ask and rate; then what each of 20 more decisions was, with its chance. */
async function decisionsOf(shareExperience: boolean | undefined): Promise<readonly unknown[]> {
  const runtime = createTestRuntime({ seed: 5 })
  const { router } = await makeRouter({ strategy: adaptive(), shareExperience, runtime })
  for (let round = 0; round < 40; round += 1) {
    const agentId = round % 2 === 0 ? 'default' : 'another'
    const userId = `u${round % 7}`
    const answer = await router.chat({ ...hello, agentId, userId, model: 'auto' })
    await read(answer)
    const rating = answer.decision.modelId === 'fake/one' ? 0.9 : round % 3 === 0 ? 1 : 0
    await router.feedback({ messageId: answer.messageId, userId, rating })
  }
  // What others gave is read again.
  await runtime.advance(61_000)
  return decideMany(router)
}

async function decideMany(router: Router): Promise<readonly unknown[]> {
  await router.decide({ ...hello, model: 'auto' })
  const decisions: unknown[] = []
  for (let count = 0; count < 20; count += 1) {
    const { modelId, candidates, propensity, propensityLog } = await router.decide({
      ...hello,
      model: 'auto',
    })
    decisions.push({ modelId, candidates, propensity, propensityLog })
  }
  return decisions
}

it('`shareExperience` changes nothing where there is one tenant, to the last digit', async () => {
  const off = await decisionsOf(false)
  expect(await decisionsOf(true)).toEqual(off)
  expect(await decisionsOf(undefined)).toEqual(off)
  expect(new Set(off.map((decision) => JSON.stringify(decision))).size).toBeGreaterThan(10)
})
