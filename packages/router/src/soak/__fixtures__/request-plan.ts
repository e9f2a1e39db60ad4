import { seededRandom } from '@imrs/core'

/** How the reader of one answer behaves. */
export type ReaderPlan =
  | { readonly kind: 'reads' }
  | { readonly kind: 'reads-text' }
  /** Waits between the parts, real milliseconds. */
  | { readonly kind: 'is-slow'; readonly waitMs: number }
  /** Breaks the loop after so many parts; 0: gives the iterator back before the first one. */
  | { readonly kind: 'leaves'; readonly afterParts: number }
  /** Aborts once so many parts were read, and reads on. */
  | { readonly kind: 'aborts'; readonly afterParts: number }
  /** Aborts while it waits for a part: so long after it asked for the first one, real milliseconds. */
  | { readonly kind: 'aborts-waiting'; readonly afterMs: number }
  | { readonly kind: 'never-reads' }

/** What one request of the soak is like. Drawn from the seed and its number alone. */
export interface RequestPlan {
  readonly number: number
  readonly tenantId: string
  readonly agentId: string
  readonly userId: string
  /** Which of the models is asked for, as a fraction of their list; `undefined`: the router chooses. */
  readonly modelShare: number | undefined
  readonly stream: boolean
  readonly hasTools: boolean
  /** Whether the router that hedges gets it. */
  readonly isHedged: boolean
  /** Whether it comes with a signal that lives as long as the process. */
  readonly hasSharedSignal: boolean
  readonly reader: ReaderPlan
  readonly feedback: 'thumbs-up' | 'thumbs-down' | undefined
}

const TENANTS = 3
const AGENTS = 4
const USERS = 40

export function planOf(seed: number, number: number): RequestPlan {
  const random = randomOf(seed, number, 1)
  const below = (limit: number): number => Math.floor(random() * limit)
  return {
    number,
    tenantId: `tenant-${below(TENANTS)}`,
    agentId: `agent-${below(AGENTS)}`,
    userId: `user-${below(USERS)}`,
    modelShare: random() < 0.4 ? random() : undefined,
    stream: random() >= 0.15,
    hasTools: random() < 0.12,
    isHedged: random() < 0.3,
    hasSharedSignal: random() < 0.5,
    reader: readerOf(random),
    feedback: random() < 0.2 ? (random() < 0.7 ? 'thumbs-up' : 'thumbs-down') : undefined,
  }
}

function readerOf(random: () => number): ReaderPlan {
  const kind = random()
  if (kind < 0.05) return { kind: 'leaves', afterParts: Math.floor(random() * 8) }
  if (kind < 0.09) return { kind: 'aborts', afterParts: Math.floor(random() * 8) }
  if (kind < 0.13) return { kind: 'aborts-waiting', afterMs: Math.floor(random() * 40) }
  if (kind < 0.15) return { kind: 'never-reads' }
  if (kind < 0.21) return { kind: 'is-slow', waitMs: Math.floor(random() * 12) }
  return kind < 0.26 ? { kind: 'reads-text' } : { kind: 'reads' }
}

/** Numbers that depend on the seed, the request, and what they are drawn for. */
export function randomOf(seed: number, number: number, purpose: number): () => number {
  const mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(number + 1, 0xc2b2ae35)
  return seededRandom(mixed ^ Math.imul(purpose, 0x27d4eb2f))
}
