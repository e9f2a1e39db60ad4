// The public types of @imrs/core. Written by `npm run api:update`.

// ---- index.d.ts ----

import { z } from 'zod';

/** A duration in milliseconds is waited for through this; every wait in the project can be aborted. */
type Sleep = (delayMs: number, signal?: AbortSignal) => Promise<void>;
/**
 * Everything the outside world lends to a package: time, chance, waiting, the network, ids and the
 * environment. Code below the composition root reads none of these in any other way, so a test that
 * passes its own runtime decides all of them.
 */
interface Runtime {
    /** Wall clock, epoch milliseconds. For what is stored. */
    readonly now: () => number;
    /** Monotonic clock, milliseconds from an arbitrary start. For durations; never goes back. */
    readonly monotonic: () => number;
    /** Uniform in [0, 1). Seeds of decisions are drawn from it; decisions themselves never read it. */
    readonly random: () => number;
    /** Resolves after the delay. Rejects with the signal's reason on abort, also when already aborted. */
    readonly sleep: Sleep;
    readonly fetch: typeof globalThis.fetch;
    /** A new UUIDv7: sorts by the time it was made, to the millisecond. */
    readonly newId: () => string;
    /** The value of an environment variable; empty counts as absent. */
    readonly environment: (name: string) => string | undefined;
}

/**
 * The real world. The only file of the project that touches the clock, chance, timers, the global
 * `fetch` and the environment.
 *
 * Wrapped, not referenced: a host that replaces `globalThis.fetch` is seen here.
 */
declare const systemRuntime: Runtime;

/**
 * A stream of numbers, uniform in [0, 1), that depends on the seed alone.
 *
 * mulberry32: 32 bits of state, passes the usual small test batteries; enough for ranking and
 * sampling, not for secrets.
 */
declare function seededRandom(seed: number): () => number;
/** A seed for one decision: an unsigned 32-bit integer. */
declare function drawSeed(random: () => number): number;

/** The longest id a host may give for its tenants, agents, users, sessions and conversations. */
declare const HOST_ID_MAX_LENGTH = 128;
/** The longest model id: the column is `VARCHAR(255)`. */
declare const MODEL_ID_MAX_LENGTH = 255;
declare const DEFAULT_TENANT_ID = "default";
declare const DEFAULT_AGENT_ID = "default";
/** The model name that asks the router to choose. */
declare const AUTO_MODEL = "auto";
interface ModelIdParts {
    readonly providerId: string;
    readonly externalId: string;
}
/** Joins a provider and the provider's own name of a model: `openrouter` + `xiaomi/mimo-v2-flash`. */
declare function toModelId({ providerId, externalId }: ModelIdParts): string;
/** Splits at the first slash, since provider ids hold none. `undefined` when there is no slash. */
declare function parseModelId(modelId: string): ModelIdParts | undefined;
/** Lower-case letters, digits, `_` and `-`, 50 at most, no slash. */
declare function isProviderId(value: string): boolean;
/** Refuses an empty, over-long or control-character id of the host's with a message that names it. */
declare function assertHostId(name: string, value: string): void;
/** What {@link assertHostId} asks, as a schema. */
declare const hostIdSchema: z.ZodType<string>;
/** `true` for the ids this project makes: UUIDs in lower-case text. */
declare function isUuid(value: string): boolean;
/** The time a UUIDv7 was made, epoch milliseconds. */
declare function timeOfUuid(uuid: string): number;
/** The UTC month of a time, as `2026-11`: the bucket of experience and of partitions. */
declare function monthOf(atMs: number): string;

/** What survives a trip through `JSON.stringify` and back. */
type JsonValue = null | boolean | number | string | readonly JsonValue[] | {
    readonly [key: string]: JsonValue;
};
type JsonObject = {
    readonly [key: string]: JsonValue;
};
declare const jsonValueSchema: z.ZodType<JsonValue>;
declare const jsonObjectSchema: z.ZodType<JsonObject>;
/**
 * JSON text that is the same for equal values: keys in code-unit order, `undefined` members left
 * out, no spaces. For comparing and hashing; `JSON.parse` reads it back.
 */
declare function canonicalJson(value: unknown): string;

/**
 * A rating inside: an integer from 0 to 1000, so that sums over millions of ratings are exact.
 * Outside it is a number from 0 to 1.
 */
type RatingMilli = number;
/**
 * @throws ImrsError `invalid-request` for anything outside 0 to 1, NaN included.
 */
declare function toRatingMilli(rating: number): RatingMilli;
declare function fromRatingMilli(rating: RatingMilli): number;

/**
 * Every code an error of this project can carry, with the HTTP status a door answers it with.
 * The list only grows.
 */
declare const ERROR_STATUS: {
    readonly 'invalid-config': 500;
    readonly 'invalid-request': 400;
    readonly 'payload-too-large': 413;
    readonly 'unknown-model': 400;
    readonly 'unknown-provider': 400;
    readonly 'model-provider-mismatch': 400;
    readonly 'missing-capability': 400;
    readonly 'context-too-long': 400;
    readonly 'content-filtered': 400;
    readonly 'model-not-allowed': 403;
    readonly 'missing-credential': 503;
    readonly 'model-unavailable': 503;
    readonly 'no-candidate': 503;
    readonly 'provider-error': 502;
    readonly 'all-attempts-failed': 502;
    readonly 'rate-limited': 429;
    readonly 'not-found': 404;
    readonly 'message-not-finished': 409;
    readonly 'read-only': 409;
    readonly conflict: 409;
    readonly unauthenticated: 401;
    readonly forbidden: 403;
    readonly aborted: 499;
    readonly 'secret-store-unavailable': 503;
    readonly 'store-unavailable': 503;
    readonly 'schema-too-new': 500;
    readonly closed: 503;
    readonly internal: 500;
};
type ErrorCode = keyof typeof ERROR_STATUS;
declare const ERROR_CODES: readonly ErrorCode[];
declare function isErrorCode(value: string): value is ErrorCode;

interface ImrsErrorOptions extends ErrorOptions {
    /** The request field the error is about, as the caller wrote it: `messages[0].content`. */
    readonly field?: string | undefined;
    /** How long to wait before the same request may work, milliseconds. */
    readonly retryAfterMs?: number | undefined;
}
/**
 * The base of every error this project throws.
 *
 * The message says what failed, with which value, and what to do; it never holds a secret or a
 * prompt. What caused it is kept as `cause`, which doors never show.
 */
declare class ImrsError extends Error {
    readonly code: ErrorCode;
    readonly field: string | undefined;
    readonly retryAfterMs: number | undefined;
    constructor(code: ErrorCode, message: string, options?: ImrsErrorOptions);
    /** Whether it is an error of this project, of whichever installed version and realm. */
    static is(error: unknown): error is ImrsError;
}

/**
 * Every way a call can fail. One pure function per provider family turns an answer into a kind;
 * everything above asks the kind, never the status.
 *
 * `payment` means our own account; `payment-upstream` somebody else's (an aggregator's).
 */
declare const FAILURE_KINDS: readonly ["rate-limited", "overloaded", "unavailable", "connect", "timeout-headers", "timeout-first-part", "timeout-idle", "timeout-total", "credentials", "payment", "payment-upstream", "context-too-long", "content-filtered", "model-gone", "invalid-request", "truncated", "malformed", "empty", "aborted", "budget-exhausted", "unknown"];
type FailureKind = (typeof FAILURE_KINDS)[number];
/** What the attempt loop may do next. */
type FailureResponse = 
/** Another model may answer; the same one might, later. */
'go-elsewhere'
/** A model with a larger context may answer; a smaller one never. */
 | 'go-larger'
/** No other model would do better: the request itself, or the caller, ended it. */
 | 'stop';
interface FailureRule {
    readonly response: FailureResponse;
    /** Whether it says something about the health of the provider. */
    readonly countsAgainstHealth: boolean;
    /** Whether the same request may work later, unchanged. */
    readonly isRetryable: boolean;
}
/** What follows from each kind. */
declare const FAILURE_RULES: Readonly<Record<FailureKind, FailureRule>>;
declare function isRetryable(kind: FailureKind): boolean;

/** What went wrong at a provider, as its family classified it. */
interface ProviderFailure {
    readonly kind: FailureKind;
    /** For people. Redacted by the family: no key, no prompt. */
    readonly message: string;
    /** HTTP status, when there was an answer. */
    readonly status?: number | undefined;
    /** What the provider asked to wait, from whatever form it used. */
    readonly retryAfterMs?: number | undefined;
    /** The provider's own code, for logs: `insufficient_quota`, `RESOURCE_EXHAUSTED`. */
    readonly providerCode?: string | undefined;
}
interface ProviderErrorOptions extends ErrorOptions {
    readonly providerId: string;
    readonly modelId?: string | undefined;
    /** Default: the code that belongs to the kind of failure. */
    readonly code?: ErrorCode | undefined;
}
/** A call to a provider failed. Adapters throw this and nothing else (an abort rethrows its reason). */
declare class ProviderError extends ImrsError {
    readonly failure: ProviderFailure;
    readonly providerId: string;
    readonly modelId: string | undefined;
    constructor(failure: ProviderFailure, options: ProviderErrorOptions);
    static is(error: unknown): error is ProviderError;
    get isRetryable(): boolean;
}

/** Several models were tried and none answered. `attempts` is in the order they were made; the last is the `cause`. */
declare class AllAttemptsFailedError extends ImrsError {
    readonly attempts: readonly ProviderError[];
    constructor(message: string, attempts: readonly ProviderError[]);
}

/** An option that was passed to a factory is wrong; the message names the option, the rule and the value. */
declare class ConfigError extends ImrsError {
    constructor(message: string, options?: ErrorOptions);
}

/**
 * What a model can take in, give out or do. The order is the bit order of a capability mask, so the
 * list only grows at its end.
 */
declare const CAPABILITIES: readonly ["text", "vision", "code", "audio", "long_context", "function_calling", "video", "document", "reasoning", "structured_output", "image_generation"];
type Capability = (typeof CAPABILITIES)[number];
/** A set of capabilities as bits: bit `i` is `CAPABILITIES[i]`. */
type CapabilityMask = number;
declare function isCapability(value: string): value is Capability;
declare function toCapabilityMask(capabilities: Iterable<Capability>): CapabilityMask;
/** The capabilities of a mask, in the order of {@link CAPABILITIES}. */
declare function fromCapabilityMask(mask: CapabilityMask): readonly Capability[];
/** A context of at least this many tokens is `long_context`. */
declare const LONG_CONTEXT_TOKENS = 100000;

/** The category of a request: `code`, `translation`, … An open set; hosts add their own. */
type TaskType = string;
/** The task type of a request that shows no evidence of any other. */
declare const GENERAL_TASK: TaskType;
declare const TASK_SOURCES: readonly ["tool", "attachment", "keyword", "detector", "none"];
/** What the guess rests on; `detector` is one that the host plugged in. */
type TaskSource = (typeof TASK_SOURCES)[number];
declare const TASK_CONFIDENCES: readonly ["high", "medium", "low"];
type TaskConfidence = (typeof TASK_CONFIDENCES)[number];
interface DetectedTask {
    readonly type: TaskType;
    readonly source: TaskSource;
    readonly confidence: TaskConfidence;
    /** How many pieces of evidence agreed. */
    readonly matches: number;
}

/** Where the choice came from. */
declare const DECISION_SOURCES: readonly ["explicit", "preference", "default", "auto", "fallback-default"];
type DecisionSource = (typeof DECISION_SOURCES)[number];
/** Why a model was not a candidate, in the order the filters run. */
declare const EXCLUSION_REASONS: readonly ["not-enabled", "provider-inactive", "unavailable", "missing-credential", "credential-unknown", "missing-capability", "context-too-small", "not-allowed", "role", "vetoed", "unhealthy"];
type ExclusionReason = (typeof EXCLUSION_REASONS)[number];
/** A candidate as the strategy saw it. */
interface RankedCandidate {
    readonly modelId: string;
    readonly score: number;
    /** Priority that counted for this agent, 0 to 1. */
    readonly priority: number;
    /** Average rating for this task, 0 to 1; `undefined` when there are no ratings. */
    readonly experience?: number | undefined;
    /** Ratings behind {@link experience}. */
    readonly ratings: number;
}
interface Exclusions {
    /** How many models each filter removed. */
    readonly counts: Readonly<Partial<Record<ExclusionReason, number>>>;
    /** At most 20 of them. */
    readonly examples: readonly {
        readonly modelId: string;
        readonly reason: ExclusionReason;
    }[];
}
/** At most this many ranked candidates are stored with a decision. */
declare const STORED_CANDIDATES_LIMIT = 64;
declare const STORED_EXCLUSIONS_LIMIT = 20;
/** Why a decision cannot serve off-policy evaluation, though it still teaches experience. */
type OpeIneligibility = 'explicit-choice' | 'default-model' | 'not-rank-one';
/** One choice of a model, complete enough to be explained and replayed: a row of `routing_decisions`. */
interface Decision {
    readonly id: string;
    readonly messageId: string;
    readonly tenantId: string;
    readonly agentId: string;
    readonly userId?: string | undefined;
    readonly atMs: number;
    readonly source: DecisionSource;
    readonly modelId: string;
    readonly task: DetectedTask;
    readonly requiredCapabilities: readonly Capability[];
    /** Best first; empty when the choice was not the router's. At most {@link STORED_CANDIDATES_LIMIT}. */
    readonly candidates: readonly RankedCandidate[];
    /** Candidates in all, stored or not. */
    readonly candidateCount: number;
    readonly exclusions: Exclusions;
    /** Probability with which the strategy put this model first, given the logged input. */
    readonly propensity: number;
    readonly opeEligible: boolean;
    readonly opeReason?: OpeIneligibility | undefined;
    readonly strategy: {
        readonly name: string;
        readonly version: string;
    };
    readonly snapshotVersion: string;
    /** An unsigned 32-bit integer. */
    readonly seed: number;
    /** Whether the stored candidates are all there were, so that the ranking can be computed again. */
    readonly replayable: boolean;
}

/** No model was left for *Auto*; `exclusions` says how many each filter removed. */
declare class NoCandidateError extends ImrsError {
    readonly exclusions: Readonly<Partial<Record<ExclusionReason, number>>>;
    constructor(message: string, exclusions: Readonly<Partial<Record<ExclusionReason, number>>>);
}

/** A non-negative decimal number as text, exactly as the provider wrote it or computed without rounding. */
type DecimalText = string;
declare const decimalTextSchema: z.ZodType<DecimalText>;
declare const COST_TIERS: readonly ["free", "low", "standard", "premium"];
type CostTier = (typeof COST_TIERS)[number];
/** Prices of one model in US dollars. A price that is `undefined` is unknown, never zero. */
interface PriceSet {
    /** Per 1,000,000 prompt tokens. */
    readonly input?: DecimalText | undefined;
    /** Per 1,000,000 answer tokens, reasoning included unless {@link reasoning} says otherwise. */
    readonly output?: DecimalText | undefined;
    /** Per 1,000,000 prompt tokens read from the provider's cache. Absent: charged as {@link input}. */
    readonly cachedInput?: DecimalText | undefined;
    /** Per 1,000,000 prompt tokens written to the provider's cache. Absent: charged as {@link input}. */
    readonly cacheWrite?: DecimalText | undefined;
    /** Per 1,000,000 reasoning tokens. Absent: charged as {@link output}. */
    readonly reasoning?: DecimalText | undefined;
    /** Per request. */
    readonly request?: DecimalText | undefined;
}
/** Prices that hold instead when the prompt has more than `abovePromptTokens` tokens. */
interface PriceTier extends PriceSet {
    readonly abovePromptTokens: number;
}
interface ModelPricing extends PriceSet {
    /** In ascending order of `abovePromptTokens`. What a tier leaves out holds as below it. */
    readonly tiers?: readonly PriceTier[] | undefined;
    /** Where the prices come from: `provider`, or the name of an overlay. */
    readonly source?: string | undefined;
}
declare const modelPricingSchema: z.ZodType<ModelPricing>;

/** Upper bounds of the tiers, dollars per 1,000,000 tokens of the blended price (3 prompt : 1 answer). */
interface CostTierBounds {
    /** Default: `'1'`. */
    readonly low: DecimalText;
    /** Default: `'10'`. */
    readonly standard: DecimalText;
}
declare const DEFAULT_COST_TIER_BOUNDS: CostTierBounds;
/**
 * One price to compare models by: three prompt tokens to one answer token, dollars per 1,000,000.
 * `undefined` when either price is unknown.
 */
declare function blendedPrice(pricing: ModelPricing): number | undefined;
/**
 * `free` only when every known price, those of the tiers included, is zero; `undefined` when the price
 * of the prompt or of the answer is unknown.
 */
declare function costTierOf(pricing: ModelPricing, bounds?: CostTierBounds): CostTier | undefined;

/**
 * Tokens of one call, in one convention for all providers: the totals include their parts, so that
 * nothing is counted twice.
 */
interface TokenUsage {
    /** All prompt tokens, cached and cache-written ones included. */
    readonly inputTokens: number;
    /** All answer tokens, reasoning included. */
    readonly outputTokens: number;
    /** The part of `inputTokens` that was read from the provider's cache. */
    readonly cachedInputTokens?: number | undefined;
    /** The part of `inputTokens` that was written to the provider's cache. */
    readonly cacheWriteTokens?: number | undefined;
    /** The part of `outputTokens` that was spent on reasoning. */
    readonly reasoningTokens?: number | undefined;
}
declare const tokenUsageSchema: z.ZodType<TokenUsage>;

/** An amount of money: an integer count of 1e-9 US dollars. Safe up to nine million dollars. */
type NanoUsd = number;
/** The price of one token, as text, to the price of 1,000,000 tokens: exact, `'0.00000015'` → `'0.15'`. */
declare function perMillionFromPerToken(perToken: DecimalText): DecimalText;
/** The price of 1,000,000 tokens to the price of one, as the number a wire form carries. */
declare function perTokenFromPerMillion(perMillion: DecimalText): number;
/** Dollars as decimal text or a number to nano-dollars, rounded half-even. */
declare function toNanoUsd(usd: DecimalText | number): NanoUsd;
declare function fromNanoUsd(nanoUsd: NanoUsd): number;
/**
 * What a call cost, rounded half-even once, at the end.
 *
 * `undefined` when a price that is needed is unknown: a call whose cost is not known is never free.
 * Tokens read from a cache are part of `inputTokens` and are charged once.
 */
declare function costOfUsage(usage: TokenUsage, pricing: ModelPricing): NanoUsd | undefined;

/** Whether two price lists charge the same: `0.10` is `0.1`, unknown is not zero, the source does not count. */
declare function samePrices(left: ModelPricing, right: ModelPricing): boolean;

/** An agent of one tenant. */
interface AgentKey {
    readonly tenantId: string;
    readonly agentId: string;
}
/** Whether an agent may use a model, and how eagerly: a row of `agent_model_config`. */
interface AgentModel extends AgentKey {
    readonly modelId: string;
    readonly isEnabled: boolean;
    /** Takes the place of the model's priority for this agent, 0 to 100. */
    readonly priorityOverride?: number | undefined;
    readonly enabledBy?: string | undefined;
    readonly enabledAtMs: number;
}
declare const agentModelSchema: z.ZodType<AgentModel>;

/** Only `chat` models are ever candidates of a chat request. */
declare const MODEL_TYPES: readonly ["chat", "batch", "embedding", "image", "video", "speech", "transcription", "moderation", "rerank", "realtime", "unknown"];
type ModelType = (typeof MODEL_TYPES)[number];
/** `sync`: found in a provider's list. `code`: seeded by the host's code. `manual`: added by a person; a sync never removes it. */
type ModelOrigin = 'sync' | 'code' | 'manual';
/** What a provider's list says about one model, after its family's parser has read it. */
interface ListedModel {
    /** The provider's own name of the model; may hold slashes and colons. */
    readonly externalId: string;
    readonly displayName: string;
    readonly description?: string | undefined;
    readonly modelType: ModelType;
    readonly capabilities: readonly Capability[];
    /** Context window in tokens; `undefined` is unknown. */
    readonly contextLength?: number | undefined;
    readonly maxOutputTokens?: number | undefined;
    readonly pricing: ModelPricing;
    readonly isAvailable: boolean;
    /** Why not, for people, when `isAvailable` is `false`. */
    readonly unavailableReason?: string | undefined;
    /** When the provider published it. */
    readonly releasedAtMs?: number | undefined;
    /** When the provider will stop, or has stopped, serving it. */
    readonly expiresAtMs?: number | undefined;
    /** Request parameters the model accepts, in the provider's words; `undefined` is unknown. */
    readonly supportedParameters?: readonly string[] | undefined;
    /** The row as the provider sent it. */
    readonly metadata: JsonObject;
}
/** A model in the catalogue: a row of `llm_model_catalog`. */
interface Model extends ListedModel {
    /** `provider/external`. */
    readonly id: string;
    readonly providerId: string;
    /** Routing weight, 0 to 100. Default of a discovered model: 50. */
    readonly priority: number;
    /** Derived from the price; `undefined` when the price is unknown, which is not free. */
    readonly costTier?: CostTier | undefined;
    readonly domains: readonly string[];
    readonly origin: ModelOrigin;
    /** The model that succeeds this one, as a model id. */
    readonly successorId?: string | undefined;
    /** What an administrator set, by field. It wins: the fields of the model itself have these values already. */
    readonly overrides?: ModelOverrides | undefined;
    readonly syncedAtMs?: number | undefined;
    readonly createdAtMs: number;
    readonly updatedAtMs: number;
}
declare const DEFAULT_PRIORITY = 50;
/** What an administrator may set for good, whatever the provider's list says. */
declare const OVERRIDABLE_FIELDS: readonly ["displayName", "description", "modelType", "capabilities", "contextLength", "maxOutputTokens", "pricing", "costTier", "priority", "domains", "isAvailable"];
type OverridableField = (typeof OVERRIDABLE_FIELDS)[number];
/** Values set by an administrator. `unavailableReason` belongs to `isAvailable` and counts only with it. */
type ModelOverrides = {
    readonly [Field in OverridableField | 'unavailableReason']?: Model[Field] | undefined;
};
declare const modelOverridesSchema: z.ZodType<ModelOverrides>;
declare const modelSchema: z.ZodType<Model>;
declare const ALIAS_REASONS: readonly ["alias", "renamed", "moved", "deprecated"];
type AliasReason = (typeof ALIAS_REASONS)[number];
/**
 * Another name of a model (`alias`), or where a vanished model went (`renamed`, `moved`,
 * `deprecated`): a row of `model_aliases`.
 */
interface ModelAlias {
    /** The name asked for: `google/gemini-2.5`, or a bare `gemini-2.5`. */
    readonly name: string;
    readonly modelId: string;
    readonly reason: AliasReason;
    /** Whether a stored selection follows without asking. An `alias` always does. */
    readonly isAutomatic: boolean;
    readonly createdAtMs: number;
}

/**
 * What lists of models are sorted by. `inputPrice` is the price of 1,000,000 prompt tokens as a
 * number; `displayName` goes by code point.
 */
declare const MODEL_SORTS: readonly ["id", "displayName", "priority", "inputPrice", "contextLength", "releasedAt"];
type ModelSort = (typeof MODEL_SORTS)[number];
type SortDirection = 'asc' | 'desc';
/** What a model is sorted by; `undefined` is unknown and comes last, whatever the direction. */
type ModelSortValue = string | number | undefined;
declare function sortValueOf(model: Model, sort: ModelSort): ModelSortValue;

/** A place in a sorted list: after the model with this value and id. */
interface ModelPlace {
    readonly sort: ModelSort;
    readonly direction: SortDirection;
    readonly value: ModelSortValue;
    readonly id: string;
}
/** The text a page gives out to ask for what follows it. */
declare function toModelCursor({ sort, direction, value, id }: ModelPlace): string;
/**
 * The place a cursor stands for, in a list of the given order.
 *
 * @throws ImrsError `invalid-request` for text that no page of a list in this order gave out.
 */
declare function fromModelCursor(cursor: string, order: Pick<ModelPlace, 'sort' | 'direction'>): ModelPlace;

/** Every field narrows. */
interface ModelFilter {
    readonly providerId?: string | undefined;
    /** Any of these. An empty list fits no model. */
    readonly providerIds?: readonly string[] | undefined;
    readonly modelType?: ModelType | undefined;
    readonly costTier?: CostTier | undefined;
    readonly capability?: Capability | undefined;
    readonly isAvailable?: boolean | undefined;
    /** Words that begin words of the id or the display name ({@link fitsSearch}). */
    readonly search?: string | undefined;
}
/** Whether a model is one of those a filter is about. Pure; what every store answers. */
declare function fitsModelFilter(model: Model, filter: ModelFilter): boolean;
/**
 * Which models to list, in which order, and which part of the list.
 *
 * Fast at any size, first page and any later one by cursor: every {@link sort} in both directions,
 * with no filter; with `providerId` and any others; or with any others that at least one model in a
 * thousand fits. A `search` takes the longer the more models its most common word begins a word of, and
 * the same in every order. Measured in `docs/catalog-queries.md`.
 */
interface ModelQuery extends ModelFilter {
    /** Default: `id`. */
    readonly sort?: ModelSort | undefined;
    /** Models of one value go by id in the same direction; an unknown value is last in both. Default: `asc`. */
    readonly direction?: SortDirection | undefined;
    /** Models a page, by cursor: 1 to 200. Default: 50. */
    readonly limit?: number | undefined;
    /** The `nextCursor` of the page before, of the same filter and order. Not with {@link page}. */
    readonly cursor?: string | undefined;
    /** The number of the page, from 1; only within the first 10,000 models, cursors go further. */
    readonly page?: number | undefined;
    /** Models a page, by number: 1 to 200. Default: {@link limit}. */
    readonly perPage?: number | undefined;
}
interface ModelListPage {
    readonly items: readonly Model[];
    /** Absent on the last page. */
    readonly nextCursor?: string | undefined;
    /** How many models fit, when a page was asked for by number. Exact up to 10,000, and never more. */
    readonly total?: number | undefined;
    /** `true` when more than {@link total} fit. */
    readonly totalIsEstimate?: boolean | undefined;
}
/** What {@link ModelQuery} asks for, complete and checked. */
interface ModelListRange {
    readonly sort: ModelSort;
    readonly direction: SortDirection;
    readonly count: number;
    readonly offset: number;
    /** The place after which it begins. */
    readonly after: ModelPlace | undefined;
    readonly wantsTotal: boolean;
}
/** How far totals are counted and pages numbered. */
declare const COUNTED_MODELS = 10000;
/** @throws ImrsError `invalid-request` naming the field that is wrong. */
declare function resolveModelRange(query: ModelQuery): ModelListRange;

/** Which models a rule is about; an empty one is about all. */
type EnableRuleFilter = Pick<ModelFilter, 'providerId' | 'costTier' | 'capability' | 'modelType' | 'search'>;
/**
 * Enables or disables whatever fits a filter, now and later, for one agent: a row of
 * `model_enable_rules`. Of several that fit a model the newest counts, by {@link enabledAtMs} and then
 * by id; a row of `agent_model_config` counts more than any.
 */
interface EnableRule extends AgentKey {
    readonly id: string;
    readonly filter: EnableRuleFilter;
    readonly isEnabled: boolean;
    /** Takes the place of the models' priority for this agent, 0 to 100. */
    readonly priorityOverride?: number | undefined;
    readonly enabledBy?: string | undefined;
    readonly enabledAtMs: number;
}
declare const enableRuleSchema: z.ZodType<EnableRule>;
/** Whether an agent may use a model, how eagerly, and what says so. */
interface EffectiveAgentModel {
    readonly isEnabled: boolean;
    /** Of the row or the rule, or else the model's own. */
    readonly priority: number;
    readonly decidedBy: 'row' | 'rule' | 'nothing';
    /** The rule, when one decided. */
    readonly ruleId?: string | undefined;
}
/**
 * What an agent's rows, by model id, and its rules, oldest first, make of a model. Without a row or a
 * rule for it a model is not enabled. Pure.
 */
declare function effectiveAgentModel(model: Model, rows: ReadonlyMap<string, AgentModel>, rules: readonly EnableRule[]): EffectiveAgentModel;

/** `agent` ⊂ `tenant` ⊂ `global`. */
declare const EXPERIENCE_SCOPES: readonly ["agent", "tenant", "global"];
type ExperienceScope = (typeof EXPERIENCE_SCOPES)[number];
/**
 * The sufficient statistics of the ratings of one model at one task: a row of `model_experience`.
 * Integers only, so that any order of updates gives the same sums.
 */
interface ExperienceCell {
    readonly scope: ExperienceScope;
    /** Empty in the `global` scope. */
    readonly tenantId: string;
    /** Empty in the `global` and `tenant` scopes. */
    readonly agentId: string;
    readonly taskType: TaskType;
    readonly modelId: string;
    /** UTC month of the rated messages, `2026-11`. */
    readonly month: string;
    /** Rises when a model is found to have changed. */
    readonly epoch: number;
    /** Ratings counted: one per message and user. */
    readonly count: number;
    /** Σ rating, in thousandths. */
    readonly sum: number;
    /** Σ rating², in thousandths squared. */
    readonly sumOfSquares: number;
}

/** From the strongest to the weakest: a stronger type beats a weaker one, whatever the order they came in. */
declare const FEEDBACK_TYPES: readonly ["explicit", "self_eval", "implicit"];
type FeedbackType = (typeof FEEDBACK_TYPES)[number];
/** Named signals; a rating given as a number has none. */
declare const FEEDBACK_SIGNALS: readonly ["thumbs-up", "thumbs-down", "regenerate", "copy", "continue"];
type FeedbackSignal = (typeof FEEDBACK_SIGNALS)[number];
declare function isFeedbackSignal(value: string): value is FeedbackSignal;
/** One signal a user gave on one answer: a row of `feedback_events`. Kept for ever, never changed. */
interface FeedbackEvent {
    /** UUIDv7; the idempotency key. */
    readonly id: string;
    readonly tenantId: string;
    readonly messageId: string;
    readonly userId: string;
    readonly feedbackType: FeedbackType;
    readonly ratingMilli: RatingMilli;
    readonly signal?: FeedbackSignal | undefined;
    readonly atMs: number;
}
/** An event as it was stored: `seq` gives the order in which the store took them. */
interface StoredFeedbackEvent extends FeedbackEvent {
    readonly seq: number;
}
/**
 * The event that counts among all events of one user on one message: the strongest type, and within
 * it the newest (`seq` decides). `undefined` when there is none.
 *
 * Every store applies this one function inside the transaction that appends an event.
 */
declare function effectiveFeedback(events: readonly StoredFeedbackEvent[]): StoredFeedbackEvent | undefined;
declare const feedbackTypeSchema: z.ZodType<FeedbackType>;

declare const ATTEMPT_OUTCOMES: readonly ["completed", "failed", "aborted"];
type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];
/** One call to one model: a row of `attempts`, the cost ledger. */
interface Attempt {
    readonly id: string;
    readonly messageId: string;
    readonly decisionId: string;
    readonly tenantId: string;
    readonly agentId: string;
    readonly userId?: string | undefined;
    /** 1 for the first call made for a message. */
    readonly position: number;
    readonly providerId: string;
    readonly modelId: string;
    readonly outcome: AttemptOutcome;
    readonly failureKind?: FailureKind | undefined;
    readonly startedAtMs: number;
    /** From the start to the first visible part. */
    readonly firstPartMs?: number | undefined;
    readonly totalMs: number;
    /** `undefined` when the provider did not say. */
    readonly usage?: TokenUsage | undefined;
    /** Computed from the catalogue's prices; `undefined` is unknown, never zero. */
    readonly costNanoUsd?: NanoUsd | undefined;
    /** What the provider itself said the call cost. */
    readonly reportedCostNanoUsd?: NanoUsd | undefined;
    readonly priceSource?: string | undefined;
}
/** An answer: a row of `messages`. */
interface MessageRecord {
    readonly id: string;
    readonly tenantId: string;
    readonly agentId: string;
    /** Who may give feedback on it. */
    readonly userId?: string | undefined;
    readonly conversationId?: string | undefined;
    readonly role: 'assistant';
    /** Only when the host asked for it to be stored. */
    readonly content?: string | undefined;
    /** The catalogue id of the model that answered. */
    readonly model: string;
    readonly latencyMs?: number | undefined;
    /** Prompt and answer together. */
    readonly tokenCount?: number | undefined;
    readonly metadata: JsonObject;
    readonly createdAtMs: number;
    /** What kind of task it was, as far as is known now: the tools seen in the answer count. */
    readonly taskType: TaskType;
    /** What kind of task the model was chosen for; ratings count as experience of this one. */
    readonly creditedTaskType: TaskType;
    readonly toolsUsed: readonly string[];
    readonly ratingMilli?: RatingMilli | undefined;
    readonly feedbackType?: FeedbackType | undefined;
    readonly feedbackAtMs?: number | undefined;
}

/** The overridable part of a model: what is kept of the provider's side while something is set. */
declare function overridableOf(model: Model): ModelOverrides;
/** The model as it is for everyone: what was set wins. `model` is the provider's side. */
declare function withOverrides(model: Model, overrides: ModelOverrides | undefined): Model;
/** The provider's side of a model, given its overridable part. */
declare function withoutOverrides(model: Model, synced: ModelOverrides): Model;
/** What is set after a change; `undefined` when nothing is any more. */
declare function changedOverrides(current: ModelOverrides | undefined, { set, clear, }: {
    set?: ModelOverrides | undefined;
    clear?: readonly OverridableField[] | undefined;
}): ModelOverrides | undefined;

/**
 * Everything of a model that its provider's list decides, as comparable text. A stored row is
 * changed by a sync when, and only when, its text differs from that of the listed model; every store
 * applies this one function.
 */
declare function listedFacts(model: Model): string;
/** The names of the fields in which two models' {@link listedFacts} differ, sorted. */
declare function changedFacts(before: Model, after: Model): readonly string[];

/** A model costs something else, digit by digit as the list said it. */
interface PriceChange {
    readonly modelId: string;
    readonly from: ModelPricing;
    readonly to: ModelPricing;
}
/** A model got an end date or a successor. */
interface ModelDeprecation {
    readonly modelId: string;
    readonly expiresAtMs?: number | undefined;
    readonly successorId?: string | undefined;
}
/** One thing a sync did to a model. */
type CatalogChange = {
    readonly type: 'model-added';
    readonly modelId: string;
} | {
    readonly type: 'model-updated';
    readonly modelId: string;
    /** The names of the fields that changed, sorted. */
    readonly fields: readonly string[];
} | {
    readonly type: 'model-removed';
    readonly modelId: string;
} | ({
    readonly type: 'model-deprecated';
} & ModelDeprecation) | ({
    readonly type: 'price-changed';
} & PriceChange);
type CatalogEventType = CatalogChange['type'];
/** A row of `catalog_events`. */
type CatalogEvent = CatalogChange & {
    /** Rises in the order in which the changes were made. */
    readonly seq: number;
    readonly providerId: string;
    readonly atMs: number;
};
/**
 * What changed from the stored row, as its provider's list said it last, to the listed one: that it
 * was added, or which fields changed, followed by what these mean. Pure; every store applies it.
 */
declare function catalogChanges(stored: Model | undefined, listed: Model): readonly CatalogChange[];
/** The parts of a sync's result that its changes give. */
declare function deprecationsAndPrices(changes: readonly CatalogChange[]): {
    readonly priceChanges: readonly PriceChange[];
    readonly deprecations: readonly ModelDeprecation[];
};

/**
 * What a search finds a model by: the words of its id and of its display name, each run together with
 * those after it that begin with a digit. `openai/gpt-4o-mini` is found by `openai`, `gpt`, `4o`, `mini`
 * and by `gpt4o`.
 */
declare function searchWordsOf({ id, displayName }: Pick<Model, 'id' | 'displayName'>): string[];
/** The words of a search, in lower case, without hyphens, punctuation and repetition. */
declare function searchTerms(search: string): string[];
/**
 * Whether every word of the search begins a word of the model's id or display name, in any order;
 * case, hyphens and punctuation do not count, and a number may be written to the word before it. A search without words fits every model.
 */
declare function fitsSearch(model: Pick<Model, 'id' | 'displayName'>, search: string): boolean;

/** Who did what, when: a row of `audit_log`. */
interface AuditEntry {
    /** Rises in the order of writing. */
    readonly seq: number;
    /** Absent for what concerns all tenants: providers and the catalogue. */
    readonly tenantId?: string | undefined;
    /** `agent-model-enabled`, `model-overrides-changed`, … */
    readonly action: string;
    /** The id of what it was done to. */
    readonly subject: string;
    readonly actor?: string | undefined;
    readonly details: JsonObject;
    readonly atMs: number;
}

declare const PROVIDER_TYPES: readonly ["openrouter", "openai", "anthropic", "azure", "google", "requesty", "custom"];
type ProviderType = (typeof PROVIDER_TYPES)[number];
/** Whether a provider was declared in the host's code (read-only elsewhere) or made through the API. */
type ProviderOrigin = 'code' | 'api';
/** A service that hosts models: a row of `llm_providers`. */
interface Provider {
    /** Lower-case letters, digits, `_`, `-`; 50 at most; no slash. */
    readonly id: string;
    readonly displayName: string;
    readonly providerType: ProviderType;
    /** Base URL of the API, without a trailing slash. */
    readonly apiBase: string;
    /** Path of the model list below {@link apiBase}. */
    readonly modelsEndpoint: string;
    /** Where the key lies in the secret store; never the key. `undefined` when the provider needs none. */
    readonly apiKeyVaultPath?: string | undefined;
    readonly rateLimitRpm?: number | undefined;
    readonly isActive: boolean;
    readonly origin: ProviderOrigin;
    /** What only the family understands: extra headers, API version, a switch for loopback addresses. No secrets. */
    readonly settings: JsonObject;
    readonly lastSyncedAtMs?: number | undefined;
    readonly createdBy?: string | undefined;
    readonly createdAtMs: number;
    readonly updatedAtMs: number;
}
declare const providerSchema: z.ZodType<Provider>;
/** Where the key of a provider lies by convention. */
declare function vaultPathOf(providerId: string): string;
declare const HEALTH_STATUSES: readonly ["healthy", "degraded", "down"];
type HealthStatus = (typeof HEALTH_STATUSES)[number];
/** What is believed about a provider right now: a row of `provider_health`. */
interface ProviderHealth {
    readonly providerId: string;
    readonly status: HealthStatus;
    readonly checkedAtMs: number;
    /** For people; redacted. */
    readonly error?: string | undefined;
}

/** How the router treats a provider: part of its settings, each field on its own. */
interface ProviderPolicy {
    /** Requests that may come at once, within `rateLimitRpm`. Default: a tenth of it, at least 1. */
    readonly rateLimitBurst?: number | undefined;
    /** How often a call that failed before its first part is made again, at the same model. Default: 0. */
    readonly maxRetries?: number | undefined;
    /** Before the first repetition, milliseconds; doubled for each one after. Default: 500. */
    readonly backoffMs?: number | undefined;
    /** Path below the API base that is asked how the provider is. Default: the one that checks the key. */
    readonly healthEndpoint?: string | undefined;
}
declare const providerPolicySchema: z.ZodType<ProviderPolicy>;
/** A policy with its defaults. */
interface ResolvedProviderPolicy {
    readonly rateLimitBurst: number;
    readonly maxRetries: number;
    readonly backoffMs: number;
    readonly healthEndpoint: string | undefined;
}
/** What a provider's row says; a field that is not what it should be counts as absent. */
declare function providerPolicyOf({ settings, rateLimitRpm, }: Pick<Provider, 'settings' | 'rateLimitRpm'>): ResolvedProviderPolicy;

/** Who has a preference: a user of a tenant, or a session where there is no user. */
interface PreferenceKey {
    readonly tenantId: string;
    readonly userId: string;
}
/** A model a user chose. `modelId` is `auto` when the router shall choose. */
interface ModelSelection {
    readonly modelId: string;
    readonly atMs: number;
}
/** What a user chose and what last worked: a row of `user_ai_preferences`. */
interface Preference extends PreferenceKey {
    readonly selection?: ModelSelection | undefined;
    /** The last explicitly chosen model that gave an answer. */
    readonly lastValid?: ModelSelection | undefined;
}

/** What may be changed of a provider that was made through the API. */
type ProviderSettings = Pick<Provider, 'displayName' | 'providerType' | 'apiBase' | 'modelsEndpoint' | 'apiKeyVaultPath' | 'rateLimitRpm' | 'isActive' | 'settings'>;
interface ProviderChange {
    /** Members that are `undefined` say nothing. */
    readonly set?: {
        readonly [Field in keyof ProviderSettings]?: ProviderSettings[Field] | undefined;
    } | undefined;
    /** Absent from now on. Wins over {@link set}. */
    readonly clear?: readonly ('apiKeyVaultPath' | 'rateLimitRpm')[] | undefined;
    /** Who, for the audit. */
    readonly by?: string | undefined;
    readonly atMs: number;
}
/**
 * The provider after a change; the same object when it changes nothing. Pure.
 *
 * @throws ImrsError `read-only` for a provider that the host's code declares.
 */
declare function changedProvider(provider: Provider, change: ProviderChange): Provider;

/** Why the model stopped. */
declare const FINISH_REASONS: readonly ["stop", "length", "tool-calls", "content-filter"];
type FinishReason = (typeof FINISH_REASONS)[number];
/** Which model will answer and why. Comes before any text. */
interface DecisionPart {
    readonly type: 'decision';
    readonly messageId: string;
    readonly decisionId: string;
    /** Catalogue id. */
    readonly model: string;
    readonly modelName: string;
    readonly provider: string;
    readonly source: DecisionSource;
    readonly strategy: string;
    readonly taskType: string;
    readonly task: DetectedTask;
    readonly requiredCapabilities: readonly Capability[];
    /** One sentence for people. */
    readonly reason: string;
}
/** Another model takes over; nothing of the one before was shown. */
interface FallbackPart {
    readonly type: 'fallback';
    readonly from: string;
    readonly to: string;
    readonly toName: string;
    /** Which step of the path led to `to`. */
    readonly step: 'migration' | 'last-valid' | 'default' | 'next-ranked';
    /** What the model before failed of; absent when it was never called. */
    readonly failureKind?: FailureKind | undefined;
    /** One sentence for people. */
    readonly reason: string;
}
/** Something the caller should know that changes nothing about the answer's text. */
interface WarningPart {
    readonly type: 'warning';
    readonly code: 'preference-unavailable' | 'record-failed';
    readonly message: string;
}
interface TextDeltaPart {
    readonly type: 'text-delta';
    readonly text: string;
}
/** The model's thinking, where the provider shows it. Not part of the answer. */
interface ReasoningDeltaPart {
    readonly type: 'reasoning-delta';
    readonly text: string;
}
/** A whole tool call; never given in halves. */
interface ToolCallPart {
    readonly type: 'tool-call';
    readonly toolCallId: string;
    readonly toolName: string;
    readonly input: JsonValue;
}
interface UsagePart {
    readonly type: 'usage';
    readonly model: string;
    readonly usage: TokenUsage;
    /** US dollars; `undefined` is unknown, never free. */
    readonly costUsd?: number | undefined;
}
/** The provider really finished. The last part of a good answer. */
interface EndPart {
    readonly type: 'end';
    readonly messageId: string;
    readonly model: string;
    readonly finishReason: FinishReason;
    readonly firstPartMs?: number | undefined;
    readonly totalMs: number;
}
/** The answer broke. The last part of a bad one. */
interface ErrorPart {
    readonly type: 'error';
    readonly code: ErrorCode;
    /** For people: what happened and what to do. */
    readonly message: string;
    readonly messageId: string;
    readonly failureKind?: FailureKind | undefined;
    /** Whether sending the same request again may work. */
    readonly isRetryable: boolean;
    readonly retryAfterMs?: number | undefined;
    /** What was already given out when it broke. */
    readonly received: {
        readonly characters: number;
        readonly toolCalls: number;
    };
}
/**
 * What an answer is made of: at most one `decision` first, then the rest, and exactly one `end` or
 * `error` last.
 */
type AnswerPart = DecisionPart | FallbackPart | WarningPart | TextDeltaPart | ReasoningDeltaPart | ToolCallPart | UsagePart | EndPart | ErrorPart;
type AnswerPartType = AnswerPart['type'];
declare const ANSWER_PART_TYPES: readonly AnswerPartType[];

interface TextContent {
    readonly type: 'text';
    readonly text: string;
}
/** An image, sound, film or document: by address, or as base64 text. */
interface FileContent {
    readonly type: 'file';
    /** MIME type: `image/png`, `audio/mpeg`, `application/pdf`. */
    readonly mediaType: string;
    /** `https:` address or base64 without a prefix. */
    readonly data: string;
    readonly name?: string | undefined;
}
type UserContent = TextContent | FileContent;
/** A tool the model asked to be called. */
interface ToolCall {
    readonly id: string;
    readonly name: string;
    readonly input: JsonValue;
}
interface SystemMessage {
    readonly role: 'system';
    readonly content: string;
}
interface UserMessage {
    readonly role: 'user';
    readonly content: string | readonly UserContent[];
}
interface AssistantMessage {
    readonly role: 'assistant';
    readonly content: string;
    readonly toolCalls?: readonly ToolCall[] | undefined;
}
/** What a tool answered. */
interface ToolMessage {
    readonly role: 'tool';
    readonly toolCallId: string;
    readonly content: string;
}
type ChatMessage = SystemMessage | UserMessage | AssistantMessage | ToolMessage;
declare const chatMessageSchema: z.ZodType<ChatMessage>;
/** The text of a message, without its files. */
declare function textOf(message: ChatMessage): string;
/** The files of a message. */
declare function filesOf(message: ChatMessage): readonly FileContent[];

/** A function the model may ask to have called. */
interface ToolDefinition {
    readonly name: string;
    readonly description?: string | undefined;
    /** JSON Schema of the input. */
    readonly parameters: JsonObject;
}
/** `auto`: the model decides. `required`: it must call one. */
type ToolChoice = 'auto' | 'none' | 'required' | {
    readonly toolName: string;
};
type ResponseFormat = {
    readonly type: 'text';
} | {
    readonly type: 'json-object';
} | {
    readonly type: 'json-schema';
    readonly name: string;
    readonly schema: JsonObject;
};
/** What is sent to a model, whichever it is. */
interface ModelInput {
    readonly messages: readonly ChatMessage[];
    readonly tools?: readonly ToolDefinition[] | undefined;
    readonly toolChoice?: ToolChoice | undefined;
    readonly responseFormat?: ResponseFormat | undefined;
    readonly maxOutputTokens?: number | undefined;
    readonly temperature?: number | undefined;
    readonly topP?: number | undefined;
    readonly stop?: readonly string[] | undefined;
    readonly seed?: number | undefined;
}
/** One request to the router. */
interface ChatRequest extends ModelInput {
    /** `auto`, a model id (`openai/gpt-4o`), an alias, or an external id that only one provider has. Default: the user's stored selection, else the router's default model, else `auto`. */
    readonly model?: string | undefined;
    /** Narrows `model` to one provider. */
    readonly provider?: string | undefined;
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Default: `default`. */
    readonly agentId?: string | undefined;
    /** Whose preference counts and who may rate the answer. */
    readonly userId?: string | undefined;
    /** Stands in for the user where there is none. */
    readonly sessionId?: string | undefined;
    readonly conversationId?: string | undefined;
    /** The capsule's list of allowed model ids. Absent: unrestricted; empty: none. */
    readonly allowedModels?: readonly string[] | undefined;
    /** The caller's roles, for models that only some roles may use. Default: none. */
    readonly roles?: readonly string[] | undefined;
    /** `false` asks the provider for its answer in one piece. Default: `true`. */
    readonly stream?: boolean | undefined;
}
declare const chatRequestSchema: z.ZodType<ChatRequest>;

/** The last parameter of every asynchronous method of a contract. */
interface CallOptions {
    /** Stops the call; it then rejects with the signal's reason, and whatever it had begun outside is stopped too. */
    readonly signal?: AbortSignal | undefined;
}
/** Options of a write that may be done for a person. */
interface AuditedOptions extends CallOptions {
    /** Who and when. With it the write adds an `audit_log` row in its own transaction. */
    readonly audit?: {
        readonly by?: string | undefined;
        readonly atMs: number;
    } | undefined;
}

/** One rating with what it was given for. Text is there only when the host stores it. */
interface LearningRecord {
    readonly event: FeedbackEvent;
    readonly agentId: string;
    readonly modelId: string;
    readonly taskType: TaskType;
}
/** Another system that learns from feedback. */
interface LearningSink {
    readonly specVersion: 'v1';
    readonly name: string;
    /**
     * Takes records in order. Called again with the same records after a rejection: delivery is at
     * least once, and `event.id` tells repeats.
     */
    deliver(records: readonly LearningRecord[], options?: CallOptions): Promise<void>;
    close(): Promise<void>;
}

/** One call to one model. */
interface ModelCall extends ModelInput {
    /** The provider's own name of the model. */
    readonly externalId: string;
    /** `false`: the provider answers in one piece; the parts are the same. */
    readonly stream: boolean;
}
/** What an adapter's stream is made of. A finished call ends with exactly one `finish`. */
type ModelPart = {
    readonly type: 'text-delta';
    readonly text: string;
} | {
    readonly type: 'reasoning-delta';
    readonly text: string;
} | {
    readonly type: 'tool-call';
    readonly toolCallId: string;
    readonly toolName: string;
    readonly input: JsonValue;
} | {
    readonly type: 'usage';
    readonly usage: TokenUsage;
    /** What the provider says the call cost. */
    readonly reportedCostNanoUsd?: NanoUsd | undefined;
} | {
    readonly type: 'finish';
    readonly finishReason: FinishReason;
};
/** How the `unavailableReason` of a row begins that a list has and nobody can read. */
declare const UNREADABLE_ROW = "The provider's row could not be understood";
/** What a provider's list says, one page at a time. */
interface ModelPage {
    readonly models: readonly ListedModel[];
    /** How many rows the provider says there are in all, when it says so. */
    readonly total?: number | undefined;
}
/** A connection to one provider with one credential. */
interface ProviderAdapter {
    readonly specVersion: 'v1';
    /**
     * Every page of the provider's list. A row that cannot be understood comes as an unavailable model
     * whose reason begins with {@link UNREADABLE_ROW}; no row is left out.
     *
     * @throws ProviderError when the list cannot be had or is no list.
     */
    listModels(options?: CallOptions): AsyncIterable<ModelPage>;
    /**
     * Calls a model once: no retry, no timeout of its own. Nothing is sent before the first pull.
     * Leaving the loop or aborting the signal ends the request to the provider.
     *
     * Ends without a `finish` never: a stream that breaks off throws `truncated`.
     *
     * @throws ProviderError for every failure; on abort, the signal's reason.
     */
    chat(call: ModelCall, options?: CallOptions): AsyncIterable<ModelPart>;
    /**
     * Asks, without cost, whether the credential works. Resolves when it does.
     *
     * @throws ProviderError of kind `credentials` when it does not, of another kind when it could not be asked.
     */
    checkCredential(options?: CallOptions): Promise<void>;
}
interface ProviderConnection {
    readonly provider: Provider;
    /** `undefined` for providers that need none. */
    readonly credential?: string | undefined;
    readonly runtime: Runtime;
}
/**
 * The code that speaks one wire format. Stateless: `connect` may be called any number of times, also
 * for the same provider with another credential.
 */
interface ProviderFamily {
    readonly specVersion: 'v1';
    /** The provider types it serves. */
    readonly name: string;
    /** `false` for servers that take requests without a key. Default: `true`. */
    readonly needsCredential?: boolean | undefined;
    connect(connection: ProviderConnection): ProviderAdapter;
}
/** What `openai()` and its like give: a family, and the row it is used for. */
interface ProviderDefinition {
    readonly family: ProviderFamily;
    readonly provider: ProviderSeed;
    /** Other names of its models and where retired ones went; stored as aliases at the start. */
    readonly aliases?: readonly ModelAliasSeed[] | undefined;
}
type ProviderSeed = Pick<Provider, 'id' | 'displayName' | 'providerType' | 'apiBase' | 'modelsEndpoint' | 'rateLimitRpm' | 'settings'>;
interface ModelAliasSeed {
    readonly name: string;
    /** The provider's own name of the model meant. */
    readonly externalId: string;
}

/** Which secret is meant. */
interface SecretReference {
    readonly providerId: string;
    /** `secret/llm/{provider_id}`. */
    readonly path: string;
}
/** Where the keys of providers lie. A key that was read is used and forgotten, never stored or logged. */
interface SecretStore {
    readonly specVersion: 'v1';
    readonly name: string;
    /** `true` when `write` and `remove` are refused with `read-only`. */
    readonly isReadOnly: boolean;
    /**
     * The secret, or `undefined` when there is certainly none.
     *
     * @throws ImrsError `secret-store-unavailable` when it cannot tell; callers then make no call (fail closed).
     */
    read(reference: SecretReference, options?: CallOptions): Promise<string | undefined>;
    /** @throws ImrsError `read-only` with what to do instead. */
    write(reference: SecretReference, secret: string, options?: CallOptions): Promise<void>;
    /** Removing what is not there is no error. @throws ImrsError `read-only`. */
    remove(reference: SecretReference, options?: CallOptions): Promise<void>;
    /** What a person must do so that the secret is there: `Set OPENROUTER_API_KEY.` Never a value. */
    instruction(reference: SecretReference): string;
    /** Forgets what it holds. Idempotent. */
    close(): Promise<void>;
}

/** Which rule to delete, and for the audit who does and when. */
interface EnableRuleDeletion extends AgentKey {
    readonly ruleId: string;
    readonly by?: string | undefined;
    readonly atMs: number;
}
/** Which of the models enabled for an agent to list. */
interface EnabledModelQuery extends ModelFilter {
    /** 1 to 200. Default: 50. */
    readonly limit?: number | undefined;
    /** The `nextCursor` of the page before, of the same filter. */
    readonly cursor?: string | undefined;
}
/** A model enabled for an agent, with what enabled it. */
interface EnabledModel extends Omit<EffectiveAgentModel, 'isEnabled'> {
    readonly model: Model;
}
interface EnabledModelPage {
    /** By model id. */
    readonly items: readonly EnabledModel[];
    /** Absent on the last page. */
    readonly nextCursor?: string | undefined;
    /** How many are enabled and fit. Exact up to 10,000, and never more. */
    readonly total: number;
    /** `true` when more than {@link total} are. */
    readonly totalIsEstimate: boolean;
}
/** Which models each agent may use. Every method reads and writes the given tenant only. */
interface AgentModelRepository {
    /**
     * Inserts or replaces the rows, by (tenant, agent, model), and writes an `audit_log` row for each,
     * in one transaction. Raises the version of topic `agent:{tenantId}/{agentId}` of each agent touched.
     */
    put(rows: readonly AgentModel[], options?: CallOptions): Promise<void>;
    /** All rows of the agent, enabled or not, by model id. */
    list(agent: AgentKey, options?: CallOptions): Promise<readonly AgentModel[]>;
    /**
     * Inserts or replaces a rule by (tenant, agent, id), writes an `audit_log` row and raises the version
     * of topic `agent:{tenantId}/{agentId}`, in one transaction.
     */
    putRule(rule: EnableRule, options?: CallOptions): Promise<void>;
    /**
     * Deletes a rule, audits that and raises the version of the agent's topic, in one transaction.
     *
     * @returns whether it was there; when not, nothing is written.
     */
    deleteRule(deletion: EnableRuleDeletion, options?: CallOptions): Promise<boolean>;
    /** The rules of the agent, oldest first: the order that {@link effectiveAgentModel} takes. */
    listRules(agent: AgentKey, options?: CallOptions): Promise<readonly EnableRule[]>;
    /**
     * The models of the catalogue that are enabled for the agent ({@link effectiveAgentModel}), whether
     * they can be used now or not. Rows and rules that change while it reads may show or not.
     */
    listEnabled(agent: AgentKey, query?: EnabledModelQuery, options?: CallOptions): Promise<EnabledModelPage>;
}

/** Which rows of the audit to read. */
interface AuditQuery {
    /** Only this tenant's. Absent: every tenant's, and what concerns all of them. */
    readonly tenantId?: string | undefined;
    /** Only rows before this one: the `seq` of the last row of the page before. */
    readonly beforeSeq?: number | undefined;
    /** 1 to 200. Default: 50. */
    readonly limit?: number | undefined;
}
/** Who did what. Rows are written by the methods that do it, in their own transactions. */
interface AuditRepository {
    /** Newest first. With a tenant, no row of another tenant and none that concerns all. */
    list(query?: AuditQuery, options?: CallOptions): Promise<readonly AuditEntry[]>;
}

/** Versions of what processes keep copies of; each write that matters raises one in its own transaction. */
interface ChangeRepository {
    /** The versions of the topics, in their order; 0 for one that never changed. */
    versions(topics: readonly string[], options?: CallOptions): Promise<readonly number[]>;
}
declare const CATALOG_TOPIC = "catalog";
declare function agentTopic(key: {
    readonly tenantId: string;
    readonly agentId: string;
}): string;
declare function experienceTopic(key: {
    readonly tenantId: string;
    readonly agentId: string;
}): string;

/** What appending a signal did. */
type FeedbackOutcome = {
    readonly kind: 'recorded';
    /** The message as it is now. */
    readonly message: MessageRecord;
    /** Whether the rating that counts changed. */
    readonly ratingChanged: boolean;
}
/** An event with this id was there already; nothing was written. */
 | {
    readonly kind: 'duplicate';
    readonly message: MessageRecord;
}
/** No such message, or not this user's. */
 | {
    readonly kind: 'not-found';
};
/** Signals and the experience made of them. Every method reads and writes the given tenant only. */
interface FeedbackRepository {
    /**
     * In one transaction: appends the event, puts the rating that counts
     * ({@link ../../domain/feedback.ts effectiveFeedback}) on the message, and moves the experience of
     * the message's model and credited task type, in the agent's, the tenant's and the global scope, from the
     * old rating to the new. A message counts once, whatever the number of its events; its month is
     * that of the message. Idempotent by event id. Raises the version of topic
     * `experience:{tenantId}/{agentId}` when the rating changed. Concurrent signals on one message are
     * taken one after another.
     */
    record(event: FeedbackEvent, options?: CallOptions): Promise<FeedbackOutcome>;
    /** The events of a message in `seq` order. */
    listEvents(key: {
        readonly tenantId: string;
        readonly messageId: string;
    }, options?: CallOptions): Promise<readonly StoredFeedbackEvent[]>;
    /** The cells of one agent's own scope. */
    listExperience(key: {
        readonly tenantId: string;
        readonly agentId: string;
    }, options?: CallOptions): Promise<readonly ExperienceCell[]>;
}

/** What happened, ready to be written together. */
interface LedgerBatch {
    readonly decisions: readonly Decision[];
    readonly attempts: readonly Attempt[];
    readonly messages: readonly MessageRecord[];
}
/** Decisions, attempts and answers. Reads see the given tenant only. */
interface LedgerRepository {
    /** Writes the batch in one transaction. Idempotent by id: a row that is there stays as it is. */
    append(batch: LedgerBatch, options?: CallOptions): Promise<void>;
    getDecision(key: {
        readonly tenantId: string;
        readonly decisionId: string;
    }, options?: CallOptions): Promise<Decision | undefined>;
    getMessage(key: {
        readonly tenantId: string;
        readonly messageId: string;
    }, options?: CallOptions): Promise<MessageRecord | undefined>;
    /** The calls made for a message, in the order they were made. */
    listAttempts(key: {
        readonly tenantId: string;
        readonly messageId: string;
    }, options?: CallOptions): Promise<readonly Attempt[]>;
}

/** One reading of a provider's whole list. */
interface ModelSync {
    readonly providerId: string;
    readonly syncedAtMs: number;
    /** Each with this `providerId`; no id twice. `priority`, `domains` and `createdAtMs` count for new rows only. */
    readonly models: readonly Model[];
}
/** `unavailableReason` of a model that a sync found to be no longer listed. */
declare const NO_LONGER_LISTED = "No longer listed by the provider.";
/** What a sync changed. All of it is what the provider's list said before and says now; overrides do not count. */
interface ModelSyncResult {
    /** Model ids, as the other lists. */
    readonly added: readonly string[];
    readonly updated: readonly string[];
    readonly unchanged: number;
    /** Were there, are no longer listed: now unavailable, never deleted. */
    readonly removed: readonly string[];
    /** Of the updated models, those that cost something else now, in the order of the list. */
    readonly priceChanges: readonly PriceChange[];
    /** Of the updated models, those that got an end date or a successor. */
    readonly deprecations: readonly ModelDeprecation[];
}
/** What an administrator changes of a model. */
interface ModelOverrideChange {
    /** Set from now on; members that are `undefined` say nothing. */
    readonly set?: ModelOverrides | undefined;
    /** No longer set: the provider's value comes back. Wins over {@link set}. */
    readonly clear?: readonly OverridableField[] | undefined;
    /** Who, for the audit. */
    readonly by?: string | undefined;
    readonly atMs: number;
}
/** Which catalogue events to read. */
interface CatalogEventQuery {
    /** Only events after this one. Default: from the first. */
    readonly sinceSeq?: number | undefined;
    readonly providerId?: string | undefined;
    readonly type?: CatalogEventType | undefined;
    /** 1 to 1,000. Default: 100. */
    readonly limit?: number | undefined;
}
/**
 * The catalogue. Shared by all tenants.
 *
 * Every read, filter and order is by effective values: what an administrator set where that was done,
 * what the provider's list or {@link put} said elsewhere.
 */
interface ModelRepository {
    /**
     * Makes the stored models of the provider what its list says, in one transaction: new rows are
     * added, changed ones updated, rows of origin `sync` that are not listed become unavailable. Rows
     * of origin `manual` and `code` are left alone unless listed; `priority`, `domains` and `origin` of
     * a stored row always stay, and so do overrides. Sets the provider's `lastSyncedAtMs`. Appends to the
     * catalogue's events and raises the version of topic `catalog` when anything changed. Syncing the same
     * list twice changes nothing the second time.
     */
    sync(sync: ModelSync, options?: CallOptions): Promise<ModelSyncResult>;
    /**
     * Inserts or replaces one row in one transaction; `createdAtMs` and the overrides of a row that was
     * there stay, and `overrides` of the given one is not read. Idempotent by id. Raises `catalog`.
     */
    put(model: Model, options?: AuditedOptions): Promise<void>;
    /**
     * Changes what is set of a model, writes an `audit_log` row and raises `catalog`, in one transaction;
     * a running sync of its provider is waited for. A change that leaves everything set as it was writes
     * nothing. Taking a model out of service is `isAvailable: false` with a reason.
     *
     * @returns the model as it is now; `undefined` when there is none.
     */
    setOverrides(modelId: string, change: ModelOverrideChange, options?: CallOptions): Promise<Model | undefined>;
    get(modelId: string, options?: CallOptions): Promise<Model | undefined>;
    /** One page, in the order asked for. A model that stays as it is is never left out or given twice by cursors. */
    list(query?: ModelQuery, options?: CallOptions): Promise<ModelListPage>;
    /** How many rows a filter has. */
    count(filter?: ModelFilter, options?: CallOptions): Promise<number>;
    /** All models of type `chat`, by id, with empty `metadata`; only those of `modelIds` when given. */
    listRoutable(filter?: {
        readonly modelIds?: readonly string[] | undefined;
    }, options?: CallOptions): Promise<readonly Model[]>;
    /** Models with this external id, by id, ten at most. */
    findByExternalId(externalId: string, options?: CallOptions): Promise<readonly Model[]>;
    /** What syncs changed, in the order they did. A later call with the last `seq` misses none. */
    listEvents(query?: CatalogEventQuery, options?: CallOptions): Promise<readonly CatalogEvent[]>;
    /** Inserts or replaces, by name. Raises `catalog`. */
    putAlias(alias: ModelAlias, options?: CallOptions): Promise<void>;
    getAlias(name: string, options?: CallOptions): Promise<ModelAlias | undefined>;
    /** All of them, by name. */
    listAliases(options?: CallOptions): Promise<readonly ModelAlias[]>;
}

/** Users' choices. Every method reads and writes the given tenant only. */
interface PreferenceRepository {
    get(key: PreferenceKey, options?: CallOptions): Promise<Preference | undefined>;
    /** Sets what the user chose and leaves the last valid selection. One statement; the newest `atMs` wins. */
    putSelection(key: PreferenceKey, selection: ModelSelection, options?: CallOptions): Promise<void>;
    /** Sets the last valid selection and leaves what the user chose. One statement; the newest `atMs` wins. */
    putLastValid(key: PreferenceKey, selection: ModelSelection, options?: CallOptions): Promise<void>;
}

/** How many models a provider has. */
interface ProviderModelCount {
    readonly providerId: string;
    readonly models: number;
    /** Of these, the available ones; whether the provider is active does not count here. */
    readonly available: number;
}
/** Providers and what is believed of their health. Shared by all tenants. */
interface ProviderRepository {
    /**
     * Inserts the row, or replaces the one with this id; `createdAtMs` and `lastSyncedAtMs` of a row
     * that was there stay. Idempotent by id. Raises the version of topic `catalog`.
     */
    put(provider: Provider, options?: AuditedOptions): Promise<void>;
    /**
     * Changes a provider that was made through the API, writes an `audit_log` row and raises `catalog`, in
     * one transaction; concurrent changes are made one after another. One that changes nothing writes
     * nothing. An inactive provider keeps its models, and none of them can be routed to.
     *
     * @returns the provider as it is now; `undefined` when there is none.
     * @throws ImrsError `read-only` for a provider of origin `code`.
     */
    update(providerId: string, change: ProviderChange, options?: CallOptions): Promise<Provider | undefined>;
    get(providerId: string, options?: CallOptions): Promise<Provider | undefined>;
    /** All of them, by id. */
    list(options?: CallOptions): Promise<readonly Provider[]>;
    /** For every provider that has models, by id, in one statement. Reads an index of the whole catalogue. */
    modelCounts(options?: CallOptions): Promise<readonly ProviderModelCount[]>;
    /** Inserts or replaces, by provider; an older `checkedAtMs` than the stored one changes nothing. */
    putHealth(health: ProviderHealth, options?: CallOptions): Promise<void>;
    listHealth(options?: CallOptions): Promise<readonly ProviderHealth[]>;
}

/**
 * Everything the router remembers. Methods may be called concurrently, from several processes too;
 * each one is atomic, and says what its idempotency key and its tenant are.
 *
 * All rows given and returned are plain frozen or fresh objects; changing one changes nothing stored.
 *
 * @throws ImrsError `store-unavailable` from any method when the database cannot be reached or is
 * closed; the original error is its `cause`.
 */
interface Store {
    readonly specVersion: 'v1';
    /** `sqlite`, `postgres`, `memory`. */
    readonly name: string;
    readonly providers: ProviderRepository;
    readonly models: ModelRepository;
    readonly agentModels: AgentModelRepository;
    readonly preferences: PreferenceRepository;
    readonly ledger: LedgerRepository;
    readonly feedback: FeedbackRepository;
    readonly changes: ChangeRepository;
    readonly audit: AuditRepository;
    /**
     * Brings the schema to the newest version. Idempotent; of several processes one does the work and
     * the others wait for it.
     *
     * @throws ImrsError `schema-too-new` when the database was made by a newer version of this code.
     */
    migrate(options?: CallOptions): Promise<void>;
    /** Waits for what is running, then closes what the store itself opened. Idempotent. */
    close(): Promise<void>;
}

/**
 * All models of one agent, a number an array slot, so that thousands can be ranked without an object
 * each. A *row* is an index into these arrays. Immutable.
 */
interface CandidateTable {
    readonly size: number;
    readonly modelIds: readonly string[];
    readonly capabilities: Readonly<Uint32Array>;
    /** Priority that counts for this agent, 0 to 1. */
    readonly priority: Readonly<Float64Array>;
    /** Blended price, US dollars per 1,000,000 tokens; `NaN` is unknown. */
    readonly price: Readonly<Float64Array>;
    /** Context window in tokens; 0 is unknown. */
    readonly contextLength: Readonly<Float64Array>;
}
/** Ratings of this agent for one task type, by row. */
interface TaskExperience {
    readonly count: Readonly<Float64Array>;
    /** Σ rating, each from 0 to 1. */
    readonly sum: Readonly<Float64Array>;
}
interface StrategyInput {
    readonly taskType: TaskType;
    readonly requiredCapabilities: CapabilityMask;
    readonly atMs: number;
}
interface RankRequest {
    readonly input: StrategyInput;
    readonly table: CandidateTable;
    /** The rows that passed every filter. Not to be changed. */
    readonly rows: Readonly<Uint32Array>;
    /** `undefined` when this agent has no ratings for the task type. */
    readonly experience: TaskExperience | undefined;
    /** How many places of the ranking are wanted; 1 or more. */
    readonly limit: number;
    /** Uniform in [0, 1), from the decision's seed: the only chance a strategy may use. */
    readonly random: () => number;
}
interface Ranking {
    /** Rows, best first: `min(limit, rows.length)` of them, none twice. */
    readonly rows: Readonly<Uint32Array>;
    /** The score of each place, in the same order. */
    readonly scores: Readonly<Float64Array>;
    /** The exact probability with which this row came first, given the request. 1 for a strategy without chance. */
    readonly propensity: number;
}
/**
 * Orders candidates. Pure: the same request and the same random numbers give the same ranking, on
 * any machine. Ties: the lower price, then the smaller id.
 */
interface Strategy {
    readonly specVersion: 'v1';
    readonly name: string;
    /** Changes whenever the same request could be ranked differently. */
    readonly version: string;
    rank(request: RankRequest): Ranking;
}

/** What a detector may look at. */
interface TaskEvidence {
    readonly messages: readonly ChatMessage[];
    readonly tools: readonly ToolDefinition[];
}
/**
 * Guesses the category of a request. Several may be plugged in; confidence decides between them, then
 * the number of matches, then the order they were given in. One that throws is passed over.
 */
interface TaskDetector {
    readonly specVersion: 'v1';
    readonly name: string;
    /** Guesses, best first; empty when it sees no evidence. */
    detect(evidence: TaskEvidence, options?: CallOptions): readonly DetectedTask[] | Promise<readonly DetectedTask[]>;
}

interface Timed {
    readonly atMs: number;
}
interface DecisionMadeEvent extends Timed {
    readonly type: 'decision-made';
    readonly decisionId: string;
    readonly messageId: string;
    readonly tenantId: string;
    readonly agentId: string;
    readonly modelId: string;
    readonly taskType: string;
    readonly source: DecisionSource;
    readonly strategy: string;
}
interface AttemptEndedEvent extends Timed {
    readonly type: 'attempt-ended';
    readonly messageId: string;
    readonly tenantId: string;
    readonly providerId: string;
    readonly modelId: string;
    readonly outcome: AttemptOutcome;
    readonly failureKind?: FailureKind | undefined;
    readonly totalMs: number;
    readonly costNanoUsd?: NanoUsd | undefined;
}
interface FeedbackRecordedEvent extends Timed {
    readonly type: 'feedback-recorded';
    readonly messageId: string;
    readonly tenantId: string;
    readonly agentId: string;
    readonly modelId: string;
    readonly taskType: string;
    readonly feedbackType: FeedbackType;
    /** The rating that counts now, 0 to 1. */
    readonly rating: number;
}
/** No user id: who changed it is nobody's business. */
interface SelectionChangedEvent extends Timed {
    readonly type: 'selection-changed';
    readonly tenantId: string;
    readonly modelId: string;
}
/** A provider was made, changed or switched on or off at run time. */
interface ProviderChangedEvent extends Timed {
    readonly type: 'provider-changed';
    readonly providerId: string;
    readonly change: 'created' | 'updated' | 'activated' | 'deactivated';
}
/** A list is being read. */
interface ProviderSyncProgressEvent extends Timed {
    readonly type: 'provider-sync-progress';
    readonly providerId: string;
    readonly rowsRead: number;
    /** How many there are in all, where the provider says so. */
    readonly rowsTotal?: number | undefined;
}
interface ProviderSyncedEvent extends Timed {
    readonly type: 'provider-synced';
    readonly providerId: string;
    readonly discovered: number;
    /** Rows that could not be understood. */
    readonly unreadable: number;
    readonly added: number;
    readonly updated: number;
    readonly unchanged: number;
    readonly removed: number;
}
interface ProviderSyncFailedEvent extends Timed {
    readonly type: 'provider-sync-failed';
    readonly providerId: string;
    readonly failureKind: FailureKind;
    readonly message: string;
}
interface ModelAddedEvent extends Timed {
    readonly type: 'model-added';
    readonly providerId: string;
    readonly modelId: string;
}
interface ModelRemovedEvent extends Timed {
    readonly type: 'model-removed';
    readonly providerId: string;
    readonly modelId: string;
}
/** A model got an end date or a successor. */
interface ModelDeprecatedEvent extends Timed {
    readonly type: 'model-deprecated';
    readonly providerId: string;
    readonly modelId: string;
    readonly expiresAtMs?: number | undefined;
    readonly successorId?: string | undefined;
}
/** A model costs something else than at the sync before. */
interface PriceChangedEvent extends Timed {
    readonly type: 'price-changed';
    readonly providerId: string;
    readonly modelId: string;
    readonly from: ModelPricing;
    readonly to: ModelPricing;
}
/** A person added, edited or retired a model. */
interface ModelEditedEvent extends Timed {
    readonly type: 'model-edited';
    readonly modelId: string;
    readonly change: 'created' | 'updated' | 'retired';
}
interface ProviderHealthChangedEvent extends Timed {
    readonly type: 'provider-health-changed';
    readonly providerId: string;
    readonly from: HealthStatus;
    readonly to: HealthStatus;
    readonly error?: string | undefined;
}
/** Something of our own failed without breaking a request. */
interface InternalFailedEvent extends Timed {
    readonly type: 'internal-failed';
    readonly part: 'ledger' | 'preferences' | 'snapshot' | 'detector' | 'decision';
    readonly error: Error;
}
/** Everything the router tells. No event holds a prompt, an answer or a secret. */
type RouterEvent = DecisionMadeEvent | AttemptEndedEvent | FeedbackRecordedEvent | SelectionChangedEvent | ProviderChangedEvent | ProviderSyncProgressEvent | ProviderSyncedEvent | ProviderSyncFailedEvent | ModelAddedEvent | ModelRemovedEvent | ModelDeprecatedEvent | PriceChangedEvent | ModelEditedEvent | ProviderHealthChangedEvent | InternalFailedEvent;
type RouterEventType = RouterEvent['type'];
type RouterEventOf<Type extends RouterEventType> = Extract<RouterEvent, {
    type: Type;
}>;
type RouterListener<Type extends RouterEventType = RouterEventType> = (event: RouterEventOf<Type>) => void;

/** The body of `POST /api/chat`. Each event of the answer holds one `AnswerPart` as JSON. */
interface ChatBody {
    readonly messages: readonly ChatMessage[];
    readonly model?: string | undefined;
    readonly provider?: string | undefined;
    readonly agentId?: string | undefined;
    readonly sessionId?: string | undefined;
}
declare const chatBodySchema: z.ZodType<ChatBody>;

/** The body of every error a door answers. */
interface ErrorBody {
    readonly error: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly field?: string | undefined;
        readonly request_id: string;
        readonly retry_after_ms?: number | undefined;
    };
}

/** The body of `POST /api/v2/chat/messages/{id}/feedback`. */
interface FeedbackBody {
    readonly rating: number;
    /** Default: `explicit`. */
    readonly feedback_type?: FeedbackType | undefined;
}
declare const feedbackBodySchema: z.ZodType<FeedbackBody>;
interface FeedbackResponse {
    readonly message_id: string;
    /** The rating that counts now. */
    readonly rating: number;
    readonly feedback_type: FeedbackType;
    readonly recorded_at: string;
}

/** The form of a model as `GET /api/models` gives it. Dates travel as ISO 8601 text. */
interface ModelInfo {
    /** `provider/external`. */
    readonly id: string;
    readonly provider: string;
    readonly name: string;
    readonly description?: string | undefined;
    readonly capabilities: readonly string[];
    /** Costs more than nothing. */
    readonly premium: boolean;
    readonly vision: boolean;
    readonly contextMax?: number | undefined;
    readonly apiVersion?: string | undefined;
    readonly status: 'available' | 'limited' | 'deprecated' | 'unavailable';
    readonly lastChecked: string;
    readonly errorMessage?: string | undefined;
    readonly providerHealth?: 'healthy' | 'degraded' | 'down' | undefined;
    readonly pricing?: {
        /** US dollars per token. */
        readonly input?: number | undefined;
        readonly output?: number | undefined;
        readonly currency?: string | undefined;
    } | undefined;
    readonly rateLimit?: {
        readonly requestsPerMinute?: number | undefined;
        readonly tokensPerMinute?: number | undefined;
    } | undefined;
}
interface ModelsProviderInfo {
    readonly status: 'healthy' | 'degraded' | 'error';
    readonly lastChecked: string;
    readonly modelCount: number;
    readonly error?: string | undefined;
}
interface ModelsResponse {
    readonly models: readonly ModelInfo[];
    readonly metadata: {
        readonly lastUpdated: string;
        readonly providers: Readonly<Record<string, ModelsProviderInfo>>;
        readonly totalModels: number;
        readonly cacheHit: boolean;
        readonly userProvidedKeys?: readonly string[] | undefined;
    };
}

/**
 * Checks foreign data against a schema.
 *
 * @throws ImrsError `invalid-request` that names the first field that is wrong and the rule, never the value.
 */
declare function parseBody<Value>(schema: z.ZodType<Value>, value: unknown): Value;

/** The body of `PUT /api/preferences`: a model, or `{ model: 'auto' }` to let the router choose. */
interface PreferenceBody {
    readonly model: string;
    readonly provider?: string | undefined;
}
declare const preferenceBodySchema: z.ZodType<PreferenceBody>;
/** What `GET` and `PUT /api/preferences` answer. `null`: nobody chose. */
interface PreferenceResponse {
    readonly provider: string | null;
    readonly model: string | null;
    readonly updatedAt: string | null;
}

interface ErrorAnswer {
    readonly status: number;
    readonly body: ErrorBody;
}
/**
 * What a door answers for an error. Anything that is not an {@link ImrsError} with a code of the list
 * (another installed version may have more of them) becomes `internal`, with a sentence that gives
 * nothing away.
 */
declare function toErrorAnswer(error: unknown, requestId: string): ErrorAnswer;

export { ALIAS_REASONS, ANSWER_PART_TYPES, ATTEMPT_OUTCOMES, AUTO_MODEL, AllAttemptsFailedError, CAPABILITIES, CATALOG_TOPIC, COST_TIERS, COUNTED_MODELS, ConfigError, DECISION_SOURCES, DEFAULT_AGENT_ID, DEFAULT_COST_TIER_BOUNDS, DEFAULT_PRIORITY, DEFAULT_TENANT_ID, ERROR_CODES, ERROR_STATUS, EXCLUSION_REASONS, EXPERIENCE_SCOPES, FAILURE_KINDS, FAILURE_RULES, FEEDBACK_SIGNALS, FEEDBACK_TYPES, FINISH_REASONS, GENERAL_TASK, HEALTH_STATUSES, HOST_ID_MAX_LENGTH, ImrsError, LONG_CONTEXT_TOKENS, MODEL_ID_MAX_LENGTH, MODEL_SORTS, MODEL_TYPES, NO_LONGER_LISTED, NoCandidateError, OVERRIDABLE_FIELDS, PROVIDER_TYPES, ProviderError, STORED_CANDIDATES_LIMIT, STORED_EXCLUSIONS_LIMIT, TASK_CONFIDENCES, TASK_SOURCES, UNREADABLE_ROW, agentModelSchema, agentTopic, assertHostId, blendedPrice, canonicalJson, catalogChanges, changedFacts, changedOverrides, changedProvider, chatBodySchema, chatMessageSchema, chatRequestSchema, costOfUsage, costTierOf, decimalTextSchema, deprecationsAndPrices, drawSeed, effectiveAgentModel, effectiveFeedback, enableRuleSchema, experienceTopic, feedbackBodySchema, feedbackTypeSchema, filesOf, fitsModelFilter, fitsSearch, fromCapabilityMask, fromModelCursor, fromNanoUsd, fromRatingMilli, hostIdSchema, isCapability, isErrorCode, isFeedbackSignal, isProviderId, isRetryable, isUuid, jsonObjectSchema, jsonValueSchema, listedFacts, modelOverridesSchema, modelPricingSchema, modelSchema, monthOf, overridableOf, parseBody, parseModelId, perMillionFromPerToken, perTokenFromPerMillion, preferenceBodySchema, providerPolicyOf, providerPolicySchema, providerSchema, resolveModelRange, samePrices, searchTerms, searchWordsOf, seededRandom, sortValueOf, systemRuntime, textOf, timeOfUuid, toCapabilityMask, toErrorAnswer, toModelCursor, toModelId, toNanoUsd, toRatingMilli, tokenUsageSchema, vaultPathOf, withOverrides, withoutOverrides };
export type { AgentKey, AgentModel, AgentModelRepository, AliasReason, AnswerPart, AnswerPartType, AssistantMessage, Attempt, AttemptEndedEvent, AttemptOutcome, AuditEntry, AuditQuery, AuditRepository, AuditedOptions, CallOptions, CandidateTable, Capability, CapabilityMask, CatalogChange, CatalogEvent, CatalogEventQuery, CatalogEventType, ChangeRepository, ChatBody, ChatMessage, ChatRequest, CostTier, CostTierBounds, DecimalText, Decision, DecisionMadeEvent, DecisionPart, DecisionSource, DetectedTask, EffectiveAgentModel, EnableRule, EnableRuleDeletion, EnableRuleFilter, EnabledModel, EnabledModelPage, EnabledModelQuery, EndPart, ErrorAnswer, ErrorBody, ErrorCode, ErrorPart, ExclusionReason, Exclusions, ExperienceCell, ExperienceScope, FailureKind, FailureResponse, FailureRule, FallbackPart, FeedbackBody, FeedbackEvent, FeedbackOutcome, FeedbackRecordedEvent, FeedbackRepository, FeedbackResponse, FeedbackSignal, FeedbackType, FileContent, FinishReason, HealthStatus, ImrsErrorOptions, InternalFailedEvent, JsonObject, JsonValue, LearningRecord, LearningSink, LedgerBatch, LedgerRepository, ListedModel, MessageRecord, Model, ModelAddedEvent, ModelAlias, ModelAliasSeed, ModelCall, ModelDeprecatedEvent, ModelDeprecation, ModelEditedEvent, ModelFilter, ModelIdParts, ModelInfo, ModelInput, ModelListPage, ModelListRange, ModelOrigin, ModelOverrideChange, ModelOverrides, ModelPage, ModelPart, ModelPlace, ModelPricing, ModelQuery, ModelRemovedEvent, ModelRepository, ModelSelection, ModelSort, ModelSortValue, ModelSync, ModelSyncResult, ModelType, ModelsProviderInfo, ModelsResponse, NanoUsd, OpeIneligibility, OverridableField, Preference, PreferenceBody, PreferenceKey, PreferenceRepository, PreferenceResponse, PriceChange, PriceChangedEvent, PriceSet, PriceTier, Provider, ProviderAdapter, ProviderChange, ProviderChangedEvent, ProviderConnection, ProviderDefinition, ProviderErrorOptions, ProviderFailure, ProviderFamily, ProviderHealth, ProviderHealthChangedEvent, ProviderModelCount, ProviderOrigin, ProviderPolicy, ProviderRepository, ProviderSeed, ProviderSettings, ProviderSyncFailedEvent, ProviderSyncProgressEvent, ProviderSyncedEvent, ProviderType, RankRequest, RankedCandidate, Ranking, RatingMilli, ReasoningDeltaPart, ResolvedProviderPolicy, ResponseFormat, RouterEvent, RouterEventOf, RouterEventType, RouterListener, Runtime, SecretReference, SecretStore, SelectionChangedEvent, Sleep, SortDirection, Store, StoredFeedbackEvent, Strategy, StrategyInput, SystemMessage, TaskConfidence, TaskDetector, TaskEvidence, TaskExperience, TaskSource, TaskType, TextContent, TextDeltaPart, TokenUsage, ToolCall, ToolCallPart, ToolChoice, ToolDefinition, ToolMessage, UsagePart, UserContent, UserMessage, WarningPart };
