// The public types of @imrs/store-kysely. Written by `npm run api:update`.

// ---- index.d.ts ----

import { ProviderType, ProviderOrigin, ModelType, CostTier, ModelOrigin, FeedbackType, DecisionSource, TaskSource, TaskConfidence, OpeIneligibility, AttemptOutcome, FailureKind, AttemptCause, UsageSource, ExperienceScope, FeedbackSignal, AliasReason, CatalogEventType, HealthStatus, BudgetScope, BudgetUnit, BudgetPeriod, Store } from '@imrs/core';
import { Generated, Kysely, RawBuilder, SqlBool, DatabaseConnection, CompiledQuery, Dialect } from 'kysely';

/** 0 or 1. */
type BooleanNumber = number;
/** ISO 8601, UTC, with milliseconds. */
type TimeText = string;
/** JSON, as text. */
type JsonText = string;
interface ProviderRow {
    readonly id: string;
    readonly display_name: string;
    readonly provider_type: ProviderType;
    readonly api_base: string;
    readonly models_endpoint: string;
    readonly api_key_vault_path: string | null;
    readonly rate_limit_rpm: number | null;
    readonly is_active: BooleanNumber;
    readonly origin: ProviderOrigin;
    readonly settings: JsonText;
    readonly last_synced: TimeText | null;
    readonly created_by: string | null;
    readonly created_at: TimeText;
    readonly updated_at: TimeText;
}
interface ProviderHealthRow {
    readonly provider_id: string;
    readonly status: HealthStatus;
    readonly checked_at: TimeText;
    readonly error: string | null;
}
interface StoredModelRow extends ModelRow {
    /** Stays with the row for life; what the text index of SQLite knows it by. */
    readonly seq: Generated<number>;
}
/** A model without what the database adds. */
interface ModelRow {
    readonly id: string;
    readonly provider_id: string;
    readonly external_id: string;
    readonly display_name: string;
    readonly description: string | null;
    readonly model_type: ModelType;
    readonly capabilities: JsonText;
    /** The same as bits, for filters. */
    readonly capability_mask: number;
    readonly priority: number;
    readonly cost_tier: CostTier | null;
    readonly domains: JsonText;
    readonly ctx_length: number | null;
    readonly max_output_tokens: number | null;
    /** Copies of two prices, for queries; `pricing` is what counts. */
    readonly pricing_input: string | null;
    readonly pricing_output: string | null;
    /** The price as a number, to sort by. */
    readonly pricing_input_number: number | null;
    readonly pricing: JsonText;
    readonly is_available: BooleanNumber;
    readonly unavailable_reason: string | null;
    readonly released_at: TimeText | null;
    readonly expires_at: TimeText | null;
    readonly supported_parameters: JsonText | null;
    readonly metadata: JsonText;
    readonly origin: ModelOrigin;
    readonly successor_id: string | null;
    /** What a search finds it by, with spaces between. */
    readonly search_words: string;
    /** What an administrator set; the other columns have these values already. */
    readonly overrides: JsonText | null;
    /** The overridable part of the provider's side, while something is set. */
    readonly synced_values: JsonText | null;
    /** Fingerprint of what the provider's list says of it. */
    readonly facts_hash: string;
    readonly synced_at: TimeText | null;
    readonly created_at: TimeText;
    readonly updated_at: TimeText;
}
interface CatalogEventRow {
    readonly seq: Generated<number>;
    readonly type: CatalogEventType;
    readonly provider_id: string;
    readonly model_id: string;
    /** The members of the change but its type and model. */
    readonly details: JsonText;
    readonly at: TimeText;
}
interface ModelAliasRow {
    readonly name: string;
    readonly model_id: string;
    readonly reason: AliasReason;
    readonly is_automatic: BooleanNumber;
    readonly created_at: TimeText;
}
interface AgentModelRow {
    readonly id: Generated<string>;
    readonly tenant_id: string;
    readonly agent_id: string;
    readonly model_id: string;
    readonly priority_override: number | null;
    readonly is_enabled: BooleanNumber;
    readonly enabled_by: string | null;
    readonly enabled_at: TimeText;
}
interface EnableRuleRow {
    readonly tenant_id: string;
    readonly agent_id: string;
    readonly id: string;
    readonly filter: JsonText;
    readonly is_enabled: BooleanNumber;
    readonly priority_override: number | null;
    readonly enabled_by: string | null;
    readonly enabled_at: TimeText;
}
interface PreferenceRow {
    readonly tenant_id: string;
    readonly user_id: string;
    /** `null` for a selection that names no provider, such as `auto`. */
    readonly provider: string | null;
    readonly model: string | null;
    readonly updated_at: TimeText | null;
    readonly last_valid_provider: string | null;
    readonly last_valid_model: string | null;
    readonly last_valid_at: TimeText | null;
}
interface MessageRow {
    readonly id: string;
    readonly tenant_id: string;
    readonly agent_id: string;
    readonly user_id: string | null;
    readonly conversation_id: string | null;
    readonly role: 'assistant';
    readonly content: string | null;
    readonly model: string;
    readonly latency_ms: number | null;
    readonly token_count: number | null;
    readonly metadata: JsonText;
    readonly created_at: TimeText;
    /** 0 to 1. */
    readonly rating: number | null;
    readonly task_type: string;
    readonly credited_task_type: string;
    readonly tools_used: JsonText;
    readonly feedback_type: FeedbackType | null;
    readonly feedback_at: TimeText | null;
}
interface AttemptRow {
    readonly id: string;
    readonly message_id: string;
    readonly decision_id: string;
    readonly tenant_id: string;
    readonly agent_id: string;
    readonly user_id: string | null;
    readonly position: number;
    readonly provider_id: string;
    readonly model_id: string;
    readonly outcome: AttemptOutcome;
    readonly failure_kind: FailureKind | null;
    readonly started_at: TimeText;
    readonly first_part_ms: number | null;
    readonly total_ms: number;
    readonly input_tokens: number | null;
    readonly output_tokens: number | null;
    readonly cached_input_tokens: number | null;
    readonly cache_write_tokens: number | null;
    readonly reasoning_tokens: number | null;
    readonly cost_nano_usd: number | null;
    readonly reported_cost_nano_usd: number | null;
    readonly price_source: string | null;
    readonly cause: AttemptCause;
    readonly headers_ms: number | null;
    readonly usage_source: UsageSource | null;
    readonly price: JsonText | null;
    readonly price_as_of: TimeText | null;
}
interface DecisionRow {
    readonly id: string;
    readonly message_id: string;
    readonly tenant_id: string;
    readonly agent_id: string;
    readonly user_id: string | null;
    readonly decided_at: TimeText;
    readonly source: DecisionSource;
    readonly model_id: string;
    readonly task_type: string;
    readonly task_source: TaskSource;
    readonly task_confidence: TaskConfidence;
    readonly task_matches: number;
    readonly required_capabilities: JsonText;
    readonly candidates: JsonText;
    readonly candidate_count: number;
    readonly exclusions: JsonText;
    readonly propensity: number;
    readonly propensity_log: JsonText | null;
    readonly ope_eligible: BooleanNumber;
    readonly ope_reason: OpeIneligibility | null;
    readonly strategy_name: string;
    readonly strategy_version: string;
    readonly snapshot_version: string;
    readonly seed: number;
    readonly replayable: BooleanNumber;
}
interface FeedbackEventRow {
    readonly seq: Generated<number>;
    readonly id: string;
    readonly tenant_id: string;
    readonly message_id: string;
    readonly user_id: string;
    readonly feedback_type: FeedbackType;
    readonly rating_milli: number;
    readonly signal: FeedbackSignal | null;
    readonly given_at: TimeText;
    readonly epoch: number;
    readonly weight_milli: number;
}
interface ExperienceRow {
    readonly tenant_id: string;
    readonly scope: ExperienceScope;
    readonly agent_id: string;
    readonly task_type: string;
    readonly model_id: string;
    readonly month: string;
    readonly epoch: number;
    readonly rating_count: number;
    readonly rating_sum: number;
    readonly rating_sum_of_squares: number;
    readonly weight_milli: number;
    readonly weighted_sum: number;
    readonly weighted_sum_of_squares: number;
}
/** What answers from before the bound add to a cell of an agent. */
type ExperienceCheckpointRow = Omit<ExperienceRow, 'scope' | 'weight_milli' | 'weighted_sum' | 'weighted_sum_of_squares'>;
interface ExperienceBoundRow {
    readonly tenant_id: string;
    readonly before_id: string;
}
/** What one user's ratings in a cell of an agent come to. */
interface ExperienceUserRow {
    readonly tenant_id: string;
    readonly agent_id: string;
    readonly task_type: string;
    readonly model_id: string;
    readonly month: string;
    readonly epoch: number;
    readonly user_id: string;
    readonly rating_count: number;
    readonly rating_sum: number;
    readonly rating_sum_of_squares: number;
    readonly weight_milli: number;
}
interface ModelDriftRow {
    readonly tenant_id: string;
    readonly agent_id: string;
    readonly model_id: string;
    readonly epoch: number;
    readonly drift_sum: number;
    readonly residual_sum: number;
    readonly rating_count: number;
}
interface ModelShiftRow {
    readonly tenant_id: string;
    readonly agent_id: string;
    readonly model_id: string;
    readonly epoch: number;
    readonly shift_milli: number;
    readonly message_id: string;
    readonly at: TimeText;
}
/** A row of a day or of a month. */
interface PerformanceRow {
    readonly tenant_id: string;
    readonly agent_id: string;
    readonly task_type: string;
    readonly model_id: string;
    readonly provider_id: string;
    readonly attempt_count: number;
    readonly failure_count: number;
    readonly failures_by_kind: JsonText;
    readonly input_tokens: number;
    readonly output_tokens: number;
    readonly cost_nano_usd: number;
    readonly unpriced_count: number;
    readonly total_ms_sum: number;
    readonly first_part_histogram: JsonText;
    readonly total_histogram: JsonText;
    readonly request_count: number;
    readonly aborted_count: number;
    readonly unmeasured_count: number;
}
interface DailyPerformanceRow extends PerformanceRow {
    readonly day: string;
}
interface MonthlyPerformanceRow extends PerformanceRow {
    readonly month: string;
}
interface BudgetRow {
    readonly tenant_id: string;
    readonly id: string;
    readonly scope: BudgetScope;
    readonly subject: string;
    readonly unit: BudgetUnit;
    readonly period: BudgetPeriod;
    readonly limit_amount: number;
    readonly created_at: TimeText;
    readonly updated_at: TimeText;
}
interface BudgetWindowRow {
    readonly tenant_id: string;
    readonly rule_id: string;
    readonly subject: string;
    readonly window_start: TimeText;
    readonly used: number;
    /** The part of `used` that nobody measured. */
    readonly assumed: number;
    readonly reserved: number;
    readonly kept_until: TimeText;
}
/** A row is there as long as its amount is part of the window's `reserved`. */
interface BudgetReservationRow {
    readonly tenant_id: string;
    readonly id: string;
    readonly rule_id: string;
    readonly subject: string;
    readonly window_start: TimeText;
    readonly amount: number;
    readonly expires_at: TimeText;
}
interface ParameterDefaultsRow {
    readonly tenant_id: string;
    /** Empty for all agents. */
    readonly agent_id: string;
    /** Empty for all models. */
    readonly model_id: string;
    readonly parameters: JsonText;
    readonly updated_by: string | null;
    readonly updated_at: TimeText;
}
interface AuditRow {
    readonly seq: Generated<number>;
    /** Empty for what concerns all tenants. */
    readonly tenant_id: string;
    readonly action: string;
    readonly subject: string;
    readonly actor: string | null;
    readonly details: JsonText;
    readonly at: TimeText;
}
interface ChangeVersionRow {
    readonly topic: string;
    readonly version: number;
}
/** The tables that repositories read and write. */
interface Database {
    readonly llm_providers: ProviderRow;
    readonly llm_model_catalog: StoredModelRow;
    readonly agent_model_config: AgentModelRow;
    readonly model_enable_rules: EnableRuleRow;
    readonly messages: MessageRow;
    readonly routing_decisions: DecisionRow;
    readonly attempts: AttemptRow;
    readonly model_experience: ExperienceRow;
    readonly experience_users: ExperienceUserRow;
    readonly experience_user_checkpoints: ExperienceUserRow;
    readonly experience_checkpoints: ExperienceCheckpointRow;
    readonly experience_bounds: ExperienceBoundRow;
    readonly model_drift: ModelDriftRow;
    readonly model_shifts: ModelShiftRow;
    readonly model_performance_daily: DailyPerformanceRow;
    readonly model_performance_monthly: MonthlyPerformanceRow;
    readonly feedback_events: FeedbackEventRow;
    readonly user_ai_preferences: PreferenceRow;
    readonly model_aliases: ModelAliasRow;
    readonly catalog_events: CatalogEventRow;
    readonly provider_health: ProviderHealthRow;
    readonly budgets: BudgetRow;
    readonly budget_windows: BudgetWindowRow;
    readonly budget_reservations: BudgetReservationRow;
    readonly parameter_defaults: ParameterDefaultsRow;
    readonly audit_log: AuditRow;
    readonly change_versions: ChangeVersionRow;
}

/** What a column holds; each database has its own type for it. */
type ColumnKind = 'text' | 'integer' | 'bigint' | 'double' | 'decimal' | 'boolean' | 'time' | 'json'
/** A number the database gives, rising in the order of insertion. */
 | 'sequence'
/** Text the database makes up when none is given: a random UUID. */
 | 'random-id';
/** A kind, with `?` when the column may be null. */
type ColumnSpec = ColumnKind | `${ColumnKind}?`;
interface IndexDefinition {
    readonly columns: readonly string[];
    readonly isUnique?: boolean | undefined;
    /** The condition of a partial index, in words both databases read alike. */
    readonly where?: string | undefined;
}
/** A table, said once for both databases. */
interface TableDefinition {
    readonly columns: Readonly<Record<string, ColumnSpec>>;
    /** Holds the partition key; a `sequence` column of SQLite takes its place and makes it unique. */
    readonly primaryKey: readonly string[];
    readonly indexes?: Readonly<Record<string, IndexDefinition>> | undefined;
    /** A UUIDv7 column by whose month the table is partitioned, where the database can. */
    readonly partitionBy?: string | undefined;
}

/** What an error of the database means for the caller. */
type DatabaseErrorKind = 
/** The database cannot be reached, is full, locked or closed. */
'unavailable'
/** The transaction lost to another one and was rolled back; the same work may succeed now. */
 | 'retry'
/** A mistake of ours. */
 | 'internal';
/**
 * Statements for one transaction, made one after the other: each `yield` gives the rows that its
 * statement returned.
 */
type StatementSteps = Generator<CompiledQuery, void, readonly unknown[]>;
/** Statements for one transaction. */
interface StatementBatch {
    readonly steps: StatementSteps;
    /** Throws when the call was aborted; to be called in the transaction, before its commit. */
    readonly check: () => void;
}
/** The schema as the last migration left it. */
interface MigratedSchema {
    readonly database: Kysely<Database>;
    readonly tables: Readonly<Record<string, TableDefinition>>;
    /** Where the tables are, where the database has schemas. Statements in plain `sql` must name it. */
    readonly schema: string | undefined;
}
/**
 * What differs between the databases, as data and small functions. Queries are written once; they
 * ask here where one database needs other words.
 *
 * Drivers give and take the same values for both: times as ISO 8601 UTC text, booleans as 0 and 1,
 * JSON and decimals as text, integers as numbers.
 */
interface DialectTraits {
    readonly name: 'sqlite' | 'postgres';
    /** The type of a column of each kind, as it stands in `create table`. */
    readonly columnTypes: Readonly<Record<ColumnKind, string>>;
    /** How many values one statement may carry. */
    readonly maxParameters: number;
    /** Whether `for update` locks rows. Where it does not, a write transaction is alone in the database. */
    readonly supportsRowLocks: boolean;
    /** Whether numbers come from sequences. Where they do not, they are the row ids of their table. */
    readonly supportsSequences: boolean;
    /** Whether tables that name a partition key are partitioned by it. */
    readonly supportsPartitions: boolean;
    /** Waits until no other transaction holds the name, and holds it until this one ends. */
    readonly lock: (database: Kysely<Database>, name: string) => Promise<void>;
    /**
     * Waits until no other transaction holds the name by {@link lock}, and keeps it from them until this
     * one ends; any number may do so at once. Absent: a write transaction is alone in the database.
     */
    readonly lockShared?: (database: Kysely<Database>, name: string) => Promise<void>;
    /** The texts of a JSON array, as the one column of a subquery: a list without a limit on its length. */
    readonly textsOf: (jsonArray: string) => RawBuilder<string>;
    /** Makes the index that {@link fitsSearch} asks, of the words of each row of `llm_model_catalog`. */
    readonly createSearchIndex: (made: Omit<MigratedSchema, 'tables'>) => Promise<void>;
    /** The counts of two JSON objects, columns of the same kind, added up by name. */
    readonly addedCounts: (sums: RawBuilder<string>, counts: RawBuilder<string>) => RawBuilder<string>;
    /** Whether each of the terms begins a word of a row of `llm_model_catalog`. Terms are letters and digits. */
    readonly fitsSearch: (terms: readonly string[]) => RawBuilder<SqlBool>;
    /** A column in a condition that is to be checked row by row and not to choose the index. */
    readonly unindexed: (column: string) => RawBuilder<unknown>;
    readonly classify: (error: unknown) => DatabaseErrorKind;
    /**
     * Runs statements as one write transaction of their own, on a connection of the dialect's driver
     * that is in none. Absent: they are run one by one.
     */
    readonly executeAll?: (connection: DatabaseConnection, batch: StatementBatch) => Promise<void>;
    /** Runs in the migrating transaction, after the last migration. */
    readonly afterMigrate?: (migrated: MigratedSchema) => Promise<void>;
    /** The schema that holds the tables, when it is not the connection's own. */
    readonly schema?: string | undefined;
    /** The schema of the connection, where the database has schemas. */
    readonly currentSchema?: (database: Kysely<Database>) => Promise<string>;
}

interface KyselyStoreOptions {
    /** Opens connections on first use; its `destroy` closes what it opened, and nothing else. */
    readonly dialect: Dialect;
    readonly traits: DialectTraits;
}
/**
 * Makes the store of one database out of its dialect. The store packages call this; applications use
 * `sqliteStore` and `postgresStore`.
 */
declare function createKyselyStore({ dialect, traits }: KyselyStoreOptions): Store;

/** Every table there is, with all migrations applied. */
declare const TABLES: Readonly<Record<string, TableDefinition>>;

/** The name of a table, with its schema when there is one: Kysely adds none to plain `sql`. */
declare function qualified(schema: string | undefined, name: string): RawBuilder<unknown>;

/**
 * The parameters of a statement as both databases take them. For drivers: text that no database
 * column holds (NUL, lone surrogates) is changed to U+FFFD, so that one odd name in a provider's list
 * does not stop a whole sync.
 */
declare function storableParameters(parameters: readonly unknown[]): unknown[];

export { TABLES, createKyselyStore, qualified, storableParameters };
export type { ColumnKind, ColumnSpec, Database, DatabaseErrorKind, DialectTraits, IndexDefinition, KyselyStoreOptions, MigratedSchema, StatementBatch, StatementSteps, TableDefinition };
