import type { Behaviour, SingleBehaviour } from './behaviour.ts'
import { flattenBehaviour } from './behaviour.ts'
import type { SimulatedCall } from './call-log.ts'
import type { SimulatedDialect } from './models.ts'

/** What a request is about. */
export type SimulatedOperation = 'chat' | 'list' | 'key' | 'other'

/** Which requests a script is for; what is left out matches all. */
export interface RequestMatch {
  readonly dialect?: SimulatedDialect | undefined
  /** The model's id, exactly. */
  readonly model?: string | undefined
  /** A part of the request's path, for example `/models`. */
  readonly path?: string | undefined
  /** Default: `chat`, unless `path` is given; then every operation. */
  readonly operation?: SimulatedOperation | undefined
}

/** What {@link RequestMatch} looks at. */
export interface MatchedRequest {
  /** `undefined` for a request that reached none. */
  readonly dialect: SimulatedDialect | undefined
  readonly model: string | undefined
  readonly path: string
  readonly operation: SimulatedOperation
}

/** Decides what happens to a call, when its dialect, model and body are known and nothing else is. */
export type DecideBehaviour = (call: SimulatedCall) => Behaviour

/** A script that was handed over; lets a test see that it was used up, or take it back. */
export interface ScriptHandle {
  /** How many behaviours wait for a request; `1` for `always` until it is removed. */
  readonly pending: number
  remove(): void
}

/** The queue of behaviours that requests consume. */
export interface Script {
  /** Adds behaviours that matching requests consume in order, one each. */
  add(match: RequestMatch, behaviours: readonly Behaviour[]): ScriptHandle
  /** Adds a behaviour for every matching request that finds nothing queued. */
  addAlways(match: RequestMatch, behaviour: Behaviour | DecideBehaviour): ScriptHandle
  /** Takes what the call is to suffer. Queues win over `always`, older ones over newer ones. */
  take(call: SimulatedCall): readonly SingleBehaviour[]
  clear(): void
}

interface Entry {
  readonly match: RequestMatch
  readonly isPermanent: boolean
  queue: readonly (Behaviour | DecideBehaviour)[]
}

/** Makes an empty {@link Script}. */
export function createScript(): Script {
  let entries: readonly Entry[] = []
  const append = (entry: Entry): ScriptHandle => {
    entries = [...entries, entry]
    return {
      get pending(): number {
        return entries.includes(entry) ? entry.queue.length : 0
      },
      remove: () => {
        entries = entries.filter((candidate) => candidate !== entry)
      },
    }
  }
  return {
    add: (match, behaviours) => append({ match, isPermanent: false, queue: behaviours }),
    addAlways: (match, behaviour) => append({ match, isPermanent: true, queue: [behaviour] }),
    take: (call) => {
      const matching = entries.filter(({ match }) => matchesRequest(match, call))
      const entry =
        matching.find(({ isPermanent, queue }) => !isPermanent && queue.length > 0) ??
        matching.find(({ isPermanent }) => isPermanent)
      const behaviour = entry?.queue[0]
      if (entry === undefined || behaviour === undefined) return []
      if (!entry.isPermanent) entry.queue = entry.queue.slice(1)
      return flattenBehaviour(typeof behaviour === 'function' ? behaviour(call) : behaviour)
    },
    clear: () => {
      entries = []
    },
  }
}

/** True when a request is one that a script is for. */
export function matchesRequest(match: RequestMatch, request: MatchedRequest): boolean {
  const operation = match.operation ?? (match.path === undefined ? 'chat' : undefined)
  return (
    (match.dialect === undefined || match.dialect === request.dialect) &&
    (match.model === undefined || match.model === request.model) &&
    (match.path === undefined || request.path.includes(match.path)) &&
    (operation === undefined || operation === request.operation)
  )
}
