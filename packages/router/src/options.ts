import type { CacheTimes, ModelSeed } from '@imrs/catalog'
import type {
  AgentKey,
  CallOptions,
  CostTierBounds,
  LearningSink,
  Model,
  ProviderDefinition,
  ProviderFamily,
  ProviderType,
  Runtime,
  SecretStore,
  Store,
  Strategy,
  TaskDetector,
  UnsupportedParameterMode,
} from '@imrs/core'
import type { FeedbackRules } from '@imrs/feedback'

import type { AlertOptions } from './alerts/alert-options.ts'
import type { AttemptOptions } from './attempt/attempt-options.ts'
import type { BudgetOptions } from './budgets/budget-options.ts'
import type { MaintenanceOptions } from './maintenance/maintenance-options.ts'
import type { MetricsOptions } from './metrics/metrics-options.ts'
import type { RouterTelemetry } from './observe/request-observer.ts'
import type { SpoolOptions } from './record/spool/spool-options.ts'
import type { SinkDeliveryOptions } from './sinks/delivery-options.ts'
import type { RoleRestriction } from './snapshot/role-restrictions.ts'

/** One model about to be used by one agent. */
export interface AuthorizeRequest extends AgentKey {
  readonly userId?: string | undefined
  readonly model: Model
}

/** The part of an agent's capsule that the router heeds. */
export interface Capsule {
  /** Model ids or external ids. Absent: unrestricted; empty: none. */
  readonly allowedModels?: readonly string[] | undefined
}

export interface RouterOptions extends AttemptOptions, MaintenanceOptions {
  /** Where everything is remembered. Closed by `router.close()`. */
  readonly store: Store
  /**
   * What is done about a store whose schema is older than this code: `'at-start'` migrates it,
   * `'refuse'` makes `createRouter` fail with `schema-outdated`, for hosts that migrate on their own.
   * Default: `'at-start'`.
   */
  readonly migrate?: 'at-start' | 'refuse' | undefined
  /** Where the keys of providers lie. Closed by `router.close()`. */
  readonly secrets: SecretStore
  /** The providers this code declares; those made through the API are in the store. */
  readonly providers: readonly ProviderDefinition[]
  /** Who speaks for providers that are made at run time, by type: `families` of `@imrs/providers`. Default: none. */
  readonly families?: Readonly<Partial<Record<ProviderType, ProviderFamily>>> | undefined
  /** Models known before any list is read, with aliases and retirements; a list that has one wins. Default: none. */
  readonly models?: readonly ModelSeed[] | undefined
  /** Who answers when nobody chose: a model id or alias. Default: the router chooses. */
  readonly defaultModel?: string | undefined
  /** What an agent without rows may use. Default: `'none'`. */
  readonly unconfiguredAgents?: 'all' | 'none' | undefined
  /** How candidates are ordered; for every agent, or agent by agent. Default: `weighted()`. */
  readonly strategy?: Strategy | ((agent: AgentKey) => Strategy) | undefined
  /** Asked before the built-in one. Default: none. */
  readonly detectors?: readonly TaskDetector[] | undefined
  /**
   * May refuse a model to a request, on every path. One that throws refuses. Not called for models
   * that a filter has removed already. Default: allows all.
   */
  readonly authorize?:
    | ((request: AuthorizeRequest, options?: CallOptions) => boolean | Promise<boolean>)
    | undefined
  /** Models that only some roles may use, whatever is enabled; the request names the caller's `roles`. Default: none. */
  readonly restrictions?: readonly RoleRestriction[] | undefined
  /**
   * Gives what restricts an agent beyond what is enabled for it; its list and the request's
   * `allowedModels` both hold. One that throws refuses the request. Default: nothing does.
   */
  readonly capsuleOf?:
    | ((
        agent: AgentKey,
        options?: CallOptions,
      ) => Capsule | undefined | Promise<Capsule | undefined>)
    | undefined
  /** Where the cost tiers end. Default: low up to 1, standard up to 10 dollars per 1,000,000 tokens. */
  readonly costTierBounds?: CostTierBounds | undefined
  /** How long lists and health are taken for granted. Default: ten minutes and 30 seconds. */
  readonly cacheTimes?: CacheTimes | undefined
  /**
   * Whether a provider made at run time may lead into a private network, by `settings.allowPrivateNetwork`.
   * What is declared in code always may. Default: `false`.
   */
  readonly allowPrivateNetworks?: boolean | undefined
  /** Whether callers may bring keys of their own, by `userKeys` in a call's options. Default: `false`. */
  readonly allowUserKeys?: boolean | undefined
  /**
   * What is done with parameters of a request that a model does not take, when the request does not
   * say: they are left out with a warning, or the model is not used. Default: `'drop'`.
   */
  readonly unsupportedParameters?: UnsupportedParameterMode | undefined
  /** How budgets are kept; they are set with `router.budgets`. */
  readonly budgets?: BudgetOptions | undefined
  /** What signals are worth, and how much one user may weigh. */
  readonly feedback?: FeedbackRules | undefined
  /**
   * Other systems that learn from feedback: `somaBrainSink`, `webhookSink`. Each gets every signal, at
   * least once and in order for each answer, whenever it can be reached. Closed by `router.close()`.
   * Default: none, and nothing is kept for any.
   */
  readonly sinks?: readonly LearningSink[] | undefined
  /** How records are brought to the sinks. */
  readonly sinkDelivery?: SinkDeliveryOptions | undefined
  /**
   * Whether ratings given in other tenants bear on strategies that learn; those of the tenant's other
   * agents always do. With one tenant it changes nothing, as nobody else knows more. Default: `false`.
   */
  readonly shareExperience?: boolean | undefined
  /** Stores the text of answers with their messages. Default: `false`. */
  readonly storeContent?: boolean | undefined
  /**
   * Keeps records of answers on the disk while the store is down, and writes them when it is back.
   * Default: such answers say that they could not be recorded.
   */
  readonly spool?: SpoolOptions | undefined
  /**
   * What the snapshots of agents may take in memory, bytes, as well as it can be told; at least one
   * is kept. An agent that does not fit is read again by its next request. Default: `268_435_456`, 256 MiB.
   */
  readonly snapshotBytes?: number | undefined
  /** How long to wait at the start for the lists of providers that were never read, milliseconds. Default: `10_000`. */
  readonly startTimeoutMs?: number | undefined
  /**
   * Reads all lists again this often, milliseconds, give or take a tenth; `close` ends it. Default:
   * only when they are asked for and older than ten minutes.
   */
  readonly refreshEveryMs?: number | undefined
  /**
   * Watches requests from the inside: `openTelemetry` of `@imrs/router/telemetry`. Default: nobody does,
   * and it costs nothing.
   */
  readonly telemetry?: RouterTelemetry | undefined
  /** How many names the figures of `router.metrics` tell apart. */
  readonly metrics?: MetricsOptions | undefined
  /**
   * Looks for trouble that a person should know of, told as `alert-raised` and `alert-cleared`: `{}`
   * for all alerts with their defaults. Default: off.
   */
  readonly alerts?: AlertOptions | undefined
  /**
   * Makes `selection-changed` say whether two changes are of one user: the key of the hash that stands
   * for the user, 32 characters or more that nobody else knows. Default: the event says nothing of users.
   */
  readonly userHashKey?: string | undefined
  /** Default: the real world. */
  readonly runtime?: Runtime | undefined
}
