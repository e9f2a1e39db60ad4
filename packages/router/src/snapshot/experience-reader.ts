import type {
  AgentKey,
  ExperienceCell,
  ExperienceScope,
  Store,
  StoredExperienceCell,
} from '@imrs/core'
import {
  NO_EXPERIENCE,
  addExperience,
  experienceCellName,
  isNoExperience,
  subtractExperience,
} from '@imrs/core'

import { KeptExperience } from './kept-experience.ts'

/** What bears on one agent. */
export interface AgentExperience {
  /** The plain ratings of the agent's own answers. */
  readonly own: readonly ExperienceCell[]
  /** For strategies that learn: of all scopes that are read. */
  readonly kept?: KeptExperience | undefined
}

export interface ExperienceReaderOptions {
  readonly store: Store
  /** Whether ratings of other tenants bear on the agent. */
  readonly shareExperience: boolean
}

/** How old what others gave may be: it changes with every rating of anybody, and matters little. */
const WIDE_MS = 60_000

interface WideExperience {
  readonly atMs: number
  /** The agent's own at that moment. */
  readonly own: readonly StoredExperienceCell[]
  readonly wide: readonly StoredExperienceCell[]
}

/** Reads experience for the snapshots of one agent: its own each time, what others gave once a minute. */
export class ExperienceReader {
  readonly #options: ExperienceReaderOptions
  readonly #agent: AgentKey
  #wide: WideExperience | undefined

  constructor(options: ExperienceReaderOptions, agent: AgentKey) {
    this.#options = options
    this.#agent = agent
  }

  /** Whether what others gave was read, too long ago. */
  isStale(nowMs: number): boolean {
    return this.#wide !== undefined && nowMs - this.#wide.atMs >= WIDE_MS
  }

  async read(forLearning: boolean, nowMs: number): Promise<AgentExperience> {
    const { feedback } = this.#options.store
    if (!forLearning) return { own: await feedback.listExperience(this.#agent) }
    const [cells, shifts] = await Promise.all([
      this.#readAll(nowMs),
      feedback.listShifts(this.#agent),
    ])
    return {
      own: cells.filter(({ scope }) => scope === 'agent'),
      kept: new KeptExperience(cells, shifts),
    }
  }

  async #readAll(nowMs: number): Promise<readonly StoredExperienceCell[]> {
    const { store, shareExperience } = this.#options
    const last = this.#wide
    if (last !== undefined && !this.isStale(nowMs)) {
      const own = await store.feedback.listExperience(this.#agent)
      return [...own, ...broughtForward(last, own)]
    }
    const wider: readonly ExperienceScope[] = shareExperience ? ['tenant', 'global'] : ['tenant']
    const all = await store.feedback.listExperience({
      ...this.#agent,
      scopes: ['agent', ...wider],
    })
    const own = all.filter(({ scope }) => scope === 'agent')
    const wide = all.filter(({ scope }) => scope !== 'agent')
    this.#wide = { atMs: nowMs, own, wide }
    return all
  }
}

/** Wider scopes hold the agent's own: what it got since they were read is added to them. */
function broughtForward(
  { own: before, wide }: WideExperience,
  own: readonly StoredExperienceCell[],
): readonly StoredExperienceCell[] {
  const old = new Map(before.map((cell) => [experienceCellName(cell), cell]))
  const moved = new Map(wide.map((cell) => [experienceCellName(cell), cell]))
  const scopes = new Set(wide.map(({ scope }) => scope))
  for (const cell of own) {
    const change = subtractExperience(cell, old.get(experienceCellName(cell)) ?? NO_EXPERIENCE)
    if (isNoExperience(change)) continue
    for (const scope of scopes) {
      const tenantId = scope === 'global' ? '' : cell.tenantId
      const key = { ...cell, scope, tenantId, agentId: '' }
      const name = experienceCellName(key)
      moved.set(name, { ...key, ...addExperience(moved.get(name) ?? NO_EXPERIENCE, change) })
    }
  }
  return [...moved.values()]
}
