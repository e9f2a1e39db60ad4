import type { SimulatedModel } from '../models.ts'
import type { SimulatedModelInput } from '../simulated-model.ts'
import { simulatedModel } from '../simulated-model.ts'

const chatMethods = [
  'generateContent',
  'countTokens',
  'createCachedContent',
  'batchGenerateContent',
]
const sampling = { temperature: 1, topP: 0.95, topK: 64, maxTemperature: 2 }

/** Gemini: three chat models, and rows of the kinds that share their list. */
export const GOOGLE_MODELS: readonly SimulatedModel[] = [
  chatModel({
    id: 'gemini-2.5-flash',
    name: 'Gemini 2.5 Flash',
    description: 'A mid-size multimodal model with a context of a million tokens.',
    created: 1_750_118_400,
    prices: { input: '0.0000003', output: '0.0000025', cachedInput: '0.00000003' },
    skill: { default: 0.6, translation: 0.94, general: 0.72, image: 0.7, code: 0.55 },
    speed: { firstTokenMs: 350, tokensPerSecond: 170 },
  }),
  chatModel({
    id: 'gemini-2.5-pro',
    name: 'Gemini 2.5 Pro',
    description: 'The large model of its family, made for hard questions.',
    created: 1_750_118_400,
    prices: { input: '0.00000125', output: '0.00001', cachedInput: '0.000000125' },
    skill: { default: 0.68, math: 0.95, document: 0.9, analysis: 0.76, code: 0.74 },
    speed: { firstTokenMs: 1400, tokensPerSecond: 75 },
    row: { version: '2.5' },
  }),
  chatModel({
    id: 'gemini-3-flash-preview',
    name: 'Gemini 3 Flash Preview',
    description: 'A preview of the next fast model.',
    created: 1_765_929_600,
    prices: { input: '0.0000005', output: '0.000003', cachedInput: '0.00000005' },
    skill: { default: 0.64, creative: 0.94, slides: 0.92, code: 0.68 },
    speed: { firstTokenMs: 450, tokensPerSecond: 150 },
    row: { version: '3-flash-preview-12-2025' },
  }),
  simulatedModel({
    dialect: 'google',
    id: 'gemini-2.5-flash-preview-tts',
    name: 'Gemini 2.5 Flash Preview TTS',
    description: 'Speaks. It lists generateContent and yet writes no text.',
    kind: 'speech',
    contextLength: 8192,
    outputModalities: ['audio'],
    row: { supportedGenerationMethods: ['countTokens', 'generateContent'], ...sampling },
  }),
  simulatedModel({
    dialect: 'google',
    id: 'gemini-embedding-001',
    name: 'Gemini Embedding 001',
    description: 'Turns a text into a vector.',
    kind: 'embedding',
    contextLength: 2048,
    maxOutputTokens: 1,
    row: { supportedGenerationMethods: ['embedContent', 'countTextTokens', 'countTokens'] },
  }),
  simulatedModel({
    dialect: 'google',
    id: 'imagen-4.0-generate-001',
    name: 'Imagen 4',
    description: 'Draws pictures.',
    kind: 'image',
    contextLength: 480,
    maxOutputTokens: 8192,
    outputModalities: ['image'],
    row: { supportedGenerationMethods: ['predict'] },
  }),
]

function chatModel(input: Omit<SimulatedModelInput, 'dialect'>): SimulatedModel {
  return simulatedModel({
    dialect: 'google',
    contextLength: 1_048_576,
    maxOutputTokens: 65_536,
    inputModalities: ['text', 'image', 'file', 'audio', 'video'],
    reasoning: 'always',
    ...input,
    row: { supportedGenerationMethods: chatMethods, ...sampling, ...input.row },
  })
}
