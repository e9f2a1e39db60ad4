import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openRouter, openai } from '@imrs/providers'
import { createRouter, priority } from '@imrs/router'
import type { Router, RouterOptions } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { simulatedModel, startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'
import { onTestFinished } from 'vitest'

import { createImrs } from '../model/create-imrs.ts'
import type { ImrsProvider } from '../model/create-imrs.ts'

export interface SimulatedRouter {
  readonly simulator: Simulator
  readonly router: Router
  readonly imrs: ImrsProvider
}

/** First `main`, then `spare`: the order in which the router asks them. */
export const MAIN = 'openai/main'
export const SPARE = 'openai/spare'
/** Shows what it thinks, signed; asked last. */
export const THINKER = 'openrouter/lab/thinker'

/** A router with a store on the disk and three models over loopback, closed when the test ends. */
export async function simulatedRouter(
  options: Partial<Omit<RouterOptions, 'store' | 'secrets'>> = {},
): Promise<SimulatedRouter> {
  const simulator = await startSimulator({
    models: [
      simulatedModel({
        dialect: 'openai',
        id: 'main',
        inputModalities: ['text', 'image', 'file', 'audio'],
      }),
      simulatedModel({ dialect: 'openai', id: 'spare' }),
      simulatedModel({ dialect: 'openrouter', id: 'lab/thinker', reasoning: 'always' }),
    ],
  })
  onTestFinished(() => simulator.close())
  const folder = await mkdtemp(join(tmpdir(), 'ai-sdk-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const router = await createRouter({
    store: sqliteStore({ path: join(folder, 'imrs.db') }),
    secrets: memorySecrets(simulator.keys),
    providers: [
      openai({ apiBase: simulator.baseUrls.openai }),
      openRouter({ apiBase: simulator.baseUrls.openrouter }),
    ],
    unconfiguredAgents: 'all',
    strategy: priority(),
    retries: { lastModel: 0 },
    maxWaitMs: 0,
    ...options,
  })
  onTestFinished(() => router.close())
  await prefer(router, MAIN, 90)
  await prefer(router, SPARE, 80)
  await prefer(router, THINKER, 1)
  return { simulator, router, imrs: createImrs({ router, userId: 'u1' }) }
}

async function prefer(router: Router, modelId: string, rank: number): Promise<void> {
  await router.models.edit(modelId, {
    set: {
      priority: rank,
      contextLength: 100_000,
      capabilities: CAPABILITIES,
      pricing: { input: '1', output: '2' },
    },
  })
}

const CAPABILITIES = [
  'text',
  'vision',
  'audio',
  'document',
  'function_calling',
  'structured_output',
] as const

/** Lets the main model take an effort of reasoning. */
export async function canReason(router: Router): Promise<void> {
  await router.models.edit(MAIN, { set: { capabilities: [...CAPABILITIES, 'reasoning'] } })
}

/** The body of the last chat call that reached a model. */
export function lastBody({ calls }: Simulator): Readonly<Record<string, unknown>> {
  const body = calls.findLast(({ operation }) => operation === 'chat')?.body
  if (typeof body !== 'object' || body === null) throw new Error('No chat call came')
  return { ...body }
}

export function chatCalls({ calls }: Simulator): Simulator['calls'] {
  return calls.filter(({ operation }) => operation === 'chat')
}
