import type { ModelSeed } from '@imrs/catalog'
import type { Capability } from '@imrs/core'

/** A model of the picker: under the name people ask for, with what is known before any list is read. */
export interface PickerModel {
  /** The name shown. */
  readonly name: string
  readonly seed: ModelSeed
}

const EVERYTHING: readonly Capability[] = [
  'text',
  'vision',
  'code',
  'audio',
  'long_context',
  'function_calling',
  'video',
  'document',
  'reasoning',
  'structured_output',
]
const GPT: readonly Capability[] = [
  'text',
  'vision',
  'code',
  'long_context',
  'function_calling',
  'document',
  'structured_output',
]

/** Presets of the picker, below *Auto*: each lets the router choose for one reason. */
export const PICKER_PRESETS: readonly string[] = ['cheap', 'fast', 'best']

/** Who answers when nobody chose. */
export const DEFAULT_MODEL = 'openai/gpt-4o-mini'

/** The six models of the picker, grouped by provider. Prices are dollars per million tokens. */
export const PICKER_MODELS: readonly PickerModel[] = [
  {
    name: 'gemini-2.5',
    seed: {
      providerId: 'google',
      externalId: 'gemini-2.5-flash',
      displayName: 'Gemini 2.5 Flash',
      capabilities: EVERYTHING,
      contextLength: 1_048_576,
      priority: 55,
      pricing: { input: '0.30', output: '2.50' },
      aliases: ['gemini-2.5'],
    },
  },
  {
    name: 'gemini-3.0-flash',
    seed: {
      providerId: 'google',
      externalId: 'gemini-3-flash-preview',
      displayName: 'Gemini 3 Flash Preview',
      capabilities: EVERYTHING,
      contextLength: 1_048_576,
      maxOutputTokens: 65_536,
      priority: 60,
      pricing: { input: '0.50', output: '3' },
      aliases: ['gemini-3.0-flash'],
    },
  },
  {
    name: 'gpt-4o',
    seed: {
      providerId: 'openai',
      externalId: 'gpt-4o',
      displayName: 'GPT-4o',
      capabilities: GPT,
      contextLength: 128_000,
      maxOutputTokens: 16_384,
      priority: 60,
      pricing: { input: '2.50', output: '10', cachedInput: '1.25' },
    },
  },
  {
    name: 'gpt-4o-mini',
    seed: {
      providerId: 'openai',
      externalId: 'gpt-4o-mini',
      displayName: 'GPT-4o mini',
      capabilities: GPT,
      contextLength: 128_000,
      maxOutputTokens: 16_384,
      priority: 55,
      pricing: { input: '0.15', output: '0.60', cachedInput: '0.075' },
    },
  },
  {
    name: 'xiaomi/mimo-v2-flash',
    seed: {
      providerId: 'openrouter',
      externalId: 'xiaomi/mimo-v2-flash',
      displayName: 'Xiaomi: MiMo-V2-Flash',
      capabilities: ['text', 'code', 'long_context', 'function_calling', 'reasoning'],
      contextLength: 262_144,
      pricing: { input: '0.10', output: '0.30' },
      retired: { atMs: Date.UTC(2026, 5, 17), successorId: 'openrouter/xiaomi/mimo-v2.5' },
    },
  },
  {
    name: 'allenai/molmo-2-8b:free',
    seed: {
      providerId: 'openrouter',
      externalId: 'allenai/molmo-2-8b:free',
      displayName: 'AllenAI: Molmo 2 8B (free)',
      capabilities: ['text', 'vision', 'video'],
      contextLength: 36_864,
      priority: 40,
      pricing: { input: '0', output: '0' },
      retired: { atMs: Date.UTC(2026, 1, 27), successorId: 'openrouter/allenai/molmo-2-8b' },
    },
  },
]
