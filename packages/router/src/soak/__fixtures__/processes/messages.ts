import type { SimulatedDialect } from '@imrs/testing/simulator'

import type { SoakProvider } from '../messages.ts'

/** What a process is started with. */
export interface ProcessOptions {
  readonly seed: number
  readonly store:
    | { readonly kind: 'sqlite'; readonly path: string }
    | { readonly kind: 'postgres'; readonly url: string }
  readonly providers: Readonly<Partial<Record<SimulatedDialect, SoakProvider>>>
  readonly concurrency: number
  /** How long a caller waits between its requests, milliseconds: processes that have no time left see changes late. */
  readonly pauseMs: number
  /** The number of its first request; no other process has numbers from there on up to a million. */
  readonly from: number
}

export type ToProcess =
  | { readonly type: 'start'; readonly options: ProcessOptions }
  /** Changes what the watched agent may use, and says when that was stored. */
  | { readonly type: 'change' }
  /** Makes no more requests, and ends once all are over. */
  | { readonly type: 'stop' }

/** What an acknowledged signal was given on. */
export interface GivenFeedback {
  readonly tenantId: string
  readonly messageId: string
}

/** Times are epoch milliseconds, of the clock that all processes of the machine share. */
export type FromProcess =
  | { readonly type: 'ready' }
  /** A request led to a message; none of its calls was made yet. */
  | {
      readonly type: 'begun'
      readonly number: number
      readonly tenantId: string
      readonly messageId: string
    }
  /** Its `end` or `error` was given out. */
  | { readonly type: 'ended'; readonly number: number; readonly code: string | undefined }
  /** There was no message. */
  | { readonly type: 'rejected'; readonly number: number; readonly code: string }
  | { readonly type: 'feedback'; readonly given: GivenFeedback }
  /** A change is stored; what it raised the watched agent's version to. */
  | { readonly type: 'changed'; readonly version: number; readonly atMs: number }
  /** A request of this process was decided by that version, for the first time. */
  | { readonly type: 'seen'; readonly version: number; readonly atMs: number }
  | { readonly type: 'failed'; readonly what: string }
  | { readonly type: 'crashed'; readonly message: string }
