import { expect, it } from 'vitest'

import { askEveryOperation } from '../__fixtures__/every-operation.ts'

/** Short here; `every-operation.soak.test.ts` asks a hundred times as often. */
const RUNS = 1500

it('every operation answers whatever it is asked as its description says', async () => {
  const { answers, operations } = await askEveryOperation({ runs: RUNS })
  const asked = new Set([...answers.keys()].map((name) => name.split(' ')[0]))
  expect(operations.filter((name) => !asked.has(name))).toEqual([])
  // The run is worth something only when both happen to most: taken, and refused.
  const statuses = [...answers.keys()].map((name) => Number(name.split(' ')[1]))
  expect(statuses.filter((status) => status < 300).length).toBeGreaterThan(operations.length * 0.7)
  expect(statuses.filter((status) => status === 400).length).toBeGreaterThan(
    operations.length * 0.5,
  )
}, 60_000)
