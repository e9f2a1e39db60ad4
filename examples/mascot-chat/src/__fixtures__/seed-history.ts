import { join } from 'node:path'

import { systemRuntime } from '@imrs/core'
import type { FeedbackReason } from '@imrs/core'
import { adaptive, createRouter } from '@imrs/router'
import type { Router } from '@imrs/router'
import { sqliteStore } from '@imrs/store-sqlite'
import { startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'

import { MASCOT_AGENT } from '../mascot-agent.ts'
import { DEFAULT_MODEL, PICKER_MODELS } from '../picker-models.ts'
import { simulated } from '../providers.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
const QUESTIONS = {
  code: 'Write a function in python that adds two numbers',
  translation: 'Translate this into French: good morning',
} as const
/** Whom people asked, how often a day, and how many of ten ratings are good, by kind of task. */
const HABITS = [
  { model: 'openai/gpt-4o', asked: 4, good: { code: 9, translation: 5 } },
  { model: 'openai/gpt-4o-mini', asked: 4, good: { code: 5, translation: 6 } },
  { model: 'google/gemini-2.5-flash', asked: 2, good: { code: 6, translation: 9 } },
  { model: 'openrouter/xiaomi/mimo-v2-flash', asked: 1, good: { code: 4, translation: 7 } },
  { model: 'auto', asked: 6, good: { code: 7, translation: 8 } },
] as const

/** What people say of good answers and of bad ones, in turn; some say nothing. */
const REASONS: Readonly<Record<'good' | 'bad', readonly (readonly FeedbackReason[])[]>> = {
  good: [['correct'], [], ['clear', 'concise'], [], ['complete']],
  bad: [['incorrect'], ['too-long'], [], ['incorrect', 'ignored-instructions'], ['slow']],
}
/** From this day on one model, which people liked, gets everything wrong. */
const BROKEN = { model: 'openai/gpt-4o', fromDay: 20 } as const

export interface History {
  readonly dataFolder: string
  /** How many days back it begins. */
  readonly days: number
}

/**
 * Fills a data folder with days of answers and of ratings with reasons, a price that changes, days of
 * failures with a provider that goes down, and a model that people liked and then no longer like.
 */
export async function seedHistory({ dataFolder, days }: History): Promise<void> {
  let nowMs = Date.now() - days * DAY_MS
  await using simulator = await startSimulator()
  const router = await createRouter({
    store: sqliteStore({ path: join(dataFolder, 'imrs.db') }),
    ...pick(simulated(simulator)),
    models: PICKER_MODELS.map(({ seed }) => seed),
    defaultModel: DEFAULT_MODEL,
    unconfiguredAgents: 'all',
    // It explores, so that the log says something of other strategies.
    strategy: adaptive(),
    runtime: { ...systemRuntime, now: () => nowMs, random: drawsOf(7) },
  })
  try {
    for (let day = 0; day < days; day += 1) {
      if (day === Math.floor(days / 2)) await changePrices(simulator, router)
      await liveOneDay(router, simulator, day)
      const nextDayMs = nowMs + DAY_MS
      const pass = (minutes: number): number => (nowMs += minutes * MINUTE_MS)
      if (day % 9 === 4) await goDown({ router, simulator, dialect: 'google', pass })
      if (day === days - 1) await goDown({ router, simulator, dialect: 'openrouter', pass })
      nowMs = nextDayMs
    }
  } finally {
    await router.close()
  }
}

function pick({
  providers,
  secrets,
}: ReturnType<typeof simulated>): Pick<ReturnType<typeof simulated>, 'providers' | 'secrets'> {
  return { providers, secrets }
}

async function liveOneDay(router: Router, simulator: Simulator, day: number): Promise<void> {
  const isBad = day % 9 === 4
  if (isBad) simulator.always({ dialect: 'google' }, { type: 'fail', failure: 'overloaded' })
  for (const { model, asked, good } of HABITS) {
    for (let count = 0; count < asked; count += 1) {
      const task = (day + count) % 2 === 0 ? 'code' : 'translation'
      const isBroken = model === BROKEN.model && day >= BROKEN.fromDay
      const isGood = !isBroken && (day * 7 + count * 3) % 10 < good[task]
      await askAndRate(router, { question: QUESTIONS[task], model, isGood, turn: day * 10 + count })
    }
  }
  if (isBad) simulator.reset()
}

interface Asking {
  readonly question: string
  readonly model: string
  readonly isGood: boolean
  /** A number of its own: of the user, and for what the user says. */
  readonly turn: number
}

async function askAndRate(router: Router, asking: Asking): Promise<void> {
  const { isGood, turn } = asking
  const userId = `user-${turn}`
  const answer = await router.chat({
    agentId: MASCOT_AGENT,
    userId,
    model: asking.model,
    messages: [{ role: 'user', content: asking.question }],
  })
  try {
    await answer.text()
  } catch {
    // On a day of failures answers end with one.
    return
  }
  const said = REASONS[isGood ? 'good' : 'bad']
  const reasons = said[turn % said.length] ?? []
  await router.feedback({
    messageId: answer.messageId,
    userId,
    rating: isGood ? 1 : 0,
    ...(reasons.length === 0 ? {} : { reasons }),
  })
}

interface Outage {
  readonly router: Router
  readonly simulator: Simulator
  readonly dialect: 'google' | 'openrouter'
  /** Lets minutes pass. */
  readonly pass: (minutes: number) => unknown
}

/** A provider whose list cannot be read for two hours, as looking at it again and again finds out. */
async function goDown({ router, simulator, dialect, pass }: Outage): Promise<void> {
  simulator.always({ dialect, operation: 'list' }, { type: 'fail', failure: 'overloaded' })
  pass(7 * 60)
  for (let looks = 0; looks < 4; looks += 1) {
    await router.providers.sync(dialect).catch(() => {})
    pass(30)
  }
  simulator.reset()
  for (let looks = 0; looks < 4; looks += 1) {
    await router.providers.sync(dialect)
    pass(30)
  }
}

async function changePrices(simulator: Simulator, router: Router): Promise<void> {
  simulator.replaceModels(
    simulator.models.map((model) =>
      model.dialect === 'openrouter' && model.id.startsWith('xiaomi/')
        ? { ...model, prices: { input: '0.0000002', output: '0.0000006' } }
        : model,
    ),
  )
  await router.providers.sync('openrouter')
}

/** Uniform draws that are the same each time. */
function drawsOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}
