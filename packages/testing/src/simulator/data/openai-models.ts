import type { SimulatedModel } from '../models.ts'
import { simulatedModel } from '../simulated-model.ts'

/** OpenAI: two chat models, and models of other kinds that its list does not tell apart. */
export const OPENAI_MODELS: readonly SimulatedModel[] = [
  simulatedModel({
    dialect: 'openai',
    id: 'gpt-4o',
    name: 'GPT-4o',
    created: 1_715_367_049,
    inputModalities: ['text', 'image', 'file'],
    prices: { input: '0.0000025', output: '0.00001', cachedInput: '0.00000125' },
    skill: { default: 0.68, code: 0.94, analysis: 0.84, document: 0.74, translation: 0.56 },
    speed: { firstTokenMs: 420, tokensPerSecond: 90 },
  }),
  simulatedModel({
    dialect: 'openai',
    id: 'gpt-4o-mini',
    name: 'GPT-4o mini',
    created: 1_721_172_741,
    inputModalities: ['text', 'image', 'file'],
    prices: { input: '0.00000015', output: '0.0000006', cachedInput: '0.000000075' },
    skill: { default: 0.54, summarization: 0.88, general: 0.66, code: 0.5, math: 0.4 },
    speed: { firstTokenMs: 300, tokensPerSecond: 130 },
  }),
  simulatedModel({
    dialect: 'openai',
    id: 'text-embedding-3-small',
    created: 1_705_948_997,
    kind: 'embedding',
    prices: { input: '0.00000002', output: '0' },
  }),
  simulatedModel({
    dialect: 'openai',
    id: 'gpt-4o-mini-tts',
    created: 1_742_403_959,
    kind: 'speech',
    outputModalities: ['audio'],
  }),
  simulatedModel({
    dialect: 'openai',
    id: 'whisper-1',
    created: 1_677_532_384,
    kind: 'transcription',
    inputModalities: ['audio'],
    row: { owned_by: 'openai-internal' },
  }),
  simulatedModel({
    dialect: 'openai',
    id: 'omni-moderation-latest',
    created: 1_731_689_265,
    kind: 'moderation',
    inputModalities: ['text', 'image'],
  }),
]
