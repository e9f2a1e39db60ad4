import { createReadStream, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

import type { OutcomeSet } from '../outcome-set.ts'
import { readOutcomes } from '../read-outcomes.ts'

const NAME = 'llmrouter-ulab'

const folder =
  process.env['IMRS_ROUTING_DATA'] ??
  resolve(import.meta.dirname, '../../../../../../shared/routing-data')
const file = join(folder, NAME, 'outcomes.jsonl')

/** Outcomes of nine real models, too large for the repository; `undefined` where they are not there. */
export const realOutcomes: (() => Promise<OutcomeSet>) | undefined = existsSync(file)
  ? async () => {
      const lines = createInterface({ input: createReadStream(file, 'utf8') })
      return (await readOutcomes(lines, { name: NAME })).outcomes
    }
  : undefined

/** What the name of a test that needs them ends in. */
export const whyNoOutcomes: string =
  realOutcomes === undefined ? ` (skipped: no ${file}; set IMRS_ROUTING_DATA)` : ''
