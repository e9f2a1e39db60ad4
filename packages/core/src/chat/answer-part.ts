import type { Capability } from '../domain/capability.ts'
import type { DecisionSource } from '../domain/decision.ts'
import type { DetectedTask } from '../domain/task.ts'
import type { ErrorCode } from '../errors/error-codes.ts'
import type { FailureKind } from '../failure/failure-kinds.ts'
import type { JsonValue } from '../json.ts'
import type { ProviderData } from './chat-message.ts'
import type { TokenUsage } from './token-usage.ts'

/** Why the model stopped. */
export const FINISH_REASONS = ['stop', 'length', 'tool-calls', 'content-filter'] as const
export type FinishReason = (typeof FINISH_REASONS)[number]

/** Which model will answer and why. Comes before any text. */
export interface DecisionPart {
  readonly type: 'decision'
  readonly messageId: string
  readonly decisionId: string
  /** Catalogue id. */
  readonly model: string
  readonly modelName: string
  readonly provider: string
  readonly source: DecisionSource
  readonly strategy: string
  /** The request's own dial between quality, 0, and price, 1, where it ruled. */
  readonly costQuality?: number | undefined
  /** The preset that was asked for; absent when none was. */
  readonly preset?: string | undefined
  readonly taskType: string
  readonly task: DetectedTask
  readonly requiredCapabilities: readonly Capability[]
  /** One sentence for people. */
  readonly reason: string
}

/** Another model takes over; nothing of the one before was shown. */
export interface FallbackPart {
  readonly type: 'fallback'
  readonly from: string
  readonly to: string
  readonly toName: string
  /** Which step of the path led to `to`. */
  readonly step: 'migration' | 'last-valid' | 'default' | 'next-ranked'
  /** What the model before failed of; absent when it was never called. */
  readonly failureKind?: FailureKind | undefined
  /** One sentence for people. */
  readonly reason: string
}

/** Something the caller should know that changes nothing about the answer's text. */
export interface WarningPart {
  readonly type: 'warning'
  readonly code:
    | 'preference-unavailable'
    /** The user's stored choice is a preset that is no more; it was passed over. */
    | 'preset-gone'
    /** Nothing of this answer is stored: it cannot be rated. */
    | 'record-failed'
    /** The store is down; the record waits on the disk and is written when it is back. */
    | 'record-delayed'
    /** The model does not take a parameter of the request, so it was left out. */
    | 'parameter-dropped'
    /** The request has a dial between quality and price, and what chooses has none: it was passed over. */
    | 'cost-quality-ignored'
  readonly message: string
}

export interface TextDeltaPart {
  readonly type: 'text-delta'
  readonly text: string
}

/** The model's thinking, where the provider shows it. Not part of the answer. */
export interface ReasoningDeltaPart {
  readonly type: 'reasoning-delta'
  readonly text: string
}

/** A block of thinking is complete: the deltas since the last one belong together. */
export interface ReasoningEndPart {
  readonly type: 'reasoning-end'
  /** To be kept with the text of the block, and sent back with it. */
  readonly providerData?: ProviderData | undefined
}

/** A whole tool call; never given in halves. */
export interface ToolCallPart {
  readonly type: 'tool-call'
  readonly toolCallId: string
  readonly toolName: string
  readonly input: JsonValue
  /** To be kept with the call, and sent back with it. */
  readonly providerData?: ProviderData | undefined
}

export interface UsagePart {
  readonly type: 'usage'
  readonly model: string
  readonly usage: TokenUsage
  /** US dollars; `undefined` is unknown, never free. */
  readonly costUsd?: number | undefined
}

/** The provider really finished. The last part of a good answer. */
export interface EndPart {
  readonly type: 'end'
  readonly messageId: string
  readonly model: string
  readonly finishReason: FinishReason
  readonly firstPartMs?: number | undefined
  readonly totalMs: number
}

/** One call that did not lead to the answer, or a model that could not be called at all. */
export interface TriedModel {
  /** Catalogue id. */
  readonly model: string
  readonly failureKind: FailureKind
  /** Whether a request was sent, and may have cost something. */
  readonly wasCalled: boolean
  /** When it may be tried again, epoch milliseconds, where that is known. */
  readonly retryAtMs?: number | undefined
}

/** The answer broke. The last part of a bad one. */
export interface ErrorPart {
  readonly type: 'error'
  readonly code: ErrorCode
  /** For people: what happened and what to do. */
  readonly message: string
  readonly messageId: string
  readonly failureKind?: FailureKind | undefined
  /** Whether sending the same request again may work. */
  readonly isRetryable: boolean
  /** Whether sending it again can repeat no effect: no tool call was given out. */
  readonly isRetrySafe: boolean
  readonly retryAfterMs?: number | undefined
  /** What was tried, in that order. */
  readonly tried: readonly TriedModel[]
  /** US dollars of the calls whose cost is known, estimates included; absent when there is none. */
  readonly costUsd?: number | undefined
  /** What was already given out when it broke. */
  readonly received: {
    /** Of text. */
    readonly characters: number
    readonly reasoningCharacters: number
    readonly toolCalls: number
  }
}

/**
 * What an answer is made of: at most one `decision` first, then the rest, and exactly one `end` or
 * `error` last.
 */
export type AnswerPart =
  | DecisionPart
  | FallbackPart
  | WarningPart
  | TextDeltaPart
  | ReasoningDeltaPart
  | ReasoningEndPart
  | ToolCallPart
  | UsagePart
  | EndPart
  | ErrorPart

export type AnswerPartType = AnswerPart['type']

export const ANSWER_PART_TYPES: readonly AnswerPartType[] = [
  'decision',
  'fallback',
  'warning',
  'text-delta',
  'reasoning-delta',
  'reasoning-end',
  'tool-call',
  'usage',
  'end',
  'error',
] as const
