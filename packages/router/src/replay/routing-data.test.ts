import { createReadStream, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

import { describe, expect, it } from 'vitest'

import { replayPolicy } from './named-policies.ts'
import type { OutcomeSet } from './outcome-set.ts'
import { readOutcomes } from './read-outcomes.ts'
import type { ReadOutcomesOptions } from './read-outcomes.ts'
import { replayOutcomes } from './replay-outcomes.ts'
import { routeLlm } from './route-llm.ts'

/** Outcomes of real models; too large for the repository, so they lie beside it where they are there. */
const folder =
  process.env['IMRS_ROUTING_DATA'] ??
  resolve(import.meta.dirname, '../../../../../shared/routing-data')
const fileOf = (name: string): string => join(folder, name, 'outcomes.jsonl')
const isThere = ['llmrouter-ulab', 'routellm'].every((name) => existsSync(fileOf(name)))
const note = isThere ? '' : ` (skipped: no data in ${folder}; set IMRS_ROUTING_DATA)`

async function read(options: ReadOutcomesOptions): Promise<OutcomeSet> {
  const lines = createInterface({ input: createReadStream(fileOf(options.name), 'utf8') })
  return (await readOutcomes(lines, options)).outcomes
}

const LONG = { timeout: 60_000 }

describe.skipIf(!isThere)(`real outcomes, a short run${note}`, () => {
  it(
    'of nine models, 3 seeds: lines as measured, and learning beats the formula and chance',
    LONG,
    async () => {
      const outcomes = await read({ name: 'llmrouter-ulab' })
      const policies = (['adaptive', 'weighted', 'random'] as const).map((name) =>
        replayPolicy(name),
      )
      const [learned, formula, chance] = await replayOutcomes({ outcomes, policies, seeds: 3 })
      expect(learned).toMatchObject({ requests: 6108, seeds: 3 })
      expect(learned?.random).toBeCloseTo(0.424, 3)
      expect(learned?.bestSingle).toBeCloseTo(0.617, 2)
      expect(learned?.taskOracle).toBeCloseTo(0.664, 2)
      expect(learned?.mean).toBeGreaterThan(0.6)
      expect(learned?.mean).toBeGreaterThan((formula?.mean ?? 1) + 0.02)
      expect(chance?.mean).toBeCloseTo(0.424, 1)
    },
  )

  it(
    'of two models, 1 draw: prompt length as published, and the text model beyond it',
    LONG,
    async () => {
      const outcomes = await read({ name: 'routellm', split: 'eval', bench: 'mmlu' })
      expect(outcomes.size).toBe(14_037)
      const result = routeLlm({ outcomes, seeds: 1 })
      expect(result).toMatchObject({ strong: 'gpt-4-1106-preview', labels: 1500 })
      expect(result.promptLength).toBeCloseTo(0.583, 3)
      expect(result.textModel.apgr).toBeGreaterThan(0.625)
    },
  )
})
