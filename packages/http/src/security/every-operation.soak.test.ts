import { it } from 'vitest'

import { askEveryOperation } from '../__fixtures__/every-operation.ts'

const RUNS = 150_000

it('every operation answers whatever it is asked as its description says, many times', async () => {
  const { answers } = await askEveryOperation({ runs: RUNS })
  process.stdout.write(`${JSON.stringify(Object.fromEntries(answers), undefined, 1)}\n`)
})
