import { createReadStream, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

import { describe, expect, it } from 'vitest'

import { createTaskDetection, estimateInputTokens, requiredCapabilities } from './index.ts'

/** Outcomes of real prompts; too large for the repository, so they lie beside it where they are there. */
const folder =
  process.env['IMRS_ROUTING_DATA'] ??
  resolve(import.meta.dirname, '../../../../../shared/routing-data')
const files = ['llmrouter-ulab/outcomes.jsonl', 'routellm/outcomes.jsonl'].map((name) =>
  join(folder, name),
)
const isThere = files.every((file) => existsSync(file))
const note = isThere ? '' : ` (skipped: no prompts in ${folder}; set IMRS_ROUTING_DATA)`

/** Every `step`th prompt of a file, 250 at most. */
async function promptsOf(file: string, step: number): Promise<readonly string[]> {
  const prompts: string[] = []
  const lines = createInterface({ input: createReadStream(file, 'utf8') })
  let line = 0
  for await (const text of lines) {
    line += 1
    if (line % step === 0) prompts.push((JSON.parse(text) as { prompt: string }).prompt)
    if (prompts.length === 250) break
  }
  return prompts
}

describe.skipIf(!isThere)(`real prompts${note}`, () => {
  it('are all given a task type, about half of them a special one', async () => {
    const prompts = (await Promise.all(files.map((file) => promptsOf(file, 20)))).flat()
    expect(prompts.length).toBe(500)
    const detection = createTaskDetection()
    const types = await Promise.all(
      prompts.map(async (content) => {
        const request = { messages: [{ role: 'user', content }], tools: [] } as const
        expect(requiredCapabilities(request)).toBeGreaterThan(0)
        expect(estimateInputTokens(request)).toBeGreaterThan(content.length / 8)
        return (await detection.detect(request)).type
      }),
    )
    const share = types.filter((type) => type === 'general').length / types.length
    expect(share).toBeGreaterThan(0.4)
    expect(share).toBeLessThan(0.95)
  })
})
