// The public types of @imrs/catalog. Written by `npm run api:update`.

// ---- index.d.ts ----

import { CallOptions, Capability, ModelPricing, ModelType, CostTier, Model, ModelOverrides, OverridableField, AliasReason, ModelAlias, CatalogEventQuery, CatalogEvent, ModelQuery, ModelListPage, ModelsResponse, ProviderType, JsonObject, Provider, FailureKind, ProviderModelCount, ProviderHealth, HealthChangeQuery, ProviderHealthChange, ProviderAdapter, HealthStatus, Store, Runtime, RouterEvent, SecretStore, ProviderDefinition, ProviderFamily, CostTierBounds, EnableRuleFilter, EnableRule, EnabledModelQuery, EnabledModelPage, AgentModel, AgentSummaryPage, JsonValue } from '@imrs/core';

/** Keys that a user brought along, by provider id. Used for one call and forgotten. */
type UserKeys = Readonly<Record<string, string>>;
/** The last parameter of calls that may use a user's own keys. */
interface UserKeyOptions extends CallOptions {
    /**
     * Keys of the caller's own, by provider id; the host's key wins where there is one. Refused unless
     * the router was made with `allowUserKeys`. Never stored, logged or kept beyond the call.
     */
    readonly userKeys?: UserKeys | undefined;
}

/** A model the host's code knows of before any list is read. */
interface ModelSeed {
    readonly providerId: string;
    /** The provider's own name of the model. */
    readonly externalId: string;
    readonly displayName: string;
    readonly description?: string | undefined;
    /** Default: `['text']`. */
    readonly capabilities?: readonly Capability[] | undefined;
    readonly contextLength?: number | undefined;
    readonly maxOutputTokens?: number | undefined;
    readonly pricing?: ModelPricing | undefined;
    /** Routing weight, 0 to 100. Default: 50. */
    readonly priority?: number | undefined;
    /** Other names people ask for it by: `gemini-2.5`. */
    readonly aliases?: readonly string[] | undefined;
    /** Set for a model that its provider no longer serves; a list that still has it wins. */
    readonly retired?: {
        readonly atMs: number;
        readonly successorId?: string | undefined;
    } | undefined;
}
interface ResolveModel {
    /** An exact id, an alias, or an external id that one provider alone has; in this order. */
    readonly model: string;
    /** Narrows to one provider; then `model` may be that provider's own name. */
    readonly provider?: string | undefined;
}
/** What a name means. */
interface ResolvedModel {
    readonly model: Model;
    /** Set when the name is that of a model that went elsewhere and the move is automatic. */
    readonly migratedFrom?: string | undefined;
}
/** A model added by hand. No sync removes it. */
interface NewModel extends Pick<ModelSeed, 'providerId' | 'externalId' | 'description' | 'capabilities'> {
    /** Default: the external id. */
    readonly displayName?: string | undefined;
    /** Default: `chat`. */
    readonly modelType?: ModelType | undefined;
    readonly contextLength?: number | undefined;
    readonly maxOutputTokens?: number | undefined;
    readonly pricing?: ModelPricing | undefined;
    /** Default: derived from the price; unknown without one. */
    readonly costTier?: CostTier | undefined;
    /** 0 to 100. Default: 50. */
    readonly priority?: number | undefined;
    readonly domains?: readonly string[] | undefined;
    readonly by?: string | undefined;
}
/** What a person changes of a model. It wins over what lists say, now and after every sync. */
interface ModelEdit {
    readonly set?: ModelOverrides | undefined;
    /** Goes back to what the list says. */
    readonly clear?: readonly OverridableField[] | undefined;
    readonly by?: string | undefined;
}
/** Another name of a model. */
interface NewAlias {
    readonly name: string;
    /** A model id, an alias or an external id that one provider alone has. */
    readonly model: string;
    /** Default: `alias`. */
    readonly reason?: AliasReason | undefined;
    /** Default: `true`. */
    readonly isAutomatic?: boolean | undefined;
}
interface ModelsApi {
    /**
     * Adds a model by hand.
     *
     * @throws ImrsError `unknown-provider`, `invalid-request`, `conflict` when it is there already.
     */
    create(model: NewModel, options?: CallOptions): Promise<Model>;
    /** @throws ImrsError `not-found`, `invalid-request`. */
    edit(modelId: string, edit: ModelEdit, options?: CallOptions): Promise<Model>;
    /** Takes a model out of service without deleting it; `edit` with `clear: ['isAvailable']` brings it back. */
    retire(modelId: string, request?: {
        readonly reason?: string | undefined;
        readonly by?: string | undefined;
    }, options?: CallOptions): Promise<Model>;
    /**
     * Gives a model another name (`alias`), or says where one that is gone went (`renamed`, `moved`,
     * `deprecated`). A stored selection follows an automatic move; otherwise it falls back, and the
     * answer says so.
     *
     * @throws ImrsError `unknown-model` when there is no such model; `conflict` when the name is a model's id.
     */
    putAlias(alias: NewAlias, options?: CallOptions): Promise<ModelAlias>;
    /** Every other name there is. */
    aliases(options?: CallOptions): Promise<readonly ModelAlias[]>;
    /** What syncs changed, in the order they did, or with `direction: 'desc'` the newest first. */
    events(query?: CatalogEventQuery, options?: CallOptions): Promise<readonly CatalogEvent[]>;
    list(query?: ModelQuery, options?: CallOptions): Promise<ModelListPage>;
    /** @throws ImrsError `not-found`. */
    get(modelId: string, options?: CallOptions): Promise<Model>;
    /** @throws ImrsError `unknown-model`, `unknown-provider` or `model-provider-mismatch`, with the valid names. */
    resolve(name: ResolveModel, options?: CallOptions): Promise<ResolvedModel>;
    /**
     * All chat models in the form of `GET /api/models`. `force` reads every provider's list again first.
     * Keys of the caller's own add what they show; that is in this answer alone.
     */
    response(request?: {
        readonly force?: boolean | undefined;
    }, options?: UserKeyOptions): Promise<ModelsResponse>;
}

/** What reading a provider's list changed. */
interface SyncReport {
    readonly providerId: string;
    readonly discovered: number;
    /** Of the discovered rows, those that could not be understood: kept, unavailable, with the reason. */
    readonly unreadable: number;
    readonly added: number;
    readonly updated: number;
    readonly unchanged: number;
    readonly removed: number;
    readonly syncedAtMs: number;
}
/** Whether a provider can be called, and what to do when it cannot. */
interface CredentialStatus {
    /** `true` also for providers that need no credential. */
    readonly isPresent: boolean;
    /** `true` when it is the caller's own. */
    readonly isUsers?: boolean | undefined;
    /** `Set OPENROUTER_API_KEY.` Never a value. */
    readonly instruction?: string | undefined;
}
/** A provider made at run time. */
interface NewProvider {
    /** 1 to 50 lower-case letters, digits, `_` or `-`. */
    readonly id: string;
    /** Default: the id. */
    readonly displayName?: string | undefined;
    readonly providerType: ProviderType;
    /** `http:` or `https:`, without credentials, query or fragment. */
    readonly apiBase: string;
    /** Default: `/models`. */
    readonly modelsEndpoint?: string | undefined;
    /** Goes to the secret store and nowhere else. Default: the key is there already, or none is needed. */
    readonly apiKey?: string | undefined;
    readonly rateLimitRpm?: number | undefined;
    /** What only the family understands. No secrets. */
    readonly settings?: JsonObject | undefined;
    readonly by?: string | undefined;
}
/** What may be changed of a provider; what is left out stays. */
type ProviderChanges = Partial<Pick<NewProvider, 'displayName' | 'apiBase' | 'modelsEndpoint' | 'apiKey' | 'rateLimitRpm' | 'settings'>> & {
    /** Switched off, all its models are unavailable at once. */
    readonly isActive?: boolean | undefined;
    readonly by?: string | undefined;
};
/** How trying a provider went. */
type ProviderTrial = {
    readonly ok: true;
    /** Rows of its list. */
    readonly models: number;
    /** Of those, models that can chat. */
    readonly chatModels: number;
    /** The first few, by their own names. */
    readonly examples: readonly string[];
} | {
    readonly ok: false;
    readonly failureKind: FailureKind;
    readonly message: string;
};
interface ProvidersApi {
    /**
     * Makes a provider. Its key is written first; when the row cannot be written, the key is removed.
     *
     * @throws ImrsError `invalid-request`, `conflict` when the id is taken, `read-only` when the secret
     * store takes no keys (then nothing is written).
     */
    create(provider: NewProvider, options?: CallOptions): Promise<Provider>;
    /**
     * Changes a provider. Changes that come together are made one after another.
     *
     * @throws ImrsError `unknown-provider`, `invalid-request`, `read-only` for a provider declared in code.
     */
    update(providerId: string, changes: ProviderChanges, options?: CallOptions): Promise<Provider>;
    /** Checks the key and reads the list, without storing anything: for a form, before it is saved. */
    try(provider: NewProvider, options?: CallOptions): Promise<ProviderTrial>;
    list(options?: CallOptions): Promise<readonly Provider[]>;
    /** How many models each provider has, of those that have any. */
    modelCounts(options?: CallOptions): Promise<readonly ProviderModelCount[]>;
    /** @throws ImrsError `unknown-provider` that names the valid ones. */
    get(providerId: string, options?: CallOptions): Promise<Provider>;
    /**
     * Reads the provider's list into the catalogue. Calls for one provider that overlap share one run.
     * A failure leaves the catalogue as it was and marks the provider's health.
     *
     * @throws ProviderError; ImrsError `unknown-provider` or `missing-credential`.
     */
    sync(providerId: string, options?: CallOptions): Promise<SyncReport>;
    credential(providerId: string, options?: CallOptions): Promise<CredentialStatus>;
    /**
     * Asks the provider, at no cost, whether the key works.
     *
     * @throws ProviderError of kind `credentials` when it does not; ImrsError `missing-credential`.
     */
    check(providerId: string, options?: CallOptions): Promise<void>;
}

interface HealthApi {
    /** What is believed of each provider right now, from lists and from traffic. Asks nobody. */
    list(options?: CallOptions): Promise<readonly ProviderHealth[]>;
    /**
     * Asks the provider now, at no cost, unless it was asked within the last 30 seconds; calls that
     * overlap share one question.
     *
     * @throws ImrsError `unknown-provider` or `missing-credential`.
     */
    check(providerId: string, options?: CallOptions): Promise<ProviderHealth>;
    /**
     * How providers were, newest first: each change of status once, whichever process saw it and however
     * many did. What this process has seen is in it. Changes are kept for 90 days, or what
     * `retention.healthDays` says.
     *
     * @throws ImrsError `invalid-request`, `store-unavailable`.
     */
    history(query?: HealthChangeQuery, options?: CallOptions): Promise<readonly ProviderHealthChange[]>;
}
/** The models of all providers. */
interface Catalog {
    readonly providers: ProvidersApi;
    readonly models: ModelsApi;
    readonly health: HealthApi;
}

/** A connection for one call. */
interface ProviderLink {
    readonly adapter: ProviderAdapter;
    /** Names the key without telling it; the same key has the same name in every process. */
    readonly credentialId: string;
}

interface ProviderState {
    readonly status: HealthStatus;
    /** Failures without a success between them. */
    readonly failures: number;
    /** Successes without a failure between them, counted while not healthy. */
    readonly successes: number;
    readonly checkedAtMs: number;
    readonly error?: string | undefined;
    /** *Auto* passes over the provider until then; 0 when it does not. */
    readonly shunUntilMs: number;
    /** Shown as limited until then. */
    readonly limitedUntilMs: number;
}

interface HealthTrackerOptions {
    readonly store: Store;
    readonly runtime: Runtime;
    readonly emit: (event: RouterEvent) => void;
}
/** How a call or a list reading went. */
interface ObservedFailure {
    readonly kind: FailureKind;
    readonly message: string;
    readonly retryAfterMs?: number | undefined;
}
/**
 * What this process believes of each provider. A change of status is stored, so that other processes
 * and the next start know it; a store that is down loses that hint and nothing else.
 */
declare class HealthTracker {
    #private;
    constructor(options: HealthTrackerOptions);
    /** Takes over what an earlier process stored. */
    restore(rows: readonly ProviderHealth[]): void;
    succeeded(providerId: string): void;
    /** Ignores kinds that say nothing about the provider, such as a request that is too long. */
    failed(providerId: string, failure: ObservedFailure): void;
    /** `undefined` when nothing was observed yet. */
    stateOf(providerId: string): ProviderState | undefined;
    /** A provider of which nothing was observed yet counts as healthy since now. */
    healthOf(providerId: string): ProviderHealth;
    list(): readonly ProviderHealth[];
    /**
     * Resolves when every change of status so far is stored, or was given up; rejects with the signal's
     * reason if that aborts first, which ends no write.
     */
    settled(signal?: AbortSignal): Promise<void>;
}

/** How long what was read is taken for granted, milliseconds. */
interface CacheTimes {
    /** Lists. Default: `600_000`. */
    readonly listMs?: number | undefined;
    /** Answers of providers that were asked how they are. Default: `30_000`. */
    readonly healthMs?: number | undefined;
}
interface CatalogOptions {
    /** Already migrated; stays the caller's. */
    readonly store: Store;
    /** Stays the caller's. */
    readonly secrets: SecretStore;
    readonly definitions: readonly ProviderDefinition[];
    /** Who speaks for providers made at run time, by type. Default: none, so none can be made. */
    readonly families?: Readonly<Partial<Record<ProviderType, ProviderFamily>>> | undefined;
    readonly models: readonly ModelSeed[];
    readonly cacheTimes?: CacheTimes | undefined;
    /** Where the cost tiers end. Default: low up to 1, standard up to 10 dollars per 1,000,000 tokens. */
    readonly costTierBounds?: CostTierBounds | undefined;
    /** Whether a provider made at run time may be told to lead into a private network. Default: `false`. */
    readonly allowPrivateNetworks?: boolean | undefined;
    /** Whether callers may bring keys of their own. Default: `false`. */
    readonly allowUserKeys?: boolean | undefined;
    readonly runtime: Runtime;
    readonly emit: (event: RouterEvent) => void;
}

/** The catalogue, and what the router needs of it besides. */
interface CatalogHandle extends Catalog {
    readonly tracker: HealthTracker;
    /** @throws ImrsError `missing-credential` that says what to set. */
    connect(provider: Provider, options?: UserKeyOptions): Promise<ProviderLink>;
    /** Which of the host's keys was used last for a provider, by a hash; `undefined` before the first use. */
    credentialIdOf(providerId: string): string | undefined;
    credentialOf(provider: Provider, options?: UserKeyOptions): Promise<CredentialStatus>;
    /**
     * The chat models that the caller's own keys show and the catalogue does not have.
     *
     * @throws ImrsError `invalid-request` when keys are not taken, or are none.
     */
    modelsOfUser(options: UserKeyOptions | undefined): Promise<readonly Model[]>;
    resolve(name: ResolveModel, options?: CallOptions): Promise<ResolvedModel>;
    /** Where a model went by itself; `undefined` when nowhere. */
    migrationOf(modelId: string, options?: CallOptions): Promise<Model | undefined>;
    /** Reads lists that were never read, all at once, and resolves when they are in or failed. Old ones are read behind the scenes. */
    firstSync(): Promise<void>;
    /** Reads all lists, this often give or take a tenth, until the signal aborts. Never rejects. */
    refreshRegularly(everyMs: number, signal: AbortSignal): Promise<void>;
    /** Ends what is under way. */
    close(): Promise<void>;
}
/** Writes what the code declares into the store and gives the catalogue on it. */
declare function createCatalog(options: CatalogOptions): Promise<CatalogHandle>;

/** Which agent is meant. */
interface AgentReference {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Default: `default`. */
    readonly agentId?: string | undefined;
}
interface EnableModels extends AgentReference {
    /** Model ids, aliases or external ids that one provider alone has. */
    readonly models: readonly string[];
    /**
     * Takes the place of the models' priority for this agent, 0 to 100; `'models-own'` takes that away.
     * Default: stays.
     */
    readonly priority?: number | 'models-own' | undefined;
    /** Who did it, for the audit. */
    readonly by?: string | undefined;
}
type DisableModels = EnableModels;
/** Enables or disables whatever fits a filter, now and later. */
interface MatchingModels extends AgentReference {
    /** All free models of OpenRouter: `{ providerId: 'openrouter', costTier: 'free' }`. `{}` is all. */
    readonly filter: EnableRuleFilter;
    /** Takes the place of the models' priority for this agent, 0 to 100. */
    readonly priority?: number | undefined;
    readonly by?: string | undefined;
}
interface RemoveRule extends AgentReference {
    readonly ruleId: string;
    readonly by?: string | undefined;
}
/** Which agents of a tenant to look over. */
interface AgentOverview {
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** Default: every agent of the tenant. */
    readonly agentIds?: readonly string[] | undefined;
    /** 1 to 200. Default: 100. */
    readonly limit?: number | undefined;
    /** The `nextCursor` of the page before, of the same tenant and agents. */
    readonly cursor?: string | undefined;
}
/**
 * Which models each agent may use. What was said of a model by name counts more than any rule; of
 * several rules that fit, the newest counts.
 */
interface AgentModels {
    /**
     * Stores one rule, not a row for each model, so that models that come later are enabled as well.
     *
     * @throws ImrsError `invalid-request` that names the field of the filter.
     */
    enableMatching(request: MatchingModels, options?: CallOptions): Promise<EnableRule>;
    /** The same, the other way. */
    disableMatching(request: MatchingModels, options?: CallOptions): Promise<EnableRule>;
    /** Oldest first. */
    rules(agent?: AgentReference, options?: CallOptions): Promise<readonly EnableRule[]>;
    /** @throws ImrsError `not-found`. */
    removeRule(request: RemoveRule, options?: CallOptions): Promise<void>;
    /** The models that are enabled by name or by rule, whether they can be used now or not. */
    listEnabled(agent?: AgentReference & EnabledModelQuery, options?: CallOptions): Promise<EnabledModelPage>;
    /** @throws ImrsError `unknown-model`; then nothing is changed. */
    enable(request: EnableModels, options?: CallOptions): Promise<readonly AgentModel[]>;
    /** Leaves other agents alone. @throws ImrsError `unknown-model`; then nothing is changed. */
    disable(request: DisableModels, options?: CallOptions): Promise<readonly AgentModel[]>;
    /** All rows of the agent, enabled or not. */
    list(agent?: AgentReference, options?: CallOptions): Promise<readonly AgentModel[]>;
    /**
     * The agents of a tenant that have anything: a model enabled or disabled by name, a rule, or a call
     * that was made for them; with the answers of the last 30 UTC days, today included. A page takes as
     * long as its agents make it, however many there are and however much they were used.
     *
     * @throws ImrsError `invalid-request`, `store-unavailable`.
     */
    overview(query?: AgentOverview, options?: CallOptions): Promise<AgentSummaryPage>;
}

interface AgentModelsOptions {
    readonly store: Store;
    readonly runtime: Runtime;
    /** Called after a change was stored. */
    readonly onChange: (agent: {
        readonly tenantId: string;
        readonly agentId: string;
    }) => void;
}
declare function createAgentModels(options: AgentModelsOptions): AgentModels;

/** What a row says about a model. A field that is absent was not stated, and changes nothing. */
interface ImportedModel {
    /** Where it was found: `model_list[3]`. */
    readonly row: string;
    readonly providerId: string;
    /** The provider's own name of the model. */
    readonly externalId: string;
    readonly displayName?: string | undefined;
    readonly description?: string | undefined;
    readonly modelType?: ModelType | undefined;
    readonly capabilities?: readonly Capability[] | undefined;
    readonly contextLength?: number | undefined;
    readonly maxOutputTokens?: number | undefined;
    readonly pricing?: ModelPricing | undefined;
    readonly priority?: number | undefined;
    readonly costTier?: CostTier | undefined;
    readonly domains?: readonly string[] | undefined;
    /** `false`: it was switched off where it comes from. */
    readonly isActive?: boolean | undefined;
    /** What has no field of its own; never a key. */
    readonly metadata: JsonObject;
}
/** Another name of a model, or where a vanished one went. */
interface ImportedAlias {
    readonly row: string;
    readonly name: string;
    /** A model id, or the name of another alias of the same source. */
    readonly target: string;
    readonly reason: AliasReason;
    readonly isAutomatic: boolean;
}
/** Whether an agent may use a model. */
interface ImportedAgentModel {
    readonly row: string;
    readonly tenantId: string;
    readonly agentId: string;
    readonly modelId: string;
    readonly isEnabled: boolean;
    readonly priorityOverride?: number | undefined;
}
/** A provider that imported models belong to. */
interface NeededProvider {
    readonly id: string;
    /** Without user, password or query; `undefined` when the source does not say. */
    readonly apiBase?: string | undefined;
    /** The environment variable its key was read from: a name, never a key. */
    readonly keyVariable?: string | undefined;
}
/** A row that was used. */
interface UsedRow {
    readonly row: string;
    /** What of it was left behind, and why. */
    readonly notes: readonly string[];
}
/** A row that could not be used. */
interface RefusedRow {
    readonly row: string;
    readonly reason: string;
}
/**
 * What a parser made of a foreign catalogue; plain JSON. Every row that came in is in `used` or in
 * `refused`, never in both.
 */
interface ImportSource {
    /** `model-table`, `static-catalogue`, `litellm`; a parser of your own gives its own name. */
    readonly kind: string;
    readonly models: readonly ImportedModel[];
    readonly aliases: readonly ImportedAlias[];
    readonly agentModels: readonly ImportedAgentModel[];
    readonly providers: readonly NeededProvider[];
    /** The model that answers when nobody chose one, as the source names it. */
    readonly defaultModel?: string | undefined;
    readonly used: readonly UsedRow[];
    readonly refused: readonly RefusedRow[];
}
/** Options of every parser. */
interface ParseOptions {
    /**
     * Which of your providers is meant by a foreign name (`'Azure EU'`) or base URL. Default: the name
     * in lower case, `gemini` as `google`; a base URL nobody knows is named after its host.
     */
    readonly providers?: Readonly<Record<string, string>> | undefined;
}

/** A model that will be new, in full except for the times, which are those of applying. */
type PlannedModel = Omit<Model, 'syncedAtMs' | 'createdAtMs' | 'updatedAtMs'>;
/** One field that will change. An absent value is `null`. */
interface FieldChange {
    readonly field: string;
    readonly from: JsonValue;
    readonly to: JsonValue;
}
/** A stored model of which fields will change. */
interface PlannedModelChange {
    readonly row: string;
    readonly modelId: string;
    readonly changes: readonly FieldChange[];
}
/** What an alias says; the times are those of applying. */
interface AliasMeaning {
    readonly modelId: string;
    readonly reason: AliasReason;
    readonly isAutomatic: boolean;
}
/** An alias that will be new, or will mean something else. */
interface PlannedAlias {
    readonly row: string;
    readonly name: string;
    /** `null` when there is none of this name yet. */
    readonly from: AliasMeaning | null;
    readonly to: AliasMeaning;
}
/** What an agent's row says. */
interface AgentModelState {
    readonly isEnabled: boolean;
    /** `null` when the model's own priority counts. */
    readonly priorityOverride: number | null;
}
/** A row of an agent that will be new or will change. */
interface PlannedAgentModel {
    readonly row: string;
    readonly tenantId: string;
    readonly agentId: string;
    readonly modelId: string;
    readonly from: AgentModelState | null;
    readonly to: AgentModelState;
}
/** A provider that the store does not have, and what to do about it. */
interface MissingProvider extends NeededProvider {
    /** How many models wait for it. */
    readonly models: number;
    readonly instruction: string;
}
/** Something that stays as it is, and why. */
interface LeftAlone {
    readonly row: string;
    readonly name: string;
    readonly reason: string;
}
/**
 * What an import would do, down to the field. Plain JSON: it can be shown, stored, sent and applied
 * later. Making one writes nothing.
 */
interface ImportPlan {
    readonly format: 'imrs-import-plan-1';
    readonly source: string;
    readonly plannedAtMs: number;
    readonly added: readonly PlannedModel[];
    readonly changed: readonly PlannedModelChange[];
    readonly aliases: readonly PlannedAlias[];
    readonly agentModels: readonly PlannedAgentModel[];
    readonly leftAlone: readonly LeftAlone[];
    /** Rows that the parser or the store's contents rule out. */
    readonly refused: readonly RefusedRow[];
    readonly notes: readonly {
        readonly row: string;
        readonly note: string;
    }[];
    readonly providers: {
        /** Ids of providers that are needed and there. */
        readonly present: readonly string[];
        readonly missing: readonly MissingProvider[];
    };
    /** For `createRouter({ defaultModel })`; `null` when the source names none that is known. */
    readonly defaultModel: string | null;
    readonly counts: {
        readonly rows: number;
        readonly used: number;
        readonly refused: number;
    };
}
/** What applying a plan wrote; all zero when it had been applied before. */
interface ImportResult {
    readonly added: number;
    readonly changed: number;
    readonly aliases: number;
    readonly agentModels: number;
}

/** Options of {@link applyImport}. */
interface ApplyImportOptions {
    readonly store: Store;
    readonly runtime: Runtime;
    /** Who does it, for the rows of agents and the audit. */
    readonly by?: string | undefined;
}
/**
 * Does what the plan says. What is done already is passed over: applying a plan twice changes nothing
 * the second time, and one whose applying was interrupted is finished by applying it again.
 *
 * The whole plan is compared with the store before the first row is written. Rows are written one by
 * one, so do not read a provider's list at the same time.
 *
 * @throws ImrsError `conflict` when the store has changed in what the plan is about since it was made;
 * then nothing was written. `invalid-request` for what is no plan.
 */
declare function applyImport(plan: ImportPlan, options: ApplyImportOptions, call?: CallOptions): Promise<ImportResult>;

/**
 * Reads a LiteLLM proxy configuration: the object that a YAML parser made of `config.yaml`.
 * `model_list` gives models and providers, `model_name` and `model_group_alias` give aliases,
 * `fallbacks` give priorities. Keys are never read: a row that holds one is imported without it.
 *
 * Never throws: a row that cannot be used is in `refused`.
 */
declare function parseLiteLlmConfig(input: unknown, options?: ParseOptions): ImportSource;

/**
 * Reads the rows of an existing model table (`LLMModelConfig` and its like): an array, or an object
 * with `models` and, if there are any, `migrations`. Names in snake_case or camelCase; prices per
 * 1,000,000 tokens, per token where the name says so. A row with an `agent_id` is also a row of that
 * agent, and then `is_active` says whether that agent may use the model.
 *
 * Never throws: a row that cannot be used is in `refused`.
 */
declare function parseModelTable(input: unknown, options?: ParseOptions): ImportSource;

/** Options of {@link planImport}. */
interface PlanImportOptions {
    readonly store: Store;
    readonly runtime: Runtime;
    /**
     * Agents that shall be able to use every imported chat model that was not switched off. A row that
     * an agent has already stays as it is. Default: none.
     */
    readonly enableFor?: readonly AgentReference[] | undefined;
}
/**
 * Says what importing the source would do, row by row, and writes nothing.
 *
 * New models get the origin `manual`. Of a model that its provider's list has confirmed, only
 * priority and domains are taken over; one that the host's code declares is left alone; models of a
 * provider that the store does not have are refused until it is there.
 *
 * @throws ImrsError `invalid-request` for an agent id out of bounds.
 */
declare function planImport(source: ImportSource, options: PlanImportOptions, call?: CallOptions): Promise<ImportPlan>;

/**
 * Reads a static catalogue: `{ MODELS, modelDetails, defaultModel }`, and `MODEL_MIGRATIONS` where
 * there are any. Ids are `provider/model`, or bare with a `provider` in the details; the old id
 * stays a name of the model. Prices are per token, as in `pricing: { input, output }`.
 *
 * Never throws: a row that cannot be used is in `refused`.
 */
declare function parseStaticCatalogue(input: unknown, options?: ParseOptions): ImportSource;

/** What code that used a static list knows of one model. */
interface ModelDetails {
    /** `OpenRouter` where the list says so, else the provider's id. */
    readonly provider: string;
    readonly name: string;
    /** Empty when there is none. */
    readonly description: string;
    readonly capabilities: readonly string[];
    /** Costs more than nothing. */
    readonly premium: boolean;
    readonly vision: boolean;
    /** Context window in tokens. */
    readonly contextMax?: number;
    readonly apiVersion?: string;
    /** US dollars per token. */
    readonly pricing?: {
        readonly input?: number;
        readonly output?: number;
        readonly currency: 'USD';
    };
}
/** A catalogue as the constants that a hand-written `providers.ts` exported. Frozen throughout. */
interface CompatCatalog {
    /** Ids of models that can be used now, sorted. */
    readonly MODELS: readonly string[];
    /** By id; also those that cannot be used now, so that old chats can name their model. */
    readonly modelDetails: Readonly<Record<string, ModelDetails>>;
    /** The one asked for; a key of `modelDetails`. */
    readonly defaultModel: string;
}
/** Options of {@link compatCatalog}. */
interface CompatOptions {
    /** The id of the model that answers when nobody chose one. */
    readonly defaultModel: string;
}
/**
 * Gives a loaded catalogue the synchronous shape of a static one, so that code that imported
 * `MODELS`, `modelDetails` and `defaultModel` keeps working. Chat models only; the same models give
 * the same result, whatever their order. It is a copy of its moment: make it again after a refresh.
 *
 * @throws ConfigError when no model has the id of `defaultModel`.
 */
declare function compatCatalog(models: readonly Model[] | ModelsResponse, options: CompatOptions): CompatCatalog;

export { HealthTracker, applyImport, compatCatalog, createAgentModels, createCatalog, parseLiteLlmConfig, parseModelTable, parseStaticCatalogue, planImport };
export type { AgentModelState, AgentModels, AgentModelsOptions, AgentOverview, AgentReference, AliasMeaning, ApplyImportOptions, CacheTimes, Catalog, CatalogHandle, CatalogOptions, CompatCatalog, CompatOptions, CredentialStatus, DisableModels, EnableModels, FieldChange, HealthApi, HealthTrackerOptions, ImportPlan, ImportResult, ImportSource, ImportedAgentModel, ImportedAlias, ImportedModel, LeftAlone, MatchingModels, MissingProvider, ModelDetails, ModelEdit, ModelSeed, ModelsApi, NeededProvider, NewAlias, NewModel, NewProvider, ObservedFailure, ParseOptions, PlanImportOptions, PlannedAgentModel, PlannedAlias, PlannedModel, PlannedModelChange, ProviderChanges, ProviderLink, ProviderState, ProviderTrial, ProvidersApi, RefusedRow, RemoveRule, ResolveModel, ResolvedModel, SyncReport, UsedRow, UserKeyOptions, UserKeys };
