import { createOpenAI } from '@ai-sdk/openai'
import type { AnswerPart, ChatRequest, JsonObject, ProviderDefinition } from '@imrs/core'
import {
  DEFAULT_TENANT_ID,
  ImrsError,
  ProviderError,
  fromNanoUsd,
  perMillionFromPerToken,
} from '@imrs/core'
import { createRouter, priority } from '@imrs/router'
import type { Router } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { CONFORMANCE_ABILITIES } from '@imrs/testing/conformance'
import type {
  ConformanceAbility,
  ConformanceAttempt,
  ConformanceCandidate,
  ConformancePart,
  ConformanceRequest,
  ConformanceWorld,
  SubjectUnderTest,
} from '@imrs/testing/conformance'
import { memoryStore } from '@imrs/testing/host'

import { aiSdkProvider } from '../provider/ai-sdk-provider.ts'

// Its keys are those of the record.
const ABILITIES = (Object.keys(CONFORMANCE_ABILITIES) as ConformanceAbility[]).filter(
  (ability) => ability !== 'http',
)

/** The router over models of `@ai-sdk/openai`: each candidate is a model of a provider of its own. */
export function aiSdkSubject(): SubjectUnderTest {
  return {
    name: 'AI SDK',
    dialect: 'openai',
    abilities: ABILITIES,
    make: async (world) => {
      const store = memoryStore()
      const router = await makeRouter(world, store)
      const messageIds: string[] = []
      return {
        chat: (request, { signal }) =>
          partsOf(router, toChatRequest(world.candidates, request), {
            signal,
            onMessage: (id) => messageIds.push(id),
          }),
        attempts: async () => attemptsOf(store, messageIds),
        close: () => router.close(),
      }
    },
  }
}

function makeRouter(
  world: ConformanceWorld,
  store: ReturnType<typeof memoryStore>,
): Promise<Router> {
  const { candidates, runtime, timeouts, retries, maxWaitMs, breaker, hedgeAfterMs } = world
  return createRouter({
    store,
    runtime,
    timeouts,
    maxWaitMs,
    secrets: memorySecrets(),
    providers: candidates.map((candidate) => definitionOf(candidate, world)),
    unconfiguredAgents: 'all',
    // In the order of the candidates.
    strategy: priority(),
    retries: { lastModel: retries },
    breaker:
      breaker === undefined
        ? { minimumCalls: 1_000_000 }
        : { minimumCalls: breaker.failures, openMs: breaker.openMs },
    ...(hedgeAfterMs === undefined ? {} : { hedging: { afterMs: hedgeAfterMs } }),
  }).then(async (router) => {
    for (const [place, candidate] of candidates.entries()) {
      await router.models.edit(modelIdOf(candidate), { set: { priority: 90 - 10 * place } })
    }
    return router
  })
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

function modelIdOf({ id, model }: ConformanceCandidate): string {
  return `${id}/${model}`
}

/** The one model there is is asked for by its name, as a person would; of several the router chooses. */
function toChatRequest(
  candidates: readonly ConformanceCandidate[],
  { prompt, tools, stream, allowEmpty }: ConformanceRequest,
): ChatRequest {
  const [first, ...others] = candidates
  return {
    userId: 'caller',
    model: first === undefined || others.length > 0 ? 'auto' : modelIdOf(first),
    messages: [{ role: 'user', content: prompt }],
    stream,
    allowEmpty,
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, parameters }) => ({
            name,
            // A JSON Schema is JSON.
            parameters: JSON.parse(JSON.stringify(parameters)) as JsonObject,
          })),
        }),
  }
}

async function* partsOf(
  router: Router,
  request: ChatRequest,
  call: { readonly signal: AbortSignal; readonly onMessage: (messageId: string) => void },
): AsyncGenerator<ConformancePart, void, void> {
  const { signal } = call
  let answer
  try {
    answer = await router.chat(request, { signal })
  } catch (error) {
    signal.throwIfAborted()
    yield toRefusal(error)
    return
  }
  call.onMessage(answer.messageId)
  for await (const part of answer.parts) yield* toConformancePart(part)
}

/** A request for which there is nothing to try is refused by a rejection; a caller sees an error. */
function toRefusal(error: unknown): ConformancePart {
  const message = error instanceof Error ? error.message : String(error)
  const kind = ProviderError.is(error) ? error.failure.kind : undefined
  const code = ImrsError.is(error) ? error.code : undefined
  return { type: 'error', message, kind: kind ?? code }
}

function toConformancePart(part: AnswerPart): readonly ConformancePart[] {
  switch (part.type) {
    case 'text-delta':
      return [{ type: 'text', text: part.text }]
    case 'reasoning-delta':
      return [{ type: 'reasoning', text: part.text }]
    case 'tool-call':
      return [{ type: 'tool-call', id: part.toolCallId, name: part.toolName, input: part.input }]
    case 'fallback': {
      const { from, to, failureKind: kind } = part
      return [{ type: 'fallback', from: candidateOf(from), to: candidateOf(to), kind }]
    }
    case 'usage': {
      const { inputTokens, outputTokens } = part.usage
      return [{ type: 'usage', inputTokens, outputTokens }]
    }
    case 'end':
      return [{ type: 'end', finishReason: part.finishReason }]
    case 'error':
      return [toConformanceError(part)]
    default:
      return []
  }
}

function toConformanceError(part: Extract<AnswerPart, { type: 'error' }>): ConformancePart {
  const { message, failureKind, isRetryable, isRetrySafe, retryAfterMs, received, tried } = part
  return {
    type: 'error',
    message,
    // A caller that left needs no kind to be told what happened.
    kind: failureKind ?? (part.code === 'aborted' ? 'aborted' : undefined),
    isRetryable,
    isRetrySafe,
    retryAfterMs,
    received,
    tried: tried.map(({ model, failureKind: kind, wasCalled, retryAtMs }) => ({
      candidate: candidateOf(model),
      kind,
      wasCalled,
      retryAtMs,
    })),
  }
}

/** The provider of a model's id. */
function candidateOf(modelId: string): string {
  return modelId.slice(0, modelId.indexOf('/'))
}

async function attemptsOf(
  store: ReturnType<typeof memoryStore>,
  messageIds: readonly string[],
): Promise<readonly ConformanceAttempt[]> {
  const attempts = []
  for (const messageId of messageIds) {
    attempts.push(...(await store.ledger.listAttempts({ tenantId: DEFAULT_TENANT_ID, messageId })))
  }
  return attempts.map(({ providerId, outcome, usage, costNanoUsd }) => ({
    candidate: providerId,
    outcome,
    inputTokens: usage?.inputTokens,
    outputTokens: usage?.outputTokens,
    costUsd: costNanoUsd === undefined ? undefined : fromNanoUsd(costNanoUsd),
  }))
}
