import type { JsonObject, ModelPricing, ProviderDefinition, TokenUsage } from '@imrs/core'

import {
  anthropic,
  azure,
  deepSeek,
  google,
  groq,
  mistral,
  openai,
  openaiCompatible,
  requesty,
} from '../index.ts'
import { anthropicAnswer, geminiAnswer, groqAnswer, openAiAnswer } from './usage-answers.ts'
import type { UsageAnswer } from './usage-answers.ts'

/** One bill: what the provider says was used, and what that is in money, worked out by hand. */
export interface Bill {
  readonly name: string
  readonly definition: ProviderDefinition
  readonly answer: UsageAnswer
  /** As the provider sends it. */
  readonly wire: JsonObject
  readonly usage: TokenUsage
  /** Dollars per 1,000,000 tokens, which is thousandths of nano-dollars per token. */
  readonly pricing: ModelPricing
  readonly costNanoUsd: number
  readonly reportedNanoUsd?: number | undefined
}

const gpt4o: ModelPricing = { input: '2.50', cachedInput: '1.25', output: '10' }
const sonnet: ModelPricing = { input: '3', cachedInput: '0.30', cacheWrite: '3.75', output: '15' }
const geminiPro: ModelPricing = {
  input: '1.25',
  cachedInput: '0.125',
  output: '10',
  tiers: [{ abovePromptTokens: 200_000, input: '2.50', cachedInput: '0.25', output: '15' }],
}

/** One or more of every convention there is for counting tokens. */
export const bills: readonly Bill[] = [
  {
    name: 'OpenAI: the prompt holds the cached tokens',
    definition: openai(),
    answer: openAiAnswer,
    wire: {
      prompt_tokens: 2006,
      completion_tokens: 300,
      total_tokens: 2306,
      prompt_tokens_details: { cached_tokens: 1920, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
    },
    usage: { inputTokens: 2006, cachedInputTokens: 1920, outputTokens: 300, reasoningTokens: 0 },
    pricing: gpt4o,
    // 86 × 2,500 + 1,920 × 1,250 + 300 × 10,000 = 215,000 + 2,400,000 + 3,000,000
    costNanoUsd: 5_615_000,
  },
  {
    name: 'OpenAI: the answer holds the reasoning, which costs as much',
    definition: openai(),
    answer: openAiAnswer,
    wire: {
      prompt_tokens: 1000,
      completion_tokens: 1200,
      total_tokens: 2200,
      prompt_tokens_details: { cached_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 1024 },
    },
    usage: { inputTokens: 1000, cachedInputTokens: 0, outputTokens: 1200, reasoningTokens: 1024 },
    pricing: { input: '1.10', cachedInput: '0.275', output: '4.40' },
    // 1,000 × 1,100 + 1,200 × 4,400 = 1,100,000 + 5,280,000
    costNanoUsd: 6_380_000,
  },
  {
    name: 'Azure: as OpenAI',
    definition: azure({ resource: 'r', deployments: [{ name: 'model', model: 'gpt-4o' }] }),
    answer: openAiAnswer,
    wire: {
      prompt_tokens: 100,
      completion_tokens: 10,
      total_tokens: 110,
      prompt_tokens_details: { cached_tokens: 60 },
    },
    usage: { inputTokens: 100, cachedInputTokens: 60, outputTokens: 10 },
    pricing: gpt4o,
    // 40 × 2,500 + 60 × 1,250 + 10 × 10,000 = 100,000 + 75,000 + 100,000
    costNanoUsd: 275_000,
  },
  {
    name: 'Anthropic: the input holds neither what was read from the cache nor what was written',
    definition: anthropic(),
    answer: anthropicAnswer,
    wire: {
      input_tokens: 21,
      cache_creation_input_tokens: 1024,
      cache_read_input_tokens: 10_240,
      output_tokens: 503,
      output_tokens_details: { thinking_tokens: 400 },
      service_tier: 'standard',
    },
    usage: {
      inputTokens: 11_285,
      cachedInputTokens: 10_240,
      cacheWriteTokens: 1024,
      outputTokens: 503,
      reasoningTokens: 400,
    },
    pricing: sonnet,
    // 21 × 3,000 + 10,240 × 300 + 1,024 × 3,750 (1.25 times the input) + 503 × 15,000
    //   = 63,000 + 3,072,000 + 3,840,000 + 7,545,000
    costNanoUsd: 14_520_000,
  },
  {
    name: 'Anthropic: without a cache',
    definition: anthropic(),
    answer: anthropicAnswer,
    wire: { input_tokens: 1000, output_tokens: 200 },
    usage: { inputTokens: 1000, outputTokens: 200 },
    pricing: sonnet,
    // 1,000 × 3,000 + 200 × 15,000 = 3,000,000 + 3,000,000
    costNanoUsd: 6_000_000,
  },
  {
    name: 'Gemini: the candidates do not hold the thoughts, the prompt holds the cached tokens',
    definition: google(),
    answer: geminiAnswer,
    wire: {
      promptTokenCount: 150_000,
      cachedContentTokenCount: 100_000,
      candidatesTokenCount: 1000,
      thoughtsTokenCount: 2000,
      toolUsePromptTokenCount: 500,
      totalTokenCount: 153_500,
    },
    usage: {
      inputTokens: 150_500,
      cachedInputTokens: 100_000,
      outputTokens: 3000,
      reasoningTokens: 2000,
    },
    pricing: geminiPro,
    // 50,500 × 1,250 + 100,000 × 125 + 3,000 × 10,000 = 63,125,000 + 12,500,000 + 30,000,000
    costNanoUsd: 105_625_000,
  },
  {
    name: 'Gemini 2.5 Pro: 200,000 tokens are not above 200,000',
    definition: google(),
    answer: geminiAnswer,
    wire: { promptTokenCount: 200_000, candidatesTokenCount: 10, totalTokenCount: 200_010 },
    usage: { inputTokens: 200_000, outputTokens: 10 },
    pricing: geminiPro,
    // 200,000 × 1,250 + 10 × 10,000 = 250,000,000 + 100,000
    costNanoUsd: 250_100_000,
  },
  {
    name: 'Gemini 2.5 Pro: 200,001 are, and then all of them cost more',
    definition: google(),
    answer: geminiAnswer,
    wire: { promptTokenCount: 200_001, candidatesTokenCount: 10, totalTokenCount: 200_011 },
    usage: { inputTokens: 200_001, outputTokens: 10 },
    pricing: geminiPro,
    // 200,001 × 2,500 + 10 × 15,000 = 500,002,500 + 150,000
    costNanoUsd: 500_152_500,
  },
  {
    name: 'Gemini 2.5 Pro: a large prompt, mostly cached, and thoughts',
    definition: google(),
    answer: geminiAnswer,
    wire: {
      promptTokenCount: 250_000,
      cachedContentTokenCount: 200_000,
      candidatesTokenCount: 1000,
      thoughtsTokenCount: 2000,
      totalTokenCount: 253_000,
    },
    usage: {
      inputTokens: 250_000,
      cachedInputTokens: 200_000,
      outputTokens: 3000,
      reasoningTokens: 2000,
    },
    pricing: geminiPro,
    // 50,000 × 2,500 + 200,000 × 250 + 3,000 × 15,000 = 125,000,000 + 50,000,000 + 45,000,000
    costNanoUsd: 220_000_000,
  },
  {
    name: 'Requesty: what was cached and what is being cached, and what it says it cost',
    definition: requesty(),
    answer: openAiAnswer,
    wire: {
      prompt_tokens: 2000,
      completion_tokens: 100,
      total_tokens: 2100,
      prompt_tokens_details: { cached_tokens: 1000, caching_tokens: 500 },
      cost: 0.0052,
    },
    usage: {
      inputTokens: 2000,
      cachedInputTokens: 1000,
      cacheWriteTokens: 500,
      outputTokens: 100,
    },
    pricing: sonnet,
    // 500 × 3,000 + 1,000 × 300 + 500 × 3,750 + 100 × 15,000
    //   = 1,500,000 + 300,000 + 1,875,000 + 1,500,000
    costNanoUsd: 5_175_000,
    reportedNanoUsd: 5_200_000,
  },
  {
    name: 'DeepSeek: hits and misses of the cache beside the prompt',
    definition: deepSeek(),
    answer: openAiAnswer,
    wire: {
      prompt_tokens: 1500,
      completion_tokens: 200,
      total_tokens: 1700,
      prompt_cache_hit_tokens: 1024,
      prompt_cache_miss_tokens: 476,
      completion_tokens_details: { reasoning_tokens: 150 },
    },
    usage: { inputTokens: 1500, cachedInputTokens: 1024, outputTokens: 200, reasoningTokens: 150 },
    pricing: { input: '0.28', cachedInput: '0.028', output: '0.42' },
    // 476 × 280 + 1,024 × 28 + 200 × 420 = 133,280 + 28,672 + 84,000
    costNanoUsd: 245_952,
  },
  {
    name: 'Groq: in a field of its own',
    definition: groq(),
    answer: groqAnswer,
    wire: {
      queue_time: 0.04,
      prompt_tokens: 500,
      prompt_time: 0.01,
      completion_tokens: 80,
      completion_time: 0.1,
      total_tokens: 580,
      total_time: 0.11,
      prompt_tokens_details: { cached_tokens: 256 },
      completion_tokens_details: { reasoning_tokens: 30 },
    },
    usage: { inputTokens: 500, cachedInputTokens: 256, outputTokens: 80, reasoningTokens: 30 },
    pricing: { input: '0.15', cachedInput: '0.075', output: '0.60' },
    // 244 × 150 + 256 × 75 + 80 × 600 = 36,600 + 19,200 + 48,000
    costNanoUsd: 103_800,
  },
  {
    name: 'Mistral: nothing but the totals',
    definition: mistral(),
    answer: openAiAnswer,
    wire: { prompt_tokens: 300, total_tokens: 360, completion_tokens: 60 },
    usage: { inputTokens: 300, outputTokens: 60 },
    pricing: { input: '0.4', output: '2' },
    // 300 × 400 + 60 × 2,000 = 120,000 + 120,000
    costNanoUsd: 240_000,
  },
  {
    name: 'a host that counts reasoning apart from the answer, as its total shows',
    definition: openaiCompatible({ id: 'xai', apiBase: 'https://xai.example/v1' }),
    answer: openAiAnswer,
    wire: {
      prompt_tokens: 32,
      completion_tokens: 9,
      total_tokens: 135,
      completion_tokens_details: { reasoning_tokens: 94 },
    },
    usage: { inputTokens: 32, outputTokens: 103, reasoningTokens: 94 },
    pricing: { input: '3', output: '15' },
    // 32 × 3,000 + (9 + 94) × 15,000 = 96,000 + 1,545,000
    costNanoUsd: 1_641_000,
  },
]
