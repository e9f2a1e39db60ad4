// The public types of @imrs/router. Written by `npm run api:update`.

// ---- index.d.ts ----

import { Decision, Strategy, PresetDefinition, Model, CandidateTable, Provider, CostTier, ModelParameters, ModelParameterName, ModelParameterSupport, ParameterDefaults, AgentKey, TaskType, TaskExperience, CallOptions, AlertSink, FailureKind, Store, SecretStore, ProviderDefinition, ProviderType, ProviderFamily, TaskDetector, CostTierBounds, UnsupportedParameterMode, LearningSink, Runtime, BudgetScope, BudgetPeriod, DecimalText, CallQuery, CallPage, RouterEventType, RouterListener, RouterEventOf, RouterEvent, ApiKeyRole, ApiKey, PreparedStorage, RetentionReport, CacheName, PickerMeasure, NanoUsd, DriftAlarm, ReasonSum, ModelSelection, Preset, SinkFailureKind, SetAsideQuery, SetAsideEntry, SetAsideChoice, AnswerPart, Attempt, MessageRecord, ChatRequest, AuditQuery, AuditEntry, DetectedTask, CapabilityMask, ExperienceCell, RatingMilli, ModelShift, DriftState, DriftStep, Capability } from '@imrs/core';
import { AgentModels, AgentReference, ModelSeed, CacheTimes, UserKeyOptions, Catalog } from '@imrs/catalog';
import { FeedbackRules, FeedbackInput, FeedbackResult, RetractInput, Experience, EvaluationReport } from '@imrs/feedback';
import { R as RouterTelemetry } from './request-observer.js';
export { C as CallObserver, O as ObservedCall, a as ObservedEnd, b as RequestObserver, S as SubscribeToRouter } from './request-observer.js';

/** The name of a model for people; `undefined` when it is not known. */
type NameOf = (modelId: string) => string | undefined;
/** Why a model was chosen, in one sentence. Models go by their ids unless `nameOf` knows better. */
declare function explainDecision(decision: Decision, nameOf?: NameOf): string;

/** A preset as deciding wants it. */
interface CompiledPreset {
    /** By row of the table: 1 for a model that is in it. */
    readonly members: Readonly<Uint8Array>;
    /** `undefined` for the agent's own. */
    readonly strategy: Strategy | undefined;
}
/**
 * The presets of one tenant, built-in ones among them. What the names and filters of one mean is
 * worked out once for each list of models, at the first request that asks for it; deciding itself
 * compares no texts. Immutable but for what is remembered of that.
 */
declare class PresetBook {
    #private;
    /** Of two with one id the later one counts, and those given here more than built-in ones. */
    constructor(stored?: readonly PresetDefinition[]);
    /** The built-in ones, then the others in their order. */
    get presets(): readonly PresetDefinition[];
    get(presetId: string): PresetDefinition | undefined;
    /** `undefined` when there is no such preset. */
    compiled(presetId: string, models: readonly Model[]): CompiledPreset | undefined;
}

interface ModelTable {
    readonly table: CandidateTable;
    readonly models: readonly Model[];
    readonly rowOf: ReadonlyMap<string, number>;
    readonly providers: readonly Provider[];
    readonly providerOf: Readonly<Uint16Array>;
}
interface TableSource {
    /** The models this agent may use. */
    readonly models: readonly Model[];
    readonly providers: readonly Provider[];
    /** Priorities of this agent's own, 0 to 100, by model id. Default: the models' own. */
    readonly priorities?: ReadonlyMap<string, number> | undefined;
}
/** Lays the models of an agent out in arrays, in the order of their ids. */
declare function buildTable(source: TableSource): ModelTable;

/** Models that only some roles may use. */
interface RoleRestriction {
    /** Which models: those that have all of what is given. */
    readonly models: {
        readonly modelIds?: readonly string[] | undefined;
        readonly providerId?: string | undefined;
        readonly costTier?: CostTier | undefined;
    };
    /** A caller with any one of these may use them; an empty list means nobody. */
    readonly roles: readonly string[];
}

/** Of any parameter. */
type ParameterValue = ModelParameters[ModelParameterName];

/** A parameter of the request that does not go to the model as it was given. */
interface DroppedParameter {
    readonly name: ModelParameterName;
    /** What is sent in its place; absent: nothing. */
    readonly sent?: ParameterValue;
    /** One sentence for people: what the model takes. */
    readonly reason: string;
}
/** The parameters of one call. */
interface ResolvedParameters {
    readonly parameters: ModelParameters;
    /** Of the request's own: nobody asked this model for a default. */
    readonly dropped: readonly DroppedParameter[];
}

/** What one model takes, and what it is given where a request leaves something out. */
interface ParameterProfile {
    readonly support: ModelParameterSupport;
    /** Of the defaults that count for it, what it takes, each looked at by itself. */
    readonly defaults: ModelParameters;
    /** What a request that sets no parameter comes to. */
    readonly unasked: ResolvedParameters;
}
/** Of whom profiles are made, and which defaults count for them. */
interface ProfileSource {
    readonly models: readonly Model[];
    readonly providers: readonly Provider[];
    /** Those of one agent, with those of no agent. */
    readonly defaults: readonly ParameterDefaults[];
}
/** One profile for each model, in the order of the models. */
declare function buildParameterProfiles({ models, providers, defaults, }: ProfileSource): readonly ParameterProfile[];

/** Kinds of text that were found in requests, each by the features that its texts share. */
interface TextGroup {
    /** Says which features they are, in order: whoever reads the name knows the group. No word can be read from it. */
    readonly name: string;
    /** How much each feature counts; 1 is the sum of squares. */
    readonly weights: ReadonlyMap<number, number>;
}

/**
 * Everything deciding needs to know about one agent. Immutable: a request sees one snapshot from
 * start to end. Rows are in the order of model ids.
 */
interface RoutingSnapshot {
    /** Names the versions of what it was made from. */
    readonly version: string;
    readonly agent: AgentKey;
    readonly strategy: Strategy;
    readonly table: CandidateTable;
    /** By row. */
    readonly models: readonly Model[];
    readonly rowOf: ReadonlyMap<string, number>;
    readonly providers: readonly Provider[];
    /** By row: the index of its provider in {@link providers}. */
    readonly providerOf: Readonly<Uint16Array>;
    /** By row: the restrictions that hold for it, as bits. */
    readonly restrictionsOf: Readonly<Uint32Array>;
    /** Models that only some roles may use; bit `i` is the restriction `i`. */
    readonly restrictions: readonly RoleRestriction[];
    /** By row: what it takes of the parameters, and what it is given by default. */
    readonly parameterProfiles: readonly ParameterProfile[];
    /** The defaults that count for this agent, which the profiles were made from. */
    readonly parameterDefaults: readonly ParameterDefaults[];
    /** Whether the agent may use whatever there is, since nothing was configured for it. */
    readonly takesAllModels: boolean;
    /** Chat models that are in the catalogue and not enabled for this agent. */
    readonly notEnabled: number;
    /** The tenant's presets. Default: the built-in ones. */
    readonly presets?: PresetBook | undefined;
    readonly experience: ReadonlyMap<TaskType, TaskExperience>;
    /** The groups of texts that the agent has ratings for, the best known first. */
    readonly textGroups: readonly TextGroup[];
    /** What the strategy made of all ratings; absent for one that does not learn. */
    readonly learned?: unknown;
    /** Whether it stands in for one that could not be read, and holds the default model alone. Default: `false`. */
    readonly isStandby?: boolean | undefined;
}

interface UsableModels extends AgentReference {
    /** The caller's roles, for models that only some roles may use. Default: none. */
    readonly roles?: readonly string[] | undefined;
}
/** Which models each agent may use, and which it can use now. */
interface RouterAgents extends AgentModels {
    /**
     * The chat models a request of this agent could be answered by, by id: enabled, available, of an
     * active provider, and open to one of the roles. Says nothing of keys, health and budgets. Read from
     * the snapshot that requests are decided on, so that it costs no query while that is fresh.
     *
     * @throws ImrsError `store-unavailable` while the store is down and nothing of the agent is in memory.
     */
    usable(query?: UsableModels, options?: CallOptions): Promise<readonly Model[]>;
}

/** How long a level must last, milliseconds; 0 is at once. */
interface AlertDwell {
    readonly raiseAfterMs: number;
    readonly clearAfterMs: number;
}
interface AlertThresholds {
    readonly raiseAt: number;
    /** At most {@link raiseAt}. */
    readonly clearAt: number;
}

/** When an alert is raised and cleared. */
interface AlertRule extends Partial<AlertThresholds>, Partial<AlertDwell> {
    /** Over how long it is measured, milliseconds. */
    readonly windowMs?: number | undefined;
    /** Fewer than this in the window say nothing. */
    readonly minCount?: number | undefined;
}
interface UsageRule extends AlertRule {
    /** How many windows must be over before anything is called unusual. */
    readonly minWindows?: number | undefined;
}
/** Alerts; `false` leaves one out. */
interface AlertOptions {
    /**
     * A provider counts as down (its value is 1; 0.5 is degraded). Default: raised at once, cleared when
     * it was healthy for `60_000` ms.
     */
    readonly providerDown?: Partial<AlertDwell> | false | undefined;
    /**
     * The share of failed calls of a provider, and of failed answers. Failures that are the request's own
     * fault do not count. Default: raised at 0.25 of 20 or more in `300_000` ms for `30_000` ms, cleared
     * at 0.1 for `120_000` ms.
     */
    readonly errorRate?: AlertRule | false | undefined;
    /**
     * The share of misses of the caches `lists` and `snapshots`. Default: raised at 0.5 of 100 or more in
     * `600_000` ms for `60_000` ms, cleared at 0.3 for `300_000` ms.
     */
    readonly cacheDegradation?: AlertRule | false | undefined;
    /**
     * How many times its usual requests a tenant makes, or a model gets. Default: raised at 4 times with 100 or
     * more in `300_000` ms once 6 windows were seen, cleared at 2 times for `600_000` ms.
     */
    readonly unusualUsage?: UsageRule | false | undefined;
    /** How often it is looked, milliseconds. Default: `10_000`. */
    readonly everyMs?: number | undefined;
    /** Who is told besides listeners: `alertWebhook`. Closed by `router.close()`. Default: nobody. */
    readonly sinks?: readonly AlertSink[] | undefined;
}

/** When a breaker opens, and for how long. */
interface BreakerLimits {
    /** How far back calls count, milliseconds. */
    readonly windowMs: number;
    /** Below so many calls in the window it never opens by their share. */
    readonly minimumCalls: number;
    /** The share of failures at which it opens, above 0 and up to 1. */
    readonly failureShare: number;
    /** How long it is open the first time, milliseconds; doubled each time a probe fails. */
    readonly openMs: number;
    readonly longestOpenMs: number;
    /** A probe that has said nothing for so long is given up, milliseconds. */
    readonly probeMs: number;
}
/** Calls of one slice of the window. */
interface BreakerSlice {
    /** Which slice of time: the time divided by a tenth of the window. */
    readonly slice: number;
    readonly calls: number;
    readonly failures: number;
}
/** Plain data: may be stored as JSON and taken up again. Times are milliseconds of one clock. */
type BreakerState = {
    readonly kind: 'closed';
    readonly slices: readonly BreakerSlice[];
} | {
    readonly kind: 'open';
    readonly untilMs: number;
    /** How often in a row. */
    readonly openings: number;
    readonly failureKind: FailureKind;
}
/** One call is let through to see; the others wait for what it finds. */
 | {
    readonly kind: 'half-open';
    readonly probeSinceMs: number;
    readonly openings: number;
    readonly failureKind: FailureKind;
};

/** How long each stage may take, milliseconds. All of them end the request to the provider. */
interface TimeoutOptions {
    /** From the start of a call to the head of its answer. Default: `30_000`. */
    readonly headersMs?: number | undefined;
    /** From the start of a call to its first visible part. Default: `60_000`. */
    readonly firstPartMs?: number | undefined;
    /** From the start of a call that is not streamed to its whole answer. Default: `300_000`. */
    readonly wholeMs?: number | undefined;
    /** Between two parts, while the reader waits for one. Default: `30_000`. */
    readonly idleMs?: number | undefined;
    /** From the first pull to the end of the answer, all calls and waits together. Default: `600_000`. */
    readonly totalMs?: number | undefined;
}
/** How often a call that failed before its first visible part is made again. */
interface RetryOptions {
    /** At the last model there is, unless the provider's own policy says otherwise. Default: `2`. */
    readonly lastModel?: number | undefined;
    /**
     * Repetitions that a provider is asked for at most, as a share of the calls it gets otherwise, so
     * that an outage does not multiply its traffic. Other models of a provider that has failed in the
     * same answer count as repetitions. Default: `0.2`.
     */
    readonly budgetShare?: number | undefined;
    /** Repetitions a second that each provider is granted beside the share. Default: `1`. */
    readonly budgetPerSecond?: number | undefined;
}
/** When a model is left alone after failures. */
type BreakerOptions = {
    readonly [Limit in keyof BreakerLimits]?: number | undefined;
};
/** A second model beside one that is slow to begin. */
interface HedgingOptions {
    /**
     * How long to wait for the first visible part, milliseconds. Default: the 95th percentile of what
     * the model itself needed in its last 100 answers; before 20 are known it is not hedged.
     */
    readonly afterMs?: number | undefined;
}
/** How calls are carried out. */
interface AttemptOptions {
    readonly timeouts?: TimeoutOptions | undefined;
    readonly retries?: RetryOptions | undefined;
    /** Default: open at half of at least 5 calls within a minute, for 5 seconds, doubled up to 5 minutes. */
    readonly breaker?: BreakerOptions | undefined;
    /** The longest that an answer waits for models that cannot be called right now, all such waits together, milliseconds; 0: not at all. Back-off between repetitions is apart. Default: `5_000`. */
    readonly maxWaitMs?: number | undefined;
    /** Default: off. The slower call is cancelled, and what it cost is in the ledger. */
    readonly hedging?: HedgingOptions | undefined;
}

/** What budgets leave no room for, as far as is known without asking the store. */
interface ExhaustedBudgets {
    /** Every model. */
    readonly all: boolean;
    /** Ids of providers, every model of theirs. */
    readonly providers: ReadonlySet<string>;
    /** Ids of models. */
    readonly models: ReadonlySet<string>;
    /** What the refusal that lasts longest said; `undefined` when nothing is exhausted. */
    readonly reason?: {
        readonly message: string;
        readonly resetsAtMs: number;
    } | undefined;
}

/** What becomes of calls that a budget may hold while the store cannot say. */
type WhenBudgetsUnavailable = 'refuse' | 'allow';

interface BudgetOptions {
    /**
     * What becomes of a call that a budget holds while the store cannot be asked: it is refused, or
     * made and not counted. Calls that no budget holds are made in any case. Default: `'refuse'`.
     */
    readonly whenUnavailable?: WhenBudgetsUnavailable | undefined;
}

/**
 * How long records are kept. Months are whole ones before the running one; what is left out is kept for
 * ever, but for changes of health.
 */
interface RetentionOptions {
    /**
     * Answers with all that belongs to them: messages, decisions, attempts and feedback events. What they
     * taught is settled before they go, and the figures of days and months stay. 1 to 1,200.
     */
    readonly answersMonths?: number | undefined;
    /** What happened to the catalogue. 1 to 1,200. */
    readonly catalogEventsMonths?: number | undefined;
    /** Who did what. 1 to 1,200. */
    readonly auditMonths?: number | undefined;
    /** Changes of the health of providers: whole days, 1 to 36,500. `false`: for ever. Default: 90. */
    readonly healthDays?: number | false | undefined;
}
interface MaintenanceOptions {
    /** What is dropped, and when. Default: changes of health after 90 days, and nothing else. */
    readonly retention?: RetentionOptions | undefined;
    /**
     * How often the store is kept up, milliseconds, give or take a tenth; the first time after a minute
     * at most. Of several processes one does it. `false`: only by `router.maintenance.run()`. Default: an hour.
     */
    readonly maintenanceEveryMs?: number | false | undefined;
}

/** What stands for all values beyond the bound. */
declare const OTHER_LABEL = "other";

/** How many names the figures of a router tell apart; what comes later is counted as `other`. */
interface MetricsOptions {
    /** Default: `100`. */
    readonly maxProviders?: number | undefined;
    /** Default: `200`. */
    readonly maxModels?: number | undefined;
}

/** Where records wait while the store is down. */
interface SpoolOptions {
    /**
     * A folder on a disk of this machine, made when it is not there. Several processes may share one;
     * a network file system is none to trust with it.
     */
    readonly directory: string;
    /** How large the files may become together, bytes; above it records are refused. Default: 64 MiB. */
    readonly maxBytes?: number | undefined;
    /** What a record in it survives: the death of the process, or a power cut too. Default: `process`. */
    readonly durability?: 'process' | 'power' | undefined;
    /**
     * How long a record waits for a store that does not answer before it goes to the folder,
     * milliseconds. Default: `5_000`.
     */
    readonly storeTimeoutMs?: number | undefined;
}

/** How records are brought to sinks. */
interface SinkDeliveryOptions {
    /**
     * How often to look for records that other processes left, milliseconds; those of this process are
     * delivered at once. Default: `5_000`.
     */
    readonly pollMs?: number | undefined;
    /**
     * How long a process that died keeps others from taking over, milliseconds. A delivery may take two
     * thirds of it at most. Default: `60_000`.
     */
    readonly leaseMs?: number | undefined;
    /** How many answers' records are on their way to one sink at once, 1 to 64. Default: `4`. */
    readonly concurrency?: number | undefined;
    /** The longest wait before the first second try, milliseconds; it doubles with each. Default: `1_000`. */
    readonly firstRetryMs?: number | undefined;
    /** The longest wait between two tries, milliseconds, unless the sink asks for more. Default: `300_000`. */
    readonly maxRetryMs?: number | undefined;
    /** How long `router.close()` waits for deliveries that are on their way, milliseconds. Default: `5_000`. */
    readonly closeMs?: number | undefined;
}

/** One model about to be used by one agent. */
interface AuthorizeRequest extends AgentKey {
    readonly userId?: string | undefined;
    readonly model: Model;
}
/** The part of an agent's capsule that the router heeds. */
interface Capsule {
    /** Model ids or external ids. Absent: unrestricted; empty: none. */
    readonly allowedModels?: readonly string[] | undefined;
}
interface RouterOptions extends AttemptOptions, MaintenanceOptions {
    /** Where everything is remembered. Closed by `router.close()`. */
    readonly store: Store;
    /**
     * What is done about a store whose schema is older than this code: `'at-start'` migrates it,
     * `'refuse'` makes `createRouter` fail with `schema-outdated`, for hosts that migrate on their own.
     * Default: `'at-start'`.
     */
    readonly migrate?: 'at-start' | 'refuse' | undefined;
    /** Where the keys of providers lie. Closed by `router.close()`. */
    readonly secrets: SecretStore;
    /** The providers this code declares; those made through the API are in the store. */
    readonly providers: readonly ProviderDefinition[];
    /** Who speaks for providers that are made at run time, by type: `families` of `@imrs/providers`. Default: none. */
    readonly families?: Readonly<Partial<Record<ProviderType, ProviderFamily>>> | undefined;
    /** Models known before any list is read, with aliases and retirements; a list that has one wins. Default: none. */
    readonly models?: readonly ModelSeed[] | undefined;
    /** Who answers when nobody chose: a model id or alias. Default: the router chooses. */
    readonly defaultModel?: string | undefined;
    /** What an agent without rows may use. Default: `'none'`. */
    readonly unconfiguredAgents?: 'all' | 'none' | undefined;
    /** How candidates are ordered; for every agent, or agent by agent. Default: `weighted()`. */
    readonly strategy?: Strategy | ((agent: AgentKey) => Strategy) | undefined;
    /** Asked before the built-in one. Default: none. */
    readonly detectors?: readonly TaskDetector[] | undefined;
    /**
     * May refuse a model to a request, on every path. One that throws refuses. Not called for models
     * that a filter has removed already. Default: allows all.
     */
    readonly authorize?: ((request: AuthorizeRequest, options?: CallOptions) => boolean | Promise<boolean>) | undefined;
    /** Models that only some roles may use, whatever is enabled; the request names the caller's `roles`. Default: none. */
    readonly restrictions?: readonly RoleRestriction[] | undefined;
    /**
     * Gives what restricts an agent beyond what is enabled for it; its list and the request's
     * `allowedModels` both hold. One that throws refuses the request. Default: nothing does.
     */
    readonly capsuleOf?: ((agent: AgentKey, options?: CallOptions) => Capsule | undefined | Promise<Capsule | undefined>) | undefined;
    /** Where the cost tiers end. Default: low up to 1, standard up to 10 dollars per 1,000,000 tokens. */
    readonly costTierBounds?: CostTierBounds | undefined;
    /** How long lists and health are taken for granted. Default: ten minutes and 30 seconds. */
    readonly cacheTimes?: CacheTimes | undefined;
    /**
     * Whether a provider made at run time may lead into a private network, by `settings.allowPrivateNetwork`.
     * What is declared in code always may. Default: `false`.
     */
    readonly allowPrivateNetworks?: boolean | undefined;
    /** Whether callers may bring keys of their own, by `userKeys` in a call's options. Default: `false`. */
    readonly allowUserKeys?: boolean | undefined;
    /**
     * What is done with parameters of a request that a model does not take, when the request does not
     * say: they are left out with a warning, or the model is not used. Default: `'drop'`.
     */
    readonly unsupportedParameters?: UnsupportedParameterMode | undefined;
    /** How budgets are kept; they are set with `router.budgets`. */
    readonly budgets?: BudgetOptions | undefined;
    /** What signals are worth, and how much one user may weigh. */
    readonly feedback?: FeedbackRules | undefined;
    /**
     * Other systems that learn from feedback: `somaBrainSink`, `webhookSink`. Each gets every signal, at
     * least once and in order for each answer, whenever it can be reached. Closed by `router.close()`.
     * Default: none, and nothing is kept for any.
     */
    readonly sinks?: readonly LearningSink[] | undefined;
    /** How records are brought to the sinks. */
    readonly sinkDelivery?: SinkDeliveryOptions | undefined;
    /**
     * Whether ratings given in other tenants bear on strategies that learn; those of the tenant's other
     * agents always do. With one tenant it changes nothing, as nobody else knows more. Default: `false`.
     */
    readonly shareExperience?: boolean | undefined;
    /** Stores the text of answers with their messages. Default: `false`. */
    readonly storeContent?: boolean | undefined;
    /**
     * Keeps records of answers on the disk while the store is down, and writes them when it is back.
     * Default: such answers say that they could not be recorded.
     */
    readonly spool?: SpoolOptions | undefined;
    /**
     * What the snapshots of agents may take in memory, bytes, as well as it can be told; at least one
     * is kept. An agent that does not fit is read again by its next request. Default: `268_435_456`, 256 MiB.
     */
    readonly snapshotBytes?: number | undefined;
    /** How long to wait at the start for the lists of providers that were never read, milliseconds. Default: `10_000`. */
    readonly startTimeoutMs?: number | undefined;
    /**
     * Reads all lists again this often, milliseconds, give or take a tenth; `close` ends it. Default:
     * only when they are asked for and older than ten minutes.
     */
    readonly refreshEveryMs?: number | undefined;
    /**
     * Watches requests from the inside: `openTelemetry` of `@imrs/router/telemetry`. Default: nobody does,
     * and it costs nothing.
     */
    readonly telemetry?: RouterTelemetry | undefined;
    /** How many names the figures of `router.metrics` tell apart. */
    readonly metrics?: MetricsOptions | undefined;
    /**
     * Looks for trouble that a person should know of, told as `alert-raised` and `alert-cleared`: `{}`
     * for all alerts with their defaults. Default: off.
     */
    readonly alerts?: AlertOptions | undefined;
    /**
     * Makes `selection-changed` say whether two changes are of one user: the key of the hash that stands
     * for the user, 32 characters or more that nobody else knows. Default: the event says nothing of users.
     */
    readonly userHashKey?: string | undefined;
    /** Default: the real world. */
    readonly runtime?: Runtime | undefined;
}

/** What a breaker is for. */
interface BreakerKey {
    readonly providerId: string;
    /** A hash of the key, never the key. */
    readonly credentialId: string;
    /** Catalogue id; `*`: every model that is called with the key. */
    readonly modelId: string;
}

/** What deciding passes over, and until when: epoch milliseconds. */
interface OpenBreakers {
    /** By catalogue id. */
    readonly models: ReadonlyMap<string, number>;
    /** By provider id: providers whose key cannot be used. */
    readonly providers: ReadonlyMap<string, number>;
}

/** A breaker as plain data, times on the wall clock: may be stored, and restored by another process. */
interface BreakerReport extends BreakerKey {
    readonly state: BreakerState;
}

/** The breakers of this process. */
interface BreakersApi {
    /** Every breaker that is open or half-open, as plain data with times on the wall clock. */
    list(): readonly BreakerReport[];
    /**
     * Takes over what {@link list} gave, here or in another process. What is known here of the same
     * model and key wins.
     */
    restore(reports: readonly BreakerReport[]): void;
}

/** What is counted: requests to models, tokens in and out together, or US dollars. */
declare const BUDGET_LIMIT_UNITS: readonly ["requests", "tokens", "usd"];
type BudgetLimitUnit = (typeof BUDGET_LIMIT_UNITS)[number];
/** A limit, as it was set. */
interface Budget {
    readonly tenantId: string;
    readonly id: string;
    readonly scope: BudgetScope;
    /** `*`: each agent, user, provider or model on its own. The tenant's id where the scope is `tenant`. */
    readonly subject: string;
    readonly unit: BudgetLimitUnit;
    readonly period: BudgetPeriod;
    /** In `unit`: dollars where that is `usd`. */
    readonly limit: number;
    readonly createdAtMs: number;
    readonly updatedAtMs: number;
}
interface SetBudget {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Your name for it. One that is there is changed. */
    readonly id: string;
    /** Whose use is counted, within the tenant. */
    readonly scope: BudgetScope;
    /** One agent, user, provider (`openai`) or model (`openai/gpt-4o`). Default: each of them on its own. */
    readonly subject?: string | undefined;
    readonly unit: BudgetLimitUnit;
    /** Calendar windows in UTC. */
    readonly period: BudgetPeriod;
    /**
     * In `unit`. A whole number of requests or tokens; dollars as decimal text with nine digits behind
     * the point at most, or as a number, which is rounded to them. 0 allows nothing but what costs nothing.
     */
    readonly limit: number | DecimalText;
    /** Who sets it, for the audit. */
    readonly by?: string | undefined;
}
interface BudgetKey {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    readonly id: string;
}
interface RemoveBudget extends BudgetKey {
    /** Who removes it, for the audit. */
    readonly by?: string | undefined;
}
interface BudgetStatusQuery {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Default: all of them. */
    readonly id?: string | undefined;
    readonly scope?: BudgetScope | undefined;
    /** 1 to 1,000. Default: 100. */
    readonly limit?: number | undefined;
}
/** What is left of a budget in the running window, for one subject. Numbers are in the budget's unit. */
interface BudgetStatus {
    readonly budget: Budget;
    readonly subject: string;
    readonly windowStartMs: number;
    /** When it begins anew. */
    readonly windowEndMs: number;
    readonly used: number;
    /** The part of `used` that nobody measured: calls whose process died, counted in full. */
    readonly assumed: number;
    /** Set aside for calls that run. */
    readonly reserved: number;
    /** What another call could take. Never below 0. */
    readonly remaining: number;
}
/** Limits on what a tenant, its agents, its users use, and what is used with providers and models. */
interface BudgetApi {
    /**
     * Sets a limit. This process keeps it at once, others within a second. What was used is kept when
     * the limit or the subject changes; another scope, unit or period begins at nothing.
     *
     * @throws ImrsError `invalid-request` that names the field, the rule and the value.
     */
    set(budget: SetBudget, options?: CallOptions): Promise<Budget>;
    /** Removes a limit and what was counted for it. @throws ImrsError `not-found`. */
    remove(budget: RemoveBudget, options?: CallOptions): Promise<void>;
    /** The limits of one tenant, by id. Default: of the tenant `default`. */
    list(query?: {
        readonly tenantId?: string | undefined;
    }, options?: CallOptions): Promise<readonly Budget[]>;
    /**
     * What is used and left now. One row for a budget of one subject; one for each subject that used
     * something of a budget of each, those with most first.
     */
    usage(query?: BudgetStatusQuery, options?: CallOptions): Promise<readonly BudgetStatus[]>;
}

/** Which calls to list. */
interface ListCalls extends Omit<CallQuery, 'tenantId'> {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
}
/** The calls that were made. */
interface CallsApi {
    /**
     * The calls of a period, newest first, as long as their answers are kept. Pages follow each other by
     * `after`, which is the `next` of the page before; one may be short, or empty, though there are more.
     *
     * @throws ImrsError `invalid-request`, `store-unavailable`.
     */
    list(query?: ListCalls, options?: CallOptions): Promise<CallPage>;
}

/** Which strategies to judge, by which decisions. */
interface EvaluateQuery {
    /** One report each. At least one. */
    readonly strategies: readonly Strategy[];
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Default: every agent of the tenant. */
    readonly agentId?: string | undefined;
    /**
     * Only decisions put down to the strategy of exactly this name, as decisions have it in `strategy`:
     * `experiment:<name>/<a or b>:<strategy>` is one arm of an experiment. Default: to any.
     */
    readonly loggedBy?: string | undefined;
    /** Only decisions made at this time or later, epoch milliseconds. Default: from the first. */
    readonly fromMs?: number | undefined;
    /** Only decisions made before this time, epoch milliseconds. Default: to the last. */
    readonly toMs?: number | undefined;
    /** How often a strategy that uses chance is asked about each decision. Default: `64`. */
    readonly draws?: number | undefined;
}

/**
 * Hands events to listeners, in the order of the events, each to its listeners in the order they
 * subscribed.
 *
 * Not while something is going on: an event waits for a turn of its own, so that a listener that is
 * slow, throws or rejects keeps no request back. A listener's promise is not waited for. For each
 * listener 1,000 events may be unfinished; those above are dropped for it. What a listener does
 * wrong is told as `internal-failed`, part `listener`, once a minute for each listener.
 */
declare class Emitter {
    #private;
    constructor(runtime: Pick<Runtime, 'now' | 'monotonic' | 'sleep'>);
    /**
     * Returns what ends the subscription; calling that again does nothing. Events that wait for the
     * listener when it ends are not handed over.
     */
    readonly on: <Type extends RouterEventType>(type: Type, listener: RouterListener<Type>) => (() => void);
    /**
     * For parts of the router that must know before anything else goes on: called within `emit`. They
     * are short and do not throw.
     */
    readonly onAtOnce: <Type extends RouterEventType>(type: Type, listener: (event: RouterEventOf<Type>) => void) => void;
    readonly emit: (event: RouterEvent) => void;
    /** Hands over all that waits, now. Promises that listeners returned are not waited for. */
    readonly flush: () => void;
}

/** A key as it may be shown: without the hash of its secret. */
type ApiKeyInfo = Omit<ApiKey, 'secretHash'>;
interface NewApiKey {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** What people call it: 1 to 100 characters. */
    readonly label: string;
    /** What it may do; one at least. Whether the maker may give them is for the caller to know. */
    readonly roles: readonly ApiKeyRole[];
    /** The only agents it may speak for. Default: every agent of the tenant. */
    readonly agentIds?: readonly string[] | undefined;
    /** Epoch milliseconds, later than now. Default: it never expires. */
    readonly expiresAtMs?: number | undefined;
    /** Who made it, for the audit. */
    readonly by?: string | undefined;
}
/** A key that was made just now. */
interface MadeApiKey extends ApiKeyInfo {
    /** `imrs_<id>_<secret>`. Nobody can show it again. */
    readonly key: string;
}
interface ApiKeyList {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Only keys made before this one. */
    readonly beforeId?: string | undefined;
    /** 1 to 200. Default: 50. */
    readonly limit?: number | undefined;
}
interface RevokeApiKey {
    readonly id: string;
    /** Default: whichever tenant it is of. */
    readonly tenantId?: string | undefined;
    readonly by?: string | undefined;
}
/**
 * Keys with which machines prove who they are. The store holds a hash of the secret and never the
 * secret. Every process refuses a revoked key within a second, and this one at once; while the store
 * cannot be asked, keys that were good go on for a minute.
 */
interface ApiKeyApi {
    /** @throws ImrsError `invalid-request` naming the field. */
    create(request: NewApiKey, options?: CallOptions): Promise<MadeApiKey>;
    /** The last made first, revoked and expired ones too. */
    list(query?: ApiKeyList, options?: CallOptions): Promise<readonly ApiKeyInfo[]>;
    /** Idempotent. @throws ImrsError `not-found` when the tenant has no such key. */
    revoke(request: RevokeApiKey, options?: CallOptions): Promise<ApiKeyInfo>;
    /**
     * Whose key it is; `undefined` when it is no key of ours, wrong, expired or revoked. Keeps what it
     * read for up to a minute, so that most calls read nothing. Says to the store that the key was used
     * at most once in five minutes, behind the call's back.
     *
     * @throws ImrsError `store-unavailable` when the key is not known yet and cannot be looked up.
     */
    verify(key: string, options?: CallOptions): Promise<ApiKeyInfo | undefined>;
}

interface MaintenanceRun {
    /** Only says what would be dropped, and makes nothing. Default: `false`. */
    readonly isDryRun?: boolean | undefined;
}
/** What one round of upkeep did. */
interface MaintenanceReport {
    /** What was made ready for records to come. Absent in a dry run. */
    readonly prepared?: PreparedStorage | undefined;
    /** What was dropped, or would be. Absent where nothing is ever dropped. */
    readonly dropped?: RetentionReport | undefined;
}
/** Upkeep of the store. */
interface MaintenanceApi {
    /**
     * Keeps the store up now: makes room for what comes, and drops what `retention` says. Also runs by
     * itself, every hour. Takes as long as it takes, in short transactions; one that is aborted goes on
     * the next time. Emits `records-dropped` when something was.
     *
     * @throws ImrsError `closed`; `store-unavailable` while the store is down.
     */
    run(request?: MaintenanceRun, options?: CallOptions): Promise<MaintenanceReport>;
}

/** One number, told apart from others of its family by labels. */
interface MetricSample {
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
}
/** How durations of one kind are distributed. */
interface HistogramSample {
    readonly labels: Readonly<Record<string, string>>;
    /** How many are at most so many seconds, for rising bounds; what is above the last is in {@link count} alone. */
    readonly buckets: readonly {
        readonly atMost: number;
        readonly count: number;
    }[];
    readonly count: number;
    readonly sum: number;
}
interface FamilyFacts {
    /** As Prometheus writes it: `imrs_attempts_total`. */
    readonly name: string;
    readonly help: string;
}
/** All samples of one name. */
type MetricFamily = (FamilyFacts & {
    readonly type: 'counter' | 'gauge';
    readonly samples: readonly MetricSample[];
}) | (FamilyFacts & {
    readonly type: 'histogram';
    readonly samples: readonly HistogramSample[];
});

/** What is known of durations with the same labels. */
interface DurationSummary {
    readonly count: number;
    readonly meanMs: number;
    /** The bound below which 95 % lie, as fine as the buckets are; the longest one when that is smaller. */
    readonly p95Ms: number;
    readonly maxMs: number;
}

/** How long something took with one provider, and how it went. */
interface ProviderDurations extends DurationSummary {
    /** `other`: those beyond the bound. */
    readonly providerId: string;
    readonly outcome: 'ok' | 'failed';
}
interface CacheHits {
    readonly cache: CacheName;
    readonly hits: number;
    readonly misses: number;
    /** 0 to 1. */
    readonly ratio: number;
}
interface PickerDurations extends DurationSummary {
    readonly measure: PickerMeasure;
}
/** How calls to one provider ended. */
interface ProviderErrors {
    readonly providerId: string;
    readonly completed: number;
    readonly failed: number;
    /** Ended by us or the reader: neither good nor bad. */
    readonly aborted: number;
    /** Failed ones among those that completed or failed, 0 to 1; absent when there is none of either. */
    readonly rate?: number | undefined;
    readonly kinds: Readonly<Partial<Record<FailureKind, number>>>;
}
/** What this process saw since its router was made. */
interface MetricsSnapshot {
    readonly atMs: number;
    /** How long lists took to read, by provider. */
    readonly fetchLatency: readonly ProviderDurations[];
    /** Caches that were asked. */
    readonly cacheHitRatio: readonly CacheHits[];
    /** How long providers took to say how they are. */
    readonly healthCheckTime: readonly ProviderDurations[];
    /** As browsers told it; not checked. */
    readonly pickerPerformance: readonly PickerDurations[];
    readonly errorRates: readonly ProviderErrors[];
    /** All of it and more, as {@link toPrometheusText} takes it. */
    readonly families: readonly MetricFamily[];
}
interface MeasuredPicker {
    readonly measure: PickerMeasure;
    /** 0 to 600,000. */
    readonly durationMs: number;
}
/** The figures of this process. Counting costs a few additions for each call. */
interface MetricsApi {
    snapshot(): MetricsSnapshot;
    /**
     * Takes what a browser measured of its model picker; also told as `picker-measured`.
     *
     * @throws ImrsError `invalid-request`.
     */
    pickerMeasured(measured: MeasuredPicker): void;
}

/** Which defaults are meant: those of an agent, of a model, or of an agent at a model. One of the two is given. */
interface ParameterReference {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Left out: all agents of the tenant. */
    readonly agentId?: string | undefined;
    /** A model id or alias. Left out: all models. */
    readonly modelId?: string | undefined;
}
interface SetParameters extends ParameterReference {
    /** At least one. They take the place of all that was set before. */
    readonly parameters: ModelParameters;
    /** Who did it, for the audit. */
    readonly by?: string | undefined;
}
interface RemoveParameters extends ParameterReference {
    readonly by?: string | undefined;
}
/** Whose defaults to list. */
interface ParameterListQuery {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Only those that count for this agent: its own and those of no agent. */
    readonly agentId?: string | undefined;
}
/**
 * Parameters that count where a request leaves them out. Each parameter for itself is taken from the
 * request, else from the defaults of the agent at the model, of the agent, of the model. The next
 * request of this process sees a change; those of others see it within about a second.
 */
interface ParameterApi {
    /**
     * Stores defaults. Those for one model are held against what it takes; of those for an agent each
     * model takes what it can.
     *
     * @throws ImrsError `invalid-request` or `unsupported-parameter` that names the field, such as
     * `parameters.temperature`; `unknown-model`, `unknown-provider`. Then nothing is changed.
     */
    set(request: SetParameters, options?: CallOptions): Promise<ParameterDefaults>;
    /** Exactly those; `undefined` when nothing was set. */
    get(reference: ParameterReference, options?: CallOptions): Promise<ParameterDefaults | undefined>;
    /** In the order of agent and model, those of no agent first. */
    list(query?: ParameterListQuery, options?: CallOptions): Promise<readonly ParameterDefaults[]>;
    /** @throws ImrsError `not-found` when nothing was set. */
    remove(request: RemoveParameters, options?: CallOptions): Promise<void>;
    /**
     * What a model takes, as far as it is known.
     *
     * @throws ImrsError `unknown-model`.
     */
    supportOf(modelId: string, options?: CallOptions): Promise<ModelParameterSupport>;
}

/** What rows of a report can be told apart by. Days and months are UTC. */
declare const PERFORMANCE_GROUPS: readonly ["model", "task-type", "agent", "day", "month"];
type PerformanceGroup = (typeof PERFORMANCE_GROUPS)[number];
/** Ratings needed before an average is shown as knowledge. */
declare const ENOUGH_RATINGS = 30;
interface PerformanceQuery {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Default: every agent. */
    readonly agentId?: string | undefined;
    /** Default: every model. */
    readonly modelId?: string | undefined;
    /** Default: every kind of task. */
    readonly taskType?: TaskType | undefined;
    /** Calls begun at this time or later, epoch milliseconds, from the beginning of its UTC day. Default: from the first. */
    readonly fromMs?: number | undefined;
    /** Calls begun before this time, to the end of the UTC day it is in. Default: to the last. */
    readonly toMs?: number | undefined;
    /** What the rows are told apart by. Default: `['model']`; `[]` gives one row. */
    readonly groupBy?: readonly PerformanceGroup[] | undefined;
}
/** An average of ratings, 0 to 1, and how far it can be trusted. */
interface RatingFigure {
    readonly mean: number;
    /** The 95 % interval of the mean: Wilson's for what lies between bounds, with the spread that was seen. */
    readonly low: number;
    readonly high: number;
    /** The standard deviation of one rating, drawn towards the largest there can be while there are few. */
    readonly deviation: number;
    readonly count: number;
    /** `false` below {@link ENOUGH_RATINGS} ratings: to be shown, but not as knowledge. */
    readonly isKnown: boolean;
}
/** Milliseconds, within 5 %. */
interface LatencyFigure {
    readonly p50: number;
    readonly p95: number;
    readonly mean: number;
    readonly count: number;
}
/** One row of a report. What it is not told apart by is absent. */
interface PerformanceRow {
    readonly modelId?: string | undefined;
    readonly taskType?: TaskType | undefined;
    readonly agentId?: string | undefined;
    /** The UTC day, `2026-11-21`, or month, `2026-11`. */
    readonly period?: string | undefined;
    /** `undefined` without ratings, and in rows of days: ratings are kept by the month of the answer. */
    readonly rating?: RatingFigure | undefined;
    /** Answers for which the model was asked. */
    readonly requests: number;
    /** Calls, repetitions among them. */
    readonly calls: number;
    readonly failures: number;
    readonly failuresByKind: Readonly<Partial<Record<FailureKind, number>>>;
    /** Calls that a caller gave up. */
    readonly aborted: number;
    /** From the start of a call to the first visible part. */
    readonly firstPartMs?: LatencyFigure | undefined;
    /** From the start to the end, of completed calls. */
    readonly totalMs?: LatencyFigure | undefined;
    /** Of the calls whose cost is known. */
    readonly costNanoUsd: NanoUsd;
    /** Calls that may have cost what nobody knows. */
    readonly unpricedCalls: number;
    /** What a request costs on average, repetitions included; `undefined` when no cost is known. */
    readonly costPerRequestNanoUsd?: number | undefined;
    readonly inputTokens: number;
    readonly outputTokens: number;
    /** Calls whose tokens nobody knows. */
    readonly unmeasuredCalls: number;
}
interface PerformanceReport {
    readonly tenantId: string;
    /** The first and last UTC day of the calls; absent where there is no such bound. */
    readonly fromDay?: string | undefined;
    readonly toDay?: string | undefined;
    /** The first and last UTC month of the rated answers: whole months, since ratings are kept by month. */
    readonly ratingsFromMonth?: string | undefined;
    readonly ratingsToMonth?: string | undefined;
    /** The most requests first, then by name; by time where days or months are told apart. */
    readonly rows: readonly PerformanceRow[];
}
/** Whose use of a model. */
interface UsageQuery {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Default: every agent. */
    readonly agentId?: string | undefined;
}
/** What one model was used for and how it did, from the first call. */
interface ModelUsage {
    readonly modelId: string;
    readonly overall: PerformanceRow;
    readonly byTaskType: readonly PerformanceRow[];
    readonly byMonth: readonly PerformanceRow[];
}
/** Reasons of which ratings. */
interface RatingReasonQuery {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Default: every agent. */
    readonly agentId?: string | undefined;
    /** Default: every model. */
    readonly modelId?: string | undefined;
    /** What the answers are credited to. Default: every kind of task. */
    readonly taskType?: TaskType | undefined;
    /** Answers made at this time or later, epoch milliseconds; at most 366 days before `toMs`. Default: 30 days before it. */
    readonly fromMs?: number | undefined;
    /** Answers made before this time. Default: now, itself included. */
    readonly toMs?: number | undefined;
}
/** Which alarms {@link PerformanceApi.drift} tells. */
interface DriftQuery {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Default: every agent. */
    readonly agentIds?: readonly string[] | undefined;
    /** As the alarm has it, also when the model was renamed since. Default: every model. */
    readonly modelId?: string | undefined;
    /** Raised at this time or later, epoch milliseconds. Default: from the first. */
    readonly fromMs?: number | undefined;
    /** Raised before this time. Default: to the last. */
    readonly toMs?: number | undefined;
    /** 1 to 1,000. Default: 1,000. */
    readonly limit?: number | undefined;
}
/** Whose ratings {@link PerformanceApi.quality} tells. */
interface QualityQuery {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Ratings of answers of these agents alone, taken together. Default: every agent. */
    readonly agentIds?: readonly string[] | undefined;
    /** What was rated less often is left out; 1 or more. Default: {@link ENOUGH_RATINGS}. */
    readonly minRatings?: number | undefined;
}
/** How good a model was found at one kind of task. */
interface ModelQuality {
    readonly modelId: string;
    readonly taskType: TaskType;
    readonly rating: RatingFigure;
    /** To the first visible part, the median, milliseconds within 5 %; `undefined` when nothing is measured. */
    readonly firstPartMs?: number | undefined;
}
/** How models did: read from sums that are kept as calls and ratings are recorded, not from the calls. */
interface PerformanceApi {
    /**
     * Counts, failures, latency, cost and ratings of a period.
     *
     * @throws ImrsError `invalid-request` that names the field.
     */
    report(query?: PerformanceQuery, options?: CallOptions): Promise<PerformanceReport>;
    /**
     * What one model, by id or alias, was used for. One that is no longer known still has its past.
     *
     * @throws ImrsError `unknown-model` when it is neither known nor was ever used.
     */
    usageOf(modelId: string, query?: UsageQuery, options?: CallOptions): Promise<ModelUsage>;
    /**
     * How good models were found at each kind of task, from the first rating on, by model and kind of
     * task: nothing else is told, so that users may see it. Of the same sums as {@link report}.
     *
     * @throws ImrsError `invalid-request` that names the field.
     */
    quality(query?: QualityQuery, options?: CallOptions): Promise<readonly ModelQuality[]>;
    /**
     * The alarms that a strategy that learns has raised about models that changed, the last first: by how
     * much ratings moved, and the answer whose rating raised it.
     *
     * @throws ImrsError `invalid-request` that names the field.
     */
    drift(query?: DriftQuery, options?: CallOptions): Promise<readonly DriftAlarm[]>;
    /**
     * Why users rated answers as they did: how often each reason goes with a rating that counts now, by
     * model, the most frequent first. Read from the ratings that have reasons, of the months asked for.
     *
     * @throws ImrsError `invalid-request` that names the field.
     */
    reasons(query?: RatingReasonQuery, options?: CallOptions): Promise<readonly ReasonSum[]>;
}

interface PreferenceOwner {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    readonly userId: string;
}
interface SelectModel extends PreferenceOwner {
    /** `auto`, `preset:<id>`, a model id, an alias or an external id. */
    readonly model: string;
    readonly provider?: string | undefined;
}
interface PreferenceApi {
    /** What the user chose; `undefined` when nobody chose. */
    get(owner: PreferenceOwner, options?: CallOptions): Promise<ModelSelection | undefined>;
    /**
     * Stores the user's choice. Requests that are in flight stay on their model; the next one uses it.
     *
     * @throws ImrsError `unknown-preset`, `unknown-model`, `unknown-provider` or `model-provider-mismatch` with the valid ones.
     */
    set(selection: SelectModel, options?: CallOptions): Promise<ModelSelection>;
}

/** Which preset of which tenant. */
interface PresetReference {
    readonly id: string;
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
}
/** A preset there is. */
interface PresetInfo extends PresetDefinition, Partial<Pick<Preset, 'updatedBy' | 'updatedAtMs'>> {
    readonly tenantId: string;
    /** Whether it comes with the router, as nobody stored one of its id. */
    readonly isBuiltIn: boolean;
}
/** What {@link PresetApi.set} stores; it takes the place of all that was stored under the id. */
interface SetPreset extends PresetReference {
    /** Default: the id. */
    readonly displayName?: string | undefined;
    readonly description?: string | undefined;
    /**
     * `{ modelIds }` names models by id, alias or unique external id, 1,000 at most: their ids are
     * stored, so that an alias that moves later moves nothing here. `{ filter }` is whatever fits, also
     * what comes later; `{ filter: {} }` is all.
     */
    readonly models: PresetDefinition['models'];
    /** Models without all of these are not in it. Default: none is asked for. */
    readonly requiredCapabilities?: PresetDefinition['requiredCapabilities'];
    /** Default: `{ order: 'agent' }`, the agent's own strategy. */
    readonly choice?: PresetDefinition['choice'] | undefined;
    /** Who did it, for the audit. */
    readonly by?: string | undefined;
}
interface RemovePreset extends PresetReference {
    readonly by?: string | undefined;
}
/**
 * Named groups of models with the way they are chosen, for one tenant: `model: 'preset:<id>'` in a
 * request or in a user's preference. A preset allows nothing: the models of it that the agent may use
 * are ranked, and failover stays among them. `cheap`, `fast` and `best` are always there; a stored one
 * of the same id takes their place. The next request of this process sees a change; those of others
 * see it within about a second.
 */
interface PresetApi {
    /** All of the tenant, built-in ones first, the others by id. At most 100 are stored, so there are no pages. */
    list(query?: {
        readonly tenantId?: string | undefined;
    }, options?: CallOptions): Promise<readonly PresetInfo[]>;
    /** `undefined` when there is none. */
    get(reference: PresetReference, options?: CallOptions): Promise<PresetInfo | undefined>;
    /**
     * Stores one, new or in place of the one there is. Audited.
     *
     * @throws ImrsError `invalid-request` that names the field; `unknown-model` and what else a name can
     * be refused for; `conflict` when the tenant has 100 others. Then nothing is changed.
     */
    set(request: SetPreset, options?: CallOptions): Promise<PresetInfo>;
    /**
     * Removes what was stored; a built-in one of the id is there again. Audited.
     *
     * @throws ImrsError `read-only` for a built-in one in whose place nothing is stored; `unknown-preset`.
     */
    remove(request: RemovePreset, options?: CallOptions): Promise<void>;
}

interface RecommendQuery {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Whose calls are looked at, and whose models may be recommended. Default: all agents of the tenant, all models. */
    readonly agentId?: string | undefined;
    /** Default: every kind of task. */
    readonly taskType?: TaskType | undefined;
    /** As in a report. Default: from the first. */
    readonly fromMs?: number | undefined;
    readonly toMs?: number | undefined;
    /** Averages of ratings that differ by less count as equal, 0.001 to 0.5. Default: `0.05`. */
    readonly tolerance?: number | undefined;
}
/** The difference of two averages of ratings. */
interface QualityDifference {
    readonly value: number;
    /**
     * It is above `low` and, each for itself, below `high` with 95 % confidence, the number of pairs that
     * were held against each other taken into account.
     */
    readonly low: number;
    readonly high: number;
}
/** A model that does as well as another and costs less. */
interface CheaperModel {
    readonly kind: 'cheaper';
    readonly taskType: TaskType;
    readonly modelId: string;
    readonly insteadOf: string;
    readonly rating: RatingFigure;
    readonly ratingInsteadOf: RatingFigure;
    /** By how much the dearer one is better; its `high` is below the tolerance. */
    readonly difference: QualityDifference;
    readonly savingPer1000RequestsNanoUsd: NanoUsd;
    readonly sentence: string;
}
/** A model worth asking: too little is known of it here. */
interface ModelToTry {
    readonly kind: 'try';
    readonly taskType: TaskType;
    readonly modelId: string;
    readonly because: 'good-elsewhere' | 'priority';
    /** The kind of task at which it is among the best. */
    readonly goodAt?: TaskType | undefined;
    /** Ratings it has here. */
    readonly ratings: number;
    readonly sentence: string;
}
/** A model that others do better than, or that fails. */
interface ModelToDrop {
    readonly kind: 'drop';
    /** Absent for one that fails: that is no matter of the task. */
    readonly taskType?: TaskType | undefined;
    readonly modelId: string;
    readonly because: 'worse' | 'failing';
    /** The best, and by how much it is better; its `low` is above the tolerance. */
    readonly better?: string | undefined;
    readonly difference?: QualityDifference | undefined;
    /** The part of its calls that failed, and what it is above with 95 % confidence. */
    readonly failureShare?: {
        readonly value: number;
        readonly low: number;
    } | undefined;
    readonly sentence: string;
}
/** Why nothing can be said of the quality at a kind of task. */
interface TooLittleKnown {
    readonly kind: 'too-little-known';
    readonly taskType: TaskType;
    /** Models with enough ratings: none or one. */
    readonly knownModels: number;
    readonly ratings: number;
    readonly sentence: string;
}
type Recommendation = CheaperModel | ModelToTry | ModelToDrop | TooLittleKnown;
/**
 * Says which models to use in place of others, to try and to drop, by what is known of them. Changes
 * nothing. Models were not chosen at random: where a strategy gave one the harder requests, it looks
 * worse than it is.
 *
 * @throws ImrsError `invalid-request` that names the field.
 */
type Recommend = (query?: RecommendQuery, options?: CallOptions) => Promise<readonly Recommendation[]>;

/** How it stands with one sink. */
interface SinkStatus {
    readonly name: string;
    /** `false`: no sink of this router has the name; what waits for it stays. */
    readonly isConfigured: boolean;
    /** Records to be delivered. */
    readonly pending: number;
    /** How long the oldest of them waits, milliseconds. */
    readonly oldestAgeMs?: number | undefined;
    /** Records that the sink refused for good. */
    readonly setAside: number;
    readonly isDown: boolean;
    /** What it is down for. */
    readonly failure?: SinkFailureKind | undefined;
    /** When it is tried again, epoch milliseconds. */
    readonly retryAtMs?: number | undefined;
}
/** What waits for the sinks. */
interface SinksApi {
    /** Every sink of this router, and every other one that something waits for, by name. */
    status(options?: CallOptions): Promise<readonly SinkStatus[]>;
    /** Records that a sink refused for good, each with its reason. */
    listSetAside(query: SetAsideQuery, options?: CallOptions): Promise<readonly SetAsideEntry[]>;
    /**
     * Tries what was set aside again, and a sink that is down now instead of later; gives how many
     * records come back. Records of one answer keep their order. Idempotent.
     */
    retry(choice: SetAsideChoice, options?: CallOptions): Promise<number>;
    /** Deletes what was set aside for ever, so that later records of its answers go on; gives how many. */
    discard(choice: SetAsideChoice, options?: CallOptions): Promise<number>;
}

/** An answer being made. */
interface Answer {
    readonly messageId: string;
    readonly decision: Decision;
    /**
     * The answer, part by part: `decision` first, then fallbacks, warnings, text, reasoning, tool calls
     * and usage, and exactly one `end` or `error` last. Nothing is sent to a model before the first
     * pull. Leaving the loop ends the request to the provider. Can be iterated once.
     */
    readonly parts: AsyncIterable<AnswerPart>;
    /**
     * Reads all parts and gives the text. In place of {@link parts}, not beside it.
     *
     * @throws ImrsError with the code of the `error` part when the answer broke.
     */
    text(): Promise<string>;
}
/** Why a model was chosen. */
interface Explanation {
    /** `Coding: GPT-4o, 0.71 from priority 0.50 and 0.80 over 12 ratings; next best was …` */
    readonly sentence: string;
    readonly decision: Decision;
    /** The calls it led to, in the order they were made, with what each cost and failed of. */
    readonly attempts: readonly Attempt[];
    /** The answer it led to; `undefined` while it is being made and when none came about. */
    readonly message?: MessageRecord | undefined;
}
interface DecisionKey {
    readonly decisionId: string;
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
}
/** Takes signals on answers. */
interface FeedbackCall {
    (input: FeedbackInput, options?: CallOptions): Promise<FeedbackResult>;
    /** Takes back what was given; what is left counts again. Idempotent. */
    retract(input: RetractInput, options?: CallOptions): Promise<FeedbackResult>;
}
/** Manages providers and models, picks the best model for every request, carries it out and learns. */
interface Router {
    /**
     * Chooses a model and gives its answer.
     *
     * Rejects only when there is nothing to try: what fails afterwards comes as an `error` part.
     *
     * @throws ImrsError `invalid-request`, `unknown-model`, `unknown-provider`, `unknown-preset`,
     * `model-provider-mismatch`, `missing-capability`, `unsupported-parameter`, `context-too-long`,
     * `model-not-allowed`, `missing-credential`, `model-unavailable`, or {@link NoCandidateError}.
     */
    chat(request: ChatRequest, options?: UserKeyOptions): Promise<Answer>;
    /** Chooses a model and calls none: a dry run, not stored. Throws as {@link chat} does. */
    decide(request: ChatRequest, options?: UserKeyOptions): Promise<Decision>;
    /** Says why. @throws ImrsError `not-found`. */
    explain(key: string | DecisionKey, options?: CallOptions): Promise<Explanation>;
    /**
     * Takes a signal on an answer of the caller's own. The next decision of this process sees it.
     *
     * @throws ImrsError `not-found` when there is no such answer of this user's, `message-not-finished`
     * while it is being made, `forbidden` for a self-evaluation by a user.
     */
    readonly feedback: FeedbackCall;
    /** Whether what was learned is what the feedback says, and putting it right. */
    readonly experience: Experience;
    /**
     * Says what other strategies would have earned on the requests that were rated, from the stored
     * decisions alone: one report each, in their order. Calls no model. Reads page by page, and stops
     * between two decisions when the signal aborts.
     *
     * @throws ConfigError, ImrsError `invalid-request`, `closed`; `store-unavailable` while the store is down.
     */
    evaluate(query: EvaluateQuery, options?: CallOptions): Promise<readonly EvaluationReport[]>;
    readonly providers: Catalog['providers'];
    readonly models: Catalog['models'];
    readonly health: Catalog['health'];
    readonly agents: RouterAgents;
    /** Which models are left alone after failures. */
    readonly breakers: BreakersApi;
    readonly budgets: BudgetApi;
    /** Who did what: providers, models and what agents may use. */
    readonly audit: {
        list(query?: AuditQuery, options?: CallOptions): Promise<readonly AuditEntry[]>;
    };
    /** Which calls were made: for whom, to which model, how they ended and what they cost. */
    readonly calls: CallsApi;
    /** Keys with which machines prove who they are. */
    readonly apiKeys: ApiKeyApi;
    /** How models did: ratings, failures, latency and cost, by model, kind of task, agent and time. */
    readonly performance: PerformanceApi;
    /** Which models to use in place of others, to try and to drop, each with the evidence. */
    readonly recommend: Recommend;
    readonly preferences: PreferenceApi;
    /** What waits for the sinks, and what they refused. */
    readonly sinks: SinksApi;
    /** Named groups of models: `model: 'preset:cheap'`. */
    readonly presets: PresetApi;
    readonly parameters: ParameterApi;
    /** The figures of this process: latencies, hits, errors, cost. */
    readonly metrics: MetricsApi;
    /** Upkeep of the store, and what is no longer kept in it. */
    readonly maintenance: MaintenanceApi;
    /**
     * Calls the listener for each event of the type, in order, in a turn of its own shortly afterwards;
     * returns what stops that. One that throws, rejects or is slow disturbs nobody: for each listener
     * 1,000 events may be unfinished, and what it misses is told by `internal-failed`, part `listener`.
     */
    readonly on: Emitter['on'];
    /**
     * Waits for answers in flight to be recorded, tells listeners what they have not heard yet, then
     * closes what the router opened: the sinks, the store and the secret store. Records that the store
     * does not take stay in the spool, and those on their way to a sink for more than `closeMs` in the
     * outbox. Idempotent.
     */
    close(): Promise<void>;
}

/**
 * Makes a router: brings the store's schema up to date or checks that it is, writes what the options declare into it, and
 * reads the lists of providers that were never read, for `startTimeoutMs` at most. A provider that is
 * down, or has no key, keeps nothing back.
 *
 * @throws ConfigError for a wrong option; ImrsError `store-unavailable`, `schema-too-new`,
 * `schema-outdated` when it was told not to migrate.
 */
declare function createRouter(options: RouterOptions): Promise<Router>;

type EvaluatedStore = Pick<Store, 'ledger' | 'models'>;
/**
 * Says what strategies would have earned on a store's rated requests. Decisions keep no prices:
 * strategies see those that the catalogue has now.
 *
 * @throws ImrsError `invalid-request` for a wrong query; `store-unavailable`.
 */
declare function evaluateLog(store: EvaluatedStore, query: EvaluateQuery, options?: CallOptions): Promise<readonly EvaluationReport[]>;

/** What a request goes on with. */
interface DecisionConversation {
    /** The model that answered last. */
    readonly modelId: string;
    /** Whether the request carries answers of tools that this model called. */
    readonly isToolLoop: boolean;
    /** Estimated tokens of the prompt. */
    readonly promptTokens: number;
    /** Those of them that the model's provider may still have in its cache. */
    readonly cachedTokens: number;
}
/** What one request asks, with everything that had to be looked up for it. Plain data. */
interface DecisionInput {
    readonly decisionId: string;
    readonly messageId: string;
    readonly userId?: string | undefined;
    /** A hash of the user or session, by which an experiment is split; absent for a request without either. */
    readonly unit?: string | undefined;
    readonly atMs: number;
    readonly task: DetectedTask;
    /** The type whose experience counts and is added to, where it is not the task's own. */
    readonly experienceType?: TaskType | undefined;
    /** Absent for the first request of a conversation, and where nothing is known of it. */
    readonly conversation?: DecisionConversation | undefined;
    /** The request's own dial between quality, 0, and price, 1. Default: what chooses has its own. */
    readonly costQuality?: number | undefined;
    /** The id of the preset that is asked for: its models alone are candidates. Default: none is. */
    readonly preset?: string | undefined;
    readonly requiredCapabilities: CapabilityMask;
    /** Estimated tokens of the prompt. */
    readonly inputTokens: number;
    /** Tokens kept free for the answer; 0 when the request does not say. */
    readonly outputTokens: number;
    /** The request's parameters, when a model that does not take one of them is no candidate. */
    readonly insisted?: ModelParameters | undefined;
    /** Ids or external ids; `undefined` is unrestricted. */
    readonly allowedModels?: ReadonlySet<string> | undefined;
    /** The caller's roles. */
    readonly roles: ReadonlySet<string>;
    /** Models that the host's hook refused. */
    readonly vetoed: ReadonlySet<string>;
    /** Providers that can be called. */
    readonly credentials: ReadonlySet<string>;
    /** Providers of which the secret store cannot say whether they can be called. */
    readonly unknownCredentials: ReadonlySet<string>;
    /** Until when *Auto* passes over a provider that is down. */
    readonly shunUntilMs: ReadonlyMap<string, number>;
    /** Until when it passes over models whose breaker is open. */
    readonly breakers: OpenBreakers;
    /** What budgets have no room for. Default: nothing is known. */
    readonly exhausted?: ExhaustedBudgets | undefined;
}

interface Decided {
    readonly decision: Decision;
    /** The models to try, best first. */
    readonly ranked: readonly Model[];
}
/**
 * Chooses a model. Pure: no clock, no chance but the seed, no waiting; the same three arguments give
 * the same decision on any machine.
 *
 * @throws NoCandidateError that says which filter removed how many; ImrsError `unknown-preset`.
 */
declare function decide(snapshot: RoutingSnapshot, input: DecisionInput, seed: number): Decided;

type Rows = Pick<ModelTable, 'rowOf' | 'table'>;
/**
 * Adds the months and epochs of each (task type, model) up, by row, from the agent's own scope. Ratings of models that
 * left are left out. What is in buckets of requests without a task counts as `general`.
 */
declare function buildExperience(cells: readonly ExperienceCell[], { rowOf, table }: Rows): ReadonlyMap<TaskType, TaskExperience>;

/** What the engine believes before any rating, and how firmly: a weight is a number of ratings or of cells. */
interface AdaptivePriors {
    /** The mean rating. Default: `0.5`. */
    readonly mean?: number | undefined;
    /** Default: `5`. */
    readonly meanWeight?: number | undefined;
    /** The variance of ratings of one model at one task. Default: `0.2`. */
    readonly noise?: number | undefined;
    /** For all tasks together, and for each task around that. Default: `20`. */
    readonly noiseWeight?: number | undefined;
    /** Neither variance of ratings is taken to be smaller. Default: `0.005`. */
    readonly minNoise?: number | undefined;
    /** How firmly tasks are taken to be equally hard. Default: `25`. */
    readonly taskWeight?: number | undefined;
    /** What one standard deviation of priority is worth. Default: `0.05`. */
    readonly priorityEffect?: number | undefined;
    /** Default: `400`. */
    readonly priorityWeight?: number | undefined;
    /**
     * What one standard deviation of published scores is worth, among models that have one; 0 leaves them
     * out of it. Default: `0.07`.
     */
    readonly publishedEffect?: number | undefined;
    /** How firmly that is believed before ratings say whether it holds. Default: `30`. */
    readonly publishedWeight?: number | undefined;
    /** The variance of models around what their priority and published score say. Default: `0.03`. */
    readonly modelSpread?: number | undefined;
    /** Default: `3`. */
    readonly modelSpreadWeight?: number | undefined;
    /** The variance of one model between tasks. Default: `0.03`. */
    readonly cellSpread?: number | undefined;
    /** Default: `5`. */
    readonly cellSpreadWeight?: number | undefined;
}
/** When a model counts as changed for the worse. */
interface DriftOptions {
    /** Standard deviations that ratings must fall behind in sum; a lower one gives false alarms. Default: `20`. */
    readonly threshold?: number | undefined;
    /** What each rating may fall behind for nothing, in standard deviations. Default: `0.35`. */
    readonly slack?: number | undefined;
    /** Ratings a model must have in all. Default: `60`. */
    readonly minRatings?: number | undefined;
    /** Ratings it must have for the task. Default: `15`. */
    readonly minCellRatings?: number | undefined;
    /** As how many ratings all that a model had count at most, after an alarm. Default: `40`. */
    readonly keptRatings?: number | undefined;
}
/** Options of `adaptive`. */
interface AdaptiveOptions {
    /**
     * What a lower price is worth: 0 is quality only, 1 price only. At `d`, a model that costs as much
     * more as the median model costs in all must be better by `0.1 · d / (1 − d)`. A request may bring its
     * own, `ChatRequest.costQuality`, which counts for it. Default: `0`.
     */
    readonly costQuality?: number | undefined;
    /** How much of what is not known is tried: standard deviations of a belief are taken times this. Default: `0.7`. */
    readonly exploration?: number | undefined;
    /**
     * After so many ratings of a task for each candidate exploration is down to 0.71 of that, and on as
     * one over the square root: what is worth trying once the task is known is worth less. Default: `12`.
     */
    readonly coolingRatings?: number | undefined;
    /** The share of requests whose model is drawn uniformly, without which no other strategy can be evaluated. Default: `0.02`. */
    readonly epsilon?: number | undefined;
    /** How often the winner is drawn; one of them is played. Default: `32`. */
    readonly draws?: number | undefined;
    /** A rating counts half after so many months. Default: `6`. */
    readonly halfLifeMonths?: number | undefined;
    /** As how many ratings of its own a cell of a wider scope counts at most. Default: `20`. */
    readonly scopeWeight?: number | undefined;
    /** The shared figures are found anew after so many ratings, the first ones sooner; the ratings themselves count at once. Default: `20`. */
    readonly refreshEvery?: number | undefined;
    /** A model that joins later is taken to be as good as the best until it has so many ratings. Default: `20`. */
    readonly newcomerRatings?: number | undefined;
    readonly drift?: DriftOptions | undefined;
    readonly priors?: AdaptivePriors | undefined;
}
type AllOf<Options> = {
    readonly [Key in keyof Options]-?: Exclude<Options[Key], undefined>;
};
/** Options of the engine with everything filled in. */
interface ResolvedAdaptiveOptions extends AllOf<Omit<AdaptiveOptions, 'costQuality' | 'drift' | 'priors'>> {
    /** Score that one median price is worth: λ. */
    readonly costWeight: number;
    readonly drift: AllOf<DriftOptions>;
    readonly priors: AllOf<AdaptivePriors>;
}
/** @throws ConfigError that names the field, the rule and the value. */
declare function resolveAdaptiveOptions(options?: AdaptiveOptions): ResolvedAdaptiveOptions;

/**
 * The learning engine: believes of each model at each task what its ratings there, its ratings at
 * other tasks, its priority and the ratings of other agents make likely, and plays what may be best.
 *
 * A score is what was drawn for the model, which is its expected rating, less what its price is
 * worth, give or take what is not known. Propensities are exact. Without ratings it goes by
 * priority, and tries others. Does not change the model within a loop of tool calls, nor for less
 * than the cached prompt of a conversation is worth.
 *
 * @throws ConfigError for an option out of its range.
 */
declare function adaptive(options?: AdaptiveOptions): Strategy;

/** Ratings of one model at one task, from 0 to 1. */
interface Ratings {
    /** n, or what is left of it. */
    readonly count: number;
    /** s: Σ rating. */
    readonly sum: number;
    /** ss: Σ rating². */
    readonly squares: number;
}
/** The ratings for one task type by row, each counted by what it still weighs. */
declare class TaskStatistics {
    #private;
    readonly count: Float64Array;
    readonly sum: Float64Array;
    readonly squares: Float64Array;
    /** @param size The rows there are. */
    constructor(size: number);
    /** Σ n. */
    get total(): number;
    add(row: number, { count, sum, squares }: Ratings): void;
    /** Adds what was found elsewhere, each cell as `most` ratings at most. */
    addAll(other: TaskStatistics, most: number): void;
    /** Moves the mean by `shift`, within 0 and 1, and keeps the `kept` part of the ratings with their scatter. */
    shift(row: number, { shift, kept }: {
        readonly shift: number;
        readonly kept: number;
    }): void;
}

/** All that is known of the models of one table. */
interface Statistics {
    readonly tasks: ReadonlyMap<TaskType, TaskStatistics>;
    /** Σ n over all tasks. */
    readonly total: number;
}

/** What holds for a whole task. */
interface TaskFit {
    /** b: how much better than the mean all models do. */
    readonly effect: number;
    /** σ²: the variance of ratings of one model. */
    readonly noise: number;
}
/** The shared figures of a hierarchical model: rating = mean + task effect + model effect + cell + noise. */
interface Fit {
    /** μ. */
    readonly mean: number;
    /** σ² of a task that has no ratings. */
    readonly noise: number;
    readonly tasks: ReadonlyMap<TaskType, TaskFit>;
    /** g, by row. */
    readonly effect: Readonly<Float64Array>;
    /** V: the variance of g, by row. */
    readonly effectVariance: Readonly<Float64Array>;
    /** τ² of cells: how much one model differs between tasks. */
    readonly cellSpread: number;
    /** τ² of models. */
    readonly modelSpread: number;
    /** β: what one standard deviation of priority is worth. */
    readonly priorityEffect: number;
    /** γ: what one standard deviation of published scores is worth; 0 where there are none. */
    readonly publishedEffect: number;
}

/** What the engine knows of one agent. Immutable, unless an incremental learner made it. */
interface AdaptiveLearned {
    readonly kind: 'adaptive';
    readonly table: CandidateTable;
    readonly rowOf: ReadonlyMap<string, number>;
    readonly statistics: Statistics;
    readonly fit: Fit;
    readonly prices: PriceScale;
    /** What the fit was made from: it serves on until enough has come since. */
    readonly basis: FitBasis;
    /** When ratings were first seen, by this process; `undefined` before. Models made later are newcomers. */
    readonly ratedSinceMs: number | undefined;
}
/** What makes a price a number of reference costs. */
interface PriceScale {
    /** The median of the prices above 0 in the table; `undefined` where there are none, and price plays no part. */
    readonly reference: number | undefined;
    /** What an unknown price is taken to be: the highest known one. */
    readonly highest: number;
}
/** Ratings that a fit was made from, without decay, the month, and how many shifts there were. */
interface FitBasis {
    readonly ratings: number;
    readonly month: number;
    readonly shifts: number;
}

/** One rating of one model. */
interface RatedAnswer {
    readonly task: TaskType;
    readonly row: number;
    readonly ratingMilli: RatingMilli;
    readonly atMs: number;
}
/** Learns rating by rating, as the product does through its store. For replays and tests; holds everything in memory. */
interface AdaptiveLearner {
    /** Takes a rating; gives the shift when it raised an alarm. */
    observe(answer: RatedAnswer): ModelShift | undefined;
    /** What `RankRequest.learned` wants. Good until the next rating. */
    learned(): AdaptiveLearned;
    /** Goes on with other models; what is known of those that stay is kept. */
    changeTable(table: CandidateTable): void;
}
declare function createAdaptiveLearner(table: CandidateTable, options?: AdaptiveOptions): AdaptiveLearner;

/** What is believed of one model at one task. */
interface Belief {
    /** The rating to be expected, from 0 to 1 or a little beyond. */
    readonly mean: number;
    /** The variance of that mean; not the variance of single ratings. */
    readonly variance: number;
}
/** The whole belief, of which decisions draw a part. `row` is one of the table that was learned of. */
declare function beliefOf(learned: AdaptiveLearned, { taskType, row }: {
    readonly taskType: TaskType;
    readonly row: number;
}): Belief;

/** A rating beside what was to be expected of it. */
interface DriftObservation {
    /** The rating less what was believed before it. */
    readonly residual: number;
    /** The standard deviation that it was believed to have. */
    readonly deviation: number;
}
/** A one-sided CUSUM. After an alarm it begins anew. Pure. */
declare function advanceDrift(state: DriftState, { residual, deviation }: DriftObservation, { threshold, slack }: Pick<ResolvedAdaptiveOptions['drift'], 'threshold' | 'slack'>): DriftStep;
/** A rating, as it is to be judged before it is counted. */
interface RatedCell {
    readonly taskType: string;
    readonly row: number;
    /** From 0 to 1. */
    readonly rating: number;
}
/**
 * What a rating is measured against; `undefined` while too little is known of the model. That is the
 * belief and not the plain average: a model that is played often is one whose ratings were lucky so
 * far, and would always seem to get worse.
 */
declare function driftObservation(learned: AdaptiveLearned, { taskType, row, rating }: RatedCell, { minRatings, minCellRatings }: ResolvedAdaptiveOptions['drift']): DriftObservation | undefined;

interface BestValueOptions {
    /**
     * What a lower price is worth, as the dial of `adaptive` has it: 0 is quality only, 1 price only. At
     * `d`, a model that costs as much more as the median model costs in all must be better by
     * `0.1 · d / (1 − d)`. A request may bring its own, `ChatRequest.costQuality`, which counts for it.
     */
    readonly costQuality: number;
}
/**
 * The score of `weighted` less what the price is worth: quality and price on one dial, without any
 * chance. An unknown price counts as the highest of the agent's models; where no price is known,
 * quality alone decides. Propensity 1.
 *
 * @throws ConfigError for a dial that is not from 0 to 1.
 */
declare function bestValue({ costQuality }: BestValueOptions): Strategy;

/**
 * The lowest price first; among equal prices, free ones above all, the one that `weighted` puts first.
 * A model whose price is unknown comes after all others. Nothing is drawn: propensity 1.
 *
 * A score is 1 for a free model, ½ at one US dollar per 1,000,000 tokens, ⅓ at two, and 0 where the
 * price is unknown. Quality plays no other part; `cheapestWithin` is for that.
 */
declare function cheapest(): Strategy;

interface CheapestWithinOptions {
    /** How much worse than the best a model may be and still be as good, in scores of `of`; 0 or more. For `weighted` scores go from 0 to 1. */
    readonly tolerance: number;
    /** What quality is: the score of this strategy, which must not draw. Default: `weighted()`. */
    readonly of?: Strategy | undefined;
}
/**
 * Of the models that are about as good as the best, the cheapest first; one whose price is unknown
 * comes after those. Then the rest, the best first. Equal prices go by quality. Scores are qualities,
 * so that they do not fall from place to place.
 *
 * Nothing is drawn: propensity 1. A strategy that draws is refused, as the chance of being the
 * cheapest of the good ones cannot be told from its own chances; `adaptive` has `costQuality` for that.
 * A decision that `of` forced stays as it is.
 *
 * @throws ConfigError for a tolerance that is no number of 0 or more, and for a strategy that draws.
 */
declare function cheapestWithin(options: CheapestWithinOptions): Strategy;

interface ExperimentOptions {
    /** Tells experiments apart: another name splits users anew. Letters, digits, `.`, `_` and `-`, at most 64. */
    readonly name: string;
    readonly a: Strategy;
    readonly b: Strategy;
    /** The share of users who get `b`, above 0 and below 1. */
    readonly share: number;
}
/**
 * Two strategies beside each other. A user, or a session without one, always gets the same arm, in
 * every process; a request of nobody gets one by chance. Both arms learn from all ratings; where
 * both raise alarms, those of `b` count.
 *
 * A decision is put down to `experiment:<name>/<a or b>:<strategy>`, so that reports can keep the arms
 * apart. Its propensity is the chance of the arm times the chance within the arm, and both are logged.
 * Where neither arm draws and both put the same model first, that model was certain, and it is 1.
 * Where an arm draws it is the chance of arm and model together, and the log says which decisions an
 * evaluation of both arms may go by: those of the arm that draws, or of both if both do. Whether an
 * arm draws is found by asking it once, when the experiment is made.
 *
 * @throws ConfigError for a name or share out of its range.
 */
declare function experiment({ name, a, b, share }: ExperimentOptions): Strategy;

interface FastestOptions {
    /** Models that take at most so much longer than the fastest count as equally fast: the higher priority goes first among them. Default: `0`. */
    readonly withinMs?: number | undefined;
    /** The share of requests whose model is drawn uniformly among all candidates, 0 to 1: else one that was never measured would never be. Default: `0.05`. */
    readonly explore?: number | undefined;
}
/**
 * The model that begins to answer soonest, by the median of what was measured. Models of which
 * nothing is known come last, by priority. A score is 1 for an answer that begins at once, ½ after a
 * second, ⅓ after two, and 0 where nothing is known.
 *
 * Times are those that this process measured itself: another process, and this one after a start,
 * knows none, and until some are known priority decides. Quality plays no part.
 *
 * @throws ConfigError for an option out of its range.
 */
declare function fastest(options?: FastestOptions): Strategy;

/** Strategies that a name alone stands for. */
declare const NAMED_STRATEGIES: readonly ["adaptive", "weighted", "priority", "cheapest", "cheapest-within", "fastest"];
type NamedStrategy = (typeof NAMED_STRATEGIES)[number];
/** One of them, or two in an experiment that gives each half of the requests. */
type StrategyName = NamedStrategy | `experiment:${NamedStrategy}+${NamedStrategy}`;
interface NamedStrategyOptions {
    /** Those of `adaptive`. Default: its own. */
    readonly adaptive?: AdaptiveOptions | undefined;
}
declare function isStrategyName(name: string): name is StrategyName;
/**
 * The strategy of a name, with its defaults; `cheapest-within` has a tolerance of 0.05.
 *
 * @throws ConfigError for wrong options.
 */
declare function namedStrategy(name: StrategyName, options?: NamedStrategyOptions): Strategy;

/** Orders by priority alone. Learns nothing; says what an administrator wants. */
declare function priority(): Strategy;

/** How load is spread over equal providers. */
declare const SPREAD_WEIGHTS: readonly ["uniform", "price"];
type SpreadWeight = (typeof SPREAD_WEIGHTS)[number];
interface SpreadOptions {
    /** `uniform`: all alike. `price`: in proportion to 1 / price; an unknown price counts as the highest of them, free ones share all. Default: `uniform`. */
    readonly by?: SpreadWeight | undefined;
}
/**
 * Spreads load over the providers of one model: the given strategy orders models, and providers of
 * the same model are put in an order that is drawn for each request. Rows are the same model when
 * `CandidateTable.family` says so and their priorities are equal: a provider of lower priority is a
 * reserve and stays where it is.
 *
 * Such rows are shown to the given strategy as one, at the cheapest one's price and with the ratings
 * of all, whether or not the cheapest can be called right now. A conversation that keeps its model keeps its
 * provider, which may have the prompt in its cache.
 *
 * A strategy that raises alarms does so for the cheapest one alone.
 *
 * There is no turn-taking: strategies remember nothing, and the draw depends on the decision's seed,
 * so that load is even over many requests, in every process alike. The propensity is exact: the
 * chance of the model times the chance of the provider.
 *
 * @throws ConfigError for another `by`.
 */
declare function spread(strategy: Strategy, options?: SpreadOptions): Strategy;

/**
 * Lets a conversation stay with the model that answered last, as long as it is a candidate; the
 * others follow as the given strategy ranks them. The first request of a conversation, and one whose
 * conversation this process does not remember, is the given strategy's to decide.
 *
 * A decision that stays is forced: it teaches experience, and is left out of evaluations.
 */
declare function sticky(strategy: Strategy): Strategy;

interface TopRowsRequest {
    readonly table: CandidateTable;
    readonly rows: Readonly<Uint32Array>;
    /** By place in `rows`. */
    readonly scores: Readonly<Float64Array>;
    readonly limit: number;
}
interface TopRows {
    readonly rows: Uint32Array;
    readonly scores: Float64Array;
}
/**
 * The best rows, best first: the higher score, then the lower price (an unknown one is highest),
 * then the smaller id.
 *
 * One pass with a short sorted list: of n rows only about limit · ln(n / limit) are ever moved.
 */
declare function topRows({ table, rows, scores, limit }: TopRowsRequest): TopRows;

interface WeightedOptions {
    /** Default: `0.3`. */
    readonly priorityWeight?: number | undefined;
    /** Default: `0.7`. */
    readonly experienceWeight?: number | undefined;
}
/**
 * The specification's formula: `0.3 · priority + 0.7 · experience`, where experience is the plain
 * average of this agent's ratings for the task type, and priority alone where there are none.
 */
declare function weighted(options?: WeightedOptions): Strategy;

/**
 * A whole word or a phrase, or the forms of one word (`['image', 'images']`), which count once. A form that
 * ends with `*` stands for every word that begins so (32 characters at most). Case does not matter.
 *
 * In scripts that put no spaces between words (Chinese, Japanese, Thai), and in Korean, which glues
 * endings to them, a keyword is found anywhere.
 */
type Keyword = string | readonly [string, ...string[]];
/** Keywords by task type. Where several types apply equally, the earlier row wins. */
type KeywordTable = Readonly<Record<TaskType, readonly Keyword[]>>;
/** How one language writes the keywords. */
interface KeywordLanguage {
    /** BCP 47: `de`, `pt`, `zh`. */
    readonly code: string;
    readonly keywords: KeywordTable;
    /** What is written together with the word after it (Arabic `ال`, `و`). Default: none. */
    readonly prefixes?: readonly string[] | undefined;
    /** Words and phrases that hold a keyword and mean something else: `zip code`. Default: none. */
    readonly ignored?: readonly string[] | undefined;
}
/** The specification's table (§3.5.4), word for word. */
declare const KEYWORD_TO_TASK_TYPE: KeywordTable;

/**
 * Task types by MIME type: whole (`application/pdf`) or by its first half (`image/*`). The whole type
 * is looked up first.
 */
type MediaTypeTable = Readonly<Record<string, TaskType>>;
/** The specification names only `.pdf`; the other rows follow its task types. */
declare const MEDIA_TYPE_TO_TASK_TYPE: MediaTypeTable;

/** Task types by tool name. Where several apply equally, the earlier row wins. */
type ToolTable = Readonly<Record<string, TaskType>>;
/** The specification's table (§3.5.4), word for word. */
declare const TOOL_TO_TASK_TYPE: ToolTable;

/**
 * What {@link createBuiltInDetector} takes. Each table replaces the built-in one; spread the built-in
 * one to extend it: `{ tools: { ...TOOL_TO_TASK_TYPE, sql_query: 'code' } }`.
 */
interface BuiltInDetectorOptions {
    /** Default: {@link TOOL_TO_TASK_TYPE}. */
    readonly tools?: ToolTable | undefined;
    /** Default: {@link MEDIA_TYPE_TO_TASK_TYPE}. */
    readonly mediaTypes?: MediaTypeTable | undefined;
    /** A word that stands here and in `languages` means what it means here. Default: {@link KEYWORD_TO_TASK_TYPE}. */
    readonly keywords?: KeywordTable | undefined;
    /** Inflections and other languages. `[]` leaves `keywords` alone. Default: {@link KEYWORD_LANGUAGES}. */
    readonly languages?: readonly KeywordLanguage[] | undefined;
}
/**
 * The detector that looks things up in tables: tool calls (high), attachments (high), keywords of the
 * newest user message (medium). Pure and synchronous.
 *
 * What was called or attached before the newest user message counts only when that message, and what
 * followed it, holds no evidence itself: "and what is in the corner?" is still about the image, "now
 * write a script" is not.
 */
declare function createBuiltInDetector(options?: BuiltInDetectorOptions): TaskDetector;

/** Every language with a built-in table; where two write the same word, the earlier one names it. */
declare const KEYWORD_LANGUAGES: readonly KeywordLanguage[];

/** What is asked, in plain words. */
interface SelectionInput {
    readonly taskType: TaskType;
    readonly requiredCapabilities: readonly Capability[];
    readonly atMs: number;
}
/** A model that may be chosen: it has passed every filter. */
interface SelectionCandidate {
    /** `provider/external`. */
    readonly modelId: string;
    readonly capabilities: readonly Capability[];
    /** Priority that counts for this agent, 0 to 100. */
    readonly priority: number;
    /** Blended price, US dollars per 1,000,000 tokens; `undefined` is unknown. */
    readonly price: number | undefined;
    /** Context window in tokens; `undefined` is unknown. */
    readonly contextLength: number | undefined;
    /** Average rating for this task, 0 to 1; `undefined` when there are no ratings. */
    readonly experience: number | undefined;
    /** Ratings behind {@link experience}. */
    readonly ratings: number;
}
/** Chooses among the candidates, which are in the order of their ids: one, several best first, or none. */
type SelectModelFunction = (input: SelectionInput, candidates: readonly SelectionCandidate[]) => string | readonly string[] | undefined;
/** Options of {@link selectionFunction}. */
interface SelectionFunctionOptions {
    /** Shown with every decision. */
    readonly name: string;
    /** To be changed whenever the function could choose differently. */
    readonly version: string;
    readonly select: SelectModelFunction;
}
/**
 * Makes a strategy of a selection function that exists already. What it returns comes first, best
 * first; what it leaves out follows by priority. An id that is no candidate, or comes twice, is passed
 * over; `undefined` is the order of priority. A score is 1 or more for a chosen model and below that
 * for the others, whose score is half their priority.
 *
 * The function must be pure: no clock, no chance, no network, and nothing remembered between calls.
 * An exception it throws fails the request. It gets an object for each candidate, so with thousands of
 * models it costs more than a strategy that reads the table.
 *
 * @throws ConfigError for an empty name or version.
 */
declare function selectionFunction(options: SelectionFunctionOptions): Strategy;

/** A rating that comes back for an answer. */
interface ReplayRating {
    readonly task: TaskType;
    readonly row: number;
    readonly ratingMilli: RatingMilli;
    readonly atMs: number;
}
/** What a strategy learns with, rating by rating. */
interface ReplayLearner {
    /** Takes a rating; gives the shift when it raised an alarm. */
    observe(rating: ReplayRating): ModelShift | undefined;
    /** What `RankRequest.learned` wants. */
    learned(): unknown;
    /** Goes on with other models. */
    changeTable(table: CandidateTable): void;
}
/** What is replayed: a strategy as it is shipped, and how it learns. */
interface ReplayPolicy {
    readonly name: string;
    readonly strategy: Strategy;
    /** Makes what it learns with, anew for each stream. Default: `strategy.learn`, after each rating. */
    readonly makeLearner?: ((table: CandidateTable) => ReplayLearner) | undefined;
}

/**
 * Policies that can be replayed by name, and `experiment:<a>+<b>` of any two strategies among them;
 * `random` and `epsilon-greedy` are there to compare with.
 */
declare const REPLAY_POLICIES: readonly ["adaptive", "weighted", "priority", "cheapest", "cheapest-within", "fastest", "random", "epsilon-greedy"];
type ReplayPolicyName = StrategyName | 'random' | 'epsilon-greedy';
declare function isReplayPolicyName(name: string): name is ReplayPolicyName;
/** A policy by its name. `options` are those of `adaptive`, also in an experiment; the others have none. */
declare function replayPolicy(name: ReplayPolicyName, options?: AdaptiveOptions): ReplayPolicy;

/** What each model made of one request. */
interface Outcome {
    readonly id: string;
    readonly task: string;
    readonly prompt?: string | undefined;
    /** By model, from 0 to 1; a model that was not asked is absent. */
    readonly score: Readonly<Record<string, number>>;
    /** What the answer cost, by model. */
    readonly cost?: Readonly<Record<string, number>> | undefined;
    /** How long the answer took, by model. */
    readonly latencyMs?: Readonly<Record<string, number>> | undefined;
}
/**
 * Outcomes in columns: `scores[row * models.length + model]`. `NaN` stands for what is not known.
 * Models and tasks are in the order of their names. Not to be changed.
 */
interface OutcomeSet {
    readonly name: string;
    readonly size: number;
    readonly models: readonly string[];
    readonly tasks: readonly string[];
    readonly ids: readonly string[];
    /** The index of each row's task. */
    readonly taskOf: Readonly<Uint32Array>;
    readonly scores: Readonly<Float64Array>;
    /** Absent where no row has a cost. */
    readonly costs?: Readonly<Float64Array> | undefined;
    /** Absent where no row has a latency. */
    readonly latenciesMs?: Readonly<Float64Array> | undefined;
    readonly prompts: readonly (string | undefined)[];
}
/** Lays outcomes out in columns. */
declare function toOutcomeSet(name: string, outcomes: readonly Outcome[]): OutcomeSet;

interface ReadOutcomesOptions {
    /** What the data set is called. */
    readonly name: string;
    /** Only lines whose `split` is this. Default: all. */
    readonly split?: string | undefined;
    /** Only lines whose `bench` is this. Default: all. */
    readonly bench?: string | undefined;
}
/** A line that could not be read. */
interface OutcomeProblem {
    /** Counted from 1. */
    readonly line: number;
    readonly problem: string;
}
interface ReadOutcomes {
    readonly outcomes: OutcomeSet;
    /** The first hundred of them. */
    readonly problems: readonly OutcomeProblem[];
    readonly problemCount: number;
    /** How many lines were of another split or bench. */
    readonly otherCount: number;
}
/**
 * Reads the lines of an `outcomes.jsonl`, one at a time. A line that cannot be read is left out and
 * named; an empty one is nothing. A model whose score is `null` counts as not asked.
 */
declare function readOutcomes(lines: AsyncIterable<string> | Iterable<string>, options: ReadOutcomesOptions): Promise<ReadOutcomes>;

/** What label of its task the router is given with a request. */
declare const REPLAY_LABELS: readonly ["task", "none", "noisy", "some"];
type ReplayLabel = (typeof REPLAY_LABELS)[number];

/** How a policy took a change of a model. */
interface Reaction {
    readonly kind: 'left' | 'found';
    readonly model: string;
    /**
     * Requests of the whole stream from the change to when it is seen, the median over tasks. Absent
     * when most tasks do not see it before the stream ends, or none counts.
     */
    readonly requests: number | undefined;
    /** How many tasks count. */
    readonly tasks: number;
    /** In how many of them it is seen. */
    readonly seenIn: number;
}

/** What is earned without learning, as mean scores over a stream. */
interface ReferenceLines {
    /** Any model with equal chance. */
    readonly random: number;
    /** The one model that is best in hindsight. */
    readonly bestSingle: number;
    /** The best model of each task, in hindsight. */
    readonly taskOracle: number;
    /** The best model of each request, which nobody can know. */
    readonly queryOracle: number;
}

/** Reward over time: a moving mean, its mean and spread over the seeds. */
interface ReplayCurve {
    /** How many requests a mean is taken over. */
    readonly window: number;
    readonly points: readonly ReplayCurvePoint[];
}
interface ReplayCurvePoint {
    /** The last request of the window, counted from 1. */
    readonly request: number;
    readonly mean: number;
    /** One standard deviation over the seeds; 0 with one seed. */
    readonly deviation: number;
}

/** A model that changes: its name, or `best`, and when, as a share of the stream. */
interface ReplayChange {
    /** `best` is the one with the highest mean score. Default: `best`. */
    readonly model?: string | undefined;
    /** From 0 to 1. Default: `0.5`. */
    readonly at?: number | undefined;
}
interface ReplayOptions {
    readonly outcomes: OutcomeSet;
    readonly policies: readonly ReplayPolicy[];
    /** How many random orders are played. Default: `20`. */
    readonly seeds?: number | undefined;
    /** The share of answers that are rated. Default: `1`. */
    readonly feedback?: number | undefined;
    /** How many requests later ratings come. Default: `0`. */
    readonly delay?: number | undefined;
    /** What label the router is given: the task, what its text is like, sometimes a wrong one, or sometimes none. Default: `task`. */
    readonly label?: ReplayLabel | undefined;
    /** The share of wrong labels, for `noisy`, or of missing ones, for `some`. Default: `0.2`. */
    readonly noise?: number | undefined;
    /** What stands for the label with `none`. Default: the group or bucket that the router itself puts such a request in. */
    readonly labelOfText?: ((prompt: string | undefined) => TaskType) | undefined;
    /** The most requests of a stream. Default: all. */
    readonly limit?: number | undefined;
    /** How many days a stream lasts, for ratings that fade. Default: `28`. */
    readonly days?: number | undefined;
    /** Priorities from 0 to 100, by model. Default: 50 for all. */
    readonly priorities?: ReadonlyMap<string, number> | undefined;
    /** Published scores from 0 to 1, by model. Default: none. */
    readonly published?: ReadonlyMap<string, number> | undefined;
    /** Half of the models join in mid-stream. Default: `false`. */
    readonly isCold?: boolean | undefined;
    /** The scores of a model halve, and nobody says so. Default: none. */
    readonly degrade?: ReplayChange | undefined;
    /** A model is not there before. Default: none. */
    readonly improve?: ReplayChange | undefined;
    /** Called after each stream of each policy. */
    readonly onProgress?: ((done: number, total: number) => void) | undefined;
    /** Ends the replay between two streams. */
    readonly signal?: AbortSignal | undefined;
    /** Default: `systemRuntime`. Only to let others have their turn between streams. */
    readonly runtime?: Runtime | undefined;
}

/** Something that happens to models, at a request or from one to another, counted from 0. */
interface ReplayEvent {
    readonly from: number;
    readonly to: number;
    readonly text: string;
}
/** A part of the stream in which nothing happens to models. */
interface ReplaySection {
    /** The first request, counted from 0. */
    readonly from: number;
    readonly to: number;
    readonly lines: ReferenceLines;
}

/** What one policy earned on one data set, as means over the seeds. */
interface ReplayResult extends ReferenceLines {
    readonly dataset: string;
    readonly policy: string;
    /** The share of answers that were rated. */
    readonly feedback: number;
    readonly seeds: number;
    /** Requests of a stream. */
    readonly requests: number;
    /** The mean score of the models that answered. */
    readonly mean: number;
    /** That of the last quarter of the requests. */
    readonly lastQuarter: number;
    /** The standard deviation of `mean` over the seeds; 0 with one seed. */
    readonly meanSd: number;
    /** What an answer cost on average; absent where no cost is known. */
    readonly costMean?: number | undefined;
    /** How long an answer took on average; absent where nothing is known of it. */
    readonly latencyMeanMs?: number | undefined;
    /** How often a stream's policy found that a model had changed, on average. */
    readonly alarms: number;
    /** How it took what happened to models. */
    readonly reactions: readonly Reaction[];
    readonly curve: ReplayCurve;
    /** The lines of each part of the stream: what happens to a model moves them. */
    readonly sections: readonly ReplaySection[];
    /** What happened to models. */
    readonly events: readonly ReplayEvent[];
}

/**
 * Replays recorded outcomes: requests in random order, one at a time; the policy picks a model, and
 * only that model's score comes back, as a rating. The strategies are those of the router.
 *
 * The same options give the same results. Every policy is shown the same streams.
 *
 * @throws ConfigError for options that make no sense; rejects with the signal's reason when aborted.
 */
declare function replayOutcomes(options: ReplayOptions): Promise<readonly ReplayResult[]>;

/** A text and what it is. */
interface TextSample {
    readonly text: string;
    /** One label, or how much of each of several, from 0 to 1 and 1 in sum. */
    readonly label: string | Readonly<Record<string, number>>;
}
/** Options of {@link trainTextModel}. */
interface TextModelOptions {
    /** Decides on the order in which samples are learned. Default: `1`. */
    readonly seed?: number | undefined;
    /** How often all samples are gone through. Default: `8`. */
    readonly epochs?: number | undefined;
    /** How far one sample moves the model. Few samples with uncertain labels want a hundredth of it. Default: `1`. */
    readonly learningRate?: number | undefined;
    /** What large weights cost. Default: `0.0001`. */
    readonly decay?: number | undefined;
    /** The longest run of words that is a feature, 1 to 5. Default: `2`. */
    readonly words?: number | undefined;
    /** Features are hashed into so many bits, 8 to 22. Default: `18`. */
    readonly bits?: number | undefined;
    /** How much the look of a text counts (length, digits, signs, lines) beside its words. Default: `0.05`. */
    readonly shapeWeight?: number | undefined;
}

interface RouteLlmOptions {
    /** Of two models; rows without a prompt or one of the scores are left out. */
    readonly outcomes: OutcomeSet;
    /** How many rows the text model learns from; half of them where there are fewer than twice as many. Default: `1500`. */
    readonly labels?: number | undefined;
    /** How often rows to learn from are drawn. Default: `20`. */
    readonly seeds?: number | undefined;
    readonly model?: TextModelOptions | undefined;
}
interface RouteLlmResult {
    readonly dataset: string;
    /** The model that is better on average. */
    readonly strong: string;
    readonly weak: string;
    /** Rows that could be used. */
    readonly requests: number;
    /** How many of them the text model learned from, each time. */
    readonly labels: number;
    readonly seeds: number;
    /** The text model on the rows it did not learn from: the mean over the draws, and their standard deviation. */
    readonly textModel: {
        readonly apgr: number;
        readonly deviation: number;
    };
    /** Prompt length on all rows. */
    readonly promptLength: number;
}
/**
 * RouteLLM's protocol: a router scores how much a request needs the strong one of two models; the
 * share of requests that go to it is raised in ten steps, and what is gained by that is averaged
 * ({@link averageGain}). The labels are in-domain: of the same kind as the requests it is tested on.
 *
 * @throws ConfigError unless there are two models, one of them better, and rows with prompts.
 */
declare function routeLlm(options: RouteLlmOptions): RouteLlmResult;

/** What a model makes of a text. */
interface TextPrediction {
    /** The likeliest label; of equal ones the first. */
    readonly label: string;
    /** How likely it is, from 0 to 1. */
    readonly probability: number;
    /** How likely each label is, in the order of {@link TextModel.labels}; 1 in sum. */
    readonly probabilities: readonly number[];
}
/** Tells labels of texts by their words. Immutable. */
interface TextModel {
    readonly labels: readonly string[];
    /** Pure, and linear in the text. A text without a known word gets what is to be expected of its look. */
    predict(text: string): TextPrediction;
}
/**
 * Trains a multinomial logistic regression on runs of words, hashed and weighted by how rare they
 * are, and on what a text looks like. The same samples and options give the same model.
 *
 * A pass takes about as long as reading the texts; 1,500 prompts take well under a second.
 *
 * @throws ConfigError for no samples, shares that are not 1 in sum, or options out of their range.
 */
declare function trainTextModel(samples: readonly TextSample[], options?: TextModelOptions): TextModel;

/** The content type of {@link toPrometheusText}. */
declare const PROMETHEUS_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
/** Writes figures in the text format of Prometheus, version 0.0.4. Families without a sample are left out. */
declare function toPrometheusText(families: readonly MetricFamily[]): string;

export { BUDGET_LIMIT_UNITS, ENOUGH_RATINGS, KEYWORD_LANGUAGES, KEYWORD_TO_TASK_TYPE, MEDIA_TYPE_TO_TASK_TYPE, NAMED_STRATEGIES, OTHER_LABEL, PERFORMANCE_GROUPS, PROMETHEUS_CONTENT_TYPE, PresetBook, REPLAY_LABELS, REPLAY_POLICIES, RouterTelemetry, SPREAD_WEIGHTS, TOOL_TO_TASK_TYPE, TaskStatistics, adaptive, advanceDrift, beliefOf, bestValue, buildExperience, buildParameterProfiles, buildTable, cheapest, cheapestWithin, createAdaptiveLearner, createBuiltInDetector, createRouter, decide, driftObservation, evaluateLog, experiment, explainDecision, fastest, isReplayPolicyName, isStrategyName, namedStrategy, priority, readOutcomes, replayOutcomes, replayPolicy, resolveAdaptiveOptions, routeLlm, selectionFunction, spread, sticky, toOutcomeSet, toPrometheusText, topRows, trainTextModel, weighted };
export type { AdaptiveLearned, AdaptiveLearner, AdaptiveOptions, AdaptivePriors, AlertDwell, AlertOptions, AlertRule, AlertThresholds, Answer, ApiKeyApi, ApiKeyInfo, ApiKeyList, AttemptOptions, AuthorizeRequest, Belief, BestValueOptions, BreakerKey, BreakerLimits, BreakerOptions, BreakerReport, BreakerState, BreakersApi, Budget, BudgetApi, BudgetKey, BudgetLimitUnit, BudgetOptions, BudgetStatus, BudgetStatusQuery, BuiltInDetectorOptions, CacheHits, CallsApi, Capsule, CheaperModel, CheapestWithinOptions, CompiledPreset, Decided, DecisionConversation, DecisionInput, DecisionKey, DriftObservation, DriftOptions, DriftQuery, DroppedParameter, DurationSummary, EvaluateQuery, ExhaustedBudgets, ExperimentOptions, Explanation, FastestOptions, FeedbackCall, Fit, FitBasis, HedgingOptions, HistogramSample, Keyword, KeywordLanguage, KeywordTable, LatencyFigure, ListCalls, MadeApiKey, MaintenanceApi, MaintenanceOptions, MaintenanceReport, MaintenanceRun, MeasuredPicker, MediaTypeTable, MetricFamily, MetricSample, MetricsApi, MetricsOptions, MetricsSnapshot, ModelQuality, ModelTable, ModelToDrop, ModelToTry, ModelUsage, NameOf, NamedStrategy, NamedStrategyOptions, NewApiKey, OpenBreakers, Outcome, OutcomeProblem, OutcomeSet, ParameterApi, ParameterListQuery, ParameterProfile, ParameterReference, PerformanceApi, PerformanceGroup, PerformanceQuery, PerformanceReport, PerformanceRow, PickerDurations, PreferenceApi, PreferenceOwner, PresetApi, PresetInfo, PresetReference, PriceScale, ProfileSource, ProviderDurations, ProviderErrors, QualityDifference, QualityQuery, RatedAnswer, RatedCell, RatingFigure, RatingReasonQuery, Ratings, Reaction, ReadOutcomes, ReadOutcomesOptions, Recommend, RecommendQuery, Recommendation, ReferenceLines, RemoveBudget, RemoveParameters, RemovePreset, ReplayChange, ReplayCurve, ReplayCurvePoint, ReplayEvent, ReplayLabel, ReplayLearner, ReplayOptions, ReplayPolicy, ReplayPolicyName, ReplayRating, ReplayResult, ReplaySection, ResolvedAdaptiveOptions, ResolvedParameters, RetentionOptions, RetryOptions, RevokeApiKey, RoleRestriction, RouteLlmOptions, RouteLlmResult, Router, RouterAgents, RouterOptions, RoutingSnapshot, SelectModel, SelectModelFunction, SelectionCandidate, SelectionFunctionOptions, SelectionInput, SetBudget, SetParameters, SetPreset, SinkDeliveryOptions, SinkStatus, SinksApi, SpoolOptions, SpreadOptions, SpreadWeight, Statistics, StrategyName, TableSource, TaskFit, TextModel, TextModelOptions, TextPrediction, TextSample, TimeoutOptions, TooLittleKnown, ToolTable, TopRows, TopRowsRequest, UsableModels, UsageQuery, UsageRule, WeightedOptions, WhenBudgetsUnavailable };

// ---- request-observer.d.ts ----

import { Attempt, FinishReason, Model, Provider, ModelCall, AttemptCause, FailureKind, Decision, ErrorCode, AnswerPart, ChatRequest, Runtime, RouterEventType, RouterListener } from '@imrs/core';

/** How an answer ended. */
interface ObservedEnd {
    /** `aborted`: by whoever read it, or since the router was closed. */
    readonly outcome: 'finished' | 'failed' | 'aborted';
    /** Who answered, or was asked last. */
    readonly model: Model;
    readonly finishReason?: FinishReason | undefined;
    readonly failureKind?: FailureKind | undefined;
    /** As the ledger has them. */
    readonly attempts: readonly Attempt[];
    readonly totalMs: number;
}
/** A call to a model that is about to be made. */
interface ObservedCall {
    readonly model: Model;
    readonly provider: Provider;
    readonly call: ModelCall;
    readonly attemptId: string;
    /** 1 for the first one of an answer. */
    readonly position: number;
    readonly cause: AttemptCause;
}
/** Watches one call. Its methods are short and throw nothing of their own. */
interface CallObserver {
    /** Does a piece of the call's work, such as sending the request, and gives what it gives. */
    within<Result>(work: () => Result): Result;
    /** The call is over, as the ledger will have it. */
    ended(attempt: Attempt, finishReason: FinishReason | undefined): void;
}
/** Watches one request. Its methods are short and throw nothing. */
interface RequestObserver {
    decided(decision: Decision): void;
    /** No model will be called. `undefined`: the caller left. */
    refused(code: ErrorCode | undefined): void;
    callBegan(call: ObservedCall): CallObserver;
    /** A part of the answer is given out; all but the last come here. */
    partGiven(part: AnswerPart): void;
    /** The answer is over and recorded, and its last part is given out next. Comes once. */
    ended(end: ObservedEnd): void;
}
/** What `router.on` is. */
type SubscribeToRouter = <Type extends RouterEventType>(type: Type, listener: RouterListener<Type>) => () => void;
/** Watches a router from the inside, for tracing: `openTelemetry` of `@imrs/router/telemetry`. */
interface RouterTelemetry {
    /** Called within `chat`, before anything else. */
    requestBegan(request: ChatRequest): RequestObserver;
    /** Stands before the network on the way to providers. Default: nothing does. */
    readonly wrapFetch?: ((fetch: Runtime['fetch']) => Runtime['fetch']) | undefined;
    /** Called once, when the router is made. Default: no event is wanted. */
    listen?(on: SubscribeToRouter): void;
}

export type { CallObserver as C, ObservedCall as O, RouterTelemetry as R, SubscribeToRouter as S, ObservedEnd as a, RequestObserver as b };

// ---- telemetry.d.ts ----

import { RouterTelemetry } from './index.js';
import { TracerProvider, MeterProvider } from '@opentelemetry/api';
import '@imrs/core';

/**
 * Versions of the semantic conventions for generative AI that can be spoken. They are not stable: which
 * one is spoken changes only when the host says so.
 */
declare const SEMANTIC_CONVENTIONS: readonly ["1.36", "1.41"];
type SemanticConventions = (typeof SEMANTIC_CONVENTIONS)[number];
interface OpenTelemetryOptions {
    /** Default: the global one, as it is when the first span begins. */
    readonly tracerProvider?: TracerProvider | undefined;
    /** Default: the global one, as it is when `openTelemetry` is called. */
    readonly meterProvider?: MeterProvider | undefined;
    /** Default: `'1.41'`. `semanticConventionsOf` reads `OTEL_SEMCONV_STABILITY_OPT_IN`. */
    readonly semanticConventions?: SemanticConventions | undefined;
    /**
     * Whether the texts of requests and answers are put on spans, files left out. Needs conventions `1.41`.
     * Default: `false`, and no text is.
     */
    readonly captureContent?: boolean | undefined;
    /**
     * Whether providers are sent `traceparent`, and nothing else of the context. Needs a context manager,
     * as every SDK for Node registers one. Default: `false`.
     */
    readonly propagate?: boolean | undefined;
}
/**
 * What the variable `OTEL_SEMCONV_STABILITY_OPT_IN` asks for: the newest conventions with
 * `gen_ai_latest_experimental` among its words, else those of 1.36.
 */
declare function semanticConventionsOf(optIn: string | undefined): SemanticConventions;

/**
 * Spans and metrics of a router by OpenTelemetry's conventions for generative AI:
 * `createRouter({ telemetry: openTelemetry() })`. Never keys; texts only with `captureContent`; never
 * breaks a request. One value serves any number of routers.
 *
 * @throws ConfigError that names the option that is wrong.
 */
declare function openTelemetry(options?: OpenTelemetryOptions): RouterTelemetry;

export { SEMANTIC_CONVENTIONS, openTelemetry, semanticConventionsOf };
export type { OpenTelemetryOptions, SemanticConventions };
