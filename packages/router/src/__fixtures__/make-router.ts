import type { AnswerPart, AnswerPartType, ChatRequest } from '@imrs/core'
import { memorySecrets } from '@imrs/secrets'
import { createTestRuntime, fakeProvider, memoryStore } from '@imrs/testing/host'
import type { FakeProvider, FakeProviderOptions, TestRuntime } from '@imrs/testing/host'
import { onTestFinished } from 'vitest'
import { createRouter } from '../create-router.ts'
import type { RouterOptions } from '../options.ts'
import type { Answer, Router } from '../router.ts'

export interface TestRouter {
  readonly router: Router
  readonly runtime: TestRuntime
  readonly store: RouterOptions['store']
  readonly providers: readonly FakeProvider[]
}

export interface MakeRouterOptions extends Partial<Omit<RouterOptions, 'providers' | 'runtime'>> {
  readonly providers?: readonly FakeProviderOptions[]
  readonly runtime?: TestRuntime
}

/** A router on the reference store with providers in memory, closed when the test ends. */
export async function makeRouter(options: MakeRouterOptions = {}): Promise<TestRouter> {
  const runtime = options.runtime ?? createTestRuntime()
  const providers = (options.providers ?? [{ models: ['one', 'two'] }]).map(fakeProvider)
  const store = options.store ?? memoryStore()
  const router = await createRouter({
    secrets: memorySecrets(),
    unconfiguredAgents: 'all',
    // The clock stands still unless a test moves it: without these, failures of the last model wait.
    retries: { lastModel: 0 },
    maxWaitMs: 0,
    ...options,
    store,
    runtime,
    providers: providers.map(({ definition }) => definition),
  })
  onTestFinished(() => router.close())
  return { router, runtime, store, providers }
}

export const hello: ChatRequest = { userId: 'u1', messages: [{ role: 'user', content: 'Hello' }] }

export async function read(answer: Answer): Promise<AnswerPart[]> {
  const parts: AnswerPart[] = []
  for await (const part of answer.parts) parts.push(part)
  return parts
}

export function partsOf<Type extends AnswerPartType>(
  parts: readonly AnswerPart[],
  type: Type,
): Extract<AnswerPart, { type: Type }>[] {
  return parts.filter((part) => part.type === type) as Extract<AnswerPart, { type: Type }>[]
}

export function textOfParts(parts: readonly AnswerPart[]): string {
  return partsOf(parts, 'text-delta')
    .map((part) => part.text)
    .join('')
}
