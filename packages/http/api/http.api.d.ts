// The public types of @imrs/http. Written by `npm run api:update`.

// ---- create-handler.d.ts ----

import { Runtime } from '@imrs/core';
import { Router } from '@imrs/router';

/** What the bearer of a credential may do. */
declare const ROLES: readonly ["platform_admin", "tenant_admin", "agent_user", "agent"];
type Role = (typeof ROLES)[number];
/** Who makes a request, as an {@link Authenticator} proved it. Nothing of it is ever read from a body. */
interface Identity {
    readonly tenantId: string;
    /** Whose answers, preference and ratings these are. Absent for machines that act for nobody. */
    readonly userId?: string | undefined;
    readonly roles: readonly Role[];
    /** The only agents this identity may speak for. Default: every agent of its tenant. */
    readonly agentIds?: readonly string[] | undefined;
    /** Who it is in the audit: `user:u1`, `key:build-server`. */
    readonly actor: string;
}
interface Authenticated {
    readonly identity: Identity;
    /** A `Set-Cookie` header for the answer, where the identity was made just now. */
    readonly setCookie?: string | undefined;
}
/** One way of proving who one is. */
interface Authenticator {
    /** `bearer` and `cookie` credentials are told apart in the OpenAPI document and in cross-site checks. */
    readonly kind: 'bearer' | 'cookie' | 'none';
    /**
     * `undefined` when the request brings no credential of this kind; then the next one is asked.
     * Called concurrently.
     *
     * @throws ImrsError `unauthenticated` for a credential that is not good. Its message names what is
     * wrong and never the credential.
     */
    authenticate(request: Request): Promise<Authenticated | undefined>;
}

/** How often a caller may use an endpoint: one budget of requests for all endpoints of a class. */
type RateClass = 'read' | 'write' | 'chat' | 'refresh';

/** Requests that one caller may make in a minute, by class. */
type RateLimits = Readonly<Record<RateClass, number>>;
/** What is told of a failure nobody expected. The error stays on this side. */
interface FailureReport {
    readonly requestId: string;
    readonly operationId: string;
    readonly error: unknown;
}
interface CorsOptions {
    /** The origins whose pages may call, as browsers write them: `https://app.example.com`. */
    readonly origins: readonly string[];
    /** Whether those pages may send cookies. Default: `false`. */
    readonly allowCredentials?: boolean | undefined;
}
/** What `GET /api/models/quality` tells. */
interface ModelQualityOptions {
    /** What was rated less often is left out. Default: `30`. */
    readonly minRatings?: number | undefined;
    /** With `publicModels`: whose ratings visitors without a credential are shown. Default: `default`. */
    readonly visitorTenantId?: string | undefined;
}
interface HttpOptions {
    /** Stays yours: it is not closed here. */
    readonly router: Router;
    /** Ways to prove who one is, asked in this order; the first that knows the request's credential counts. */
    readonly authentication: readonly Authenticator[];
    /** Where the paths begin, when the door is not mounted at the root: `/imrs`. Default: `''`. */
    readonly basePath?: string | undefined;
    /** The agent of requests that name none. Default: `default`. */
    readonly defaultAgentId?: string | undefined;
    /** Which pages of other origins may call. Default: none. */
    readonly cors?: CorsOptions | undefined;
    /** Default: `10_485_760`, 10 MiB. */
    readonly maxBodyBytes?: number | undefined;
    /** Requests a caller may make in a minute, in this process. Default: 600 reads, 120 writes, 60 chats, 6 refreshes. */
    readonly rateLimits?: Partial<RateLimits> | undefined;
    /**
     * Streams of events, `GET /api/models/events`, that a caller may have open at once, in this process;
     * ten times as many for those who are counted by address, which many may share. Default: `10`.
     */
    readonly maxOpenStreams?: number | undefined;
    /**
     * Behind a proxy: the address of the client, as the proxy's header says it. Callers without a
     * credential, and visitors who come for the first time, are counted by it. Default: the address of
     * the connection where the handler is told it (`nodeListener` tells it); without one they share a count.
     */
    readonly clientAddressOf?: ((request: Request) => string | undefined) | undefined;
    /** Whether `GET /api/models` and its events need no credential. Default: `false`. */
    readonly publicModels?: boolean | undefined;
    /** Whether users read how the models of the agents they may speak to did, `GET /api/performance`. Default: `false`, admins alone. */
    readonly figuresForUsers?: boolean | undefined;
    /**
     * How good users found models, `GET /api/models/quality`, for all who may read `GET /api/models`: those
     * of their tenant, and where a model was rated often enough. `false`: there is no such path. Default: as {@link ModelQualityOptions} says.
     */
    readonly modelQuality?: ModelQualityOptions | false | undefined;
    /** Lets its bearer refresh lists without limit: the header `x-force-refresh-key`. Default: nobody but platform admins. */
    readonly forceRefreshKey?: string | undefined;
    /** Lets its bearer, and nobody else, read `GET /api/metrics`: for Prometheus. Default: platform admins read it. */
    readonly metricsKey?: string | undefined;
    /** Headers in which users may bring keys of their own, by provider id: `{ openai: 'x-openai-key' }`. The router must allow them too. Default: none. */
    readonly userKeyHeaders?: Readonly<Record<string, string>> | undefined;
    /** Told of failures that are answered with `internal`. Default: nobody is. */
    readonly onFailure?: ((report: FailureReport) => void) | undefined;
    /** Default: the real world. */
    readonly runtime?: Runtime | undefined;
}

/** A door: takes a web-standard request and gives its answer; never rejects. */
interface HttpHandler {
    (request: Request, connection?: Connection): Promise<Response>;
    /** Whether a path is one of the door's, rather than of the app it is mounted in. */
    readonly isOwnPath: (path: string) => boolean;
}
/**
 * A door that can be closed. Stateless but for the answers that are open and for rate limits, which
 * are kept in this process.
 */
interface ClosableHandler extends HttpHandler {
    /**
     * Closes the door: from now on requests are answered with `closed`, streams without an end of their
     * own are ended, and other answers may go on until `deadline` aborts; then they end with `closed`,
     * too. Resolves when none is open; never rejects. The router stays the host's to close afterwards.
     */
    readonly close: (deadline: AbortSignal) => Promise<void>;
}
/** What is known of the connection a request came over. */
interface Connection {
    /** The address at its other end. */
    readonly clientAddress?: string | undefined;
}
/**
 * Opens every door of a router under one handler: REST, chat, the OpenAI-compatible API and the
 * OpenAPI document.
 *
 * @throws ConfigError naming the option that is wrong.
 */
declare function createHandler(httpOptions: HttpOptions): ClosableHandler;

export { ROLES as R, createHandler as g };
export type { Authenticator as A, ClosableHandler as C, FailureReport as F, HttpOptions as H, Identity as I, ModelQualityOptions as M, Authenticated as a, CorsOptions as b, HttpHandler as c, RateClass as d, RateLimits as e, Role as f };

// ---- index.d.ts ----

import { H as HttpOptions, A as Authenticator, I as Identity } from './create-handler.js';
export { a as Authenticated, C as ClosableHandler, b as CorsOptions, F as FailureReport, c as HttpHandler, M as ModelQualityOptions, R as ROLES, d as RateClass, e as RateLimits, f as Role, g as createHandler } from './create-handler.js';
import { Runtime, JsonObject, CostTier, Capability, ModelType, ApiKeyRole, BudgetScope, BudgetPeriod, CatalogEvent, Attempt, Decision, FeedbackReason, HealthStatus, ModelPricing, ModelParameters, PresetOrder, ProviderType } from '@imrs/core';
import { Router, SetBudget, Budget } from '@imrs/router';

/** Answers one method of a route file. What Next gives beside the request is not looked at. */
type NextRoute = (request: Request) => Promise<Response>;
/** What a route file of Next exports, by method. `HEAD` is answered by `GET`, as Next does it. */
interface NextRoutes {
    readonly DELETE: NextRoute;
    readonly GET: NextRoute;
    /** For pages of other origins that `cors` names: without it Next answers what browsers ask first. */
    readonly OPTIONS: NextRoute;
    readonly PATCH: NextRoute;
    readonly POST: NextRoute;
    readonly PUT: NextRoute;
}
/** Options of {@link nextRoutes}. */
interface NextRoutesOptions {
    /** Tells apart doors of one process; routes of the same name share one. Default: `imrs`. */
    readonly name?: string | undefined;
}
/**
 * A door in the routes of Next's app folder: `export const { GET, POST, … } = nextRoutes(open)` in
 * `app/api/[...path]/route.ts`, and the same routes exported again from `app/v1/[...path]/route.ts`.
 *
 * `open` makes the options of {@link createHandler}. It is called by the first request, so that
 * building opens no router, and once in a process: routes and hot reloads share the door that is
 * open, with the router it was opened with. Requests that come meanwhile wait for it. When it throws,
 * they reject with its reason, which Next answers with status 500, and the next request tries again.
 */
declare function nextRoutes(open: () => HttpOptions | Promise<HttpOptions>, { name }?: NextRoutesOptions): NextRoutes;

declare const SIGNED_WITH_KEYS: readonly ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"];
declare const SIGNED_WITH_SECRET: readonly ["HS256", "HS384", "HS512"];
type JwtAlgorithm = (typeof SIGNED_WITH_KEYS)[number] | (typeof SIGNED_WITH_SECRET)[number];
/** Where the claims lie in the token. */
interface JwtClaimNames {
    /** Default: `tenant_id`. */
    readonly tenant?: string | undefined;
    /** Whose answers and choices these are. Default: `sub`. */
    readonly user?: string | undefined;
    /** One role or a list; names that are no roles are passed over. Default: `roles`. */
    readonly roles?: string | undefined;
    /** The only agents the bearer may speak for. Default: `agent_ids`. */
    readonly agents?: string | undefined;
}
interface JwtOptions {
    /** The only `iss` that is believed. */
    readonly issuer: string;
    /** What `aud` must hold. */
    readonly audience: string;
    /** The address of the issuer's public keys, read when they are needed and kept ten minutes. Or {@link secret}. */
    readonly jwksUrl?: string | undefined;
    /** A secret shared with the issuer, 32 bytes at least. Or {@link jwksUrl}. */
    readonly secret?: string | undefined;
    /** What tokens may be signed with. Default: `RS256` and `ES256` with keys, `HS256` with a secret. */
    readonly algorithms?: readonly JwtAlgorithm[] | undefined;
    readonly claims?: JwtClaimNames | undefined;
    /** How far the issuer's clock may be off. Default: 5 seconds. */
    readonly clockToleranceSeconds?: number | undefined;
    /** Default: the real world. */
    readonly runtime?: Runtime | undefined;
}

/**
 * Takes JSON Web Tokens from `Authorization: Bearer`. Signature, algorithm, issuer, audience and
 * expiry are checked; a token without expiry, tenant or a role of ours is refused. Keys of the issuer
 * are read once and shared by requests that come together.
 *
 * @throws ConfigError naming the option that is wrong.
 */
declare function jwtAuthentication(jwtOptions: JwtOptions): Authenticator;

interface AnonymousSessionOptions {
    /** Signs the cookies, 32 bytes at least. The same for all processes; a new one makes everybody a new visitor. */
    readonly secret: string;
    /** Default: `default`. */
    readonly tenantId?: string | undefined;
    /** The agents visitors may speak to. Default: every agent of the tenant. */
    readonly agentIds?: readonly string[] | undefined;
    /** How long a visitor stays the same. Default: a year. */
    readonly maxAgeDays?: number | undefined;
    /** Whether the cookie travels over TLS alone. Default: where the request came over TLS. */
    readonly secure?: boolean | undefined;
    /** Default: the real world. */
    readonly runtime?: Runtime | undefined;
}
/**
 * Lets visitors chat and rate without an account: who brings no good cookie becomes a new user of the
 * role `agent_user`, in a cookie that is signed and that scripts cannot read. The last of several
 * authenticators, since it turns nobody away.
 *
 * @throws ConfigError when the secret is too short.
 */
declare function anonymousSessions(options: AnonymousSessionOptions): Authenticator;

interface BearerTokenOptions {
    /** The secret, 32 characters at least, of those that a header takes without spaces. */
    readonly token: string;
    /** Who its bearer is. */
    readonly identity: Identity;
}
/**
 * Lets the bearer of one secret token in, for hosts without an issuer of tokens: an admin of a small
 * installation, a machine. Any other token is left to the next authenticator, and refused by the last.
 *
 * @throws ConfigError when the token is too short, or cannot be sent in a header.
 */
declare function bearerToken({ token, identity }: BearerTokenOptions): Authenticator;

interface ApiKeyOptions {
    /** Whose keys they are. */
    readonly router: Pick<Router, 'apiKeys'>;
}
/**
 * Takes keys of machines from `Authorization: Bearer imrs_…`, as `POST /api/v2/admin/api-keys` makes
 * them. A machine is no user: with the role `agent` it may name the user it speaks for, and what
 * belongs to a user alone is not for it.
 */
declare function apiKeyAuthentication({ router }: ApiKeyOptions): Authenticator;

/** A list as it travels. */
interface ItemsWire<Item> {
    readonly items: readonly Item[];
}

/** How good a model was found at one kind of task, from 0 to 1, as it travels. */
interface ModelQualityWire {
    readonly model: string;
    readonly task_type: string;
    readonly rating: number;
    /** The 95 % interval of the rating. */
    readonly low: number;
    readonly high: number;
    readonly ratings: number;
    /** To the first visible part, the median, milliseconds; `null` when nothing is measured. */
    readonly first_part_ms: number | null;
}
/** By model and kind of task, of those that were rated often enough. */
interface ModelQualitiesWire extends ItemsWire<ModelQualityWire> {
    readonly min_ratings: number;
}

/** Who did what, as it travels. */
interface AuditEntryWire {
    readonly seq: number;
    /** `null`: it concerns every tenant. */
    readonly tenant_id: string | null;
    readonly action: string;
    readonly subject: string;
    readonly actor: string | null;
    readonly details: JsonObject;
    readonly at: string;
}

/** Which models; each narrows. */
interface ModelFilterWire {
    readonly provider?: string | undefined;
    readonly cost_tier?: CostTier | undefined;
    readonly capability?: Capability | undefined;
    readonly model_type?: ModelType | undefined;
    readonly search?: string | undefined;
}

/** Models by name, and all that fit a filter, now and later. */
interface ChosenModels {
    readonly model_ids?: readonly string[] | undefined;
    readonly bulk_filter?: ModelFilterWire | undefined;
}
/** The body that enables models for an agent. */
interface EnableModelsBody extends ChosenModels {
    /** Takes the place of the models' priority for this agent. */
    readonly priority_override?: number | undefined;
}
/** The body that disables models for an agent. */
type DisableModelsBody = ChosenModels;
/** What is changed of one model for one agent. `null` takes the agent's own priority away. */
interface AgentModelBody {
    readonly is_enabled?: boolean | undefined;
    readonly priority_override?: number | null | undefined;
}

/** An agent that has anything, as it travels. */
interface AgentSummaryWire {
    readonly agent_id: string;
    readonly enabled_by_name: number;
    readonly disabled_by_name: number;
    readonly rules: number;
    readonly answers_last_30_days: number;
    /** A UTC day; `null`: no model was ever called for it. */
    readonly last_used_on: string | null;
}
/** One page of the agents of a tenant. */
interface AgentListWire {
    readonly items: readonly AgentSummaryWire[];
    /** `null` on the last page. */
    readonly next_cursor: string | null;
}

/** A model of an agent. */
interface AgentModelWire {
    readonly model_id: string;
    readonly display_name: string;
    readonly is_enabled: boolean;
    readonly priority_override: number | null;
    /** The priority that counts: of the agent, of a rule or the model's own. */
    readonly priority: number;
    readonly decided_by: 'row' | 'rule' | 'nothing';
    readonly rule_id: string | null;
    readonly is_available: boolean;
}
/** One page of the models that are enabled for an agent. */
interface AgentModelPageWire {
    readonly agent_id: string;
    readonly models: readonly AgentModelWire[];
    readonly total_enabled: number;
    readonly total_is_estimate: boolean;
    /** `null` on the last page. */
    readonly next_cursor: string | null;
    /** Disabled by name, whatever a rule says. */
    readonly disabled_model_ids: readonly string[];
}
/** What was enabled for an agent; `models_enabled` names 200 at most. */
interface ModelsEnabledWire {
    readonly enabled_count: number;
    readonly models_enabled: readonly string[];
    /** The rule that a filter made. */
    readonly rule_id: string | null;
}
/** What was disabled for an agent. */
interface ModelsDisabledWire {
    readonly models_disabled: readonly string[];
    readonly rule_id: string | null;
}
/** The row of one model of an agent as it is now. */
interface AgentModelRowWire {
    readonly model_id: string;
    readonly is_enabled: boolean;
    readonly priority_override: number | null;
}
/** A rule of an agent: which models it is for, and what it says of them. */
interface AgentRuleWire {
    readonly id: string;
    readonly filter: ModelFilterWire;
    readonly is_enabled: boolean;
    readonly priority_override: number | null;
    readonly enabled_by: string | null;
    readonly enabled_at: string;
}

/** A key as it travels: who may do what with it, and nothing of its secret. */
interface ApiKeyWire {
    readonly id: string;
    readonly tenant_id: string;
    readonly label: string;
    readonly roles: readonly ApiKeyRole[];
    readonly agent_ids: readonly string[] | null;
    readonly created_by: string | null;
    readonly created_at: string;
    readonly expires_at: string | null;
    readonly last_used_at: string | null;
    readonly revoked_at: string | null;
}
/** A key that was made just now. */
interface MadeApiKeyWire extends ApiKeyWire {
    readonly key: string;
}
/** The body that makes a key. */
interface ApiKeyBody {
    readonly label: string;
    readonly roles: readonly ApiKeyRole[];
    readonly agent_ids?: readonly string[] | undefined;
    readonly expires_at?: string | undefined;
}

/** A limit as it travels. */
interface BudgetWire {
    readonly id: string;
    readonly scope: BudgetScope;
    readonly subject: string;
    readonly unit: Budget['unit'];
    readonly period: BudgetPeriod;
    readonly limit: number;
    readonly created_at: string;
    readonly updated_at: string;
}
/** What is used of a limit and what is left of it now. */
interface BudgetStatusWire {
    readonly budget: BudgetWire;
    readonly subject: string;
    readonly window_start: string;
    readonly window_end: string;
    readonly used: number;
    /** Of calls whose usage nobody told. */
    readonly assumed: number;
    /** Of calls in flight. */
    readonly reserved: number;
    readonly remaining: number;
}
/** The body that sets a limit. */
type BudgetBody = Pick<SetBudget, 'scope' | 'subject' | 'unit' | 'period' | 'limit'>;

/** One call to a model, with whose it was, as it travels. */
interface ListedCallWire {
    readonly id: string;
    readonly message_id: string;
    readonly decision_id: string;
    readonly agent_id: string;
    readonly user_id: string | null;
    /** 1 for the first call made for a message. */
    readonly position: number;
    /** Why it was made: `first`, `retry`, `failover`, `hedge`. */
    readonly cause: string;
    readonly provider_id: string;
    readonly model: string;
    /** `completed`, `failed` or `aborted`. */
    readonly outcome: string;
    readonly failure_kind: string | null;
    readonly started_at: string;
    readonly first_part_ms: number | null;
    readonly total_ms: number;
    readonly input_tokens: number | null;
    readonly output_tokens: number | null;
    /** Whether the provider said so, or it is an estimate. */
    readonly usage_source: string | null;
    /** US dollars; `null` is unknown. */
    readonly cost_usd: number | null;
}
/** One page of the calls of a period. */
interface CallPageWire {
    readonly items: readonly ListedCallWire[];
    /** `null` on the last page. */
    readonly next_cursor: string | null;
}

type WireOf<Event> = Event extends CatalogEvent ? Omit<Event, 'atMs'> & {
    readonly at: string;
} : never;
/** One thing a sync did to a model, as it travels: alike in the stream of events and in their list. */
type CatalogueEventWire = WireOf<CatalogEvent>;

/** One page of what happened to the catalogue. */
interface CatalogueEventPageWire {
    readonly items: readonly CatalogueEventWire[];
    readonly next: number | null;
}

/** Why a model was chosen, and what came of it, as it travels. */
interface DecisionWire {
    readonly decisionId: string;
    readonly messageId: string;
    readonly agentId: string;
    readonly decidedAt: string;
    readonly sentence: string;
    readonly model: string;
    readonly source: Decision['source'];
    readonly strategy: Decision['strategy'];
    /** The request's own dial between quality, 0, and price, 1, where it ruled. */
    readonly costQuality: number | null;
    /** The same, where it ruled nothing. */
    readonly ignoredCostQuality: number | null;
    readonly preset: string | null;
    readonly task: Decision['task'];
    readonly requiredCapabilities: Decision['requiredCapabilities'];
    readonly candidates: Decision['candidates'];
    readonly candidateCount: number;
    readonly exclusions: Decision['exclusions'];
    /** The chance with which this model was put first. */
    readonly propensity: number;
    readonly opeEligible: boolean;
    readonly opeReason: Decision['opeReason'] | null;
    readonly snapshotVersion: string;
    readonly seed: number;
    readonly replayable: boolean;
    /** The calls it led to, in the order they were made; none for a dry run. */
    readonly calls: readonly CallWire[];
}
/** One call to a model: a line of the cost ledger. */
interface CallWire {
    readonly model: string;
    readonly cause: Attempt['cause'];
    readonly outcome: Attempt['outcome'];
    readonly failureKind: Attempt['failureKind'] | null;
    readonly startedAt: string;
    readonly firstPartMs: number | null;
    readonly totalMs: number;
    readonly inputTokens: number | null;
    readonly outputTokens: number | null;
    readonly usageSource: Attempt['usageSource'] | null;
    /** US dollars; `null` is unknown. */
    readonly costUsd: number | null;
}

/** An average rating and its 95 % interval. */
interface EstimateWire {
    readonly mean: number;
    readonly low: number;
    readonly high: number;
}
/** What a strategy would have earned, as it travels; `null` where that is refused, with the reason. */
interface EvaluationWire {
    readonly strategy: string;
    readonly version: string;
    /** What the requests earned as they were. */
    readonly actual: EstimateWire | null;
    readonly value: EstimateWire | null;
    readonly rated_decisions: number;
    readonly used_decisions: number;
    readonly effective_sample_size: number;
    readonly refused: {
        readonly kind: string;
        readonly reason: string;
    } | null;
    readonly warnings: readonly string[];
    readonly sentence: string;
}

/** How often a reason goes with ratings of answers of a model that count now. */
interface ReasonCountWire {
    readonly model: string;
    readonly reason: FeedbackReason;
    /** With ratings of .5 and more. */
    readonly good: number;
    readonly bad: number;
}

/** One change of a provider's health, as it travels. */
interface HealthChangeWire {
    readonly seq: number;
    readonly provider_id: string;
    readonly at: string;
    readonly from: HealthStatus;
    readonly to: HealthStatus;
    readonly error: string | null;
}
/** One page of how providers were. */
interface HealthHistoryWire {
    readonly items: readonly HealthChangeWire[];
    /** `null` on the last page. */
    readonly next_before: number | null;
}

/** The body that adds a model by hand. Prices are US dollars per 1,000,000 tokens. */
interface ModelBody {
    readonly provider_id: string;
    readonly external_id: string;
    readonly display_name?: string | undefined;
    readonly description?: string | undefined;
    readonly model_type?: ModelType | undefined;
    readonly capabilities: readonly Capability[];
    readonly priority?: number | undefined;
    readonly cost_tier?: CostTier | undefined;
    readonly domains?: readonly string[] | undefined;
    readonly ctx_length?: number | undefined;
    readonly max_output_tokens?: number | undefined;
    readonly pricing_input?: string | number | undefined;
    readonly pricing_output?: string | number | undefined;
}
/** What a person changes of a model; `null` goes back to what the provider's list says. */
interface ModelChangesBody {
    readonly display_name?: string | null | undefined;
    readonly description?: string | null | undefined;
    readonly model_type?: ModelType | null | undefined;
    readonly capabilities?: readonly Capability[] | null | undefined;
    readonly priority?: number | null | undefined;
    readonly cost_tier?: CostTier | null | undefined;
    readonly domains?: readonly string[] | null | undefined;
    readonly ctx_length?: number | null | undefined;
    readonly max_output_tokens?: number | null | undefined;
    /** Both prices go together: `{ "input": "0.15", "output": "0.60" }`. */
    readonly pricing?: ModelPricing | null | undefined;
    readonly is_available?: boolean | null | undefined;
    readonly unavailable_reason?: string | undefined;
}

/** The body that changes many models: those named, or all that fit. */
interface ModelsChangeBody {
    readonly model_ids?: readonly string[] | undefined;
    readonly bulk_filter?: ModelFilterWire | undefined;
    readonly set: ModelChangesBody;
}
/** What a change of many models changed. */
interface ModelsChangedWire {
    readonly changed_count: number;
    readonly models_changed: readonly string[];
}

/** A model as it travels. Prices are US dollars per 1,000,000 tokens, as decimal text; unknown is `null`. */
interface ModelWire {
    readonly id: string;
    readonly provider_id: string;
    readonly external_id: string;
    readonly display_name: string;
    readonly description: string | null;
    readonly model_type: ModelType;
    readonly capabilities: readonly Capability[];
    readonly priority: number;
    readonly cost_tier: CostTier | null;
    readonly domains: readonly string[];
    readonly ctx_length: number | null;
    readonly max_output_tokens: number | null;
    readonly pricing_input: string | null;
    readonly pricing_output: string | null;
    readonly is_available: boolean;
    readonly unavailable_reason: string | null;
    readonly origin: 'sync' | 'code' | 'manual';
    readonly successor_id: string | null;
    readonly released_at: string | null;
    readonly expires_at: string | null;
    readonly synced_at: string | null;
    readonly created_at: string;
    readonly updated_at: string;
}
/** One page of the catalogue. */
interface ModelPageWire extends ItemsWire<ModelWire> {
    /** `null` where a cursor was given. */
    readonly total: number | null;
    readonly total_is_estimate: boolean;
    /** `null` where a cursor was given. */
    readonly page: number | null;
    readonly per_page: number;
    /** `null` on the last page. */
    readonly next_cursor: string | null;
}
/** One model with everything that is known of it. */
interface ModelDetailWire extends ModelWire {
    readonly pricing: ModelPricing;
    readonly supported_parameters: readonly string[] | null;
    /** The fields a person set, which no sync changes. */
    readonly overridden: readonly string[];
    readonly metadata: JsonObject;
}

/** A model that is left alone after failures. */
interface BreakerWire {
    readonly provider_id: string;
    readonly model_id: string;
    readonly state: 'open' | 'half-open';
    /** `null` while it is tried. */
    readonly open_until: string | null;
    readonly failure_kind: string;
}
/** What waits for one learning system. */
interface SinkWire {
    readonly name: string;
    readonly is_configured: boolean;
    readonly pending: number;
    readonly oldest_age_ms: number | null;
    readonly set_aside: number;
    readonly is_down: boolean;
    readonly failure: string | null;
    readonly retry_at: string | null;
}
/** A record that a sink refused for good. */
interface SetAsideWire {
    readonly seq: number;
    readonly tenant_id: string;
    readonly message_id: string;
    readonly reason: string;
    readonly set_aside_at: string | null;
}

/** Parameters that count where a request leaves them out, as they travel. */
interface ParameterDefaultsWire {
    readonly agent_id: string | null;
    readonly model_id: string | null;
    readonly parameters: ModelParameters;
    readonly updated_by: string | null;
    readonly updated_at: string;
}
/** The body that sets defaults. */
interface ParametersBody {
    readonly parameters: ModelParameters;
}

/** An alarm about a model that changed, as it travels. */
interface DriftAlarmWire {
    readonly at: string;
    readonly agent_id: string;
    readonly model: string;
    readonly direction: 'worse' | 'better';
    /** By how much its ratings moved, from -1 to 1. */
    readonly shift: number;
    /** The answer whose rating raised it. */
    readonly message_id: string;
}

/** How the models of one agent did, as people who chat look at it. */
interface FiguresWire {
    readonly agentId: string;
    /** How many days back, today included. */
    readonly days: number;
    /** The most used first. */
    readonly models: readonly ModelFiguresWire[];
}
/** How one model did. What nobody knows is `null`, and is not zero. */
interface ModelFiguresWire {
    readonly model: string;
    readonly requests: number;
    readonly failures: number;
    readonly rating: {
        readonly mean: number;
        /** The 95 % interval of the mean. */
        readonly low: number;
        readonly high: number;
        readonly count: number;
        /** Whether there are ratings enough to call it knowledge. */
        readonly isKnown: boolean;
    } | null;
    /** To the first visible part, milliseconds. */
    readonly firstPartMs: TimesWire | null;
    /** Of completed calls, milliseconds. */
    readonly totalMs: TimesWire | null;
    readonly costPerRequestUsd: number | null;
}
/** Durations, milliseconds. */
interface TimesWire {
    readonly p50: number;
    readonly p95: number;
    readonly count: number;
}

/** How a model did, as it travels. What rows are not told apart by is `null`, and so is what is not known. */
interface PerformanceWire {
    readonly model: string | null;
    readonly task_type: string | null;
    readonly agent_id: string | null;
    /** The UTC day or month. */
    readonly period: string | null;
    readonly avg_rating: number | null;
    /** The 95 % interval of the average. */
    readonly rating_low: number | null;
    readonly rating_high: number | null;
    readonly rating_count: number;
    /** Whether there are ratings enough to call it knowledge. */
    readonly rating_is_known: boolean;
    /** Answers for which the model was asked. */
    readonly usage_count: number;
    readonly call_count: number;
    readonly failure_count: number;
    readonly failures_by_kind: Readonly<Record<string, number>>;
    readonly aborted_count: number;
    /** Of completed calls, milliseconds, within 5 %. */
    readonly avg_latency_ms: number | null;
    readonly p50_latency_ms: number | null;
    readonly p95_latency_ms: number | null;
    /** To the first visible part. */
    readonly p50_first_part_ms: number | null;
    readonly p95_first_part_ms: number | null;
    readonly input_tokens: number;
    readonly output_tokens: number;
    /** US dollars of the calls whose cost is known. */
    readonly cost_usd: number;
    readonly cost_per_request_usd: number | null;
    readonly unpriced_call_count: number;
}
/** How models did in a period. */
interface PerformanceReportWire {
    readonly task_type: string | null;
    readonly agent_id: string | null;
    /** The first and the last UTC day, where they were given. */
    readonly from_day: string | null;
    readonly to_day: string | null;
    /** The most used first. */
    readonly performance: readonly PerformanceWire[];
}
/** What one model was used for. */
interface ModelUsageWire {
    readonly model_id: string;
    readonly overall: PerformanceWire;
    readonly by_task_type: readonly PerformanceWire[];
    readonly by_month: readonly PerformanceWire[];
}

declare const KINDS: readonly ["cheaper", "try", "drop", "too-little-known"];
/** What to change, with the evidence; `null` is what a kind does not name. */
interface RecommendationWire {
    readonly kind: (typeof KINDS)[number];
    readonly model: string | null;
    readonly instead_of: string | null;
    readonly task_type: string | null;
    readonly because: string | null;
    readonly sentence: string;
}

/** The body that makes a preset. */
interface PresetBody {
    readonly display_name?: string | undefined;
    readonly description?: string | undefined;
    readonly model_ids?: readonly string[] | undefined;
    readonly filter?: ModelFilterWire | undefined;
    readonly required_capabilities?: readonly Capability[] | undefined;
    readonly order?: PresetOrder | undefined;
    /** What a lower price is worth, where the order is `best`. */
    readonly cost_quality?: number | undefined;
}
/** A preset as it travels: models by name or by filter, and `null` for the other. */
interface PresetWire {
    readonly id: string;
    readonly display_name: string;
    readonly description: string | null;
    readonly model_ids: readonly string[] | null;
    readonly filter: ModelFilterWire | null;
    readonly required_capabilities: readonly Capability[];
    readonly order: PresetOrder;
    readonly cost_quality: number | null;
    readonly is_built_in: boolean;
    readonly updated_by: string | null;
    readonly updated_at: string | null;
}

/** The body that makes or tries a provider. */
interface ProviderBody {
    readonly id: string;
    readonly display_name?: string | undefined;
    readonly provider_type: ProviderType;
    readonly api_base: string;
    readonly models_endpoint?: string | undefined;
    /** Goes to the secret store and is in no answer. */
    readonly api_key?: string | undefined;
    readonly rate_limit_rpm?: number | undefined;
    readonly settings?: JsonObject | undefined;
}
/** The body that changes one; what is left out stays. */
interface ProviderChangesBody extends Omit<ProviderBody, 'id' | 'provider_type' | 'api_base'> {
    readonly api_base?: string | undefined;
    readonly is_active?: boolean | undefined;
}

/** A provider as it travels. Its key never does. */
interface ProviderWire {
    readonly id: string;
    readonly display_name: string;
    readonly provider_type: ProviderType;
    readonly api_base: string;
    readonly models_endpoint: string;
    readonly api_key_vault_path: string | null;
    readonly rate_limit_rpm: number | null;
    readonly is_active: boolean;
    readonly origin: 'code' | 'api';
    readonly settings: JsonObject;
    readonly model_count: number;
    readonly last_synced: string | null;
    readonly created_by: string | null;
    readonly created_at: string;
    readonly updated_at: string;
}
/** All providers. */
interface ProviderListWire extends ItemsWire<ProviderWire> {
    readonly total: number;
}
/** How trying a provider went. */
type ProviderTrialWire = {
    readonly ok: true;
    readonly models: number;
    readonly chat_models: number;
    /** Some ids of the list, as the provider writes them. */
    readonly examples: readonly string[];
} | {
    readonly ok: false;
    readonly failure_kind: string;
    readonly message: string;
};
/** What reading a provider's list changed. */
interface SyncWire {
    readonly provider_id: string;
    readonly models_discovered: number;
    readonly models_unreadable: number;
    readonly models_added: number;
    /** Rows that changed. */
    readonly models_updated: number;
    readonly models_unchanged: number;
    readonly models_removed: number;
    readonly synced_at: string;
}
/** How a provider is. */
interface HealthWire {
    readonly provider_id: string;
    readonly status: HealthStatus;
    readonly checked_at: string;
    readonly error: string | null;
}

export { Authenticator, HttpOptions, Identity, anonymousSessions, apiKeyAuthentication, bearerToken, jwtAuthentication, nextRoutes };
export type { AgentListWire, AgentModelBody, AgentModelPageWire, AgentModelRowWire, AgentModelWire, AgentRuleWire, AgentSummaryWire, AnonymousSessionOptions, ApiKeyBody, ApiKeyOptions, ApiKeyWire, AuditEntryWire, BearerTokenOptions, BreakerWire, BudgetBody, BudgetStatusWire, BudgetWire, CallPageWire, CallWire, CatalogueEventPageWire, CatalogueEventWire, ChosenModels, DecisionWire, DisableModelsBody, DriftAlarmWire, EnableModelsBody, EstimateWire, EvaluationWire, FiguresWire, HealthChangeWire, HealthHistoryWire, HealthWire, ItemsWire, JwtAlgorithm, JwtClaimNames, JwtOptions, ListedCallWire, MadeApiKeyWire, ModelBody, ModelChangesBody, ModelDetailWire, ModelFiguresWire, ModelFilterWire, ModelPageWire, ModelQualitiesWire, ModelQualityWire, ModelUsageWire, ModelWire, ModelsChangeBody, ModelsChangedWire, ModelsDisabledWire, ModelsEnabledWire, NextRoute, NextRoutes, NextRoutesOptions, ParameterDefaultsWire, ParametersBody, PerformanceReportWire, PerformanceWire, PresetBody, PresetWire, ProviderBody, ProviderChangesBody, ProviderListWire, ProviderTrialWire, ProviderWire, ReasonCountWire, RecommendationWire, SetAsideWire, SinkWire, SyncWire, TimesWire };

// ---- node.d.ts ----

import { IncomingMessage, ServerResponse, Server, RequestListener } from 'node:http';
import { HttpHandler, ClosableHandler } from './index.js';
import { Runtime } from '@imrs/core';
import '@imrs/router';

/** What Node's own server, Express and Connect call. */
type NodeListener = (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) => void;
/**
 * Serves a handler from Node's own server, or as middleware of Express. As middleware it takes only
 * paths that are its own and leaves the others to the next one; it must stand before whatever reads
 * bodies. A client that goes away ends what was done for it.
 */
declare function nodeListener(handler: HttpHandler): NodeListener;

/** Where and how patiently to listen. */
interface ServeHttpOptions {
    /** `0` takes any that is free. Default: `8787`. */
    readonly port?: number | undefined;
    /** The address to listen on. Default: `127.0.0.1`, which only this machine reaches. */
    readonly host?: string | undefined;
    /** How long a client may take to send its headers, milliseconds. Default: `10_000`. */
    readonly headersTimeoutMs?: number | undefined;
    /** How long a client may take to send its whole request, milliseconds. Default: `60_000`. */
    readonly requestTimeoutMs?: number | undefined;
    /** How long a connection without a request stays open, milliseconds. Behind a proxy: longer than the proxy keeps it. Default: `65_000`. */
    readonly keepAliveMs?: number | undefined;
    /** How long a client may take none of what was written for it before it is cut, milliseconds. Default: `60_000`. */
    readonly stalledMs?: number | undefined;
    /** Connections open at once; one more is closed at once. Default: `10_000`. */
    readonly maxConnections?: number | undefined;
    /** What is closed with the server where that is not what is served: the door that an app of Express has. */
    readonly door?: ClosableHandler | undefined;
    /** Default: the real world. */
    readonly runtime?: Pick<Runtime, 'sleep'> | undefined;
}
/** A server that listens. */
interface ServedHttp {
    /** `http://127.0.0.1:8787`, without a slash at its end. */
    readonly url: string;
    readonly server: Server;
    /**
     * Takes no more connections, cuts those without a request, closes the handler and resolves when the
     * answers that were open have ended. Once `deadline` aborts, those of the handler are ended, and what
     * a second later is still not read is cut; without one they take as long as they take. Called again
     * without a deadline it cuts all of them at once. Never rejects. The router stays yours to close,
     * afterwards.
     */
    readonly close: (deadline?: AbortSignal) => Promise<void>;
}
/**
 * Serves a handler, or the listener of an app that has one, on a port, so that slow clients hold nothing up: whoever sends no headers, no whole
 * request, or does not read what is written for it in time is cut, and there is a most of connections.
 *
 * An answer that is still being made is never cut for being slow: a model may think for minutes.
 *
 * @throws ConfigError naming the option that is wrong, or the port that cannot be listened on.
 */
declare function serveHttp(served: HttpHandler | ClosableHandler | RequestListener, options?: ServeHttpOptions): Promise<ServedHttp>;

export { nodeListener, serveHttp };
export type { NodeListener, ServeHttpOptions, ServedHttp };
