import type { SimulatedModel } from '../models.ts'
import { simulatedModel } from '../simulated-model.ts'

const supported = { supported: true }

/** A row of 2026 says what a model can do; those of 2025 have a name and a date. */
const CAPABILITIES = {
  batch: supported,
  citations: supported,
  code_execution: supported,
  image_input: supported,
  pdf_input: supported,
  structured_outputs: supported,
  thinking: supported,
}

/** Anthropic: two models, one that is going to end, and one that has ended and is still listed. */
export const ANTHROPIC_MODELS: readonly SimulatedModel[] = [
  simulatedModel({
    dialect: 'anthropic',
    id: 'claude-sonnet-4-6',
    name: 'Claude Sonnet 4.6',
    created: 1_771_286_400,
    contextLength: 1_000_000,
    maxOutputTokens: 64_000,
    inputModalities: ['text', 'image', 'file'],
    prices: { input: '0.000003', output: '0.000015', cachedInput: '0.0000003' },
    reasoning: 'on-request',
    skill: { default: 0.72, code: 0.96, creative: 0.9, analysis: 0.88 },
    speed: { firstTokenMs: 600, tokensPerSecond: 75 },
    row: {
      max_input_tokens: 1_000_000,
      max_tokens: 64_000,
      capabilities: CAPABILITIES,
      lifecycle: 'active',
      deprecated_at: null,
      retires_at: null,
      line: 'sonnet',
    },
  }),
  simulatedModel({
    dialect: 'anthropic',
    id: 'claude-haiku-4-5-20251001',
    name: 'Claude Haiku 4.5',
    created: 1_759_276_800,
    contextLength: 200_000,
    maxOutputTokens: 64_000,
    inputModalities: ['text', 'image', 'file'],
    prices: { input: '0.000001', output: '0.000005', cachedInput: '0.0000001' },
    reasoning: 'on-request',
    skill: { default: 0.62, code: 0.74, summarization: 0.8 },
    speed: { firstTokenMs: 300, tokensPerSecond: 160 },
  }),
  simulatedModel({
    dialect: 'anthropic',
    id: 'claude-3-haiku-20240307',
    name: 'Claude Haiku 3',
    created: 1_709_769_600,
    contextLength: 200_000,
    maxOutputTokens: 4096,
    inputModalities: ['text', 'image'],
    prices: { input: '0.00000025', output: '0.00000125' },
    row: {
      lifecycle: 'deprecated',
      deprecated_at: '2026-02-19T00:00:00Z',
      retires_at: '2098-04-20T00:00:00Z',
      capabilities: null,
      max_input_tokens: null,
      max_tokens: null,
    },
  }),
  simulatedModel({
    dialect: 'anthropic',
    id: 'claude-2.1',
    name: 'Claude 2.1',
    created: 1_700_524_800,
    // It answers no more.
    kind: 'moderation',
    prices: { input: '0.000008', output: '0.000024' },
    row: { lifecycle: 'retired', retires_at: '2025-07-21T00:00:00Z' },
  }),
]
