import type { AnswerPart, ChatRequest, ProviderDefinition } from '@imrs/core'
import { DEFAULT_TENANT_ID, ImrsError, ProviderError, fromNanoUsd, perMillionFromPerToken } from '@imrs/core'
import { anthropic, google, openRouter, openai, requesty } from '@imrs/providers'
import type { ProviderOptions } from '@imrs/providers'
import { memorySecrets } from '@imrs/secrets'
import type {
  ConformanceAbility,
  ConformanceAttempt,
  ConformanceCandidate,
  ConformancePart,
  ConformanceRequest,
  ConformanceSubject,
  ConformanceWorld,
  SubjectUnderTest,
} from '@imrs/testing/conformance'
import { memoryStore } from '@imrs/testing/host'

import { createRouter } from '../create-router.ts'
import type { Router } from '../router.ts'
import { priority } from '../strategies/priority.ts'

type Dialect = SubjectUnderTest['dialect']

/** The family that speaks each wire format, and where it finds the API below the address it is given. */
const FAMILIES: Readonly<
  Record<Dialect, { readonly make: (options: ProviderOptions) => ProviderDefinition; readonly path: string }>
> = {
  openai: { make: openai, path: '' },
  openrouter: { make: openRouter, path: '' },
  requesty: { make: requesty, path: '' },
  google: { make: google, path: '/v1beta' },
  anthropic: { make: anthropic, path: '/v1' },
}

/** All but being an HTTP endpoint. */
const ABILITIES: readonly ConformanceAbility[] = [
  'faults',
  'failover',
  'several-upstreams',
  'details',
  'timeouts',
  'retries',
  'breaker',
  'hedging',
  'clock',
  'ledger',
  'empty-answers',
  'context-sizes',
]

/** The families that the suite is run for. */
export const CONFORMANCE_FAMILIES: readonly Dialect[] = [
  'openai',
  'openrouter',
  'requesty',
  'google',
  'anthropic',
]

/** The router over one family: each candidate is a model of a provider of its own. */
export function routerSubject(dialect: Dialect): SubjectUnderTest {
  return {
    name: dialect,
    dialect,
    abilities: ABILITIES,
    make: async (world) => {
      const store = memoryStore()
      const router = await makeRouter(dialect, world, store)
      const messageIds: string[] = []
      const ask = (request: ConformanceRequest, signal: AbortSignal) => {
        const chat = toChatRequest(world.candidates, request)
        return partsOf(router, chat, { signal, onMessage: (id) => messageIds.push(id) })
      }
      return {
        chat: (request, { signal }) => ask(request, signal),
        attempts: async () => attemptsOf(store, messageIds),
        close: () => router.close(),
      } satisfies ConformanceSubject
    },
  }
}

/** The router of one scenario. */
export async function makeRouter(
  dialect: Dialect,
  world: ConformanceWorld,
  store: ReturnType<typeof memoryStore>,
): Promise<Router> {
  const { candidates, runtime, timeouts, retries, maxWaitMs, breaker, hedgeAfterMs } = world
  const router = await createRouter({
    store,
    runtime,
    timeouts,
    maxWaitMs,
    secrets: memorySecrets(Object.fromEntries(candidates.map(({ id, apiKey }) => [id, apiKey]))),
    providers: candidates.map((candidate) => definitionOf(dialect, candidate, world)),
    unconfiguredAgents: 'all',
    strategy: priority(),
    retries: { lastModel: retries },
    breaker:
      breaker === undefined
        ? { minimumCalls: 1_000_000 }
        : { minimumCalls: breaker.failures, openMs: breaker.openMs },
    ...(hedgeAfterMs === undefined ? {} : { hedging: { afterMs: hedgeAfterMs } }),
  })
  for (const [place, candidate] of candidates.entries()) {
    const { contextLength, prices } = candidate
    await router.models.edit(modelIdOf(candidate), {
      set: {
        contextLength,
        capabilities: ['text', 'function_calling'],
        priority: 90 - 10 * place,
        pricing: {
          input: perMillionFromPerToken(prices.input),
          output: perMillionFromPerToken(prices.output),
          cachedInput: perMillionFromPerToken(prices.cachedInput),
        },
      },
    })
  }
  return router
}

function definitionOf(
  dialect: Dialect,
  { id, baseUrl }: ConformanceCandidate,
  { retries, backOffMs }: ConformanceWorld,
): ProviderDefinition {
  const { make, path } = FAMILIES[dialect]
  return make({
    id,
    displayName: id,
    apiBase: `${baseUrl}${path}`,
    policy: { maxRetries: retries, backoffMs: backOffMs },
  })
}

/** What the router calls a candidate. */
export function modelIdOf({ id, model }: ConformanceCandidate): string {
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
            parameters: JSON.parse(JSON.stringify(parameters)) as Record<string, never>,
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
    case 'fallback':
      return [
        {
          type: 'fallback',
          from: candidateOf(part.from),
          to: candidateOf(part.to),
          kind: part.failureKind,
        },
      ]
    case 'usage':
      return [
        {
          type: 'usage',
          inputTokens: part.usage.inputTokens,
          outputTokens: part.usage.outputTokens,
        },
      ]
    case 'end':
      return [{ type: 'end', finishReason: part.finishReason }]
    case 'error':
      return [toConformanceError(part)]
    case 'decision':
    case 'warning':
    case 'reasoning-end':
      return []
  }
}

function toConformanceError(part: Extract<AnswerPart, { type: 'error' }>): ConformancePart {
  const { message, failureKind, isRetryable, isRetrySafe, retryAfterMs, received, tried } = part
  // A caller that left needs no kind to be told what happened.
  const kind = failureKind ?? (part.code === 'aborted' ? 'aborted' : undefined)
  return {
    type: 'error',
    message,
    kind,
    isRetryable,
    isRetrySafe,
    retryAfterMs,
    received,
    tried: tried.map(({ model, failureKind: of, wasCalled, retryAtMs }) => ({
      candidate: candidateOf(model),
      kind: of,
      wasCalled,
      retryAtMs,
    })),
  }
}

/** The provider of a model's id. */
function candidateOf(modelId: string): string {
  return modelId.slice(0, modelId.indexOf('/'))
}

/** The calls made for some messages, as the books have them. */
export async function attemptsOf(
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
