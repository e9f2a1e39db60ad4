import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { expect, it } from 'vitest'

import { startTestChat } from './__fixtures__/test-chat.ts'
import type { Asked, Visitor } from './__fixtures__/visitor.ts'

const PROMPTS = 200
const AT_ONCE = 8
const folder =
  process.env['IMRS_ROUTING_DATA'] ?? join(import.meta.dirname, '../../../../shared/routing-data')
const file = join(folder, 'llmrouter-ulab', 'outcomes.jsonl')

it.skipIf(!existsSync(file))(
  `routes ${PROMPTS} real prompts (skipped without ${file}; IMRS_ROUTING_DATA names the folder)`,
  { timeout: 120_000 },
  async () => {
    const prompts = await spreadPrompts()
    expect(prompts).toHaveLength(PROMPTS)
    const chat = await startTestChat()
    // So many that none of them asks too often.
    const visitors = Array.from({ length: AT_ONCE }, () => chat.visitor())
    for (const visitor of visitors) await visitor.get('/api/preferences')
    const asked = await askAll(prompts, (prompt, turn) =>
      visitorOf(visitors, turn).ask(prompt, { model: 'auto' }),
    )
    for (const { decision, last, text } of asked) {
      expect(decision).toMatchObject({ source: 'auto', strategy: 'best-value' })
      expect(last).toMatchObject({ type: 'end', model: decision.model })
      expect(text).not.toBe('')
    }
    expect(new Set(asked.map(({ decision }) => decision.messageId)).size).toBe(PROMPTS)
    expect(new Set(asked.map(({ decision }) => decision.taskType)).size).toBeGreaterThan(2)
    expect(chat.reports).toEqual([])
  },
)

/** Prompts from all over the file, so that every one of its benchmarks is there. */
async function spreadPrompts(): Promise<readonly string[]> {
  const prompts: string[] = []
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { prompt } = JSON.parse(line) as { readonly prompt: string }
    prompts.push(prompt)
  }
  const step = prompts.length / PROMPTS
  return Array.from({ length: PROMPTS }, (_, index) => prompts[Math.floor(index * step)] ?? '')
}

function visitorOf(visitors: readonly Visitor[], turn: number): Visitor {
  const visitor = visitors[turn]
  if (visitor === undefined) throw new RangeError(`There is no visitor ${turn}`)
  return visitor
}

async function askAll(
  prompts: readonly string[],
  ask: (prompt: string, turn: number) => Promise<Asked>,
): Promise<readonly Asked[]> {
  const answers: Asked[] = []
  const waiting = [...prompts]
  const work = async (turn: number): Promise<void> => {
    for (let prompt = waiting.shift(); prompt !== undefined; prompt = waiting.shift()) {
      answers.push(await ask(prompt, turn))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, (_, turn) => work(turn)))
  return answers
}
