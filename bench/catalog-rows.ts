import { CAPABILITIES, costTierOf, seededRandom } from '@imrs/core'
import type { Model, ModelType } from '@imrs/core'

export const PROVIDERS = 20

const MAKERS = ['openai', 'google', 'anthropic', 'mistral', 'qwen', 'meta', 'deepseek', 'cohere']
const FAMILIES = ['gpt', 'gemini', 'claude', 'mixtral', 'qwen', 'llama', 'seek', 'command', 'phi']
const KINDS = ['mini', 'large', 'instruct', 'preview', 'flash', 'pro', 'coder', 'vision']
const START = Date.UTC(2023, 0, 1)
const YEARS = 3 * 365 * 86_400_000

export function providerOf(index: number): string {
  return `provider-${String(index % PROVIDERS).padStart(2, '0')}`
}

/**
 * A catalogue as one may be: most models are for chat, available and of the default priority, prices
 * repeat, some are unknown; names repeat their families, and every number is one model's own.
 */
export function* benchModels(count: number, seed = 1): Generator<Model> {
  const random = seededRandom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  for (let index = 0; index < count; index += 1) {
    const providerId = providerOf(index)
    const family = pick(FAMILIES)
    const name = `${family}-${1 + Math.floor(random() * 9)}-${pick(KINDS)}-${index.toString(36)}`
    const externalId = `${pick(MAKERS)}/${name}`
    const input = (Math.floor(random() * 2_000) / 100).toFixed(2)
    const pricing = random() < 0.05 ? {} : { input, output: String(Number(input) * 4) }
    const costTier = costTierOf(pricing)
    const isKnown = random() < 0.9
    yield {
      id: `${providerId}/${externalId}`,
      providerId,
      externalId,
      displayName: name.replaceAll('-', ' '),
      description: `A model of the ${family} family, made to be listed, sorted and searched.`,
      modelType: typeOf(random()),
      capabilities: CAPABILITIES.filter((_, bit) => bit === 0 || random() < 0.3),
      ...(isKnown ? { contextLength: 2 ** (12 + Math.floor(random() * 9)) } : {}),
      ...(isKnown ? { releasedAtMs: START + Math.floor(random() * YEARS) } : {}),
      pricing,
      ...(costTier === undefined ? {} : { costTier }),
      isAvailable: random() < 0.95,
      metadata: { id: externalId, created: index, owned_by: family, object: 'model' },
      priority: random() < 0.9 ? 50 : Math.floor(random() * 101),
      domains: [],
      origin: 'sync',
      createdAtMs: START,
      updatedAtMs: START,
    }
  }
}

function typeOf(draw: number): ModelType {
  if (draw < 0.8) return 'chat'
  if (draw < 0.9) return 'embedding'
  if (draw < 0.999) return 'image'
  return 'moderation'
}
