import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { seededRandom } from '@imrs/core'

import { scoreOf } from '../../replay/outcome-set.ts'
import type { OutcomeSet } from '../../replay/outcome-set.ts'
import { readOutcomes } from '../../replay/read-outcomes.ts'
import type { KnownOutcomes } from './logged-outcomes.ts'

/** Ratings of 0 and 1 by tasks and models of known quality; a task suits some models more than others. */
export function simulatedOutcomes(options: {
  readonly requests: number
  readonly models: number
  readonly tasks: number
  readonly seed: number
}): KnownOutcomes {
  const random = seededRandom(options.seed)
  const models = Array.from({ length: options.models }, (_, index) => `p/m${index}`)
  const general = models.map(() => 0.35 + 0.3 * random())
  const quality = Array.from({ length: options.tasks }, () =>
    general.map((level) => Math.min(0.95, Math.max(0.05, level + 0.4 * (random() - 0.5)))),
  )
  const tasks = Array.from({ length: options.requests }, () =>
    Math.floor(random() * options.tasks),
  )
  const expected = tasks.map((task) => quality[task] ?? [])
  const requests = tasks.map((task, index) => ({
    task: `task-${task}`,
    scores: (expected[index] ?? []).map((level) => (random() < level ? 1 : 0)),
  }))
  return { models, requests, expected }
}

/** Where real outcomes lie, or `undefined`. */
export function routingData(): string | undefined {
  const named = process.env['IMRS_ROUTING_DATA']
  const beside = join(import.meta.dirname, '../../../../../../shared/routing-data')
  const folder = named ?? beside
  return existsSync(folder) ? folder : undefined
}

export async function readRealOutcomes(
  folder: string,
  options: { readonly name: string; readonly split?: string; readonly bench?: string },
): Promise<OutcomeSet> {
  const lines = createInterface({
    input: createReadStream(join(folder, options.name, 'outcomes.jsonl')),
  })
  return (await readOutcomes(lines, options)).outcomes
}

/** The requests of a real data set that every model was asked, in an order of their own. */
export function shuffledOutcomes(set: OutcomeSet, seed: number): KnownOutcomes {
  const random = seededRandom(seed)
  const order = Array.from({ length: set.size }, (_, row) => row)
  for (let place = order.length - 1; place > 0; place -= 1) {
    const other = Math.floor(random() * (place + 1))
    const [left = 0, right = 0] = [order[place], order[other]]
    order[place] = right
    order[other] = left
  }
  const requests = order.map((row) => ({
    task: set.tasks[set.taskOf[row] ?? 0] ?? '',
    scores: set.models.map((_, model) => scoreOf(set, row, model)),
  }))
  const complete = requests.filter(({ scores }) => !scores.some(Number.isNaN))
  return { models: set.models, requests: complete, expected: complete.map(({ scores }) => scores) }
}
