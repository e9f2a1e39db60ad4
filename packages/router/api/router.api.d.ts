// The public types of @imrs/router. Written by `npm run api:update`.

// ---- index.d.ts ----

import { ModelSeed, CacheTimes, UserKeyOptions, Catalog, AgentModels } from '@imrs/catalog';
import { CostTier, AgentKey, Model, Store, SecretStore, ProviderDefinition, ProviderType, ProviderFamily, Strategy, TaskDetector, CallOptions, CostTierBounds, Runtime, RouterEventType, RouterListener, RouterEvent, ModelSelection, Decision, AnswerPart, MessageRecord, ChatRequest, AuditQuery, AuditEntry, CandidateTable, Provider, TaskType, TaskExperience, DetectedTask, CapabilityMask, ExperienceCell, Capability } from '@imrs/core';
import { FeedbackInput, FeedbackResult } from '@imrs/feedback';

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

/** How long each stage of a call to a model may take, milliseconds. All of them end the request to the provider. */
interface TimeoutOptions {
    /** From the start to the first part. Default: `30_000`. */
    readonly firstPartMs?: number | undefined;
    /** Between two parts. Default: `30_000`. */
    readonly idleMs?: number | undefined;
    /** From the start to the end. Default: `600_000`. */
    readonly totalMs?: number | undefined;
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
interface RouterOptions {
    /** Where everything is remembered. Closed by `router.close()`. */
    readonly store: Store;
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
    readonly timeouts?: TimeoutOptions | undefined;
    /** Stores the text of answers with their messages. Default: `false`. */
    readonly storeContent?: boolean | undefined;
    /** How long to wait at the start for the lists of providers that were never read, milliseconds. Default: `10_000`. */
    readonly startTimeoutMs?: number | undefined;
    /**
     * Reads all lists again this often, milliseconds, give or take a tenth; `close` ends it. Default:
     * only when they are asked for and older than ten minutes.
     */
    readonly refreshEveryMs?: number | undefined;
    /** Default: the real world. */
    readonly runtime?: Runtime | undefined;
}

/** Hands events to listeners, in the order they subscribed. A listener that throws disturbs nobody. */
declare class Emitter {
    #private;
    /** Returns what ends the subscription; calling that again does nothing. */
    readonly on: <Type extends RouterEventType>(type: Type, listener: RouterListener<Type>) => (() => void);
    readonly emit: (event: RouterEvent) => void;
}

interface PreferenceOwner {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    readonly userId: string;
}
interface SelectModel extends PreferenceOwner {
    /** `auto`, a model id, an alias or an external id. */
    readonly model: string;
    readonly provider?: string | undefined;
}
interface PreferenceApi {
    /** What the user chose; `undefined` when nobody chose. */
    get(owner: PreferenceOwner, options?: CallOptions): Promise<ModelSelection | undefined>;
    /**
     * Stores the user's choice. Requests that are in flight stay on their model; the next one uses it.
     *
     * @throws ImrsError `unknown-model`, `unknown-provider` or `model-provider-mismatch` with the valid ones.
     */
    set(selection: SelectModel, options?: CallOptions): Promise<ModelSelection>;
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
    /** The answer it led to; `undefined` while it is being made and when none came about. */
    readonly message?: MessageRecord | undefined;
}
interface DecisionKey {
    readonly decisionId: string;
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
}
/** Manages providers and models, picks the best model for every request, carries it out and learns. */
interface Router {
    /**
     * Chooses a model and gives its answer.
     *
     * Rejects only when there is nothing to try: what fails afterwards comes as an `error` part.
     *
     * @throws ImrsError `invalid-request`, `unknown-model`, `unknown-provider`,
     * `model-provider-mismatch`, `missing-capability`, `context-too-long`, `model-not-allowed`,
     * `missing-credential`, `model-unavailable`, or {@link NoCandidateError}.
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
     * while it is being made.
     */
    feedback(input: FeedbackInput, options?: CallOptions): Promise<FeedbackResult>;
    readonly providers: Catalog['providers'];
    readonly models: Catalog['models'];
    readonly health: Catalog['health'];
    readonly agents: AgentModels;
    /** Who did what: providers, models and what agents may use. */
    readonly audit: {
        list(query?: AuditQuery, options?: CallOptions): Promise<readonly AuditEntry[]>;
    };
    readonly preferences: PreferenceApi;
    /** Calls the listener for each event of the type; returns what stops that. A listener that throws disturbs nobody. */
    readonly on: Emitter['on'];
    /** Waits for answers in flight to be recorded, then closes what the router opened: the store and the secret store. Idempotent. */
    close(): Promise<void>;
}

/**
 * Makes a router: brings the store's schema up to date, writes what the options declare into it, and
 * reads the lists of providers that were never read, for `startTimeoutMs` at most. A provider that is
 * down, or has no key, keeps nothing back.
 *
 * @throws ConfigError for a wrong option; ImrsError `store-unavailable`, `schema-too-new`.
 */
declare function createRouter(options: RouterOptions): Promise<Router>;

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
    /** Whether the agent may use whatever there is, since nothing was configured for it. */
    readonly takesAllModels: boolean;
    /** Chat models that are in the catalogue and not enabled for this agent. */
    readonly notEnabled: number;
    readonly experience: ReadonlyMap<TaskType, TaskExperience>;
}

/** What one request asks, with everything that had to be looked up for it. Plain data. */
interface DecisionInput {
    readonly decisionId: string;
    readonly messageId: string;
    readonly userId?: string | undefined;
    readonly atMs: number;
    readonly task: DetectedTask;
    readonly requiredCapabilities: CapabilityMask;
    /** Estimated tokens of the prompt. */
    readonly inputTokens: number;
    /** Tokens kept free for the answer; 0 when the request does not say. */
    readonly outputTokens: number;
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
 * @throws NoCandidateError that says which filter removed how many.
 */
declare function decide(snapshot: RoutingSnapshot, input: DecisionInput, seed: number): Decided;

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

/** Adds the months and epochs of each (task type, model) up, by row. Ratings of models that left are left out. */
declare function buildExperience(cells: readonly ExperienceCell[], { rowOf, table }: Pick<ModelTable, 'rowOf' | 'table'>): ReadonlyMap<TaskType, TaskExperience>;

/** Orders by priority alone. Learns nothing; says what an administrator wants. */
declare function priority(): Strategy;

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

export { KEYWORD_LANGUAGES, KEYWORD_TO_TASK_TYPE, MEDIA_TYPE_TO_TASK_TYPE, TOOL_TO_TASK_TYPE, buildExperience, buildTable, createBuiltInDetector, createRouter, decide, priority, selectionFunction, topRows, weighted };
export type { Answer, AuthorizeRequest, BuiltInDetectorOptions, Capsule, Decided, DecisionInput, DecisionKey, Explanation, Keyword, KeywordLanguage, KeywordTable, MediaTypeTable, ModelTable, PreferenceApi, PreferenceOwner, RoleRestriction, Router, RouterOptions, RoutingSnapshot, SelectModel, SelectModelFunction, SelectionCandidate, SelectionFunctionOptions, SelectionInput, TableSource, TimeoutOptions, ToolTable, TopRows, TopRowsRequest, WeightedOptions };
