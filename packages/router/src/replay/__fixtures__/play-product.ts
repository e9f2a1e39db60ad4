import type { AnswerPart, TaskDetector } from '@imrs/core'
import { seededRandom, systemRuntime } from '@imrs/core'
import { openRouter } from '@imrs/providers'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { simulatedModel, startSimulator } from '@imrs/testing/simulator'
import type { SimulatedCall, Simulator } from '@imrs/testing/simulator'

import { createRouter } from '../../create-router.ts'
import type { Router } from '../../router.ts'
import { adaptive } from '../../strategies/adaptive/adaptive.ts'
import type { OutcomeSet } from '../outcome-set.ts'
import { scoreOf } from '../outcome-set.ts'
import type { ReplayStream } from '../replay-stream.ts'
import { seedOf } from '../replay-stream.ts'
import { startChatServer } from './chat-server.ts'

/** What a stream earned in the product. */
export interface PlayedInProduct {
  /** By position: what the answer was rated. */
  readonly rewards: Float64Array
  /** How many ratings the router counts at the end. */
  readonly ratings: number
}

const MAKER = 'outcomes/'
const QUESTION = /^request (\d+) of (.*)$/

/**
 * Plays a stream through a whole router: chats and ratings come to it over HTTP, and it calls a
 * provider over HTTP, which answers with the score that the data have for the model that was asked.
 * The rating is what the answer says. Every request is another user's.
 */
export async function playInProduct(
  set: OutcomeSet,
  stream: ReplayStream,
): Promise<PlayedInProduct> {
  await using simulator = await startOutcomes(set)
  const chance = chanceOf(stream.seed)
  const router = await routerOf(simulator, chance.random)
  const server = await startChatServer(router)
  try {
    const rewards = new Float64Array(stream.rows.length)
    for (const position of stream.rows.keys()) {
      chance.next()
      rewards[position] = await playOne({ set, stream, url: server.url, position })
    }
    return { rewards, ratings: await ratingsOf(router) }
  } finally {
    await server.close()
    await router.close()
  }
}

async function startOutcomes(set: OutcomeSet): Promise<Simulator> {
  const simulator = await startSimulator({
    callCapacity: 1,
    models: set.models.map((name) =>
      simulatedModel({ dialect: 'openrouter', id: `${MAKER}${name}` }),
    ),
  })
  simulator.always({}, (call) => ({ type: 'respond', text: String(scoreOfCall(set, call)) }))
  return simulator
}

function scoreOfCall(set: OutcomeSet, { model, body }: SimulatedCall): number {
  const { messages } = body as { readonly messages: readonly { readonly content: string }[] }
  const [, row] = QUESTION.exec(messages.at(-1)?.content ?? '') ?? []
  return scoreOf(set, Number(row), set.models.indexOf((model ?? '').slice(MAKER.length)))
}

/** The chance that the replay gives its decisions, whatever else of a request asks for some. */
function chanceOf(seed: number): { readonly random: () => number; readonly next: () => void } {
  const replayed = seededRandom(seedOf(seed, 'adaptive'))
  let current = 0.5
  return {
    random: () => current,
    next: () => {
      current = replayed()
    },
  }
}

function routerOf(simulator: Simulator, random: () => number): Promise<Router> {
  return createRouter({
    store: sqliteStore({ path: ':memory:' }),
    secrets: memorySecrets({ openrouter: simulator.keys.openrouter }),
    providers: [openRouter({ apiBase: simulator.baseUrls.openrouter })],
    unconfiguredAgents: 'all',
    strategy: adaptive(),
    detectors: [labels],
    runtime: { ...systemRuntime, random },
  })
}

/** The host knows the task of each request. */
const labels: TaskDetector = {
  specVersion: 'v1',
  name: 'labels',
  detect: ({ messages }) => {
    const content = messages.at(-1)?.content
    const [, , type] = QUESTION.exec(typeof content === 'string' ? content : '') ?? []
    if (type === undefined) return []
    return [{ type, source: 'detector', confidence: 'high', matches: 1 }]
  },
}

interface Turn {
  readonly set: OutcomeSet
  readonly stream: ReplayStream
  readonly url: string
  readonly position: number
}

async function playOne({ set, stream, url, position }: Turn): Promise<number> {
  const row = stream.rows[position] ?? 0
  const userId = `user-${position}`
  const content = `request ${row} of ${stream.labels[position] ?? ''}`
  const parts = await post(`${url}/chat`, {
    userId,
    model: 'auto',
    messages: [{ role: 'user', content }],
    ...askedOf(set, row),
  })
  const answer = parts.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
  const { messageId, rating } = readAnswer(answer as AnswerPart[])
  if (stream.isRated[position] === 1) {
    await post(`${url}/feedback/${messageId}`, { userId, rating })
  }
  return rating
}

/** Where a model has no score for a request it is no candidate, as in the replay. */
function askedOf(set: OutcomeSet, row: number): { readonly allowedModels?: readonly string[] } {
  const asked = set.models.filter((_, model) => !Number.isNaN(scoreOf(set, row, model)))
  if (asked.length === set.models.length) return {}
  return { allowedModels: asked.map((name) => `${MAKER}${name}`) }
}

function readAnswer(parts: readonly AnswerPart[]): { messageId: string; rating: number } {
  const last = parts.at(-1)
  if (last?.type !== 'end') throw new Error(`No answer: ${JSON.stringify(last)}`)
  const text = parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('')
  return { messageId: last.messageId, rating: Number(text) }
}

async function post(url: string, body: unknown): Promise<string> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  const text = await response.text()
  if (response.ok) return text
  throw new Error(`${url} answered ${response.status}: ${text}`)
}

async function ratingsOf(router: Router): Promise<number> {
  const { rows } = await router.performance.report({ groupBy: [] })
  return rows.reduce((sum, { rating }) => sum + (rating?.count ?? 0), 0)
}
