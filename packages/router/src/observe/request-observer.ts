import type {
  AnswerPart,
  Attempt,
  AttemptCause,
  ChatRequest,
  Decision,
  ErrorCode,
  FailureKind,
  FinishReason,
  Model,
  ModelCall,
  Provider,
  RouterEventType,
  RouterListener,
  Runtime,
} from '@imrs/core'

/** How an answer ended. */
export interface ObservedEnd {
  /** `aborted`: by whoever read it, or since the router was closed. */
  readonly outcome: 'finished' | 'failed' | 'aborted'
  /** Who answered, or was asked last. */
  readonly model: Model
  readonly finishReason?: FinishReason | undefined
  readonly failureKind?: FailureKind | undefined
  /** As the ledger has them. */
  readonly attempts: readonly Attempt[]
  readonly totalMs: number
}

/** A call to a model that is about to be made. */
export interface ObservedCall {
  readonly model: Model
  readonly provider: Provider
  readonly call: ModelCall
  readonly attemptId: string
  /** 1 for the first one of an answer. */
  readonly position: number
  readonly cause: AttemptCause
}

/** Watches one call. Its methods are short and throw nothing of their own. */
export interface CallObserver {
  /** Does a piece of the call's work, such as sending the request, and gives what it gives. */
  within<Result>(work: () => Result): Result
  /** The call is over, as the ledger will have it. */
  ended(attempt: Attempt, finishReason: FinishReason | undefined): void
}

/** Watches one request. Its methods are short and throw nothing. */
export interface RequestObserver {
  decided(decision: Decision): void
  /** No model will be called. `undefined`: the caller left. */
  refused(code: ErrorCode | undefined): void
  callBegan(call: ObservedCall): CallObserver
  /** A part of the answer is given out; all but the last come here. */
  partGiven(part: AnswerPart): void
  /** The answer is over and recorded, and its last part is given out next. Comes once. */
  ended(end: ObservedEnd): void
}

/** What `router.on` is. */
export type SubscribeToRouter = <Type extends RouterEventType>(
  type: Type,
  listener: RouterListener<Type>,
) => () => void

/** Watches a router from the inside, for tracing: `openTelemetry` of `@imrs/router/telemetry`. */
export interface RouterTelemetry {
  /** Called within `chat`, before anything else. */
  requestBegan(request: ChatRequest): RequestObserver
  /** Stands before the network on the way to providers. Default: nothing does. */
  readonly wrapFetch?: ((fetch: Runtime['fetch']) => Runtime['fetch']) | undefined
  /** Called once, when the router is made. Default: no event is wanted. */
  listen?(on: SubscribeToRouter): void
}
