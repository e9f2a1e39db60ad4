import { createOpenAI } from '@ai-sdk/openai'
import type { ProviderDefinition } from '@imrs/core'
import { perMillionFromPerToken } from '@imrs/core'
import { CONFORMANCE_ABILITIES } from '@imrs/testing/conformance'
import type {
  ConformanceAbility,
  ConformanceCandidate,
  ConformanceWorld,
  SubjectUnderTest,
} from '@imrs/testing/conformance'

import { conformanceSubject } from '../../../router/src/__fixtures__/conformance-router.ts'
import { aiSdkProvider } from '../provider/ai-sdk-provider.ts'

// Its keys are those of the record.
const ABILITIES = (Object.keys(CONFORMANCE_ABILITIES) as ConformanceAbility[]).filter(
  (ability) => ability !== 'http',
)

/** The router over models of `@ai-sdk/openai`. */
export function aiSdkSubject(): SubjectUnderTest {
  return conformanceSubject(
    { name: 'AI SDK', dialect: 'openai', abilities: ABILITIES },
    { definitionOf },
  )
}

function definitionOf(
  { id, baseUrl, apiKey, model, contextLength, prices }: ConformanceCandidate,
  { retries, backOffMs, runtime }: ConformanceWorld,
): ProviderDefinition {
  const openai = createOpenAI({ apiKey, baseURL: baseUrl, fetch: runtime.fetch })
  return aiSdkProvider({
    id,
    models: [
      {
        model: openai.chat(model),
        capabilities: ['text', 'function_calling'],
        contextLength,
        pricing: {
          input: perMillionFromPerToken(prices.input),
          output: perMillionFromPerToken(prices.output),
          cachedInput: perMillionFromPerToken(prices.cachedInput),
        },
      },
    ],
    policy: { maxRetries: retries, backoffMs: backOffMs },
  })
}
