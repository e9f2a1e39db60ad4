import type { SimulatedDialect } from '@imrs/testing/simulator'

/** What the process with the routers is started with. */
export interface SoakProcessOptions {
  readonly seed: number
  readonly databasePath: string
  readonly providers: Readonly<Partial<Record<SimulatedDialect, SoakProvider>>>
  readonly clock: FastClockOptions
  /** How many requests are under way at once. */
  readonly concurrency: number
  /** The number of the first request. */
  readonly from: number
  /** How many requests each part of the run makes; between parts nothing is under way, and growth is measured. */
  readonly segments: readonly number[]
  /** What the time limits are multiplied by. Default: 1; they are seldom reached. */
  readonly patience?: number | undefined
  /** How many results are told at once. Default: 20. */
  readonly resultsTogether?: number | undefined
  /** How long growth is measured after the last request, at most, milliseconds. Default: 0, at once. */
  readonly settleMs?: number | undefined
  /** Default: none. */
  readonly spoolDirectory?: string | undefined
  /** Closes the store under the routers once so many requests are over. Default: never. */
  readonly closeStoreAfter?: number | undefined
  /** The wall clock is off by up to this, either way, at each reading, milliseconds. Default: 0. */
  readonly clockJumpMs?: number | undefined
}

/** Where a provider is, and its key. Its id is its dialect. */
export interface SoakProvider {
  readonly apiBase: string
  readonly key: string
}

export interface FastClockOptions {
  /** Epoch milliseconds at which the fast clock and the real one agree. */
  readonly originMs: number
  /** How many of its milliseconds go by in a real one. */
  readonly speed: number
}

/**
 * How a request ended for its caller. `left`: it stopped reading; `never-read`: it asked for no part;
 * `rejected`: there was no answer to read.
 */
export type Ending = 'end' | 'error' | 'left' | 'never-read' | 'rejected'

/** What became of one request, as its caller sees it. */
export interface RequestResult {
  readonly number: number
  readonly messageId: string | undefined
  readonly ending: Ending
  /** Of an error or a rejection. */
  readonly code: string | undefined
  /** Who answers, as the parts say; `undefined` where only the text was read. */
  readonly model: string | undefined
  /** The call whose words were read. */
  readonly call: number | undefined
  /** Whether the caller aborted it. */
  readonly isAborted: boolean
  readonly warnings: readonly string[]
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | undefined
  /** Whether feedback was given and counts. */
  readonly hasFeedback: boolean
  readonly problems: readonly string[]
}

/** What the process holds while nothing is under way. */
export interface Growth {
  /** How many requests it has made. */
  readonly requests: number
  readonly heapBytes: number
  readonly externalBytes: number
  /** What keeps the process alive, by kind. */
  readonly resources: Readonly<Record<string, number>>
  /** Open file descriptors, idle connections among them; 0 where they cannot be counted. */
  readonly openFiles: number
  /** On the signal that many requests came with. */
  readonly signalListeners: number
  /** Breakers that are not closed. */
  readonly breakers: number
  /** Answers of the last part of the run that can still be reached. */
  readonly answersKept: number
}

/** What the process counted itself. */
export interface SoakCounts {
  readonly attemptEvents: number
  /** Requests that were handed to `fetch` for a model. */
  readonly fetches: number
  /** Events `internal-failed`, by part and message. */
  readonly internalFailures: Readonly<Record<string, number>>
  /** Calls that can still be reached after the last request. */
  readonly callsKept: number
}

export type FromRouterProcess =
  | { readonly type: 'ready' }
  /** A request led to a message; none of its calls was made yet. */
  | { readonly type: 'begun'; readonly number: number; readonly messageId: string }
  | { readonly type: 'results'; readonly results: readonly RequestResult[] }
  /** All requests of a part of the run are under way. */
  | { readonly type: 'draining' }
  | { readonly type: 'growth'; readonly growth: Growth }
  | { readonly type: 'done'; readonly counts: SoakCounts }
  | { readonly type: 'crashed'; readonly message: string }
