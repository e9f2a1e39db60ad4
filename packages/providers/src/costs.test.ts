import type { JsonObject, ModelPricing, ProviderDefinition, TokenUsage } from '@imrs/core'
import { costOfUsage } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { answering } from './__fixtures__/answering.ts'
import { bills } from './__fixtures__/bills.ts'
import type { Bill } from './__fixtures__/bills.ts'
import { callOf, readParts } from './__fixtures__/connect.ts'
import { anthropicAnswer, geminiAnswer, openAiAnswer } from './__fixtures__/usage-answers.ts'
import type { UsageAnswer } from './__fixtures__/usage-answers.ts'
import { anthropic, google, openRouter, openai } from './index.ts'

interface Billed {
  readonly usage: TokenUsage
  readonly reportedNanoUsd: number | undefined
}

async function billOf(
  { definition, answer, wire }: Pick<Bill, 'definition' | 'answer' | 'wire'>,
  stream: boolean,
): Promise<Billed> {
  const { streamed, whole } = answer(wire)
  const { adapter } = answering(definition, stream ? streamed : whole)
  const parts = await readParts(adapter.chat(callOf('model', { stream })))
  const usages = parts.flatMap((part) => (part.type === 'usage' ? [part] : []))
  expect(usages).toHaveLength(1)
  expect(parts.at(-1)?.type).toBe('finish')
  const [part] = usages
  return {
    usage: JSON.parse(JSON.stringify(part?.usage)) as TokenUsage,
    reportedNanoUsd: part?.reportedCostNanoUsd,
  }
}

describe.each([true, false])('what an answer costs (streamed: %s)', (stream) => {
  it.each(bills)('$name', async (bill) => {
    const { usage, reportedNanoUsd } = await billOf(bill, stream)
    expect(usage).toEqual(bill.usage)
    expect(costOfUsage(usage, bill.pricing)).toBe(bill.costNanoUsd)
    expect(reportedNanoUsd).toBe(bill.reportedNanoUsd)
  })
})

describe('what an answer of OpenRouter costs, by the prices in its own list', () => {
  const row = {
    id: 'vendor/model',
    name: 'Model',
    created: 1,
    context_length: 1_000_000,
    architecture: { input_modalities: ['text'], output_modalities: ['text'] },
    supported_parameters: [],
    pricing: {
      prompt: '0.0000003',
      completion: '0.0000025',
      input_cache_read: '0.00000003',
      input_cache_write: '0.000000375',
      internal_reasoning: '0.000003',
      overrides: [{ min_prompt_tokens: 128_000, prompt: '0.0000006', completion: '0.000005' }],
    },
  }

  async function pricing(): Promise<ModelPricing> {
    const body = JSON.stringify({ data: [row] })
    const { adapter } = answering(openRouter(), { body, contentType: 'application/json' })
    for await (const { models } of adapter.listModels()) return models[0]?.pricing ?? {}
    return {}
  }

  it.each<readonly [string, JsonObject, number, number | undefined]>([
    [
      'every kind of token',
      {
        prompt_tokens: 1000,
        completion_tokens: 500,
        total_tokens: 1500,
        cost: 0.00165,
        is_byok: false,
        cost_details: { upstream_inference_cost: null },
        prompt_tokens_details: { cached_tokens: 200, cache_write_tokens: 100 },
        completion_tokens_details: { reasoning_tokens: 300 },
      },
      // 700 × 300 + 200 × 30 + 100 × 375 + 200 × 2,500 + 300 × 3,000
      //   = 210,000 + 6,000 + 37,500 + 500,000 + 900,000
      1_653_500,
      1_650_000,
    ],
    [
      'a prompt at the bound of a tier',
      { prompt_tokens: 128_000, completion_tokens: 10, total_tokens: 128_010, cost: 0.038425 },
      // 128,000 × 300 + 10 × 2,500 = 38,400,000 + 25,000
      38_425_000,
      38_425_000,
    ],
    [
      'a prompt above it: what the tier leaves out costs as below',
      {
        prompt_tokens: 130_000,
        completion_tokens: 10,
        total_tokens: 130_010,
        prompt_tokens_details: { cached_tokens: 30_000 },
      },
      // 100,000 × 600 + 30,000 × 30 + 10 × 5,000 = 60,000,000 + 900,000 + 50,000
      60_950_000,
      undefined,
    ],
    [
      'a key of one’s own: the fee and what the host takes',
      {
        prompt_tokens: 1000,
        completion_tokens: 100,
        total_tokens: 1100,
        cost: 0.0000275,
        is_byok: true,
        cost_details: { upstream_inference_cost: 0.00055 },
      },
      // 1,000 × 300 + 100 × 2,500 = 300,000 + 250,000
      550_000,
      // 27,500 + 550,000
      577_500,
    ],
  ])('%s', async (...[, wire, costNanoUsd, reportedNanoUsd]) => {
    for (const stream of [true, false]) {
      const bill = { definition: openRouter(), answer: openAiAnswer, wire }
      const billed = await billOf(bill, stream)
      expect(costOfUsage(billed.usage, await pricing())).toBe(costNanoUsd)
      expect(billed.reportedNanoUsd).toBe(reportedNanoUsd)
    }
  })
})

describe('what cannot be billed', () => {
  it.each<readonly [string, ProviderDefinition, UsageAnswer, JsonObject]>([
    ['OpenAI', openai(), openAiAnswer, { prompt_tokens: 5 }],
    ['OpenAI', openai(), openAiAnswer, { prompt_tokens: -5, completion_tokens: 1 }],
    ['OpenAI', openai(), openAiAnswer, { prompt_tokens: 'many', completion_tokens: 1 }],
    ['Gemini', google(), geminiAnswer, { candidatesTokenCount: 5 }],
    ['Anthropic', anthropic(), anthropicAnswer, { output_tokens: 5 }],
  ])('is unknown, and not free: %s %#', async (...[, definition, answer, wire]) => {
    for (const body of Object.values(answer(wire))) {
      const { adapter } = answering(definition, body)
      const parts = await readParts(adapter.chat(callOf('model')))
      expect(parts.some(({ type }) => type === 'usage')).toBe(false)
      expect(parts.at(-1)?.type).toBe('finish')
    }
  })
})
