import { expect, it, onTestFinished } from 'vitest'

import { load } from './__fixtures__/load.ts'
import type { Load } from './__fixtures__/load.ts'
import { openSoakDoor } from './__fixtures__/soak-door.ts'
import type { Held } from './__fixtures__/soak-door.ts'

const AT_REST = { connections: 0, sleeps: 0, openAnswers: 0, openCalls: 0 }

it('short soak: two seconds of good, leaving, wrong and slow clients leave nothing behind', async () => {
  const door = await openSoakDoor({ headersTimeoutMs: 1_000 })
  onTestFinished(() => door.close())
  const plan: Load = {
    baseUrl: door.baseUrl,
    durationMs: 2_000,
    good: 50,
    leaving: 10,
    malformed: 10,
    loris: 20,
  }
  // The first round fills what is filled once.
  await load({ ...plan, durationMs: 1_000 })
  const before = await atRest(door.held)
  const figures = await load(plan)
  const after = await atRest(door.held)
  expect(figures.problems).toEqual([])
  expect(figures.answered).toBe(figures.sent)
  expect(figures.sent).toBeGreaterThanOrEqual(90)
  expect(figures.left).toBeGreaterThanOrEqual(15)
  expect(figures.malformed).toBeGreaterThanOrEqual(15)
  expect(figures.cut).toBeGreaterThanOrEqual(20)
  expect(after).toMatchObject(AT_REST)
  // Some 120 answers: what each would keep of 50 KB is more than this.
  expect(after.heapBytes - before.heapBytes).toBeLessThan(4_000_000)
}, 30_000)

/** What is on its way to its end ends in a few turns; what is left over does not. */
async function atRest(heldNow: () => Promise<Held>): Promise<Held> {
  let held = await heldNow()
  for (let round = 0; round < 20 && !isAtRest(held); round += 1) held = await heldNow()
  return held
}

function isAtRest({ connections, sleeps, openAnswers, openCalls }: Held): boolean {
  return connections + sleeps + openAnswers + openCalls === 0
}
