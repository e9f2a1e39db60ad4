import type { Catalog, UserKeyOptions } from '@imrs/catalog'
import type {
  AnswerPart,
  Attempt,
  AuditEntry,
  AuditQuery,
  CallOptions,
  ChatRequest,
  Decision,
  MessageRecord,
} from '@imrs/core'
import type {
  EvaluationReport,
  Experience,
  FeedbackInput,
  FeedbackResult,
  RetractInput,
} from '@imrs/feedback'

import type { RouterAgents } from './agents/router-agents.ts'
import type { BreakersApi } from './attempt/breaker/breakers-api.ts'
import type { BudgetApi } from './budgets/budget-api.ts'
import type { CallsApi } from './calls/calls-api.ts'
import type { EvaluateQuery } from './evaluate/evaluate-query.ts'
import type { Emitter } from './events/emitter.ts'
import type { ApiKeyApi } from './keys/api-key-api.ts'
import type { MaintenanceApi } from './maintenance/maintenance-api.ts'
import type { MetricsApi } from './metrics/metrics-api.ts'
import type { ParameterApi } from './parameters/parameter-api.ts'
import type { PerformanceApi } from './performance/performance-api.ts'
import type { PreferenceApi } from './preferences/preference-api.ts'
import type { PresetApi } from './presets/preset-api.ts'
import type { Recommend } from './recommend/recommend-api.ts'
import type { SinksApi } from './sinks/sinks-api.ts'

/** An answer being made. */
export interface Answer {
  readonly messageId: string
  readonly decision: Decision
  /**
   * The answer, part by part: `decision` first, then fallbacks, warnings, text, reasoning, tool calls
   * and usage, and exactly one `end` or `error` last. Nothing is sent to a model before the first
   * pull. Leaving the loop ends the request to the provider. Can be iterated once.
   */
  readonly parts: AsyncIterable<AnswerPart>
  /**
   * Reads all parts and gives the text. In place of {@link parts}, not beside it.
   *
   * @throws ImrsError with the code of the `error` part when the answer broke.
   */
  text(): Promise<string>
}

/** Why a model was chosen. */
export interface Explanation {
  /** `Coding: GPT-4o, 0.71 from priority 0.50 and 0.80 over 12 ratings; next best was …` */
  readonly sentence: string
  readonly decision: Decision
  /** The calls it led to, in the order they were made, with what each cost and failed of. */
  readonly attempts: readonly Attempt[]
  /** The answer it led to; `undefined` while it is being made and when none came about. */
  readonly message?: MessageRecord | undefined
}

export interface DecisionKey {
  readonly decisionId: string
  /** Default: `default`. */
  readonly tenantId?: string | undefined
}

/** Takes signals on answers. */
export interface FeedbackCall {
  (input: FeedbackInput, options?: CallOptions): Promise<FeedbackResult>
  /** Takes back what was given; what is left counts again. Idempotent. */
  retract(input: RetractInput, options?: CallOptions): Promise<FeedbackResult>
}

/** Manages providers and models, picks the best model for every request, carries it out and learns. */
export interface Router {
  /**
   * Chooses a model and gives its answer.
   *
   * Rejects only when there is nothing to try: what fails afterwards comes as an `error` part.
   *
   * @throws ImrsError `invalid-request`, `unknown-model`, `unknown-provider`, `unknown-preset`,
   * `model-provider-mismatch`, `missing-capability`, `unsupported-parameter`, `context-too-long`,
   * `model-not-allowed`, `missing-credential`, `model-unavailable`, or {@link NoCandidateError}.
   */
  chat(request: ChatRequest, options?: UserKeyOptions): Promise<Answer>
  /** Chooses a model and calls none: a dry run, not stored. Throws as {@link chat} does. */
  decide(request: ChatRequest, options?: UserKeyOptions): Promise<Decision>
  /** Says why. @throws ImrsError `not-found`. */
  explain(key: string | DecisionKey, options?: CallOptions): Promise<Explanation>
  /**
   * Takes a signal on an answer of the caller's own. The next decision of this process sees it.
   *
   * @throws ImrsError `not-found` when there is no such answer of this user's, `message-not-finished`
   * while it is being made, `forbidden` for a self-evaluation by a user.
   */
  readonly feedback: FeedbackCall
  /** Whether what was learned is what the feedback says, and putting it right. */
  readonly experience: Experience
  /**
   * Says what other strategies would have earned on the requests that were rated, from the stored
   * decisions alone: one report each, in their order. Calls no model. Reads page by page, and stops
   * between two decisions when the signal aborts.
   *
   * @throws ConfigError, ImrsError `invalid-request`, `closed`; `store-unavailable` while the store is down.
   */
  evaluate(query: EvaluateQuery, options?: CallOptions): Promise<readonly EvaluationReport[]>
  readonly providers: Catalog['providers']
  readonly models: Catalog['models']
  readonly health: Catalog['health']
  readonly agents: RouterAgents
  /** Which models are left alone after failures. */
  readonly breakers: BreakersApi
  readonly budgets: BudgetApi
  /** Who did what: providers, models and what agents may use. */
  readonly audit: {
    list(query?: AuditQuery, options?: CallOptions): Promise<readonly AuditEntry[]>
  }
  /** Which calls were made: for whom, to which model, how they ended and what they cost. */
  readonly calls: CallsApi
  /** Keys with which machines prove who they are. */
  readonly apiKeys: ApiKeyApi
  /** How models did: ratings, failures, latency and cost, by model, kind of task, agent and time. */
  readonly performance: PerformanceApi
  /** Which models to use in place of others, to try and to drop, each with the evidence. */
  readonly recommend: Recommend
  readonly preferences: PreferenceApi
  /** What waits for the sinks, and what they refused. */
  readonly sinks: SinksApi
  /** Named groups of models: `model: 'preset:cheap'`. */
  readonly presets: PresetApi
  readonly parameters: ParameterApi
  /** The figures of this process: latencies, hits, errors, cost. */
  readonly metrics: MetricsApi
  /** Upkeep of the store, and what is no longer kept in it. */
  readonly maintenance: MaintenanceApi
  /**
   * Calls the listener for each event of the type, in order, in a turn of its own shortly afterwards;
   * returns what stops that. One that throws, rejects or is slow disturbs nobody: for each listener
   * 1,000 events may be unfinished, and what it misses is told by `internal-failed`, part `listener`.
   */
  readonly on: Emitter['on']
  /**
   * Waits for answers in flight to be recorded, tells listeners what they have not heard yet, then
   * closes what the router opened: the sinks, the store and the secret store. Records that the store
   * does not take stay in the spool, and those on their way to a sink for more than `closeMs` in the
   * outbox. Idempotent.
   */
  close(): Promise<void>
}
