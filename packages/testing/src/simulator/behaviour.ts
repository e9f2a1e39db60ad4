import type { SimulatedFailureKind } from './failure.ts'
import type { Gate } from './gate.ts'

/**
 * When to come back, in the form in which it is sent.
 *
 * - `seconds`, `date`, `milliseconds`: the headers `retry-after: 2`, `retry-after: <HTTP date>`,
 *   `retry-after-ms: 2000`;
 * - `native`: where the provider really puts it — OpenAI in `retry-after` and the
 *   `x-ratelimit-reset-*` durations, OpenRouter in `error.metadata.headers`, Gemini in `RetryInfo`,
 *   Requesty in `retry-after`.
 */
export interface RetryAfter {
  readonly form: 'seconds' | 'date' | 'milliseconds' | 'native'
  readonly delayMs: number
}

/** A tool call that a scripted answer makes. Text arguments are sent as they are, broken or not. */
export interface ScriptedToolCall {
  readonly name: string
  readonly arguments: Readonly<Record<string, unknown>> | string
  readonly id?: string | undefined
}

/** Why a scripted answer ends; `none` leaves the reason out. */
export type AnswerFinish = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'none'

/** Tokens of one answer. `outputTokens` includes the reasoning, `inputTokens` the cached ones. */
export interface SimulatedUsage {
  readonly inputTokens: number
  readonly cachedInputTokens: number
  readonly outputTokens: number
  readonly reasoningTokens: number
}

/** An HTTP status in the dialect's body style. `body` and `headers` replace or join what it has. */
export interface StatusBehaviour {
  readonly type: 'status'
  readonly status: number
  readonly message?: string | undefined
  /** Text is sent as `text/html`, anything else as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly retryAfter?: RetryAfter | undefined
}

/** One of the provider's own errors, with its real status and body. */
export interface FailBehaviour {
  readonly type: 'fail'
  readonly failure: SimulatedFailureKind
  readonly message?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly retryAfter?: RetryAfter | undefined
}

/** HTTP 200 whose JSON body is an error, for a stream as well. `in-choice`: OpenRouter's second form. */
export interface SuccessWithErrorBehaviour {
  readonly type: 'success-with-error'
  readonly place?: 'body' | 'in-choice' | undefined
  readonly failure?: SimulatedFailureKind | undefined
}

/** The answer itself: what is given replaces what the simulator would have written. */
export interface RespondBehaviour {
  readonly type: 'respond'
  readonly text?: string | undefined
  readonly reasoning?: string | undefined
  readonly toolCalls?: readonly ScriptedToolCall[] | undefined
  readonly finish?: AnswerFinish | undefined
  /** `null` leaves usage out of the answer. */
  readonly usage?: Partial<SimulatedUsage> | null | undefined
  /** The model that the answer says it comes from. Default: the one asked. */
  readonly model?: string | undefined
}

/** Where inside a body something strikes. */
export interface BodyPlace {
  readonly afterChunks: number
  /**
   * `true`: behind the finish reason, before what follows it (usage, `[DONE]`, `message_stop`, the end
   * of the body), whatever `afterChunks` says. Default: `false`.
   */
  readonly afterFinish?: boolean | undefined
}

/** Holds the answer back at a stage until the test opens the gate. */
export interface StallBehaviour extends Pick<BodyPlace, 'afterFinish'> {
  readonly type: 'stall'
  readonly stage: 'headers' | 'first-chunk' | 'between-chunks'
  readonly gate: Gate
  /** For `between-chunks`: how many visible chunks go out before. Default: `1`. */
  readonly afterChunks?: number | undefined
}

/** The connection goes away before the body. */
export interface DisconnectBehaviour {
  readonly type: 'disconnect'
  /** How much of the head was sent: up to the end of the status line, or into the headers. Default: `nothing`. */
  readonly after?: 'nothing' | 'status-line' | 'headers' | undefined
  /** `reset`: with RST in place of FIN. Default: `close`. */
  readonly form?: 'close' | 'reset' | undefined
}

/** The connection is reset (RST) inside a body. */
export interface ResetBehaviour extends BodyPlace {
  readonly type: 'reset'
  /** Bytes of the next chunk that are sent first. Default: `0`. */
  readonly bytesOfNext?: number | undefined
}

/** The body ends cleanly, but too early: without what would have come after this place. */
export interface TruncateBehaviour extends BodyPlace {
  readonly type: 'truncate'
  /** Bytes of the next chunk that are sent first. Default: `0`. */
  readonly bytesOfNext?: number | undefined
}

/** A frame that is not what it should be; the stream goes on after it. */
export interface MalformedBehaviour extends BodyPlace {
  readonly type: 'malformed'
  /** Default: `cut-json`. */
  readonly form?: 'cut-json' | 'plain-text' | 'html' | 'invalid-utf8' | undefined
  /** The bytes themselves, in place of a form. */
  readonly bytes?: string | Uint8Array | undefined
}

/** Something is sent twice, as a proxy does that repeats what it has sent. */
export interface DuplicateBehaviour {
  readonly type: 'duplicate'
  /** `chunk`: the first visible one. `finish`: everything from the finish reason on. */
  readonly what: 'chunk' | 'finish'
}

/** Headers of the answer that replace or join those it has; its body stays. */
export interface HeadersBehaviour {
  readonly type: 'headers'
  readonly headers: Readonly<Record<string, string>>
}

/** An error inside a running stream, after which the server ends it. */
export interface StreamErrorBehaviour extends BodyPlace {
  readonly type: 'stream-error'
  /** Default: `overloaded`. */
  readonly failure?: SimulatedFailureKind | undefined
  readonly message?: string | undefined
  /** `event`: named by an `event: error` line, which OpenAI may send. Default: `data`. */
  readonly form?: 'data' | 'event' | undefined
}

/** Allowed but unusual bytes: a correct client notices nothing. */
export interface FramingBehaviour {
  readonly type: 'framing'
  readonly lineEnding?: '\n' | '\r\n' | undefined
  /** Cuts the body into writes of this many bytes, through characters and lines. */
  readonly bytesPerWrite?: number | undefined
  /** Puts a comment line before every frame. */
  readonly withComments?: boolean | undefined
}

/**
 * What the simulator does to one request instead of simply answering it.
 *
 * Chunks are counted in visible ones (text, reasoning or a part of a tool call); a body that is not
 * a stream is cut into four. `afterChunks` beyond the end means: just before the end.
 */
export type Behaviour =
  | StatusBehaviour
  | FailBehaviour
  | SuccessWithErrorBehaviour
  | RespondBehaviour
  | StallBehaviour
  | MalformedBehaviour
  | StreamErrorBehaviour
  | FramingBehaviour
  | DisconnectBehaviour
  | ResetBehaviour
  | TruncateBehaviour
  | DuplicateBehaviour
  | HeadersBehaviour
  /** The request is answered as if nothing were scripted; a pause in a queue of faults. */
  | { readonly type: 'normal' }
  /** A well-formed answer without text; for a list, an empty list. */
  | { readonly type: 'empty' }
  /** The last visible chunk of a stream comes behind its finish reason. */
  | { readonly type: 'late-chunk' }
  /** Several at once, for example a `respond` that is then `reset`. */
  | { readonly type: 'combine'; readonly behaviours: readonly Behaviour[] }

/** A behaviour that is not a combination of others. */
export type SingleBehaviour = Exclude<Behaviour, { readonly type: 'combine' }>

/** The behaviours in a behaviour, in order. */
export function flattenBehaviour(behaviour: Behaviour): readonly SingleBehaviour[] {
  return behaviour.type === 'combine' ? behaviour.behaviours.flatMap(flattenBehaviour) : [behaviour]
}

/** The first behaviour of a type, or `undefined`. */
export function findBehaviour<Type extends SingleBehaviour['type']>(
  behaviours: readonly SingleBehaviour[],
  type: Type,
): Extract<SingleBehaviour, { readonly type: Type }> | undefined {
  return behaviours.find(
    (behaviour): behaviour is Extract<SingleBehaviour, { readonly type: Type }> =>
      behaviour.type === type,
  )
}
