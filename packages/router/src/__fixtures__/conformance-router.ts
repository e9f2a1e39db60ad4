import type { ModelOverrides, ProviderDefinition } from '@imrs/core'
import { DEFAULT_TENANT_ID, fromNanoUsd } from '@imrs/core'
import { memorySecrets } from '@imrs/secrets'
import type {
  ConformanceAttempt,
  ConformanceCandidate,
  ConformanceWorld,
  SubjectUnderTest,
} from '@imrs/testing/conformance'
import { memoryStore } from '@imrs/testing/host'

import { createRouter } from '../create-router.ts'
import type { Router } from '../router.ts'
import { priority } from '../strategies/priority.ts'
import { modelIdOf, partsOf, toChatRequest } from './conformance-answer.ts'

/** How the candidates of a scenario become models: each is the one of a provider of its own. */
export interface ConformanceProviders {
  readonly definitionOf: (candidate: ConformanceCandidate, world: ConformanceWorld) => ProviderDefinition
  /** What is known of the model, where its provider's list does not say it. */
  readonly settingsOf?: (candidate: ConformanceCandidate) => ModelOverrides
}

/** A router over some providers. */
export function conformanceSubject(
  { name, dialect, abilities }: Omit<SubjectUnderTest, 'make'>,
  providers: ConformanceProviders,
): SubjectUnderTest {
  return {
    name,
    dialect,
    abilities,
    make: async (world) => {
      const store = memoryStore()
      const router = await makeRouter(world, providers, store)
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

/** The router of one scenario. */
export async function makeRouter(
  world: ConformanceWorld,
  { definitionOf, settingsOf = () => ({}) }: ConformanceProviders,
  store: ReturnType<typeof memoryStore>,
): Promise<Router> {
  const { candidates, runtime, timeouts, retries, maxWaitMs, breaker, hedgeAfterMs } = world
  const router = await createRouter({
    store,
    runtime,
    timeouts,
    maxWaitMs,
    secrets: memorySecrets(Object.fromEntries(candidates.map(({ id, apiKey }) => [id, apiKey]))),
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
  })
  for (const [place, candidate] of candidates.entries()) {
    const set = { ...settingsOf(candidate), priority: 90 - 10 * place }
    await router.models.edit(modelIdOf(candidate), { set })
  }
  return router
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
