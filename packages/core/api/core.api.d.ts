// The public types of @imrs/core. Written by `npm run api:update`.

// ---- index.d.ts ----

import { z } from 'zod';

interface SleepOptions {
    /** Whether the process may end while nothing else is left to do. Default: `false`. */
    readonly isBackground?: boolean | undefined;
}
/** A duration in milliseconds is waited for through this; every wait in the project can be aborted. */
type Sleep = (delayMs: number, signal?: AbortSignal, options?: SleepOptions) => Promise<void>;
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
    /** Resolves after the delay, however long it is. Rejects with the signal's reason on abort, also when already aborted. */
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

/** The end of the year 9999, epoch milliseconds: later times have no text of four digits, and are in no order as texts. */
declare const LAST_TIME_MS = 253402300799999;
/**
 * Refuses what is no time that every store can compare: whole epoch milliseconds from 0 to
 * {@link LAST_TIME_MS}. `undefined` stands for no bound.
 *
 * @throws ImrsError `invalid-request` that names the field.
 */
declare function assertTime(field: string, value: number | undefined): void;
/**
 * Refuses what is no number of an event: a whole one, 0 or more. `undefined` stands for no bound.
 *
 * @throws ImrsError `invalid-request` that names the field.
 */
declare function assertEventNumber(field: string, value: number | undefined): void;

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
/** What sorts before every UUIDv7 made at that time or later, and after every one made before. */
declare function uuidBoundOf(atMs: number): string;
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
    readonly 'unknown-preset': 400;
    readonly 'model-provider-mismatch': 400;
    readonly 'missing-capability': 400;
    readonly 'unsupported-parameter': 400;
    readonly 'context-too-long': 400;
    readonly 'content-filtered': 400;
    readonly 'model-not-allowed': 403;
    readonly 'missing-credential': 503;
    readonly 'model-unavailable': 503;
    readonly 'no-candidate': 503;
    readonly 'provider-error': 502;
    readonly 'all-attempts-failed': 502;
    readonly 'rate-limited': 429;
    readonly 'budget-exhausted': 429;
    readonly 'sink-error': 502;
    readonly 'not-found': 404;
    readonly 'method-not-allowed': 405;
    readonly 'message-not-finished': 409;
    readonly 'read-only': 409;
    readonly conflict: 409;
    readonly unauthenticated: 401;
    readonly 'authentication-unavailable': 503;
    readonly forbidden: 403;
    readonly aborted: 499;
    readonly 'secret-store-unavailable': 503;
    readonly 'store-unavailable': 503;
    readonly 'schema-too-new': 500;
    readonly 'schema-outdated': 500;
    readonly 'store-not-empty': 409;
    readonly 'copy-differs': 500;
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
 * `model-unfit`: this model lacks what the request needs (tools, images, a schema); another may have it.
 */
declare const FAILURE_KINDS: readonly ["rate-limited", "overloaded", "unavailable", "connect", "timeout-headers", "timeout-first-part", "timeout-idle", "timeout-total", "credentials", "payment", "payment-upstream", "context-too-long", "content-filtered", "model-gone", "model-unfit", "invalid-request", "truncated", "malformed", "empty", "aborted", "budget-exhausted", "unknown"];
type FailureKind = (typeof FAILURE_KINDS)[number];
/** What the attempt loop may do next. */
type FailureResponse = 
/** Another model may answer; the same one might, later. */
'go-elsewhere'
/** A model with a larger context may answer; a smaller one never. */
 | 'go-larger'
/** No other model would do better: the request itself, or the caller, ended it. */
 | 'stop';
/** What is left alone for a while after one such failure. */
type CoolDownScope = 
/** The one model. */
'model'
/** Every model of the provider that is called with the same key. */
 | 'credential';
interface FailureRule {
    readonly response: FailureResponse;
    /** Whether the same model may be asked again at once, or after a short wait. */
    readonly mayRepeatHere: boolean;
    /** Whether it says something about the health of the provider, and counts in the breaker's window. */
    readonly countsAgainstHealth: boolean;
    /** Whether the same request may work later, unchanged. */
    readonly isRetryable: boolean;
    /**
     * What one such failure alone opens the breaker of, and for how long when the provider did not say.
     * Absent: nothing; only many failures in the window do.
     */
    readonly coolDown?: {
        readonly scope: CoolDownScope;
        readonly defaultMs: number;
    } | undefined;
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
declare const TASK_SOURCES: readonly ["tool", "attachment", "keyword", "detector", "classifier", "none"];
/**
 * What the guess rests on; `detector` is one that the host plugged in, `classifier` what was learned of
 * the texts that such a detector named.
 */
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
declare const EXCLUSION_REASONS: readonly ["not-enabled", "not-in-preset", "provider-inactive", "unavailable", "missing-credential", "credential-unknown", "missing-capability", "context-too-small", "not-allowed", "role", "vetoed", "unhealthy", "breaker-open", "budget-exhausted", "unsupported-parameter"];
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
    /** What benchmarks gave it, 0 to 1; absent where nothing is known. */
    readonly published?: number | undefined;
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
type OpeIneligibility = 'explicit-choice' | 'default-model' | 'not-rank-one' | 'half-open-probe' | 'sticky';
/** The winners were drawn `draws` times and one of them was played: what makes a propensity exact. */
interface PropensityLog {
    /** How often the played model won. */
    readonly count: number;
    readonly draws: number;
    /** The share of requests whose model is drawn uniformly. */
    readonly epsilon: number;
    /** How many candidates a uniform draw is among. */
    readonly candidates: number;
    /** What that was multiplied by: the chance of an experiment's arm, of one of several equal providers. Default: 1. */
    readonly share?: number | undefined;
    /**
     * The chance of the experiment's arm, which is in {@link share}: the propensity over it is the
     * chance within the arm. Absent: there was no arm, or the model was certain in either.
     */
    readonly armShare?: number | undefined;
    /**
     * What counts of the decision where both arms are evaluated together and one of them draws: the
     * arm's part among arms that draw, 0 for the one that does not. Absent: all of it.
     */
    readonly armWeight?: number | undefined;
}
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
    /** The id of the preset that was asked for; absent when none was. */
    readonly preset?: string | undefined;
    readonly task: DetectedTask;
    readonly requiredCapabilities: readonly Capability[];
    /** Best first; empty when the choice was not the router's. At most {@link STORED_CANDIDATES_LIMIT}. */
    readonly candidates: readonly RankedCandidate[];
    /** Candidates in all, stored or not. */
    readonly candidateCount: number;
    readonly exclusions: Exclusions;
    /** Probability with which the strategy put this model first, given the logged input. */
    readonly propensity: number;
    readonly propensityLog?: PropensityLog | undefined;
    readonly opeEligible: boolean;
    readonly opeReason?: OpeIneligibility | undefined;
    readonly strategy: {
        readonly name: string;
        readonly version: string;
    };
    /** The request's own dial between quality, 0, and price, 1, which ruled. Absent: the strategy's own did, if it has one. */
    readonly costQuality?: number | undefined;
    /** The request's dial, where it ruled nothing: the strategy has none, or the choice was not the router's. */
    readonly ignoredCostQuality?: number | undefined;
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

/**
 * Every way a delivery to a sink can fail. Only `refused` is about the record alone and for good; all
 * others are tried again.
 *
 * `misdirected`: the address answers, and does not know what is asked of it.
 */
declare const SINK_FAILURE_KINDS: readonly ["unreachable", "timeout", "rate-limited", "unavailable", "credentials", "misdirected", "refused", "unknown"];
type SinkFailureKind = (typeof SINK_FAILURE_KINDS)[number];
interface SinkErrorOptions extends ErrorOptions {
    /** How long the sink asked to be left alone, milliseconds. */
    readonly retryAfterMs?: number | undefined;
}
/** A sink did not take a record. The message names the sink, and holds no secret and nothing of the record. */
declare class SinkError extends ImrsError {
    readonly kind: SinkFailureKind;
    constructor(kind: SinkFailureKind, message: string, options?: SinkErrorOptions);
    static is(error: unknown): error is SinkError;
}

/**
 * Whether a provider says that the model cannot do something the request needs, which is
 * `model-unfit`: another model may, so the request is not wrong; the provider is well, and the model
 * answers other requests, so nothing may be cooled down. Pure.
 *
 * @param status the HTTP status; `undefined` for what a stream says.
 */
declare function saysItLacksFeature(message: string, status: number | undefined): boolean;

/**
 * A provider's sentence without the key and what looks like one, in one line, cut to 300 characters.
 *
 * @param secret the key that was used; one of fewer than 8 characters is left where it stands.
 */
declare function redact(message: string, secret?: string): string;

/** What a failure says about when to come back. */
interface RetryAfterSource {
    /** Names and values, as `Headers` gives them; the case of names does not matter. */
    readonly headers: Iterable<readonly [string, string]> | undefined;
    /** The `error` of the body. */
    readonly error: JsonObject | undefined;
    /**
     * Too many requests: then what the provider says of its limits counts, too. In any other failure
     * those headers come along and mean nothing.
     */
    readonly isRateLimited: boolean;
    /** When the answer came. */
    readonly nowMs: number;
}
/**
 * What the provider asked to wait, milliseconds: 0 for a moment that is over, 24 hours at most.
 *
 * The first of these that says something: `retry-after-ms`; `retry-after` in seconds, as a date or as
 * a duration; Gemini's `RetryInfo`; the same headers inside OpenRouter's body; the soonest reset of a
 * limit that is used up, from the headers or from OpenRouter's body; "try again in 6.5s" in the
 * sentence. What is negative or makes no sense says nothing.
 */
declare function retryAfterOf(source: RetryAfterSource): number | undefined;

/**
 * The kind of failure that an HTTP status alone tells: `unavailable` for those from 500 up that have no
 * meaning of their own, `invalid-request` for the rest. Pure.
 *
 * @param own what a status means at this provider instead.
 */
declare function kindOfStatus(status: number, own?: Readonly<Record<number, FailureKind>>): FailureKind;

/** Reading what others send: a field of the wrong kind is an absent one. */
/** An object that is no list, of what was read as JSON. */
declare function asObject(value: unknown): JsonObject | undefined;
/** A list, of what was read as JSON. */
declare function asList(value: unknown): readonly JsonValue[] | undefined;
/** Text that is not empty. */
declare function asText(value: unknown): string | undefined;

/** The end of one piece of work: it comes with the caller's signal, or when the work is over. */
interface LinkedAbort {
    readonly signal: AbortSignal;
    /** Lets go of the caller's: only {@link end} aborts {@link signal} from now on. */
    readonly release: () => void;
    /** Aborts {@link signal} and lets go of the caller's. Ending twice does nothing. */
    readonly end: () => void;
}
/**
 * A signal for one request, below one that may live as long as the process.
 *
 * Not `AbortSignal.any`: that one stays known to the caller's signal until it is collected, and some
 * client libraries add listeners to what they are given. Here nothing is left on the caller's signal
 * after {@link LinkedAbort.end}.
 */
declare function linkedAbort(parent: AbortSignal | undefined): LinkedAbort;

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
/** The prices that hold for a prompt of that many tokens. */
declare function pricesFor(promptTokens: number, pricing: ModelPricing): PriceSet;

/** Whether two price lists charge the same: `0.10` is `0.1`, unknown is not zero, the source does not count. */
declare function samePrices(left: ModelPricing, right: ModelPricing): boolean;

/** How good others have found a model. */
interface PublishedScore {
    /** From 0 to 1. Of one source, scores can be compared; what they mean for a host's requests is not known. */
    readonly score: number;
    /** Who measured it: `artificial-analysis`. */
    readonly source: string;
}

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

/** What is set for an agent, and what it was used for. */
interface AgentSummary {
    readonly agentId: string;
    /** Models that are enabled for it by name, whether they can be used now or not. */
    readonly enabledByName: number;
    readonly disabledByName: number;
    readonly rules: number;
    /** Answers that came to their end, in the days that were asked for. */
    readonly answers: number;
    /** The last UTC day, `2026-11-21`, on which a model was called for it. Absent: none ever was. */
    readonly lastUsedOn?: string | undefined;
}

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
    /** What benchmarks gave it, as the provider's list says; `undefined` is unknown. */
    readonly published?: PublishedScore | undefined;
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
declare const enableRuleFilterSchema: z.ZodType<EnableRuleFilter>;
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
/** What tells cells apart. */
type ExperienceCellKey = Omit<ExperienceCell, 'count' | 'sum' | 'sumOfSquares'>;
/** A cell as it is stored: the plain ratings, and beside them what strategies that learn go by. */
interface StoredExperienceCell extends ExperienceCell {
    /** Σ weight of the ratings and hints, in thousandths of a rating. */
    readonly weightMilli: number;
    /** Σ weight · rating, in thousandths; each rating's part is rounded to a whole number. */
    readonly weightedSum: number;
    /** Σ weight · rating², in thousandths squared; rounded alike. */
    readonly weightedSumOfSquares: number;
}
/**
 * How far one model's ratings have fallen behind what was expected of it. Kept for each model and
 * agent, moved on by each rating in turn.
 */
interface DriftState {
    /** Standard deviations in sum, less the slack; never below 0. */
    readonly sum: number;
    /** Σ (rating − expectation) since it was 0 last. */
    readonly residual: number;
    /** Ratings since it was 0 last. */
    readonly ratings: number;
}
/** What one more rating made of it. */
interface DriftStep {
    readonly state: DriftState;
    /** By how much the model's ratings fell, below 0, from 0 to 1 as ratings are; absent while there is no alarm. */
    readonly shift?: number | undefined;
}
/** Nothing has fallen behind. */
declare const NO_DRIFT: DriftState;
/**
 * What an alarm found: from `epoch` on a model is another one than before. Ratings of earlier epochs
 * count as if they had been given to the model as it is now.
 */
interface ModelShift {
    readonly modelId: string;
    /** The epoch that the alarm opened; 1 or more. */
    readonly epoch: number;
    /** By how much the ratings of earlier epochs are moved, in thousandths: below 0 for a model that became worse. */
    readonly shiftMilli: number;
}
/** An alarm about a model of one agent: a row of `model_shifts`. */
interface DriftAlarm extends ModelShift {
    readonly agentId: string;
    /** The answer whose rating raised it. */
    readonly messageId: string;
    readonly atMs: number;
}

/** The sums of one cell, or what one answer adds to them. Whole numbers. */
type ExperienceSums = Pick<StoredExperienceCell, 'count' | 'sum' | 'sumOfSquares' | 'weightMilli' | 'weightedSum' | 'weightedSumOfSquares'>;
/** What a full rating weighs, in thousandths. */
declare const FULL_WEIGHT_MILLI = 1000;
/** At most this share of a cell comes from one user, unless the host says otherwise: one in twenty, in thousandths. */
declare const DEFAULT_MAX_USER_SHARE_MILLI = 50;
declare const NO_EXPERIENCE: ExperienceSums;
/** What one user's ratings in one cell of an agent come to, hints among them. */
interface UserTally {
    readonly count: number;
    readonly sum: number;
    readonly sumOfSquares: number;
    /** What they weigh together, in thousandths of a rating. */
    readonly weightMilli: number;
}
declare const NO_TALLY: UserTally;
/** What an answer adds to the plain sums of its cells, by the rating that counts. */
declare function plainShare(rating: RatingMilli | undefined): ExperienceSums;
/** What a user adds to the weighted sums of the cell: the average of all the user's ratings, by what they weigh together. */
declare function weightedShare({ count, sum, sumOfSquares, weightMilli, }: UserTally): ExperienceSums;
/** A tally with one answer's rating replaced by another; `undefined` is none. What it weighs is left as it is. */
declare function replaceRating(tally: UserTally, { from, to }: {
    readonly from: RatingMilli | undefined;
    readonly to: RatingMilli | undefined;
}): UserTally;
declare function addExperience(left: ExperienceSums, right: ExperienceSums): ExperienceSums;
declare function subtractExperience(left: ExperienceSums, right: ExperienceSums): ExperienceSums;
declare function isNoExperience(sums: ExperienceSums): boolean;
/** What bears on the weight of one user in one cell. */
interface WeightBounds {
    /** How many ratings of the user are in the cell. */
    readonly count: number;
    /** How many ratings of others are in it. */
    readonly othersCount: number;
    /** What they weigh, in thousandths. */
    readonly othersMilli: number;
    /** The share of the cell that one user may have, in thousandths; 1000 is no bound. */
    readonly maxUserShareMilli: number;
}
/**
 * What a user's ratings in a cell weigh together, in thousandths: each a whole one, but together no
 * more than one rating, or than the user's share of the cell where that is more. Who gives more than
 * five times as many ratings as others give weighs less, down to a quarter.
 */
declare function userWeightMilli(bounds: WeightBounds): number;
/** A cell as strategies that learn see it: hints among the ratings, and each counted by what it weighs. */
declare function weightedCell(cell: StoredExperienceCell): ExperienceCell;

/** Why somebody rated an answer as they did: a closed list, so that reasons can be counted. */
declare const FEEDBACK_REASONS: readonly ["incorrect", "incomplete", "off-topic", "ignored-instructions", "too-long", "too-short", "outdated", "unsafe", "slow", "correct", "clear", "complete", "concise", "creative", "other"];
type FeedbackReason = (typeof FEEDBACK_REASONS)[number];
/** A rating of so much, in thousandths, or more is a good one where good and bad ones are told apart. */
declare const GOOD_RATING_MILLI = 500;
/** The most reasons that one rating is given. */
declare const MAX_FEEDBACK_REASONS = 5;
declare function isFeedbackReason(value: string): value is FeedbackReason;
/** 1 to {@link MAX_FEEDBACK_REASONS} reasons, none of them twice. */
declare const feedbackReasonsSchema: z.ZodType<readonly FeedbackReason[]>;

/** From the strongest to the weakest: a stronger type beats a weaker one, whatever the order they came in. */
declare const FEEDBACK_TYPES: readonly ["explicit", "self_eval", "implicit"];
type FeedbackType = (typeof FEEDBACK_TYPES)[number];
/**
 * Named signals; a rating given as a number has none. `override` is another model chosen for the same
 * question, `abandon` an answer that was left before its end; `retract` takes back what was given.
 */
declare const FEEDBACK_SIGNALS: readonly ["thumbs-up", "thumbs-down", "regenerate", "copy", "continue", "override", "abandon", "retract"];
type FeedbackSignal = (typeof FEEDBACK_SIGNALS)[number];
/** Signals that only strategies that learn heed: they are no rating of the answer. */
declare const HINT_SIGNALS: readonly FeedbackSignal[];
declare function isFeedbackSignal(value: string): value is FeedbackSignal;
/** Whether reasons may go with what was given: `undefined` is a rating without a signal. */
declare function takesReasons(signal: FeedbackSignal | undefined): boolean;
/** One signal a user gave on one answer: a row of `feedback_events`. Kept for ever, never changed. */
interface FeedbackEvent {
    /** UUIDv7; the idempotency key. */
    readonly id: string;
    readonly tenantId: string;
    readonly messageId: string;
    readonly userId: string;
    /** Of a retraction: the type that it takes back. */
    readonly feedbackType: FeedbackType;
    /** 0 for a retraction, and of no meaning there. */
    readonly ratingMilli: RatingMilli;
    readonly signal?: FeedbackSignal | undefined;
    /** Why, 1 to 5 of them. Only ratings and thumbs have any; they count as long as the rating does. */
    readonly reasons?: readonly FeedbackReason[] | undefined;
    readonly atMs: number;
}
/** An event as it was stored: `seq` gives the order in which the store took them. */
interface StoredFeedbackEvent extends FeedbackEvent {
    readonly seq: number;
    /** The epoch of the model that the answer counts in; the same for all events of an answer. */
    readonly epoch: number;
    /** What all ratings of the user weigh together in the answer's cell from this event on, in thousandths of a rating. */
    readonly weightMilli: number;
}
/**
 * The event that counts as the rating of an answer, among all events of one user on it: the strongest
 * type that was not taken back, and within it the newest (`seq` decides). A retraction takes back all
 * of its type that came before it. Hints do not count. `undefined` when nothing is left.
 *
 * Every store applies this one function inside the transaction that appends an event.
 */
declare function effectiveFeedback<Event extends FeedbackEvent & {
    readonly seq: number;
}>(events: readonly Event[]): Event | undefined;
/** What strategies that learn take the answer to be worth: as {@link effectiveFeedback}, with hints among the implicit ones. */
declare function learnedFeedback<Event extends FeedbackEvent & {
    readonly seq: number;
}>(events: readonly Event[]): Event | undefined;
/** A new event, and what this one rating weighs, in thousandths. */
interface WeighedFeedback {
    readonly event: FeedbackEvent;
    readonly weightMilli: number;
}
/**
 * Whether alarms are to judge a new event: it weighs a fifth of a rating or more, and it is the first
 * of its type without a stronger one before it. Hints and retractions are not watched.
 */
declare function isWatchedFeedback(before: readonly StoredFeedbackEvent[], { event, weightMilli }: WeighedFeedback): boolean;
declare const feedbackTypeSchema: z.ZodType<FeedbackType>;

declare const ATTEMPT_OUTCOMES: readonly ["completed", "failed", "aborted"];
type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];
/** Why a call was made. `hedge`: because another one was slow to begin. */
declare const ATTEMPT_CAUSES: readonly ["first", "retry", "failover", "hedge"];
type AttemptCause = (typeof ATTEMPT_CAUSES)[number];
/**
 * Where the tokens of a call come from: the provider said so, or they were estimated from what was
 * sent and received, since the call ended before it could.
 */
declare const USAGE_SOURCES: readonly ["provider", "estimate"];
type UsageSource = (typeof USAGE_SOURCES)[number];
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
    readonly cause: AttemptCause;
    readonly providerId: string;
    readonly modelId: string;
    readonly outcome: AttemptOutcome;
    readonly failureKind?: FailureKind | undefined;
    readonly startedAtMs: number;
    /** From the start to the head of the provider's answer, milliseconds. */
    readonly headersMs?: number | undefined;
    /** From the start to the first visible part. */
    readonly firstPartMs?: number | undefined;
    readonly totalMs: number;
    /** `undefined` when nothing is known of them. */
    readonly usage?: TokenUsage | undefined;
    readonly usageSource?: UsageSource | undefined;
    /** The prices that held for this call, the tier of its prompt included. */
    readonly price?: PriceSet | undefined;
    /** Computed from {@link price}; `undefined` is unknown, never zero. */
    readonly costNanoUsd?: NanoUsd | undefined;
    /** What the provider itself said the call cost. */
    readonly reportedCostNanoUsd?: NanoUsd | undefined;
    readonly priceSource?: string | undefined;
    /** When the catalogue learnt the price, epoch milliseconds. */
    readonly priceAsOfMs?: number | undefined;
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

/** What of an answer says which cells it counts in. */
type CreditedAnswer = Pick<MessageRecord, 'tenantId' | 'agentId' | 'userId' | 'creditedTaskType' | 'model' | 'createdAtMs'>;
/** The cell of one scope that an answer counts in. */
declare function experienceCellOf(answer: CreditedAnswer, { scope, epoch }: {
    readonly scope: ExperienceScope;
    readonly epoch: number;
}): ExperienceCellKey;
/** One text for each cell; no two share it. */
declare function experienceCellName(key: ExperienceCellKey): string;
/** What one user's ratings come to in one cell of an agent. */
interface UserExperience {
    readonly cell: ExperienceCellKey;
    readonly userId: string;
    readonly tally: UserTally;
}
/** The plain sums of a cell. */
type PlainSums = Pick<ExperienceSums, 'count' | 'sum' | 'sumOfSquares'>;
/** Where stored sums are not what they should be. */
interface ExperienceMismatch {
    readonly cell: ExperienceCellKey;
    readonly stored: ExperienceSums;
    readonly expected: ExperienceSums;
}
/** Experience counted from its beginning: checkpoints and the events after them. Changed in place. */
declare class ExperienceTotals {
    #private;
    /** Adds one answer, given all its events in `seq` order. */
    addAnswer(answer: CreditedAnswer, events: readonly StoredFeedbackEvent[]): void;
    /** Adds plain sums to a cell of an agent. */
    addPlain(own: ExperienceCellKey, { count, sum, sumOfSquares }: PlainSums): void;
    /** Puts in what a user's ratings came to before any event that is added. */
    addUser({ cell, userId, tally }: UserExperience): void;
    /** The plain sums of the cells of agents. */
    plainCells(): readonly (ExperienceCellKey & PlainSums)[];
    users(): readonly UserExperience[];
    /** The cells of the agents and of their tenant. */
    cells(): readonly StoredExperienceCell[];
    /** Where the stored cells of the tenant and its agents say something else. A cell of zeros is as good as none. */
    mismatches(stored: readonly StoredExperienceCell[]): readonly ExperienceMismatch[];
}
/** The cells of every scope that an answer counts in, from the narrowest to the widest. */
declare function experienceCellsOf(answer: CreditedAnswer, epoch: number): readonly ExperienceCellKey[];

/** What one more event makes of its message and of the experience it counts in. */
interface RecordedFeedback {
    /** The message with the rating that counts now, or without any. */
    readonly message: MessageRecord;
    readonly ratingChanged: boolean;
    /** The reasons of the rating that counts now; empty without any. */
    readonly reasons: readonly FeedbackReason[];
    /** What the user's ratings in the agent's cell come to now: the same object as before, or another. Its weight is stored with the event. */
    readonly tally: UserTally;
    /** What is to be added to every cell that the message counts in. */
    readonly change: ExperienceSums;
    readonly experienceChanged: boolean;
    /** Whether alarms are to judge the event. */
    readonly isWatched: boolean;
}
/** What is there when an event comes. */
interface FeedbackStanding {
    readonly message: MessageRecord;
    /** The events of the message so far, in `seq` order. */
    readonly before: readonly StoredFeedbackEvent[];
    readonly event: FeedbackEvent;
    /** What the user's ratings in the agent's cell came to. */
    readonly tally: UserTally;
    /** How many ratings are in that cell, and what they weigh, the user's among them. */
    readonly cell: Pick<ExperienceSums, 'count' | 'weightMilli'>;
    /** Default: 50. */
    readonly maxUserShareMilli?: number | undefined;
}
/** Pure: every store applies it in the transaction that appends the event. */
declare function recordedFeedback(standing: FeedbackStanding): RecordedFeedback;

/** Whose use is counted. */
declare const BUDGET_SCOPES: readonly ["tenant", "agent", "user", "provider", "model"];
type BudgetScope = (typeof BUDGET_SCOPES)[number];
/** What is counted: requests to models, tokens in and out together, nano-dollars. */
declare const BUDGET_UNITS: readonly ["requests", "tokens", "nano-usd"];
type BudgetUnit = (typeof BUDGET_UNITS)[number];
/** Calendar windows in UTC. */
declare const BUDGET_PERIODS: readonly ["minute", "day", "month"];
type BudgetPeriod = (typeof BUDGET_PERIODS)[number];
/** Stands for each agent, user, provider or model on its own. */
declare const EACH_SUBJECT = "*";
/** A limit: a row of `budgets`. */
interface BudgetRule {
    readonly tenantId: string;
    /** The host's name for it, unique within the tenant. */
    readonly id: string;
    readonly scope: BudgetScope;
    /** The agent, user, provider or model; {@link EACH_SUBJECT} for each of them; the tenant's own id where the scope is `tenant`. */
    readonly subject: string;
    readonly unit: BudgetUnit;
    readonly period: BudgetPeriod;
    /** In whole units. 0 allows nothing but what takes no unit: a model without a price, under a limit on money. */
    readonly limit: number;
    readonly createdAtMs: number;
    readonly updatedAtMs: number;
}
/** A part of a reservation: so much of one rule, for one subject, in one window. */
interface BudgetHold {
    readonly ruleId: string;
    /** Never {@link EACH_SUBJECT}. */
    readonly subject: string;
    readonly windowStartMs: number;
    /** Whole units. */
    readonly amount: number;
}
/** What is to be set aside, and within which limit. */
interface BudgetCharge extends BudgetHold {
    readonly windowEndMs: number;
    /** What all of the window may come to, this amount included. */
    readonly limit: number;
}
/** What was set aside for one attempt: rows of `budget_reservations`. */
interface BudgetReservation {
    readonly id: string;
    readonly tenantId: string;
    /** In the order of their rules. */
    readonly holds: readonly BudgetHold[];
    readonly expiresAtMs: number;
}
/**
 * What an attempt really used; it takes the place of what was reserved, in the window it was reserved
 * in, and may be more.
 */
interface BudgetSettlement {
    readonly tenantId: string;
    /** The id of the attempt. */
    readonly reservationId: string;
    /** By rule. A rule that is not named is settled at what was reserved. */
    readonly actual: readonly {
        readonly ruleId: string;
        readonly amount: number;
    }[];
}
/** How much of a rule one subject has used in the running window. */
interface BudgetUsage {
    readonly rule: BudgetRule;
    readonly subject: string;
    readonly windowStartMs: number;
    readonly windowEndMs: number;
    readonly used: number;
    /** The part of `used` that nobody measured: calls whose process died, counted at what they reserved. */
    readonly assumed: number;
    /** Set aside for calls that run. */
    readonly reserved: number;
}
/** The window of a period that holds a moment. */
declare function budgetWindow(period: BudgetPeriod, atMs: number): {
    readonly startMs: number;
    readonly endMs: number;
};
declare const budgetRuleSchema: z.ZodType<BudgetRule>;

/**
 * How often a duration fell into each bucket: the bucket's number, as text, to a count above 0.
 * Buckets are the same everywhere and grow by a constant factor, so that histograms of different
 * days and models add up bucket by bucket.
 */
type LatencyHistogram = Readonly<Record<string, number>>;
/** By how much at most a percentile of a histogram misses the duration itself, as a part of it. */
declare const LATENCY_ERROR = 0.05;
/** How many buckets there are. */
declare const LATENCY_BUCKETS: number;
/**
 * The bucket of a duration in milliseconds. Bucket 0 takes all up to one millisecond, the last one
 * all above a day; what is no number is taken for 0.
 */
declare function latencyBucketOf(durationMs: number): number;
/** The duration that stands for all of a bucket, milliseconds: none of them is farther from it than {@link LATENCY_ERROR}. */
declare function latencyOfBucket(bucket: number): number;
/** The histogram of some durations in milliseconds. */
declare function toLatencyHistogram(durationsMs: readonly number[]): LatencyHistogram;
/** Histograms, or other counts by name, added up; in any order the same. */
declare function mergeCounts(counts: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>>;
/** Adds counts to sums that are still being made. */
declare function addCounts(sums: Record<string, number>, counts: Readonly<Record<string, number>>): void;
/** What the durations of a histogram come to. */
interface LatencySummary {
    /** How many there are. */
    readonly count: number;
    /** Milliseconds, within {@link LATENCY_ERROR} of their average. */
    readonly mean: number;
    /** Milliseconds, one for each part that was asked for. */
    readonly percentiles: readonly number[];
}
/**
 * Count, average and percentiles. A percentile is the smallest duration that at least this part of
 * all does not exceed, by nearest rank: 0.5 is the median. It misses that duration by
 * {@link LATENCY_ERROR} of it at most, or by a millisecond where that is more. `undefined` for an
 * empty histogram.
 */
declare function latencySummary(histogram: LatencyHistogram, fractions: readonly number[]): LatencySummary | undefined;

/** How long a time the figures of one cell are of. */
declare const FIGURE_PERIODS: readonly ["day", "month"];
type FigurePeriod = (typeof FIGURE_PERIODS)[number];
/**
 * What calls came to: those to one model, for one agent and kind of task, in one UTC day make a row of
 * `model_performance_daily`. All are sums: cells add up.
 */
interface PerformanceFigures {
    /** Calls that were not repetitions of a call to the same model: for how many answers it was asked. */
    readonly requests: number;
    readonly attempts: number;
    /** Calls that failed, whoever was to blame; those that a caller gave up are not among them. */
    readonly failures: number;
    readonly aborted: number;
    readonly failuresByKind: Readonly<Partial<Record<FailureKind, number>>>;
    /** Of the calls whose tokens are known or estimated. */
    readonly inputTokens: number;
    readonly outputTokens: number;
    /** Calls that may have used tokens of which nothing is known. */
    readonly unmeasured: number;
    /** Of the calls whose cost is known. */
    readonly costNanoUsd: NanoUsd;
    /** Calls that may have cost something nobody knows: their cost is not in {@link costNanoUsd}. */
    readonly unpriced: number;
    /** Of completed calls, whole milliseconds. */
    readonly totalMsSum: number;
    /** From the start to the first visible part, of calls that came so far. */
    readonly firstPart: LatencyHistogram;
    /** From the start to the end, of completed calls. */
    readonly total: LatencyHistogram;
}
interface PerformanceCell extends PerformanceFigures {
    readonly tenantId: string;
    /** The UTC day, `2026-11-21`, or month, `2026-11`, in which the calls were begun. */
    readonly period: string;
    readonly agentId: string;
    /** What the model was chosen for. */
    readonly taskType: TaskType;
    readonly modelId: string;
    readonly providerId: string;
}
/** What figures can be told apart by. Days and months are UTC. */
declare const FIGURE_GROUPS: readonly ["model", "task-type", "agent", "day", "month"];
type FigureGroup = (typeof FIGURE_GROUPS)[number];
/** What a sum is of. What it is not told apart by is absent. */
interface FigureKey {
    readonly modelId?: string | undefined;
    readonly taskType?: TaskType | undefined;
    readonly agentId?: string | undefined;
    /** The UTC day, `2026-11-21`, or month, `2026-11`. */
    readonly period?: string | undefined;
}
/** How often a reason was given for ratings of answers of one model that count now. */
interface ReasonSum {
    readonly modelId: string;
    readonly reason: FeedbackReason;
    /** With ratings of .5 and more. */
    readonly good: number;
    readonly bad: number;
}
/** Figures of many cells. */
interface FigureSum extends FigureKey, PerformanceFigures {
}
/** Ratings of many cells, in thousandths. */
interface RatingSum extends FigureKey {
    readonly count: number;
    readonly sum: number;
    readonly sumOfSquares: number;
}

/** A call, and what its model was chosen for. */
interface ClassifiedAttempt {
    readonly attempt: Attempt;
    readonly taskType: TaskType;
}
/** The figures of calls, a cell for each tenant, period, agent, kind of task and model, in the order of these. */
declare function tallyAttempts(calls: readonly ClassifiedAttempt[], period: FigurePeriod): readonly PerformanceCell[];
type Mutable<T> = {
    -readonly [Key in keyof T]: T[Key];
};
/** Figures that are still being added up. */
type MutableFigures = Mutable<Omit<PerformanceFigures, 'failuresByKind' | 'firstPart' | 'total'>> & {
    readonly failuresByKind: Record<string, number>;
    readonly firstPart: Record<string, number>;
    readonly total: Record<string, number>;
};
/** No calls at all, to add to. */
declare function emptyFigures(): MutableFigures;
/** Adds figures to sums that are still being made. */
declare function addFigures(sums: MutableFigures, figures: PerformanceFigures): void;
/** The UTC day or month of a time: `2026-11-21`, `2026-11`. */
declare function periodOf(atMs: number, period: FigurePeriod): string;

/** How hard a model that reasons shall think, from not at all to a lot. */
declare const REASONING_EFFORTS: readonly ["none", "minimal", "low", "medium", "high"];
type ReasoningEffort = (typeof REASONING_EFFORTS)[number];
/** How a model is to answer, apart from what it is asked. What is left out is the model's own default. */
interface ModelParameters {
    /** Reasoning included, where the model reasons. */
    readonly maxOutputTokens?: number | undefined;
    /** 0 to 2; some models take less. */
    readonly temperature?: number | undefined;
    readonly topP?: number | undefined;
    readonly stop?: readonly string[] | undefined;
    readonly seed?: number | undefined;
    readonly reasoningEffort?: ReasoningEffort | undefined;
    /**
     * Fields of the provider's own request, by provider id, in the provider's words: they are added to
     * what is sent to it as they are. Fields that IMRS itself writes cannot be set this way.
     */
    readonly providerOptions?: Readonly<Record<string, JsonObject>> | undefined;
}
type ModelParameterName = keyof ModelParameters;
declare const MODEL_PARAMETERS: readonly ModelParameterName[];
/**
 * What is done with a parameter of the request that a model does not take: it is left out, and the
 * answer says so in a warning; or the model is not used.
 */
declare const UNSUPPORTED_PARAMETER_MODES: readonly ["drop", "refuse"];
type UnsupportedParameterMode = (typeof UNSUPPORTED_PARAMETER_MODES)[number];
/** The fields of {@link modelParametersSchema}, for schemas that hold them beside others. */
declare const modelParametersShape: {
    readonly [Name in ModelParameterName]: z.ZodOptional<z.ZodType<NonNullable<ModelParameters[Name]>>>;
};
declare const modelParametersSchema: z.ZodType<ModelParameters>;
/** The parameters among the fields of something larger, without those that are not set. */
declare function modelParametersOf(source: ModelParameters): ModelParameters;

/**
 * Parameters that count where the request leaves them out: a row of `parameter_defaults`. Without a
 * model they count for all models of the agent, without an agent for all agents of the tenant; one
 * of the two is given. Where several fit, each parameter is taken from the narrowest: agent and
 * model, then agent, then model.
 */
interface ParameterDefaults {
    readonly tenantId: string;
    readonly agentId?: string | undefined;
    readonly modelId?: string | undefined;
    readonly parameters: ModelParameters;
    readonly updatedBy?: string | undefined;
    readonly updatedAtMs: number;
}
declare const parameterDefaultsSchema: z.ZodType<ParameterDefaults>;
/** Which defaults are meant. */
type ParameterDefaultsKey = Pick<ParameterDefaults, 'tenantId' | 'agentId' | 'modelId'>;

/** What a model makes of one parameter. A limit that is not said is not known. */
interface ParameterSupport {
    /** `unknown`: nobody says, and so it is sent. */
    readonly support: 'supported' | 'unsupported' | 'unknown';
    readonly min?: number | undefined;
    /** The most it takes; of `stop`, how many sequences. */
    readonly max?: number | undefined;
    /** The only values it takes. */
    readonly values?: readonly ReasoningEffort[] | undefined;
    /** Whether it is taken while the model reasons. Default: `true`. */
    readonly isTakenWhileReasoning?: boolean | undefined;
    /** The parameter that it is not taken beside. */
    readonly notBeside?: ModelParameterName | undefined;
    /** Of `stop`: whether a sequence may be nothing but white space. Default: `true`. */
    readonly takesBlank?: boolean | undefined;
}
/** What a model makes of every parameter. */
interface ModelParameterSupport {
    readonly parameters: Readonly<Record<ModelParameterName, ParameterSupport>>;
    /** Whether it is known to reason when `reasoningEffort` is left out. */
    readonly reasonsUnasked: boolean;
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
/** The stored health of a provider changed its status: a row of `provider_health_history`. */
interface ProviderHealthChange {
    /** Rises in the order in which the changes of one provider were made. */
    readonly seq: number;
    readonly providerId: string;
    /** When what changed it was observed. */
    readonly atMs: number;
    /** `healthy` where nothing had been stored. */
    readonly from: HealthStatus;
    readonly to: HealthStatus;
    /** For people; redacted. */
    readonly error?: string | undefined;
}

/**
 * What a model takes, out of what is known of its provider's wire format, of its name and
 * capabilities, and of what its provider's list says. Pure, and cheap: microseconds.
 *
 * A model without its `metadata`, as `listRoutable` gives it, is one of which only that is not known.
 */
declare function parameterSupportOf(model: Pick<Model, 'externalId' | 'capabilities' | 'supportedParameters' | 'maxOutputTokens' | 'metadata'>, { providerType, apiBase }: Pick<Provider, 'providerType' | 'apiBase'>): ModelParameterSupport;

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
declare const CATALOG_EVENT_TYPES: readonly ["model-added", "model-updated", "model-removed", "model-deprecated", "price-changed"];
type CatalogEventType = (typeof CATALOG_EVENT_TYPES)[number];
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

/** How the router treats a provider: part of its settings, each field on its own. */
interface ProviderPolicy {
    /** Requests that may come at once, within `rateLimitRpm`. Default: a tenth of it, at least 1. */
    readonly rateLimitBurst?: number | undefined;
    /**
     * How often a call that failed before its first part is made again, at the same model. Default: not
     * at all while there is another model to try, and twice at the last one.
     */
    readonly maxRetries?: number | undefined;
    /** The longest wait before the first repetition, milliseconds; doubled for each one after. The wait is drawn from 0 to that. Default: 500. */
    readonly backoffMs?: number | undefined;
    /** Path below the API base that is asked how the provider is. Default: the one that checks the key. */
    readonly healthEndpoint?: string | undefined;
}
declare const providerPolicySchema: z.ZodType<ProviderPolicy>;
/** A policy with its defaults. */
interface ResolvedProviderPolicy {
    readonly rateLimitBurst: number;
    /** `undefined`: only at the last model. */
    readonly maxRetries: number | undefined;
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
/** A model a user chose. `modelId` is `auto` or `preset:<id>` when the router shall choose. */
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

/** Which models a preset names: a list, or whatever fits a filter, now and later. */
type PresetModels = 
/** Model ids. */
{
    readonly modelIds: readonly string[];
} | {
    readonly filter: EnableRuleFilter;
};
/**
 * How a model of a preset is chosen. `agent`: as the agent's own strategy does. `best`: by priority
 * and ratings, less what a price is worth. `cheapest`: the lowest price, the better one among equal
 * prices. `fastest`: what begins to answer soonest.
 */
type PresetChoice = {
    readonly order: 'agent';
} | {
    readonly order: 'best';
    /** What a lower price is worth, from 0 (quality only) to 1 (price only). Default: `0`. */
    readonly costQuality?: number | undefined;
} | {
    readonly order: 'cheapest';
} | {
    readonly order: 'fastest';
};
declare const PRESET_ORDERS: readonly ["agent", "best", "cheapest", "fastest"];
type PresetOrder = (typeof PRESET_ORDERS)[number];
/** A named group of models and how one of them is chosen, whoever it belongs to. */
interface PresetDefinition {
    /** Lower-case letters, digits, `_` and `-`, 50 at most: `preset:<id>` asks for it. */
    readonly id: string;
    readonly displayName: string;
    readonly description?: string | undefined;
    readonly models: PresetModels;
    /** Models without all of these are not in it. Default: none is asked for. */
    readonly requiredCapabilities?: readonly Capability[] | undefined;
    readonly choice: PresetChoice;
}
/** A preset of one tenant: a row of `presets`. */
interface Preset extends PresetDefinition {
    readonly tenantId: string;
    readonly updatedBy?: string | undefined;
    readonly updatedAtMs: number;
}
/** Presets that are always there. A stored one of the same id takes the place of one. */
declare const BUILT_IN_PRESETS: readonly PresetDefinition[];
/** How many presets a tenant may store: all of them are held with each agent's snapshot. */
declare const MAX_PRESETS = 100;
/** How many models a preset may list. */
declare const MAX_PRESET_MODELS = 1000;
/** Lower-case letters, digits, `_` and `-`, 50 at most. */
declare function isPresetId(value: string): boolean;
declare const presetSchema: z.ZodType<Preset>;
/** The model name that asks for a preset: `preset:cheap`. */
declare function presetName(presetId: string): string;
/**
 * The id of the preset that a model name asks for, `undefined` when it asks for none. `preset:<id>`
 * and `auto:<id>` are the same; whether there is such a preset is not looked at.
 */
declare function presetIdOf(modelName: string): string | undefined;
/** The error of a store that would hold more than {@link MAX_PRESETS} of one tenant. */
declare function tooManyPresets(): ImrsError;

/** What may be changed of a provider that was made through the API. */
type ProviderSettings = Pick<Provider, 'displayName' | 'providerType' | 'apiBase' | 'modelsEndpoint' | 'apiKeyVaultPath' | 'rateLimitRpm' | 'isActive' | 'settings'>;
interface ProviderChange {
    /** Members that are `undefined` say nothing. */
    readonly set?: {
        readonly [Field in keyof ProviderSettings]?: ProviderSettings[Field] | undefined;
    } | undefined;
    /** Absent from now on. Wins over {@link set}. */
    readonly clear?: readonly ('apiKeyVaultPath' | 'rateLimitRpm')[] | undefined;
    /** Whether its key was given anew: the audit says so, also when nothing else changes. Default: `false`. */
    readonly keyWritten?: boolean | undefined;
    /** Who, for the audit. */
    readonly by?: string | undefined;
    readonly atMs: number;
}
/**
 * The provider after a change; the same object when it changes nothing and no key was written. Pure.
 *
 * @throws ImrsError `read-only` for a provider that the host's code declares.
 */
declare function changedProvider(provider: Provider, change: ProviderChange): Provider;

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
/**
 * What only the model that made it understands: the signature of a thought, encrypted reasoning. Send
 * it back unchanged with the message it came in; it reaches the model of the same provider and
 * nobody else.
 */
interface ProviderData {
    readonly providerId: string;
    /** The provider's own name of the model. */
    readonly externalId: string;
    readonly data: JsonObject;
}
/** A tool the model asked to be called. */
interface ToolCall {
    readonly id: string;
    readonly name: string;
    readonly input: JsonValue;
    readonly providerData?: ProviderData | undefined;
}
/** A block of thinking, as it came. */
interface ReasoningContent {
    readonly text: string;
    readonly providerData?: ProviderData | undefined;
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
    /** What was thought before it. Models that want their thoughts back get them; others never see them. */
    readonly reasoning?: readonly ReasoningContent[] | undefined;
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
    /** The request's own dial between quality, 0, and price, 1, where it ruled. */
    readonly costQuality?: number | undefined;
    /** The preset that was asked for; absent when none was. */
    readonly preset?: string | undefined;
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
    readonly code: 'preference-unavailable'
    /** The user's stored choice is a preset that is no more; it was passed over. */
     | 'preset-gone'
    /** Nothing of this answer is stored: it cannot be rated. */
     | 'record-failed'
    /** The store is down; the record waits on the disk and is written when it is back. */
     | 'record-delayed'
    /** The model does not take a parameter of the request, so it was left out. */
     | 'parameter-dropped'
    /** The request has a dial between quality and price, and what chooses has none: it was passed over. */
     | 'cost-quality-ignored';
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
/** A block of thinking is complete: the deltas since the last one belong together. */
interface ReasoningEndPart {
    readonly type: 'reasoning-end';
    /** To be kept with the text of the block, and sent back with it. */
    readonly providerData?: ProviderData | undefined;
}
/** A whole tool call; never given in halves. */
interface ToolCallPart {
    readonly type: 'tool-call';
    readonly toolCallId: string;
    readonly toolName: string;
    readonly input: JsonValue;
    /** To be kept with the call, and sent back with it. */
    readonly providerData?: ProviderData | undefined;
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
/** One call that did not lead to the answer, or a model that could not be called at all. */
interface TriedModel {
    /** Catalogue id. */
    readonly model: string;
    readonly failureKind: FailureKind;
    /** Whether a request was sent, and may have cost something. */
    readonly wasCalled: boolean;
    /** When it may be tried again, epoch milliseconds, where that is known. */
    readonly retryAtMs?: number | undefined;
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
    /** Whether sending it again can repeat no effect: no tool call was given out. */
    readonly isRetrySafe: boolean;
    readonly retryAfterMs?: number | undefined;
    /** What was tried, in that order. */
    readonly tried: readonly TriedModel[];
    /** US dollars of the calls whose cost is known, estimates included; absent when there is none. */
    readonly costUsd?: number | undefined;
    /** What was already given out when it broke. */
    readonly received: {
        /** Of text. */
        readonly characters: number;
        readonly reasoningCharacters: number;
        readonly toolCalls: number;
    };
}
/**
 * What an answer is made of: at most one `decision` first, then the rest, and exactly one `end` or
 * `error` last.
 */
type AnswerPart = DecisionPart | FallbackPart | WarningPart | TextDeltaPart | ReasoningDeltaPart | ReasoningEndPart | ToolCallPart | UsagePart | EndPart | ErrorPart;
type AnswerPartType = AnswerPart['type'];
declare const ANSWER_PART_TYPES: readonly AnswerPartType[];

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
interface ModelInput extends ModelParameters {
    readonly messages: readonly ChatMessage[];
    readonly tools?: readonly ToolDefinition[] | undefined;
    readonly toolChoice?: ToolChoice | undefined;
    readonly responseFormat?: ResponseFormat | undefined;
}
/** One request to the router. */
interface ChatRequest extends ModelInput {
    /** `auto`, a preset (`preset:cheap`, or `auto:cheap`), a model id (`openai/gpt-4o`), an alias, or an external id that only one provider has. Default: the user's stored selection, else the router's default model, else `auto`. */
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
    /**
     * What a lower price is worth to this request, from 0, quality only, to 1, price only: takes the place
     * of the dial of `adaptive` and of presets that choose the `best`. Where nothing has a dial, or a model
     * is named, it is passed over, and a `warning` says so. Default: the strategy's own dial.
     */
    readonly costQuality?: number | undefined;
    /** The capsule's list of allowed model ids. Absent: unrestricted; empty: none. */
    readonly allowedModels?: readonly string[] | undefined;
    /** The caller's roles, for models that only some roles may use. Default: none. */
    readonly roles?: readonly string[] | undefined;
    /** `false` asks the provider for its answer in one piece. Default: `true`. */
    readonly stream?: boolean | undefined;
    /** Whether an answer without text and tool calls is one. Default: `false`: it is a failure, and another model is tried. */
    readonly allowEmpty?: boolean | undefined;
    /** What is done with parameters that a model does not take. Default: the router's, which is `drop`. */
    readonly unsupportedParameters?: UnsupportedParameterMode | undefined;
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

/** Which secret is meant. */
interface SecretReference {
    readonly providerId: string;
    /** `secret/llm/{provider_id}`. */
    readonly path: string;
    /**
     * `'api'` for a provider that was made at run time: whoever may make providers chose its id, and the
     * address that the key is sent to. A store that holds more than keys of providers looks at it.
     * Default: the host's code asks.
     */
    readonly origin?: ProviderOrigin | undefined;
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

/** One signal with what it was given for, and what it made of the answer's rating. */
interface LearningRecord {
    /** Also a retraction, and a hint, which is no rating. */
    readonly event: FeedbackEvent;
    /** The rating that counts for the answer since this event; absent when nothing counts. */
    readonly ratingMilli?: RatingMilli | undefined;
    /** The reasons of the rating that counts since this event; absent when it has none. */
    readonly reasons?: readonly FeedbackReason[] | undefined;
    /** Whether the event changed the rating that counts. */
    readonly ratingChanged: boolean;
    readonly agentId: string;
    readonly modelId: string;
    /** What kind of task the model was chosen for. */
    readonly taskType: TaskType;
    readonly conversationId?: string | undefined;
    /**
     * The text of the answer. There only when the host stores it (`storeContent`), the answer is still
     * stored, and the sink asks for it (`wantsText`).
     */
    readonly answerText?: string | undefined;
}
/** Tells repeats of one delivery: the same for every try, and different for any two records. */
declare function deliveryIdOf({ event }: Pick<LearningRecord, 'event'>): string;
interface DeliveryOptions extends CallOptions {
    /** What {@link LearningSink.secret} names; read anew for every few deliveries, and not to be kept. */
    readonly secret?: string | undefined;
}
/** Another system that learns from feedback. */
interface LearningSink {
    readonly specVersion: 'v1';
    /** Lower-case letters, digits and `-`. What waits for the sink is stored under it, so it should stay. */
    readonly name: string;
    /** Where its credential lies; without it none is read. Default: none. */
    readonly secret?: SecretReference | undefined;
    /** Whether records carry the text of answers, where it is stored. Default: `false`. */
    readonly wantsText?: boolean | undefined;
    /**
     * Delivers one record; resolves when the other system took it. Called for several answers at once,
     * for records of one answer strictly one after the other, in the order they were given. Called again
     * after a rejection and after a crash: delivery is at least once, and {@link deliveryIdOf} tells repeats.
     *
     * @throws SinkError that says whether to try again; what else it throws is tried again too.
     */
    deliver(record: LearningRecord, options?: DeliveryOptions): Promise<void>;
    /** Idempotent. */
    close(): Promise<void>;
}

/** What sinks are told of an event and of what it made of its answer. Every store applies it where it records the event. */
declare function toLearningRecord({ message, ratingChanged, reasons, }: Pick<RecordedFeedback, 'message' | 'ratingChanged' | 'reasons'>, event: FeedbackEvent): LearningRecord;

/** What was made ready for the records to come. */
interface PreparedStorage {
    /** Partitions that were made, by name. */
    readonly madePartitions: readonly string[];
    /** Records that were moved to the partition of their month. */
    readonly movedRows: number;
    /** Months, by the name of their partition, of which so many records lie elsewhere that they stay there. */
    readonly leftPartitions: readonly string[];
    /** Whether another process is at it; then nothing was done. */
    readonly isElsewhere: boolean;
}
/** Which records are no longer kept. What is absent is kept for ever. */
interface RetentionRequest {
    /**
     * Answers whose messages were made in months that were over by then, epoch milliseconds: messages,
     * decisions, attempts and feedback events together.
     */
    readonly answersBeforeMs?: number | undefined;
    /** Catalogue events from before, epoch milliseconds. */
    readonly catalogEventsBeforeMs?: number | undefined;
    /** Rows of the audit from before, epoch milliseconds. */
    readonly auditBeforeMs?: number | undefined;
    /** Changes of the health of providers from before, epoch milliseconds. */
    readonly healthChangesBeforeMs?: number | undefined;
    /** Only says what would be dropped. Default: `false`. */
    readonly isDryRun?: boolean | undefined;
}
/** A month of one table that is dropped as a whole. */
interface DroppedPartition {
    readonly name: string;
    /** As many as the database believes there are. */
    readonly estimatedRows: number;
    readonly bytes: number;
}
/** What was dropped, or would be. */
interface RetentionReport {
    /** The first millisecond of the first month of answers that is kept. */
    readonly answersBeforeMs?: number | undefined;
    /** Tenants that had answers from before; the experience of each was settled first. */
    readonly tenants: number;
    readonly partitions: readonly DroppedPartition[];
    /** Rows that were deleted one by one. */
    readonly messages: number;
    readonly decisions: number;
    readonly attempts: number;
    readonly feedbackEvents: number;
    readonly catalogEvents: number;
    readonly auditEntries: number;
    readonly healthChanges: number;
    /** Whether another process took over; then it goes on with what is left. */
    readonly isElsewhere: boolean;
}
/**
 * What keeps a store in shape while it lives. Of several processes one does the work at a time; each
 * step is a short transaction of its own, so that an abort or a crash leaves a store in order, and the
 * next call goes on from there.
 */
interface MaintenanceRepository {
    /** Makes room for the records of this month and the two after it. Idempotent; does nothing where nothing is needed. */
    prepare(request: {
        readonly atMs: number;
    }, options?: CallOptions): Promise<PreparedStorage>;
    /**
     * Drops what is too old, of every tenant. Before any feedback event goes, what it adds to experience
     * is settled ({@link ./feedback-repository.ts FeedbackRepository.checkpointExperience}): experience
     * and a rebuild of it stay what they were. The figures of days and months stay. Requests wait for it
     * no longer than for each other. Idempotent.
     */
    drop(request: RetentionRequest, options?: CallOptions): Promise<RetentionReport>;
}

/** What people are told of, by name. */
declare const ALERT_NAMES: readonly ["provider-down", "error-rate", "cache-degradation", "unusual-usage"];
type AlertName = (typeof ALERT_NAMES)[number];
/** What an alert is about. Ids are those of the catalogue and the host; no user is among them. */
interface AlertSubject {
    /** `answers`: all of them, whoever made them. */
    readonly kind: 'provider' | 'answers' | 'cache' | 'tenant' | 'model';
    /** Absent for `answers`. */
    readonly id?: string | undefined;
}

/** The caches whose hits are counted. */
declare const CACHE_NAMES: readonly ["lists", "user-lists", "snapshots", "preferences", "health"];
type CacheName = (typeof CACHE_NAMES)[number];
/** What browsers measure of a model picker. */
declare const PICKER_MEASURES: readonly ["load", "open", "filter", "select"];
type PickerMeasure = (typeof PICKER_MEASURES)[number];

/** What every event says. */
interface TimedEvent {
    /** When it happened, epoch milliseconds. */
    readonly atMs: number;
}

/** Something is wrong for long enough that a person should know. */
interface AlertRaisedEvent extends TimedEvent {
    readonly type: 'alert-raised';
    readonly alert: AlertName;
    readonly subject: AlertSubject;
    /** What was measured, and what it is held against; the unit is the alert's. */
    readonly value: number;
    readonly threshold: number;
    /** One sentence for people. */
    readonly message: string;
}
/** What an alert was raised for is over, and has been for a while. */
interface AlertClearedEvent extends TimedEvent {
    readonly type: 'alert-cleared';
    readonly alert: AlertName;
    readonly subject: AlertSubject;
    /** When it was raised, epoch milliseconds. */
    readonly raisedAtMs: number;
    readonly message: string;
}
/** A sink took nothing several times in a row, or asked to be left alone; what is for it waits. */
interface SinkDownEvent extends TimedEvent {
    readonly type: 'sink-down';
    readonly sink: string;
    readonly failure: SinkFailureKind;
    /** When it is tried again, epoch milliseconds. */
    readonly retryAtMs: number;
}
/** A sink that was down took a record. */
interface SinkRecoveredEvent extends TimedEvent {
    readonly type: 'sink-recovered';
    readonly sink: string;
}
/** A sink refused a record for good; it waits for a person, and so do later ones of its answer. */
interface DeliverySetAsideEvent extends TimedEvent {
    readonly type: 'delivery-set-aside';
    readonly sink: string;
    readonly tenantId: string;
    readonly messageId: string;
    readonly eventId: string;
    readonly reason: string;
}
/** Records wait on the disk since the store is down, or were all written. */
interface SpoolChangedEvent extends TimedEvent {
    readonly type: 'spool-changed';
    /** Answers that wait. */
    readonly waiting: number;
    /** Answers that were refused since the spool is full, since the start. */
    readonly refused: number;
}
/** Something was looked up in a cache. */
interface CacheReadEvent extends TimedEvent {
    readonly type: 'cache-read';
    readonly cache: CacheName;
    readonly result: 'hit' | 'miss';
}
/** Records that are no longer kept were dropped. */
interface RecordsDroppedEvent extends TimedEvent {
    readonly type: 'records-dropped';
    readonly report: RetentionReport;
}
/** Something of our own failed without breaking a request. */
interface InternalFailedEvent extends TimedEvent {
    readonly type: 'internal-failed';
    readonly part: 'ledger' | 'spool' | 'budgets' | 'preferences' | 'snapshot' | 'detector' | 'decision' | 'sinks' | 'listener' | 'maintenance' | 'changes' | 'hints' | 'pace' | 'alerts';
    readonly error: Error;
}

/** An alert on its way: the same for every try, so that its id tells repeats. */
interface AlertNotice {
    readonly id: string;
    readonly event: AlertRaisedEvent | AlertClearedEvent;
}
interface AlertDeliveryOptions extends CallOptions {
    /** What {@link AlertSink.secret} names; read anew for each delivery, and not to be kept. */
    readonly secret?: string | undefined;
}
/** Another system that is told of alerts. */
interface AlertSink {
    readonly specVersion: 'v1';
    readonly name: string;
    /** Where its credential lies; without it none is read. Default: none. */
    readonly secret?: SecretReference | undefined;
    /**
     * Delivers one notice; resolves when the other system took it. Called for one notice after the other,
     * and again after a rejection.
     *
     * @throws SinkError that says whether to try again; what else it throws is tried again too.
     */
    deliver(notice: AlertNotice, options?: AlertDeliveryOptions): Promise<void>;
    /** Idempotent. */
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
type ModelPart = 
/** The provider took the request and began to answer; the first part, where the adapter can tell. */
{
    readonly type: 'headers';
} | {
    readonly type: 'text-delta';
    readonly text: string;
} | {
    readonly type: 'reasoning-delta';
    readonly text: string;
}
/** A block of thinking is complete; `data` is what only this model understands of it. */
 | {
    readonly type: 'reasoning-end';
    readonly data?: JsonObject | undefined;
} | {
    readonly type: 'tool-call';
    readonly toolCallId: string;
    readonly toolName: string;
    readonly input: JsonValue;
    /** What only this model understands, to be sent back with the call. */
    readonly data?: JsonObject | undefined;
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
/** Which agents of a tenant to say of what is set for them and what they were used for. */
interface AgentSummaryQuery {
    readonly tenantId: string;
    /** Default: every agent of the tenant. */
    readonly agentIds?: readonly string[] | undefined;
    /** The first UTC day of which answers are counted, `2026-11-21`. */
    readonly fromDay: string;
    /** The last one, itself included. */
    readonly toDay: string;
    /** 1 to 200. Default: 100. */
    readonly limit?: number | undefined;
    /** The `nextCursor` of the page before, of the same tenant and agents. */
    readonly cursor?: string | undefined;
}
interface AgentSummaryPage {
    /** By agent id. May be fewer than asked for, though there are more. */
    readonly items: readonly AgentSummary[];
    /** Absent on the last page. */
    readonly nextCursor?: string | undefined;
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
    /**
     * The agents that have anything: a model enabled or disabled by name, a rule, or a call that was made
     * for them. Read from rows, rules and sums of days, never from the ledger: how long a page takes
     * depends on its agents, not on all of them nor on their calls. Every call that was recorded before is
     * in it; rows and rules that change while it reads may show or not.
     */
    listSummaries(query: AgentSummaryQuery, options?: CallOptions): Promise<AgentSummaryPage>;
}

/** What an API key may do, by the names doors give their roles. */
declare const API_KEY_ROLES: readonly ["platform_admin", "tenant_admin", "agent_user", "agent"];
type ApiKeyRole = (typeof API_KEY_ROLES)[number];
/** A key of a machine: a row of `api_keys`. The secret itself is kept nowhere. */
interface ApiKey {
    /** A UUID: the part of the key that is no secret. */
    readonly id: string;
    readonly tenantId: string;
    /** What people call it. */
    readonly label: string;
    /** One at least. */
    readonly roles: readonly ApiKeyRole[];
    /** The only agents it may speak for. Default: every agent of the tenant. */
    readonly agentIds?: readonly string[] | undefined;
    /** SHA-256 of the secret, in hexadecimal. */
    readonly secretHash: string;
    readonly createdBy?: string | undefined;
    readonly createdAtMs: number;
    /** From then on it is refused. Absent: never. */
    readonly expiresAtMs?: number | undefined;
    /** To about five minutes. Absent: it was never used. */
    readonly lastUsedAtMs?: number | undefined;
    /** From then on it is refused for good. */
    readonly revokedAtMs?: number | undefined;
}

/** Which key is revoked. */
interface ApiKeyRevocation {
    readonly id: string;
    /** Absent: of whichever tenant. */
    readonly tenantId?: string | undefined;
    readonly atMs: number;
}
/** Which keys to list. */
interface ApiKeyQuery {
    readonly tenantId: string;
    /** Only keys whose id sorts before this one: the last of the page before. */
    readonly beforeId?: string | undefined;
    /** 1 to 200. Default: 50. */
    readonly limit?: number | undefined;
}
/** Keys of machines, without their secrets. */
interface ApiKeyRepository {
    /** @throws ImrsError `conflict` when there is a key of the id; then nothing is written. */
    create(key: ApiKey, options?: AuditedOptions): Promise<void>;
    /** Of any tenant: what a key says of itself is how its tenant is found. */
    get(id: string, options?: CallOptions): Promise<ApiKey | undefined>;
    /** Of one tenant, by id from the last to the first; revoked ones too. */
    list(query: ApiKeyQuery, options?: CallOptions): Promise<readonly ApiKey[]>;
    /**
     * Refuses the key from now on. One that is revoked stays revoked at the time it was. Raises
     * {@link API_KEYS_TOPIC} in its own transaction when it changes something.
     *
     * @returns `undefined` when there is no such key; then nothing is written.
     */
    revoke(revocation: ApiKeyRevocation, options?: AuditedOptions): Promise<ApiKey | undefined>;
    /** Notes when a key was used last; never takes the time back. Nothing happens when there is no such key. */
    touch(use: {
        readonly id: string;
        readonly atMs: number;
    }, options?: CallOptions): Promise<void>;
}
/** Raised by every revocation. */
declare const API_KEYS_TOPIC = "api-keys";

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

/** Whether all of it was reserved, or which rule had too little left. */
type BudgetOutcome = {
    readonly kind: 'reserved';
} | {
    readonly kind: 'refused';
    /** The rule that refused: of several, the first in the order of their ids. */
    readonly ruleId: string;
    /** What was used of it in the window. Never falls before the window ends. */
    readonly used: number;
    /** What other calls had set aside; some of it may come back. */
    readonly reserved: number;
    /** When its window ends, epoch milliseconds. */
    readonly resetsAtMs: number;
};
interface BudgetReserveRequest {
    /** The id of the attempt; the same id twice reserves once, as long as it is not settled. */
    readonly id: string;
    readonly tenantId: string;
    /** At most one of each rule. None at all is always reserved. */
    readonly charges: readonly BudgetCharge[];
    /** When nobody can be expected to settle it any more, epoch milliseconds. */
    readonly expiresAtMs: number;
}
interface BudgetUsageQuery {
    readonly tenantId: string;
    readonly atMs: number;
    readonly scope?: BudgetScope | undefined;
    readonly ruleId?: string | undefined;
    /** 1 to 1,000. Default: 100. */
    readonly limit?: number | undefined;
}
/** Limits on requests, tokens and money, and what was used of them. Exact across processes. */
interface BudgetRepository {
    /**
     * Writes the rule; the key is (tenant, id). Raises the topic of budgets. What was used is kept; a
     * new rule, and one whose scope, unit or period was another, begins at nothing. The time a stored
     * rule was created stays.
     */
    put(rule: BudgetRule, options?: AuditedOptions): Promise<void>;
    /** Removes the rule and what was counted for it, and raises the topic. `false` when there was none. */
    delete(key: {
        readonly tenantId: string;
        readonly ruleId: string;
    }, options?: AuditedOptions): Promise<boolean>;
    /** The rules of one tenant, or of all, in the order of (tenant, id). */
    list(query?: {
        readonly tenantId?: string | undefined;
    }, options?: CallOptions): Promise<readonly BudgetRule[]>;
    /**
     * Takes all charges or none, in one transaction of one conditional statement for each charge: of
     * processes that come together, exactly as many succeed as fit. Used and reserved together never
     * exceed a limit by a reservation. The limit is the one the charge names.
     */
    reserve(request: BudgetReserveRequest, options?: CallOptions): Promise<BudgetOutcome>;
    /** Gives a reservation back unused, for a call that was not made. Idempotent. */
    release(key: {
        readonly tenantId: string;
        readonly reservationId: string;
    }, options?: CallOptions): Promise<void>;
    /**
     * Settles reservations that expired by `atMs`, at what they reserved: nobody knows what those calls
     * used. Gives them, each to one caller only, those that expired first, `limit` (1 to 1,000) at most.
     * Also forgets windows that are over for as long again as two of them last, and have nothing reserved.
     */
    expire(given: {
        readonly atMs: number;
        readonly limit: number;
    }, options?: CallOptions): Promise<readonly BudgetReservation[]>;
    /**
     * What is used and reserved in the window that holds `atMs`, of one tenant's rules: one row for each
     * subject that has something, in the order of the rules' ids, and of one rule those with most first.
     */
    usage(query: BudgetUsageQuery, options?: CallOptions): Promise<readonly BudgetUsage[]>;
}

/** Versions of what processes keep copies of; each write that matters raises one in its own transaction. */
interface ChangeRepository {
    /** The versions of the topics, in their order; 0 for one that never changed. */
    versions(topics: readonly string[], options?: CallOptions): Promise<readonly number[]>;
    /**
     * Tells which topics have moved, soon after the write that moved them was committed, in this process
     * or another; several watchers may be there at once. What was missed while the database could not
     * be reached is told when it is back. Resolves when no change from now on is missed, or, if the
     * database cannot be reached, when it was tried once.
     *
     * It only wakes: nobody may rely on being told at once, or at all. Topics of experience move with
     * every rating and are never told.
     *
     * Absent: a change of another process is found when versions are asked for.
     *
     * @throws ImrsError `store-unavailable` when the store is closed. Closing it ends all watching.
     */
    watch?(watcher: ChangeWatcher): Promise<StopWatching>;
}
/** Who keeps copies, and wants to know when one is old. None of its functions throws or waits. */
interface ChangeWatcher {
    /** The topics that copies are kept of. */
    readonly topics: () => readonly string[];
    /** The version a copy was made from; `undefined` for a topic without a copy. */
    readonly versionOf: (topic: string) => number | undefined;
    /** Topics whose version is another than that of the copy. */
    readonly moved: (topics: readonly string[]) => void;
    /** Told once each time that watching fails; it is tried again by itself. */
    readonly failed: (error: unknown) => void;
}
/** Ends watching; nothing is told any more once it was called. Idempotent. */
type StopWatching = () => Promise<void>;
declare const CATALOG_TOPIC = "catalog";
/** Raised when a process tells the others of a model that is out of use. */
declare const HEALTH_HINTS_TOPIC = "health-hints";
/** Raised by every change of a budget rule. */
declare const BUDGETS_TOPIC = "budgets";
declare function agentTopic(key: {
    readonly tenantId: string;
    readonly agentId: string;
}): string;
/** Raised by every change of a tenant's presets. */
declare function presetsTopic(tenantId: string): string;
declare function experienceTopic(key: {
    readonly tenantId: string;
    readonly agentId: string;
}): string;

/** How many requests a provider is to be sent, and how many are wanted now. Times are milliseconds. */
interface PaceRequest {
    readonly providerId: string;
    /** How many places are wanted, at least 1; fewer may be given. */
    readonly count: number;
    /** Between two requests, in the long run. */
    readonly spacingMs: number;
    /** How much of the time to come may be used up at once: the burst times the spacing. */
    readonly allowanceMs: number;
    /** Epoch. */
    readonly atMs: number;
}
interface PaceOutcome {
    /** How many places were given. */
    readonly granted: number;
    /** When none was: how long there is none, above 0. */
    readonly waitMs: number;
}
/**
 * The generic cell rate algorithm (ITU-T I.371): the whole state is one time, at which the allowance is
 * full again. In any stretch of time it gives no more than the burst and what the spacing allows.
 */
declare function takePace(fullAtMs: number | undefined, { count, spacingMs, allowanceMs, atMs }: PaceRequest): PaceOutcome & {
    readonly fullAtMs: number;
};

/** The most hints that are given at once; of more, those that hold longest. */
declare const MAX_HEALTH_HINTS = 1000;
/** What a name of a lock looks like. */
declare const LOCK_NAME: RegExp;
/** A process's word, from a failure it saw, that a model or a key is out of use for now. */
interface HealthHint {
    readonly providerId: string;
    /** A hash of the key, never the key. */
    readonly credentialId: string;
    /** Catalogue id; `*`: every model that is called with the key. */
    readonly modelId: string;
    readonly failureKind: FailureKind;
    /** How often in a row it was found out of use, at least 1. */
    readonly openings: number;
    /** When it is worth trying again, epoch milliseconds. */
    readonly openUntilMs: number;
}
/** A name that this process holds. */
interface HeldLock {
    /** Aborted once the lock is given back or lost: what was done under it has to stop. */
    readonly signal: AbortSignal;
    /** Gives it back. Idempotent; never rejects. */
    release(): Promise<void>;
}
/** What processes on one store need, to work as one. */
interface CoordinationRepository {
    /**
     * Takes a name that nobody holds, in any process or store; `undefined` when somebody does. The
     * database itself frees it when its holder dies or can no longer be reached.
     *
     * A holder that was cut off is told by the signal, and may be late to hear of it: what is written
     * under a lock has to be harmless when another holder has gone ahead.
     *
     * @throws ImrsError `invalid-request` for a name that does not fit {@link LOCK_NAME}.
     */
    tryLock(name: string, options?: CallOptions): Promise<HeldLock | undefined>;
    /**
     * Tells hints to all processes; the key is (provider, credential, model), and of two the one that
     * ends later counts. Forgets those that are over by `atMs`, and raises the topic of hints.
     */
    putHints(given: {
        readonly hints: readonly HealthHint[];
        readonly atMs: number;
    }, options?: CallOptions): Promise<void>;
    /** Hints that are not over by `atMs`, those that end last first, {@link MAX_HEALTH_HINTS} at most. */
    listHints(given: {
        readonly atMs: number;
    }, options?: CallOptions): Promise<readonly HealthHint[]>;
    /**
     * Takes places in a provider's pace, in one transaction: of processes that come together, exactly as
     * many places are given as there are. The key is the provider; limits are those the request names.
     */
    takePace(request: PaceRequest, options?: CallOptions): Promise<PaceOutcome>;
}

/** How a signal moved experience: the cells that its message counts in, in every scope, and the topic's version. */
interface ExperienceMove {
    /** The epoch that the message counts in. */
    readonly epoch: number;
    /** What was added to each of the cells. */
    readonly change: ExperienceSums;
    /** The version of topic `experience:{tenantId}/{agentId}` that came of it. */
    readonly version: number;
}
/** What appending a signal did. */
type FeedbackOutcome = {
    readonly kind: 'recorded';
    /** The message as it is now. */
    readonly message: MessageRecord;
    /** Whether the rating that counts changed. */
    readonly ratingChanged: boolean;
    /** The reasons of the rating that counts now; empty without any. */
    readonly reasons: readonly FeedbackReason[];
    /** Whether experience changed; a hint changes it without changing the rating. */
    readonly experienceChanged: boolean;
    /** By which a copy of the experience is kept up without reading it anew. Absent when the version was not raised. */
    readonly moved?: ExperienceMove | undefined;
    /** What the alarm found that this rating raised. */
    readonly shift?: ModelShift | undefined;
}
/** An event with this id was there already; nothing was written. */
 | {
    readonly kind: 'duplicate';
    readonly message: MessageRecord;
    /** The reasons of the rating that counts; empty without any. */
    readonly reasons: readonly FeedbackReason[];
}
/** No such message, or not this user's. */
 | {
    readonly kind: 'not-found';
}
/** The message is from before the tenant's last checkpoint: what counts of it is settled. */
 | {
    readonly kind: 'closed';
};
/** One rating of one model that an alarm could follow from. */
interface WatchedRating {
    readonly message: MessageRecord;
    readonly ratingMilli: RatingMilli;
}
/**
 * Judges ratings for alarms. Called inside the transaction, so it must not wait and must have no
 * effects: it may be called again. `undefined` where too little is known to judge the rating.
 */
type DriftWatch = (rated: WatchedRating) => ((state: DriftState) => DriftStep) | undefined;
interface RecordFeedbackOptions extends CallOptions {
    /** The share of a cell that one user may have, in thousandths, 1 to 1000. Default: 50. */
    readonly maxUserShareMilli?: number | undefined;
    /** Default: no alarm is ever raised. */
    readonly watch?: DriftWatch | undefined;
    /** Names of the sinks that the signal is to be delivered to. Default: none, and nothing is written for any. */
    readonly sinks?: readonly string[] | undefined;
}
/** As many differences a rebuild names. */
declare const MAX_NAMED_DIFFERENCES = 1000;
interface ExperienceQuery extends AgentKey {
    /** Default: the agent's own alone. */
    readonly scopes?: readonly ExperienceScope[] | undefined;
}
/** Which alarms to read. */
interface DriftAlarmQuery {
    readonly tenantId: string;
    /** Default: every agent of the tenant. */
    readonly agentIds?: readonly string[] | undefined;
    /** As the alarm has it, also when the model was renamed since. Default: every model. */
    readonly modelId?: string | undefined;
    /** Raised at this time or later, epoch milliseconds. Default: from the first. */
    readonly fromMs?: number | undefined;
    /** Raised before this time. Default: to the last. */
    readonly toMs?: number | undefined;
    /** 1 to 1,000. Default: 100. */
    readonly limit?: number | undefined;
}
/** What the events and checkpoints of a tenant were found to say. */
interface ExperienceRebuild {
    /** Events that were read. */
    readonly events: number;
    /** Cells that they make, in the scopes of the tenant and its agents. */
    readonly cells: number;
    /** What was stored otherwise, at most 1,000 of them. */
    readonly differences: readonly ExperienceMismatch[];
    /** How many there are in all. */
    readonly differenceCount: number;
}
/** Signals and the experience made of them. Every method reads and writes the given tenant only. */
interface FeedbackRepository {
    /**
     * In one transaction: appends the event with its epoch and weight, puts the rating that counts
     * ({@link ../../domain/feedback.ts effectiveFeedback}) on the message or takes it off, and moves the
     * experience of the message's model and credited task type, in the agent's, the tenant's and the
     * global scope ({@link ../../domain/recorded-feedback.ts recordedFeedback}). A message counts once,
     * whatever the number of its events; its month is that of the message, its epoch that of its first
     * event.
     *
     * What the user's ratings in the agent's cell weigh together is decided here
     * ({@link ../../domain/experience-share.ts userWeightMilli}), stored with the event, and stays until
     * a rating of the user's in that cell changes. Signals of one user in one cell are taken one after
     * another.
     *
     * With `watch`, a rating that is to be watched ({@link ../../domain/feedback.ts isWatchedFeedback})
     * moves the drift state of (agent, model) on, under a lock; an alarm opens the next epoch.
     *
     * With `sinks`, an entry for each is appended to the outbox ({@link OutboxRepository}).
     *
     * Idempotent by event id. Raises the version of topic `experience:{tenantId}/{agentId}` when the
     * experience changed. Concurrent signals on one message are taken one after another.
     */
    record(event: FeedbackEvent, options?: RecordFeedbackOptions): Promise<FeedbackOutcome>;
    /** The events of a message in `seq` order. */
    listEvents(key: {
        readonly tenantId: string;
        readonly messageId: string;
    }, options?: CallOptions): Promise<readonly StoredFeedbackEvent[]>;
    /** The cells that bear on one agent, of the scopes asked for, all from one moment. */
    listExperience(query: ExperienceQuery, options?: CallOptions): Promise<readonly StoredExperienceCell[]>;
    /** What alarms found about the models of one agent, by model and epoch. */
    listShifts(agent: AgentKey, options?: CallOptions): Promise<readonly ModelShift[]>;
    /** Alarms of a tenant, the last raised first; of those of one moment by agent, model and epoch. */
    listAlarms(query: DriftAlarmQuery, options?: CallOptions): Promise<readonly DriftAlarm[]>;
    /**
     * Adds up the tenant's checkpoint and all events after it, and says where the stored experience is
     * otherwise. Unless `isDryRun`, puts it right in the same transaction: cells of the tenant and its
     * agents, what each user weighs in them, and in the global scope what the tenant's part was off by.
     * Signals of the tenant wait meanwhile. Raises the versions of the agents that changed.
     */
    rebuildExperience(request: {
        readonly tenantId: string;
        readonly isDryRun?: boolean | undefined;
    }, options?: CallOptions): Promise<ExperienceRebuild>;
    /**
     * Settles what the tenant's messages made before a time add to experience, so that their events can
     * be dropped: a rebuild starts from here, and signals on those messages are refused from now on.
     * Moves forward only; a time before the last checkpoint does nothing.
     */
    checkpointExperience(request: {
        readonly tenantId: string;
        readonly beforeMs: number;
    }, options?: CallOptions): Promise<void>;
}

/** What happened, ready to be written together. */
interface LedgerBatch {
    readonly decisions: readonly Decision[];
    readonly attempts: readonly Attempt[];
    readonly messages: readonly MessageRecord[];
    /** What reserved calls really used, in the transaction of the rows that say so. */
    readonly settlements?: readonly BudgetSettlement[] | undefined;
}
/** A decision whose answer was rated. */
interface RatedDecision {
    readonly decision: Decision;
    /** The rating that counts on the answer now. */
    readonly ratingMilli: RatingMilli;
}
/** Which rated decisions to read. */
interface RatedDecisionQuery {
    readonly tenantId: string;
    /** Default: every agent of the tenant. */
    readonly agentId?: string | undefined;
    /** Only decisions put down to the strategy of exactly this name. Default: to any. */
    readonly strategyName?: string | undefined;
    /** Only decisions made at this time or later, epoch milliseconds. Default: from the first. */
    readonly fromMs?: number | undefined;
    /** Only decisions made before this time, epoch milliseconds. Default: to the last. */
    readonly toMs?: number | undefined;
    /** Only what comes after this one: the last decision of the page before. Default: from the first. */
    readonly after?: Pick<Decision, 'messageId' | 'id'> | undefined;
    /** 1 to 1,000. Default: 500. */
    readonly limit?: number | undefined;
}
/** A place in a list of calls: after the call with this start and id. */
type CallPlace = Pick<Attempt, 'startedAtMs' | 'id'>;
/** Which calls to read. */
interface CallQuery {
    readonly tenantId: string;
    /** Default: those made for every agent of the tenant. */
    readonly agentId?: string | undefined;
    /** Default: those made for anybody. */
    readonly userId?: string | undefined;
    /** The id the model had then. Default: to every model. */
    readonly modelId?: string | undefined;
    /** Only calls begun at this time or later, epoch milliseconds. Default: from the first. */
    readonly fromMs?: number | undefined;
    /** Only calls begun before this time, epoch milliseconds. Default: to the last. */
    readonly toMs?: number | undefined;
    /** Only what comes after this one: {@link CallPage.next} of the page before. Default: from the newest. */
    readonly after?: CallPlace | undefined;
    /** 1 to 1,000. Default: 100. */
    readonly limit?: number | undefined;
}
interface CallPage {
    /** May be fewer than asked for, none at all even, though there are more. */
    readonly items: readonly Attempt[];
    /** Where the page that follows begins. Absent on the last page. */
    readonly next?: CallPlace | undefined;
}
/** Decisions, attempts and answers. Reads see the given tenant only. */
interface LedgerRepository {
    /**
     * Writes the batch in one transaction. Idempotent by id: a row that is there stays as it is, and a
     * reservation that is no more (settled, released or expired) changes nothing.
     */
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
    /**
     * The calls of a period, newest first. A page looks at so many calls at most, however few of them fit:
     * it may be short, or empty, and say where to go on. A call that is recorded meanwhile may be left out,
     * and none is given twice. Where the store reads reports from a copy, it may be a little behind.
     */
    listCalls(query: CallQuery, options?: CallOptions): Promise<CallPage>;
    /**
     * Decisions whose answer has a rating, in the order of their messages' ids, which is that of time.
     * Ids of messages are UUIDv7s made within a day of the decision: a period is found by them. Reading
     * page after page gives no decision twice; one whose answer is rated meanwhile may be left out.
     */
    listRated(query: RatedDecisionQuery, options?: CallOptions): Promise<readonly RatedDecision[]>;
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
/** When a provider's list was first read. */
interface FirstListReading {
    readonly providerId: string;
    readonly atMs: number;
}
/** Which catalogue events to read. */
interface CatalogEventQuery {
    /** Only events after this one. Default: from the first. */
    readonly sinceSeq?: number | undefined;
    /** Only events before this one. Default: to the last. */
    readonly beforeSeq?: number | undefined;
    readonly providerId?: string | undefined;
    readonly type?: CatalogEventType | undefined;
    /** Oldest first or newest first. Default: `asc`. */
    readonly direction?: 'asc' | 'desc' | undefined;
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
     * list twice changes nothing the second time. A list that is older than the provider's last one, by
     * `syncedAtMs`, changes nothing at all: its reader was overtaken by another.
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
    /**
     * When the list of each provider was first read with a model in it that nobody had named before, by
     * provider: the earliest `createdAtMs` of its models of origin `sync`. None for other providers.
     */
    listFirstReadings(options?: CallOptions): Promise<readonly FirstListReading[]>;
    /** Models with this external id, by id, ten at most. */
    findByExternalId(externalId: string, options?: CallOptions): Promise<readonly Model[]>;
    /** What syncs changed, in the order they did unless `direction` says otherwise. A later call with the last `seq` misses none, in either direction. */
    listEvents(query?: CatalogEventQuery, options?: CallOptions): Promise<readonly CatalogEvent[]>;
    /** Inserts or replaces, by name. Raises `catalog`. */
    putAlias(alias: ModelAlias, options?: CallOptions): Promise<void>;
    getAlias(name: string, options?: CallOptions): Promise<ModelAlias | undefined>;
    /** All of them, by name. */
    listAliases(options?: CallOptions): Promise<readonly ModelAlias[]>;
}

/** Names an entry within its sink. */
interface OutboxKey {
    readonly tenantId: string;
    readonly seq: number;
}
/** A record that waits for a sink. */
interface OutboxEntry extends OutboxKey {
    readonly record: LearningRecord;
    /** How often it was tried in vain. */
    readonly attemptCount: number;
    readonly createdAtMs: number;
}
/** An entry that the sink refused for good. */
interface SetAsideEntry extends OutboxEntry {
    readonly setAsideAtMs: number;
    /** What the sink said of it. Holds no secret. */
    readonly reason: string;
}
interface OutboxClaimRequest {
    readonly sink: string;
    /** Who asks: one worker of one process. */
    readonly holder: string;
    readonly atMs: number;
    /** How long the sink is the holder's from `atMs` on, unless it claims again. */
    readonly leaseMs: number;
    /** At most so many entries, 1 to 1,000. */
    readonly limit: number;
    /** Whether records carry the stored text of their answers. Default: `false`. */
    readonly withText?: boolean | undefined;
}
/** What a worker may do now. */
type OutboxClaim = {
    readonly kind: 'claimed';
    /** At most one of each answer. */
    readonly entries: readonly OutboxEntry[];
    /** How often in a row the sink was found down; 0 when it works. */
    readonly failureCount: number;
}
/** Nothing is due; the next entry is at `nextAtMs`, where there is one. */
 | {
    readonly kind: 'idle';
    readonly nextAtMs?: number | undefined;
}
/** Another holder has the sink. */
 | {
    readonly kind: 'held';
    readonly untilMs: number;
}
/** The sink is left alone. */
 | {
    readonly kind: 'paused';
    readonly untilMs: number;
};
/** How the sink itself was found. */
type SinkCondition = {
    readonly kind: 'working';
} | {
    readonly kind: 'paused';
    /** How often in a row it was found down, this time included. */
    readonly failureCount: number;
    readonly failure: SinkFailureKind;
    readonly untilMs: number;
};
interface OutboxSettlement {
    readonly sink: string;
    /** Taken by the sink; they are deleted. */
    readonly delivered: readonly OutboxKey[];
    /** To be tried again; one more attempt is counted. */
    readonly failed: readonly (OutboxKey & {
        readonly reason: string;
        readonly retryAtMs: number;
    })[];
    /** Refused for good; they are set aside. */
    readonly refused: readonly (OutboxKey & {
        readonly reason: string;
        readonly atMs: number;
    })[];
    /** Default: as it was. */
    readonly condition?: SinkCondition | undefined;
}
/** How much waits for one sink. */
interface OutboxStatus {
    readonly sink: string;
    /** Entries to be delivered; those behind a set-aside one of their answer are among them. */
    readonly pending: number;
    /** When the oldest of them was made. */
    readonly oldestAtMs?: number | undefined;
    readonly setAside: number;
    /** How often in a row the sink was found down; 0 when it works. */
    readonly failureCount: number;
    /** Why, when it is down or asked to be left alone. */
    readonly failure?: SinkFailureKind | undefined;
    readonly pausedUntilMs?: number | undefined;
}
interface SetAsideQuery {
    readonly sink: string;
    readonly tenantId?: string | undefined;
    /** Only entries with a larger `seq`: the last one seen. */
    readonly afterSeq?: number | undefined;
    /** 1 to 1,000. Default: 100. */
    readonly limit?: number | undefined;
}
/** Set-aside entries of a sink: the ones named, or all, of one tenant or of every one. */
interface SetAsideChoice {
    readonly sink: string;
    readonly tenantId?: string | undefined;
    readonly seqs?: readonly number[] | undefined;
}
/**
 * Records that wait for sinks. Entries come into it with the signal itself, in its transaction
 * ({@link FeedbackRepository.record}, `sinks`), and leave it when they were delivered.
 *
 * Of the entries of one answer for one sink, none is handed out before all earlier ones are delivered
 * or discarded: one that is set aside keeps the later ones of its answer back, and nobody else's.
 */
interface OutboxRepository {
    /**
     * Takes or keeps the sink for the holder, and gives the entries that are due, longest due first.
     * One holder has a sink at a time; one that does not claim again before its lease ends has lost it.
     * A holder that gets nothing has the sink no longer. Atomic; nothing is written when nothing is due.
     */
    claim(request: OutboxClaimRequest, options?: CallOptions): Promise<OutboxClaim>;
    /**
     * Writes down what became of entries, and how the sink was found, in one transaction. Entries that
     * are gone are passed over, so it may be called again.
     */
    settle(settlement: OutboxSettlement, options?: CallOptions): Promise<void>;
    /** Gives the sink up, when the holder has it. Idempotent. */
    release(lease: {
        readonly sink: string;
        readonly holder: string;
    }, options?: CallOptions): Promise<void>;
    /** Every sink that something waits for or that was paused, and those named; by name. */
    status(sinks: readonly string[], options?: CallOptions): Promise<readonly OutboxStatus[]>;
    /** In `seq` order. */
    listSetAside(query: SetAsideQuery, options?: CallOptions): Promise<readonly SetAsideEntry[]>;
    /** Makes them due at `atMs`, as if never tried; gives how many. Idempotent. */
    retrySetAside(choice: SetAsideChoice & {
        readonly atMs: number;
    }, options?: CallOptions): Promise<number>;
    /** Deletes them for ever, so that later entries of their answers go on; gives how many. */
    discardSetAside(choice: SetAsideChoice, options?: CallOptions): Promise<number>;
    /** Ends the pause of a sink, and makes all that waits for it due at `atMs`. Idempotent. */
    resume(request: {
        readonly sink: string;
        readonly atMs: number;
    }, options?: CallOptions): Promise<void>;
}

/** Defaults of parameters. Reads see the given tenant only. */
interface ParameterRepository {
    /**
     * Takes the place of what is stored under the same (tenant, agent, model). Raises the topic of the
     * agent, or of the catalogue where no agent is named, in its own transaction.
     */
    put(defaults: ParameterDefaults, options?: AuditedOptions): Promise<void>;
    get(key: ParameterDefaultsKey, options?: CallOptions): Promise<ParameterDefaults | undefined>;
    /** `false` when there was none; then nothing is written. Raises the same topic. */
    delete(key: ParameterDefaultsKey, options?: AuditedOptions): Promise<boolean>;
    /** All of a tenant, or those that count for one agent: its own and those of no agent. In the order of (agent, model). */
    list(query: {
        readonly tenantId: string;
        readonly agentId?: string | undefined;
    }, options?: CallOptions): Promise<readonly ParameterDefaults[]>;
}

/** Whose figures, and of what. */
interface PerformanceFilter {
    readonly tenantId: string;
    /** Default: every agent of the tenant. */
    readonly agentId?: string | undefined;
    /** Default: every kind of task. */
    readonly taskType?: TaskType | undefined;
    /** Default: every model. */
    readonly modelId?: string | undefined;
}
interface FigureQuery extends PerformanceFilter {
    readonly period: FigurePeriod;
    /** The first day, `2026-11-21`, or month, `2026-11`. Default: from the beginning. */
    readonly from?: string | undefined;
    /** The last one, itself included. Default: to the end. */
    readonly to?: string | undefined;
}
interface RatingQuery extends PerformanceFilter {
    /** The first month, `2026-11`. Default: from the beginning. */
    readonly from?: string | undefined;
    /** The last one, itself included. Default: to the end. */
    readonly to?: string | undefined;
}
/** Sums over days, and what they are told apart by. */
interface FigureSumQuery extends PerformanceFilter {
    /** The first UTC day, `2026-11-21`. Default: from the beginning. */
    readonly fromDay?: string | undefined;
    /** The last one, itself included. Default: to the end. */
    readonly toDay?: string | undefined;
    /** In any combination; none gives one sum. A day is told apart before the month it is in. */
    readonly groupBy: readonly FigureGroup[];
}
/** Sums of ratings, which are kept by month: `day` tells nothing apart here. */
interface RatingSumQuery extends RatingQuery {
    readonly groupBy: readonly FigureGroup[];
}
/** Reasons of ratings of answers made in some time. */
interface ReasonQuery extends PerformanceFilter {
    /** Answers made at this time or later, epoch milliseconds, by their ids. */
    readonly fromMs: number;
    /** Answers made before this time. */
    readonly toMs: number;
}
/**
 * What calls came to. `LedgerRepository.append` has each call counted in its own transaction, exactly
 * once: every read that begins after it has the call in it. Reads see the given tenant only.
 */
interface PerformanceRepository {
    /**
     * The cells of days or of months, in no order, under the ids that models had then. Many: reports
     * use {@link sumFigures}.
     */
    listFigures(query: FigureQuery, options?: CallOptions): Promise<readonly PerformanceCell[]>;
    /**
     * The figures of some days, added up by what `groupBy` says, in no order; there is none of no calls.
     * All are of one moment. A model that was renamed or moved, and whose old id is not offered any
     * more, counts under its new one, as row and as filter.
     */
    sumFigures(query: FigureSumQuery, options?: CallOptions): Promise<readonly FigureSum[]>;
    /** The experience of the tenant's agents, by the month of the rated answers, in no order. */
    listRatings(query: RatingQuery, options?: CallOptions): Promise<readonly ExperienceCell[]>;
    /** The same, added up; models that were renamed count as in {@link sumFigures}. */
    sumRatings(query: RatingSumQuery, options?: CallOptions): Promise<readonly RatingSum[]>;
    /**
     * How often each reason was given for the ratings that count on answers now, in no order: reasons of
     * a rating that was replaced, outweighed or taken back are not among them. Kinds of task are those that
     * answers are credited to; models that were renamed count as in {@link sumFigures}.
     */
    sumReasons(query: ReasonQuery, options?: CallOptions): Promise<readonly ReasonSum[]>;
}

/** Users' choices. Every method reads and writes the given tenant only. */
interface PreferenceRepository {
    get(key: PreferenceKey, options?: CallOptions): Promise<Preference | undefined>;
    /** Sets what the user chose and leaves the last valid selection. One statement; the newest `atMs` wins. */
    putSelection(key: PreferenceKey, selection: ModelSelection, options?: CallOptions): Promise<void>;
    /** Sets the last valid selection and leaves what the user chose. One statement; the newest `atMs` wins. */
    putLastValid(key: PreferenceKey, selection: ModelSelection, options?: CallOptions): Promise<void>;
}

/** Which preset of which tenant. */
interface PresetKey {
    readonly tenantId: string;
    readonly id: string;
}
/** The presets that tenants stored. Reads see the given tenant only; built-in ones are not here. */
interface PresetRepository {
    /**
     * Takes the place of what is stored under the same (tenant, id). Raises the topic of the tenant's
     * presets in its own transaction. Of writers that race no two make the tenant's presets too many.
     *
     * @throws ImrsError `conflict` when it is new and the tenant has 100 already; then nothing is written.
     */
    put(preset: Preset, options?: AuditedOptions): Promise<void>;
    /** `false` when there was none; then nothing is written. Raises the same topic. */
    delete(key: PresetKey, options?: AuditedOptions): Promise<boolean>;
    /** All of the tenant, by id: 100 at most. */
    list(tenantId: string, options?: CallOptions): Promise<readonly Preset[]>;
}

/** How many models a provider has. */
interface ProviderModelCount {
    readonly providerId: string;
    readonly models: number;
    /** Of these, the available ones; whether the provider is active does not count here. */
    readonly available: number;
}
/** Which changes of health to read. */
interface HealthChangeQuery {
    /** Default: of every provider. */
    readonly providerId?: string | undefined;
    /** Only changes at this time or later, epoch milliseconds. Default: from the first. */
    readonly fromMs?: number | undefined;
    /** Only changes before this time, epoch milliseconds. Default: to the last. */
    readonly toMs?: number | undefined;
    /** Only changes before the one with this number. Default: to the last. */
    readonly beforeSeq?: number | undefined;
    /** 1 to 1,000. Default: 100. */
    readonly limit?: number | undefined;
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
    /**
     * Inserts or replaces, by provider; an older `checkedAtMs` than the stored one changes nothing. A
     * status other than the stored one appends to the history, in the same transaction: of processes that
     * store the same at once, one does. A provider of which nothing was stored counts as healthy.
     */
    putHealth(health: ProviderHealth, options?: CallOptions): Promise<void>;
    listHealth(options?: CallOptions): Promise<readonly ProviderHealth[]>;
    /** Every change of a stored status that is kept ({@link ./maintenance-repository.ts MaintenanceRepository.drop}), newest first. */
    listHealthChanges(query?: HealthChangeQuery, options?: CallOptions): Promise<readonly ProviderHealthChange[]>;
}

/** Names of migrations, in the order they are applied. */
interface MigrationStatus {
    /** Of those this code knows. */
    readonly applied: readonly string[];
    /** What {@link Store.migrate} would apply. */
    readonly pending: readonly string[];
    /** What a newer version of this code applied; such a database is refused. */
    readonly unknown: readonly string[];
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
    readonly performance: PerformanceRepository;
    readonly budgets: BudgetRepository;
    readonly parameters: ParameterRepository;
    readonly presets: PresetRepository;
    readonly feedback: FeedbackRepository;
    readonly outbox: OutboxRepository;
    readonly changes: ChangeRepository;
    readonly coordination: CoordinationRepository;
    readonly audit: AuditRepository;
    readonly apiKeys: ApiKeyRepository;
    /** Absent where nothing outlives the process: then nothing is kept up, and retention cannot be asked for. */
    readonly maintenance?: MaintenanceRepository | undefined;
    /**
     * Brings the schema to the newest version. Idempotent; of several processes one does the work and
     * the others wait for it. Aborted or killed, it leaves whole migrations behind, and the next call goes
     * on after them.
     *
     * @throws ImrsError `schema-too-new` when the database was made by a newer version of this code.
     */
    migrate(options?: CallOptions): Promise<void>;
    /** Which migrations the database has and which it lacks. Reads only: a database without tables lacks all. */
    migrationStatus(options?: CallOptions): Promise<MigrationStatus>;
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
    /** What prompt tokens cost less when they come from the provider's cache, US dollars per 1,000,000; 0 where unknown. */
    readonly cacheSaving: Readonly<Float64Array>;
    /** When the catalogue got the model, epoch milliseconds. */
    readonly createdAtMs: Readonly<Float64Array>;
    /** How good others have found the model, from 0 to 1; `NaN` is unknown. Absent where nothing is known of any. */
    readonly published?: Readonly<Float64Array> | undefined;
    /**
     * The first row of the same model, as several providers may have one: rows with the same number are
     * one model. Absent: each row is a model of its own.
     */
    readonly family?: Readonly<Uint32Array> | undefined;
    /**
     * Milliseconds to the first visible part, the median of late answers; `NaN` is unknown. Absent for a
     * strategy that does not want them ({@link Strategy.wantsLatency}), and where nothing is measured.
     */
    readonly latencyMs?: Readonly<Float64Array> | undefined;
}
/** Ratings of this agent for one task type, by row. */
interface TaskExperience {
    readonly count: Readonly<Float64Array>;
    /** Σ rating, each from 0 to 1. */
    readonly sum: Readonly<Float64Array>;
}
/** What a strategy that learns is shown when a snapshot is made. */
interface LearningSource {
    readonly table: CandidateTable;
    /** All ratings that bear on this agent: its own, its tenant's, and everybody's where they are shared. */
    readonly cells: readonly ExperienceCell[];
    /** What alarms found about models that changed; without one, an epoch only makes older ratings count less. Default: none. */
    readonly shifts?: readonly ModelShift[] | undefined;
    readonly atMs: number;
}
/** The conversation that a request goes on with. */
interface ConversationInput {
    /** The row of the model that answered last; absent when the table has it no more. */
    readonly row?: number | undefined;
    /** Whether the request carries answers of tools that this model called: another one would not know what for. */
    readonly isToolLoop: boolean;
    /** Estimated tokens of the prompt. */
    readonly promptTokens: number;
    /** Those of them that this model's provider may still have in its cache. */
    readonly cachedTokens: number;
}
interface StrategyInput {
    /** What a rating of the answer will be credited to: the task type, or the bucket of a request that shows none. */
    readonly taskType: TaskType;
    readonly requiredCapabilities: CapabilityMask;
    readonly atMs: number;
    /** Absent for the first request of a conversation. */
    readonly conversation?: ConversationInput | undefined;
    /**
     * What a lower price is worth to this request: 0 is quality only, 1 price only. Takes the place of
     * the strategy's own dial; one that has none leaves it be. Absent: the strategy's own counts.
     */
    readonly costQuality?: number | undefined;
    /** Who asks, always the same for the same user or session: a hash, never the id. Absent for a request without either. */
    readonly unit?: string | undefined;
}
interface RankRequest {
    readonly input: StrategyInput;
    readonly table: CandidateTable;
    /** The rows that passed every filter. Not to be changed. */
    readonly rows: Readonly<Uint32Array>;
    /** `undefined` when this agent has no ratings for the task type. */
    readonly experience: TaskExperience | undefined;
    /**
     * What {@link Strategy.learn} gave; absent for a strategy that has none, and where nothing could be
     * read. When a caller's own key shows more models, it was made for a table without them: the ids
     * of models tell which row is which.
     */
    readonly learned?: unknown;
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
    /** How the propensity came about, where it was drawn. */
    readonly propensityLog?: PropensityLog | undefined;
    /** Whether a rule and not a draw put the first row there; such a decision cannot be evaluated. */
    readonly isForced?: boolean | undefined;
    /** The request's dial, where it ruled: absent when the request has none, and where the strategy has no dial. */
    readonly costQuality?: number | undefined;
    /** Which strategy the decision is put down to, where one let others rank. Default: the one that was asked. */
    readonly strategy?: {
        readonly name: string;
        readonly version: string;
    } | undefined;
}
/** One rating of one model. */
interface RatedModel {
    /** What the answer is credited to. */
    readonly taskType: TaskType;
    readonly modelId: string;
    /** From 0 to 1. */
    readonly rating: number;
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
    /** Whether it reads `CandidateTable.latencyMs`, which is filled for such a strategy only. Default: `false`. */
    readonly wantsLatency?: boolean | undefined;
    /**
     * Makes what ranking needs to know of all ratings, once for each snapshot and never during a
     * request. `previous` is what it gave for the snapshot before, of the same agent. Pure.
     */
    learn?(source: LearningSource, previous?: unknown): unknown;
    /**
     * Judges a rating by what {@link learn} made of those before it: gives what moves the alarm of the
     * model on, or `undefined` while too little is known of it. An alarm opens an epoch of the model.
     * Left out: no alarm is ever raised. Pure.
     */
    watch?(rated: RatedModel, learned: unknown): ((state: DriftState) => DriftStep) | undefined;
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

/** It was decided which model is asked first. */
interface DecisionMadeEvent extends TimedEvent {
    readonly type: 'decision-made';
    readonly decisionId: string;
    readonly messageId: string;
    readonly tenantId: string;
    readonly agentId: string;
    readonly modelId: string;
    readonly taskType: string;
    readonly source: DecisionSource;
    readonly strategy: string;
    /** The preset that was asked for; absent when none was. */
    readonly preset?: string | undefined;
}
/** A call to a model is over. */
interface AttemptEndedEvent extends TimedEvent {
    readonly type: 'attempt-ended';
    readonly messageId: string;
    readonly tenantId: string;
    readonly providerId: string;
    readonly modelId: string;
    readonly outcome: AttemptOutcome;
    readonly failureKind?: FailureKind | undefined;
    readonly totalMs: number;
    /** From the start to the first visible part; absent when there was none. */
    readonly firstPartMs?: number | undefined;
    /** As the ledger has them, estimates included; absent when nothing is known of them. */
    readonly inputTokens?: number | undefined;
    readonly outputTokens?: number | undefined;
    readonly costNanoUsd?: NanoUsd | undefined;
}
/** An answer is over and recorded; comes after `attempt-ended` of all its calls. */
interface AnswerEndedEvent extends TimedEvent {
    readonly type: 'answer-ended';
    readonly messageId: string;
    readonly tenantId: string;
    readonly agentId: string;
    /** Who answered, or was asked last. */
    readonly modelId: string;
    /** `aborted`: by whoever read it, or since the router was closed. */
    readonly outcome: 'finished' | 'failed' | 'aborted';
    /** What the last call failed of, when the answer failed. */
    readonly failureKind?: FailureKind | undefined;
    /** Calls that were made. */
    readonly attempts: number;
    readonly totalMs: number;
}
/** A request was refused before any model was called. */
interface RequestRefusedEvent extends TimedEvent {
    readonly type: 'request-refused';
    readonly code: ErrorCode;
}
/** A call was not made, since a budget has too little left, or since nobody knows what it would cost. */
interface BudgetRefusedEvent extends TimedEvent {
    readonly type: 'budget-refused';
    readonly tenantId: string;
    readonly ruleId: string;
    readonly modelId: string;
    /** When the budget's window ends, epoch milliseconds. */
    readonly resetsAtMs: number;
}
/** A breaker opened, closed, or lets one call through to see. */
interface BreakerChangedEvent extends TimedEvent {
    readonly type: 'breaker-changed';
    readonly providerId: string;
    readonly modelId: string;
    readonly from: 'closed' | 'open' | 'half-open';
    readonly to: 'closed' | 'open' | 'half-open';
    /** Until when it is open, epoch milliseconds. */
    readonly openUntilMs?: number | undefined;
    /** What it opened for. */
    readonly failureKind?: FailureKind | undefined;
}

/** A provider was made, changed or switched on or off at run time. */
interface ProviderChangedEvent extends TimedEvent {
    readonly type: 'provider-changed';
    readonly providerId: string;
    readonly change: 'created' | 'updated' | 'activated' | 'deactivated';
}
/** A list is being read. */
interface ProviderSyncProgressEvent extends TimedEvent {
    readonly type: 'provider-sync-progress';
    readonly providerId: string;
    readonly rowsRead: number;
    /** How many there are in all, where the provider says so. */
    readonly rowsTotal?: number | undefined;
}
/** A provider's list was read and written. */
interface ProviderSyncedEvent extends TimedEvent {
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
/** A provider's list could not be read or written; the models it had are kept. */
interface ProviderSyncFailedEvent extends TimedEvent {
    readonly type: 'provider-sync-failed';
    readonly providerId: string;
    readonly failureKind: FailureKind;
    readonly message: string;
}
/** A provider's list was read to its end, or could not be: the time includes every page, not the writing. */
interface ModelListReadEvent extends TimedEvent {
    readonly type: 'model-list-read';
    readonly providerId: string;
    readonly outcome: 'ok' | 'failed';
    readonly failureKind?: FailureKind | undefined;
    readonly durationMs: number;
}
/** A model appeared in its provider's list. */
interface ModelAddedEvent extends TimedEvent {
    readonly type: 'model-added';
    readonly providerId: string;
    readonly modelId: string;
}
/** A model is no longer in its provider's list. */
interface ModelRemovedEvent extends TimedEvent {
    readonly type: 'model-removed';
    readonly providerId: string;
    readonly modelId: string;
}
/** A model got an end date or a successor. */
interface ModelDeprecatedEvent extends TimedEvent {
    readonly type: 'model-deprecated';
    readonly providerId: string;
    readonly modelId: string;
    readonly expiresAtMs?: number | undefined;
    readonly successorId?: string | undefined;
}
/** A model costs something else than at the sync before. */
interface PriceChangedEvent extends TimedEvent {
    readonly type: 'price-changed';
    readonly providerId: string;
    readonly modelId: string;
    readonly from: ModelPricing;
    readonly to: ModelPricing;
}
/** A person added, edited or retired a model. */
interface ModelEditedEvent extends TimedEvent {
    readonly type: 'model-edited';
    readonly modelId: string;
    readonly change: 'created' | 'updated' | 'retired';
}
/** A provider was asked how it is. */
interface HealthCheckedEvent extends TimedEvent {
    readonly type: 'health-checked';
    readonly providerId: string;
    readonly outcome: 'ok' | 'failed';
    readonly failureKind?: FailureKind | undefined;
    readonly durationMs: number;
}
/** A provider is found to do better or worse than before. */
interface ProviderHealthChangedEvent extends TimedEvent {
    readonly type: 'provider-health-changed';
    readonly providerId: string;
    readonly from: HealthStatus;
    readonly to: HealthStatus;
    readonly error?: string | undefined;
}

/** An answer was rated, or a rating taken back. */
interface FeedbackRecordedEvent extends TimedEvent {
    readonly type: 'feedback-recorded';
    readonly messageId: string;
    readonly tenantId: string;
    readonly agentId: string;
    readonly modelId: string;
    readonly taskType: string;
    /** Absent when nothing counts any more. */
    readonly feedbackType?: FeedbackType | undefined;
    /** The rating that counts now, 0 to 1; absent when it was taken back and nothing is left. */
    readonly rating?: number | undefined;
}
/** A model does its work so much worse than before that its older ratings count for little from now on. */
interface DriftDetectedEvent extends TimedEvent {
    readonly type: 'drift-detected';
    readonly tenantId: string;
    readonly agentId: string;
    readonly modelId: string;
    /** The task type whose rating raised the alarm. */
    readonly taskType: string;
    /** The epoch that begins. */
    readonly epoch: number;
    /** By how much ratings fell on average, as a negative number: `-0.3` is from 0.8 to 0.5. */
    readonly shift: number;
}
/** A user chose another model. No user id: who changed it is nobody's business. */
interface SelectionChangedEvent extends TimedEvent {
    readonly type: 'selection-changed';
    readonly tenantId: string;
    readonly modelId: string;
    /**
     * Tells whether two changes are of one user, and not of whom: a keyed hash (HMAC-SHA256) of tenant
     * and user. Absent unless the host gave a key.
     */
    readonly userHash?: string | undefined;
}
/** A browser told how long its model picker took. What browsers tell is not checked. */
interface PickerMeasuredEvent extends TimedEvent {
    readonly type: 'picker-measured';
    readonly measure: PickerMeasure;
    readonly durationMs: number;
}

/** Everything the router tells. No event holds a prompt, an answer or a secret. */
type RouterEvent = DecisionMadeEvent | AttemptEndedEvent | AnswerEndedEvent | RequestRefusedEvent | FeedbackRecordedEvent | SelectionChangedEvent | ModelListReadEvent | HealthCheckedEvent | CacheReadEvent | PickerMeasuredEvent | AlertRaisedEvent | AlertClearedEvent | ProviderChangedEvent | ProviderSyncProgressEvent | ProviderSyncedEvent | ProviderSyncFailedEvent | ModelAddedEvent | ModelRemovedEvent | ModelDeprecatedEvent | PriceChangedEvent | ModelEditedEvent | ProviderHealthChangedEvent | BreakerChangedEvent | BudgetRefusedEvent | SpoolChangedEvent | DriftDetectedEvent | SinkDownEvent | SinkRecoveredEvent | DeliverySetAsideEvent | RecordsDroppedEvent | InternalFailedEvent;
type RouterEventType = RouterEvent['type'];
type RouterEventOf<Type extends RouterEventType> = Extract<RouterEvent, {
    type: Type;
}>;
type RouterListener<Type extends RouterEventType = RouterEventType> = (event: RouterEventOf<Type>) => void;

/**
 * The body of `POST /api/chat`. Each event of the answer holds one `AnswerPart` as JSON.
 *
 * It has no `providerOptions`: they go to the provider as they are, so that anyone who may chat could
 * switch on at the host's cost whatever the provider sells. A host that wants some of them sets them.
 */
interface ChatBody extends Omit<ModelParameters, 'providerOptions'> {
    readonly messages: readonly ChatMessage[];
    readonly model?: string | undefined;
    readonly provider?: string | undefined;
    readonly agentId?: string | undefined;
    readonly sessionId?: string | undefined;
    /** From 0, quality only, to 1, price only, as in `ChatRequest`. */
    readonly costQuality?: number | undefined;
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

/** The body of `POST /api/v2/chat/messages/{id}/feedback`: a rating, or a named signal. */
interface FeedbackBody {
    readonly rating?: number | undefined;
    /** In place of `rating`. `retract` takes back what was given of the type. */
    readonly signal?: FeedbackSignal | undefined;
    /** Of a rating, or of what is taken back. Default: `explicit`. */
    readonly feedback_type?: FeedbackType | undefined;
    /** Why, 1 to 5 of them, none twice: of a rating or a thumb, and of no other signal. */
    readonly reasons?: readonly FeedbackReason[] | undefined;
}
declare const feedbackBodySchema: z.ZodType<FeedbackBody>;
interface FeedbackResponse {
    readonly message_id: string;
    /** The rating that counts now; `null` when it was taken back and nothing is left. */
    readonly rating: number | null;
    readonly feedback_type: FeedbackType | null;
    readonly recorded_at: string;
    /** Why the rating that counts now was given; empty when nobody said. */
    readonly reasons: readonly FeedbackReason[];
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
    /** When it appeared in its provider's list; absent for models that were there when that was first read, and for those that came another way. */
    readonly addedAt?: string | undefined;
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
 * Checks foreign data against a schema. `whole` is what the value as a whole is called. Default: `body`.
 *
 * @throws ImrsError `invalid-request` that names the first field that is wrong and the rule, never the value.
 */
declare function parseBody<Value>(schema: z.ZodType<Value>, value: unknown, whole?: string): Value;

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

export { ALERT_NAMES, ALIAS_REASONS, ANSWER_PART_TYPES, API_KEYS_TOPIC, API_KEY_ROLES, ATTEMPT_CAUSES, ATTEMPT_OUTCOMES, AUTO_MODEL, AllAttemptsFailedError, BUDGETS_TOPIC, BUDGET_PERIODS, BUDGET_SCOPES, BUDGET_UNITS, BUILT_IN_PRESETS, CACHE_NAMES, CAPABILITIES, CATALOG_EVENT_TYPES, CATALOG_TOPIC, COST_TIERS, COUNTED_MODELS, ConfigError, DECISION_SOURCES, DEFAULT_AGENT_ID, DEFAULT_COST_TIER_BOUNDS, DEFAULT_MAX_USER_SHARE_MILLI, DEFAULT_PRIORITY, DEFAULT_TENANT_ID, EACH_SUBJECT, ERROR_CODES, ERROR_STATUS, EXCLUSION_REASONS, EXPERIENCE_SCOPES, ExperienceTotals, FAILURE_KINDS, FAILURE_RULES, FEEDBACK_REASONS, FEEDBACK_SIGNALS, FEEDBACK_TYPES, FIGURE_GROUPS, FIGURE_PERIODS, FINISH_REASONS, FULL_WEIGHT_MILLI, GENERAL_TASK, GOOD_RATING_MILLI, HEALTH_HINTS_TOPIC, HEALTH_STATUSES, HINT_SIGNALS, HOST_ID_MAX_LENGTH, ImrsError, LAST_TIME_MS, LATENCY_BUCKETS, LATENCY_ERROR, LOCK_NAME, LONG_CONTEXT_TOKENS, MAX_FEEDBACK_REASONS, MAX_HEALTH_HINTS, MAX_NAMED_DIFFERENCES, MAX_PRESETS, MAX_PRESET_MODELS, MODEL_ID_MAX_LENGTH, MODEL_PARAMETERS, MODEL_SORTS, MODEL_TYPES, NO_DRIFT, NO_EXPERIENCE, NO_LONGER_LISTED, NO_TALLY, NoCandidateError, OVERRIDABLE_FIELDS, PICKER_MEASURES, PRESET_ORDERS, PROVIDER_TYPES, ProviderError, REASONING_EFFORTS, SINK_FAILURE_KINDS, STORED_CANDIDATES_LIMIT, STORED_EXCLUSIONS_LIMIT, SinkError, TASK_CONFIDENCES, TASK_SOURCES, UNREADABLE_ROW, UNSUPPORTED_PARAMETER_MODES, USAGE_SOURCES, addCounts, addExperience, addFigures, agentModelSchema, agentTopic, asList, asObject, asText, assertEventNumber, assertHostId, assertTime, blendedPrice, budgetRuleSchema, budgetWindow, canonicalJson, catalogChanges, changedFacts, changedOverrides, changedProvider, chatBodySchema, chatMessageSchema, chatRequestSchema, costOfUsage, costTierOf, decimalTextSchema, deliveryIdOf, deprecationsAndPrices, drawSeed, effectiveAgentModel, effectiveFeedback, emptyFigures, enableRuleFilterSchema, enableRuleSchema, experienceCellName, experienceCellOf, experienceCellsOf, experienceTopic, feedbackBodySchema, feedbackReasonsSchema, feedbackTypeSchema, filesOf, fitsModelFilter, fitsSearch, fromCapabilityMask, fromModelCursor, fromNanoUsd, fromRatingMilli, hostIdSchema, isCapability, isErrorCode, isFeedbackReason, isFeedbackSignal, isNoExperience, isPresetId, isProviderId, isRetryable, isUuid, isWatchedFeedback, jsonObjectSchema, jsonValueSchema, kindOfStatus, latencyBucketOf, latencyOfBucket, latencySummary, learnedFeedback, linkedAbort, listedFacts, mergeCounts, modelOverridesSchema, modelParametersOf, modelParametersSchema, modelParametersShape, modelPricingSchema, modelSchema, monthOf, overridableOf, parameterDefaultsSchema, parameterSupportOf, parseBody, parseModelId, perMillionFromPerToken, perTokenFromPerMillion, periodOf, plainShare, preferenceBodySchema, presetIdOf, presetName, presetSchema, presetsTopic, pricesFor, providerPolicyOf, providerPolicySchema, providerSchema, recordedFeedback, redact, replaceRating, resolveModelRange, retryAfterOf, samePrices, saysItLacksFeature, searchTerms, searchWordsOf, seededRandom, sortValueOf, subtractExperience, systemRuntime, takePace, takesReasons, tallyAttempts, textOf, timeOfUuid, toCapabilityMask, toErrorAnswer, toLatencyHistogram, toLearningRecord, toModelCursor, toModelId, toNanoUsd, toRatingMilli, tokenUsageSchema, tooManyPresets, userWeightMilli, uuidBoundOf, vaultPathOf, weightedCell, weightedShare, withOverrides, withoutOverrides };
export type { AgentKey, AgentModel, AgentModelRepository, AgentSummary, AgentSummaryPage, AgentSummaryQuery, AlertClearedEvent, AlertDeliveryOptions, AlertName, AlertNotice, AlertRaisedEvent, AlertSink, AlertSubject, AliasReason, AnswerEndedEvent, AnswerPart, AnswerPartType, ApiKey, ApiKeyQuery, ApiKeyRepository, ApiKeyRevocation, ApiKeyRole, AssistantMessage, Attempt, AttemptCause, AttemptEndedEvent, AttemptOutcome, AuditEntry, AuditQuery, AuditRepository, AuditedOptions, BreakerChangedEvent, BudgetCharge, BudgetHold, BudgetOutcome, BudgetPeriod, BudgetRefusedEvent, BudgetRepository, BudgetReservation, BudgetReserveRequest, BudgetRule, BudgetScope, BudgetSettlement, BudgetUnit, BudgetUsage, BudgetUsageQuery, CacheName, CacheReadEvent, CallOptions, CallPage, CallPlace, CallQuery, CandidateTable, Capability, CapabilityMask, CatalogChange, CatalogEvent, CatalogEventQuery, CatalogEventType, ChangeRepository, ChangeWatcher, ChatBody, ChatMessage, ChatRequest, ClassifiedAttempt, ConversationInput, CoolDownScope, CoordinationRepository, CostTier, CostTierBounds, CreditedAnswer, DecimalText, Decision, DecisionMadeEvent, DecisionPart, DecisionSource, DeliveryOptions, DeliverySetAsideEvent, DetectedTask, DriftAlarm, DriftAlarmQuery, DriftDetectedEvent, DriftState, DriftStep, DriftWatch, DroppedPartition, EffectiveAgentModel, EnableRule, EnableRuleDeletion, EnableRuleFilter, EnabledModel, EnabledModelPage, EnabledModelQuery, EndPart, ErrorAnswer, ErrorBody, ErrorCode, ErrorPart, ExclusionReason, Exclusions, ExperienceCell, ExperienceCellKey, ExperienceMismatch, ExperienceMove, ExperienceQuery, ExperienceRebuild, ExperienceScope, ExperienceSums, FailureKind, FailureResponse, FailureRule, FallbackPart, FeedbackBody, FeedbackEvent, FeedbackOutcome, FeedbackReason, FeedbackRecordedEvent, FeedbackRepository, FeedbackResponse, FeedbackSignal, FeedbackStanding, FeedbackType, FigureGroup, FigureKey, FigurePeriod, FigureQuery, FigureSum, FigureSumQuery, FileContent, FinishReason, FirstListReading, HealthChangeQuery, HealthCheckedEvent, HealthHint, HealthStatus, HeldLock, ImrsErrorOptions, InternalFailedEvent, JsonObject, JsonValue, LatencyHistogram, LatencySummary, LearningRecord, LearningSink, LearningSource, LedgerBatch, LedgerRepository, LinkedAbort, ListedModel, MaintenanceRepository, MessageRecord, MigrationStatus, Model, ModelAddedEvent, ModelAlias, ModelAliasSeed, ModelCall, ModelDeprecatedEvent, ModelDeprecation, ModelEditedEvent, ModelFilter, ModelIdParts, ModelInfo, ModelInput, ModelListPage, ModelListRange, ModelListReadEvent, ModelOrigin, ModelOverrideChange, ModelOverrides, ModelPage, ModelParameterName, ModelParameterSupport, ModelParameters, ModelPart, ModelPlace, ModelPricing, ModelQuery, ModelRemovedEvent, ModelRepository, ModelSelection, ModelShift, ModelSort, ModelSortValue, ModelSync, ModelSyncResult, ModelType, ModelsProviderInfo, ModelsResponse, MutableFigures, NanoUsd, OpeIneligibility, OutboxClaim, OutboxClaimRequest, OutboxEntry, OutboxKey, OutboxRepository, OutboxSettlement, OutboxStatus, OverridableField, PaceOutcome, PaceRequest, ParameterDefaults, ParameterDefaultsKey, ParameterRepository, ParameterSupport, PerformanceCell, PerformanceFigures, PerformanceFilter, PerformanceRepository, PickerMeasure, PickerMeasuredEvent, PlainSums, Preference, PreferenceBody, PreferenceKey, PreferenceRepository, PreferenceResponse, PreparedStorage, Preset, PresetChoice, PresetDefinition, PresetKey, PresetModels, PresetOrder, PresetRepository, PriceChange, PriceChangedEvent, PriceSet, PriceTier, PropensityLog, Provider, ProviderAdapter, ProviderChange, ProviderChangedEvent, ProviderConnection, ProviderData, ProviderDefinition, ProviderErrorOptions, ProviderFailure, ProviderFamily, ProviderHealth, ProviderHealthChange, ProviderHealthChangedEvent, ProviderModelCount, ProviderOrigin, ProviderPolicy, ProviderRepository, ProviderSeed, ProviderSettings, ProviderSyncFailedEvent, ProviderSyncProgressEvent, ProviderSyncedEvent, ProviderType, PublishedScore, RankRequest, RankedCandidate, Ranking, RatedDecision, RatedDecisionQuery, RatedModel, RatingMilli, RatingQuery, RatingSum, RatingSumQuery, ReasonQuery, ReasonSum, ReasoningContent, ReasoningDeltaPart, ReasoningEffort, ReasoningEndPart, RecordFeedbackOptions, RecordedFeedback, RecordsDroppedEvent, RequestRefusedEvent, ResolvedProviderPolicy, ResponseFormat, RetentionReport, RetentionRequest, RetryAfterSource, RouterEvent, RouterEventOf, RouterEventType, RouterListener, Runtime, SecretReference, SecretStore, SelectionChangedEvent, SetAsideChoice, SetAsideEntry, SetAsideQuery, SinkCondition, SinkDownEvent, SinkErrorOptions, SinkFailureKind, SinkRecoveredEvent, Sleep, SleepOptions, SortDirection, SpoolChangedEvent, StopWatching, Store, StoredExperienceCell, StoredFeedbackEvent, Strategy, StrategyInput, SystemMessage, TaskConfidence, TaskDetector, TaskEvidence, TaskExperience, TaskSource, TaskType, TextContent, TextDeltaPart, TokenUsage, ToolCall, ToolCallPart, ToolChoice, ToolDefinition, ToolMessage, TriedModel, UnsupportedParameterMode, UsagePart, UsageSource, UserContent, UserExperience, UserMessage, UserTally, WarningPart, WatchedRating, WeighedFeedback, WeightBounds };
