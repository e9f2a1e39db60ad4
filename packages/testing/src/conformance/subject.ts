import type { Runtime } from '@imrs/core'

import type { Simulator } from '../simulator/index.ts'
import type { SimulatedDialect } from '../simulator/index.ts'
import type { ConformanceAbility } from './abilities.ts'

/** A tool that a request offers. */
export interface ConformanceTool {
  readonly name: string
  /** JSON Schema of the input. */
  readonly parameters: Readonly<Record<string, unknown>>
}

/** One chat, in words that every subject can translate into its own. */
export interface ConformanceRequest {
  /** The only message, from the user. */
  readonly prompt: string
  readonly tools: readonly ConformanceTool[]
  /** `false` asks for the answer in one piece. */
  readonly stream: boolean
  /** Whether an answer without text and tool calls is one. */
  readonly allowEmpty: boolean
}

/** The model really finished. */
export interface ConformanceEnd {
  readonly type: 'end'
  /** `stop`, `length`, `tool-calls` or `content-filter`. */
  readonly finishReason: string
}

/** A model that did not answer, as the subject tells it. */
export interface ConformanceTried {
  /** The id of the candidate. */
  readonly candidate: string
  readonly kind: string
  readonly wasCalled: boolean
  readonly retryAtMs?: number | undefined
}

/** The answer broke. What follows the message is told by subjects with the ability `details`. */
export interface ConformanceError {
  readonly type: 'error'
  readonly message: string
  /** A failure kind of `@imrs/core`. */
  readonly kind?: string | undefined
  readonly isRetryable?: boolean | undefined
  readonly isRetrySafe?: boolean | undefined
  readonly retryAfterMs?: number | undefined
  readonly received?:
    | {
        readonly characters: number
        readonly reasoningCharacters: number
        readonly toolCalls: number
      }
    | undefined
  readonly tried?: readonly ConformanceTried[] | undefined
}

/** What an answer is made of. Exactly one `end` or `error` comes last. */
export type ConformancePart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | {
      readonly type: 'tool-call'
      readonly id: string
      readonly name: string
      readonly input: unknown
    }
  | { readonly type: 'usage'; readonly inputTokens: number; readonly outputTokens: number }
  /** Another model takes over; by the ids of the candidates. `kind`: what the one before failed of. */
  | {
      readonly type: 'fallback'
      readonly from: string
      readonly to: string
      readonly kind: string | undefined
    }
  | ConformanceEnd
  | ConformanceError

/** A call to a model, as the subject has it in its books. */
export interface ConformanceAttempt {
  /** The id of the candidate. */
  readonly candidate: string
  readonly outcome: 'completed' | 'failed' | 'aborted'
  readonly inputTokens?: number | undefined
  readonly outputTokens?: number | undefined
  /** US dollars; `undefined` is unknown, never free. */
  readonly costUsd?: number | undefined
}

/** What is under test, ready to be asked. */
export interface ConformanceSubject {
  /**
   * Sends one chat. Sends nothing before the first pull, ends the request to the provider when the
   * signal aborts or the loop is left. After an abort it may throw the signal's reason; otherwise it
   * throws never.
   */
  chat(
    request: ConformanceRequest,
    options: { readonly signal: AbortSignal },
  ): AsyncIterable<ConformancePart>
  /** Every call made so far, oldest first. For subjects with the ability `ledger`. */
  attempts?(): Promise<readonly ConformanceAttempt[]>
  close?(): Promise<void>
}

/** US dollars per token, as decimal text. */
export interface CandidatePrices {
  readonly input: string
  readonly output: string
  /** Of tokens that the provider had read before. */
  readonly cachedInput: string
}

/** A model that the subject is to use. */
export interface ConformanceCandidate {
  /** `first`, `second` or `third`; fit for the id of a provider. */
  readonly id: string
  readonly baseUrl: string
  readonly apiKey: string
  /** The provider's own name of the model. */
  readonly model: string
  readonly contextLength: number
  readonly prices: CandidatePrices
}

/** How long each stage of a call may take, milliseconds. */
export interface ConformanceTimeouts {
  readonly headersMs: number
  readonly firstPartMs: number
  readonly idleMs: number
  /** From the start of a call to the end of an answer that is not streamed. */
  readonly wholeMs: number
  readonly totalMs: number
}

/** How the subject is to be configured. */
export interface ConformanceWorld {
  /** In the order in which they are to be asked. Only subjects with `failover` get more than one. */
  readonly candidates: readonly ConformanceCandidate[]
  readonly timeouts: ConformanceTimeouts
  /** How often one model may be asked again. */
  readonly retries: number
  /** The wait before the first repetition at most. */
  readonly backOffMs: number
  /** How long a request may wait for a model that is left alone, at most. */
  readonly maxWaitMs: number
  /** After how many failures in a row a model is left alone, and for how long. Absent: as good as never. */
  readonly breaker: { readonly failures: number; readonly openMs: number } | undefined
  /** When a second model is asked. Absent: never. */
  readonly hedgeAfterMs: number | undefined
  /** For subjects with the ability `clock`; the real world for others. */
  readonly runtime: Runtime
}

/** A provider that a running subject was wired to before the suite began. */
export interface ConformanceUpstream {
  readonly simulator: Simulator
  /** The model that arrives at the simulator when the subject is asked. */
  readonly model: string
}

/** Where an OpenAI-compatible endpoint is. */
export interface ConformanceEndpoint {
  /** Ends before `/chat/completions`. */
  readonly baseUrl: string
  readonly apiKey: string | undefined
  readonly model: string
}

/** What is under test and how to make it. */
export interface SubjectUnderTest {
  readonly name: string
  /** The wire format in which it calls its provider. */
  readonly dialect: SimulatedDialect
  readonly abilities: readonly ConformanceAbility[]
  /** Called at least once for each scenario; what it makes is closed when the scenario is over. */
  make(world: ConformanceWorld): Promise<ConformanceSubject>
  /** For a subject that runs already. Default: the suite starts its own, one for each candidate. */
  readonly upstream?: ConformanceUpstream | undefined
  /** For subjects with the ability `http`. */
  readonly endpoint?: ConformanceEndpoint | undefined
}
