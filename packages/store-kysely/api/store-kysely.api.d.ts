// The public types of @imrs/store-kysely. Written by `npm run api:update`.

// ---- index.d.ts ----

import { ProviderType, ProviderOrigin, ModelType, CostTier, ModelOrigin, AliasReason, CatalogEventType, HealthStatus, FailureKind, ExperienceScope, FeedbackType, FeedbackSignal, SinkFailureKind, DecisionSource, TaskSource, TaskConfidence, OpeIneligibility, AttemptOutcome, AttemptCause, UsageSource, BudgetScope, BudgetUnit, BudgetPeriod, DroppedPartition, ChangeWatcher, StopWatching, CallOptions, HeldLock, Runtime, Store } from '@imrs/core';
import { Generated, Kysely, RawBuilder, SqlBool, DatabaseConnection, CompiledQuery, Dialect } from 'kysely';

interface ApiKeyRow {
    readonly id: string;
    readonly tenant_id: string;
    readonly label: string;
    readonly roles: JsonText;
    readonly agent_ids: JsonText | null;
    readonly secret_hash: string;
    readonly created_by: string | null;
    readonly created_at: TimeText;
    readonly expires_at: TimeText | null;
    readonly last_used_at: TimeText | null;
    readonly revoked_at: TimeText | null;
}

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
interface HealthChangeRow {
    readonly seq: Generated<number>;
    readonly provider_id: string;
    readonly at: TimeText;
    readonly from_status: HealthStatus;
    readonly to_status: HealthStatus;
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
    readonly published: JsonText | null;
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
interface HealthHintRow {
    readonly provider_id: string;
    readonly credential_id: string;
    readonly model_id: string;
    readonly failure_kind: FailureKind;
    readonly openings: number;
    readonly open_until: TimeText;
}
interface ProviderPaceRow {
    readonly provider_id: string;
    readonly full_at_ms: number;
}

interface OutboxRow {
    readonly seq: Generated<number>;
    readonly tenant_id: string;
    /** The name of the sink. */
    readonly topic: string;
    /** The id of the message. */
    readonly key: string;
    readonly payload: JsonText;
    readonly created_at: TimeText;
    readonly available_at: TimeText;
    readonly attempt_count: number;
    readonly last_error: string | null;
    readonly set_aside_at: TimeText | null;
}
interface OutboxSinkRow {
    readonly sink: string;
    readonly holder: string | null;
    readonly lease_until: TimeText | null;
    readonly failure_count: number;
    readonly failure: SinkFailureKind | null;
    readonly paused_until: TimeText | null;
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
    /** An array of texts. */
    readonly reasons: JsonText | null;
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
    readonly preset: string | null;
}
/** Counts by name, as text: see `counts-text.ts`. */
type CountsText = string;
/** A row of a day, a week or a month. */
interface PerformanceRow {
    readonly tenant_id: string;
    /** A day, `2026-11-21`; the first day of a week of a month; a month, `2026-11`. */
    readonly period: string;
    /** Empty for all agents together. */
    readonly agent_id: string;
    readonly task_type: string;
    readonly model_id: string;
    readonly provider_id: string;
    readonly request_count: number;
    readonly attempt_count: number;
    readonly failure_count: number;
    readonly aborted_count: number;
    readonly failures_by_kind: CountsText;
    readonly input_tokens: number;
    readonly output_tokens: number;
    readonly unmeasured_count: number;
    readonly cost_nano_usd: number;
    readonly unpriced_count: number;
    readonly total_ms_sum: number;
    readonly first_part_histogram: CountsText;
    readonly total_histogram: CountsText;
}
/** A call that is not in the rows of its periods yet. */
interface FigureEntryRow {
    readonly tenant_id: string;
    readonly message_id: string;
    /** The attempt's. */
    readonly id: string;
    /** A {@link PerformanceRow} without its tenant, as a JSON array. */
    readonly entry: string;
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

interface PresetRow {
    readonly tenant_id: string;
    readonly id: string;
    readonly display_name: string;
    readonly description: string | null;
    readonly models: JsonText;
    readonly required_capabilities: JsonText;
    readonly choice: JsonText;
    readonly updated_by: string | null;
    readonly updated_at: TimeText;
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
    readonly model_performance_daily: PerformanceRow;
    readonly model_performance_weekly: PerformanceRow;
    readonly model_performance_monthly: PerformanceRow;
    readonly figure_entries: FigureEntryRow;
    readonly feedback_events: FeedbackEventRow;
    readonly outbox: OutboxRow;
    readonly outbox_sinks: OutboxSinkRow;
    readonly user_ai_preferences: PreferenceRow;
    readonly model_aliases: ModelAliasRow;
    readonly catalog_events: CatalogEventRow;
    readonly provider_health: ProviderHealthRow;
    readonly provider_health_history: HealthChangeRow;
    readonly budgets: BudgetRow;
    readonly budget_windows: BudgetWindowRow;
    readonly budget_reservations: BudgetReservationRow;
    readonly parameter_defaults: ParameterDefaultsRow;
    readonly presets: PresetRow;
    readonly api_keys: ApiKeyRow;
    readonly audit_log: AuditRow;
    readonly change_versions: ChangeVersionRow;
    readonly health_hints: HealthHintRow;
    readonly provider_pace: ProviderPaceRow;
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
    /** Keeps its rows in the order of the key, where the database can: for rows that are read by ranges of it. */
    readonly isClustered?: boolean | undefined;
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
/** Where the tables of a store are. */
interface StoreTables {
    readonly database: Kysely<Database>;
    /** Statements in plain `sql` must name it; `undefined`: the connection's own. */
    readonly schema: string | undefined;
}
/** A month of a table that has no partition of its own. */
interface MissingPartition {
    readonly table: string;
    /** The column that partitions the table. */
    readonly key: string;
    readonly name: string;
    /** Ids of the month are not below it. */
    readonly from: string;
    /** Ids of the month are below it. */
    readonly to: string;
}
/** The partitions of one month, of all tables. */
interface MonthOfPartitions {
    /** Ids of the month are below it. */
    readonly to: string;
    readonly partitions: readonly (DroppedPartition & {
        readonly table: string;
    })[];
}
/** A partition that lacks its part of an index, since a migration made that of the table alone. */
interface MissingIndex {
    readonly table: string;
    /** The table's. */
    readonly index: string;
    readonly partition: string;
    /** What the partition takes. */
    readonly bytes: number;
}
/** What a database does with partitions. Each function but `buildIndex` runs in a transaction of its caller's. */
interface PartitionTraits {
    /** Waits but shortly for the locks of tables from here on, and as long as it takes for statements. */
    readonly beShort: (database: Kysely<Database>) => Promise<void>;
    /** This month's and the next two, and months of which rows were caught by none. */
    readonly listMissing: (tables: StoreTables, atMs: number) => Promise<readonly MissingPartition[]>;
    /** Makes one with the rows of its month, and says how many; `undefined`: too many to be moved at once. */
    readonly make: (tables: StoreTables, missing: MissingPartition) => Promise<number | undefined>;
    readonly listUnindexed: (tables: StoreTables) => Promise<readonly MissingIndex[]>;
    /**
     * Builds the part of an index while its partition is written into, outside transactions. `false`:
     * another process does.
     */
    readonly buildIndex: (tables: StoreTables, missing: MissingIndex) => Promise<boolean>;
    /** Makes what was built a part of the index of the table. */
    readonly attachIndex: (tables: StoreTables, missing: MissingIndex) => Promise<void>;
    /** The months of which all ids are below the bound, the oldest first. */
    readonly listBelow: (tables: StoreTables, bound: string) => Promise<readonly MonthOfPartitions[]>;
    /** Keeps everybody from the partitioned tables until the transaction ends. */
    readonly lock: (tables: StoreTables) => Promise<void>;
    /** Takes a month off its tables: nobody sees its rows any more. */
    readonly detach: (tables: StoreTables, month: MonthOfPartitions) => Promise<void>;
    /** Partitions that were taken off and are there still, by name. */
    readonly listDetached: (tables: StoreTables) => Promise<readonly string[]>;
    /** The partition of a table that has the rows of months without one. */
    readonly restOf: (table: string) => string;
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
    /** Whether one statement may write into several tables, by what the writes among them return. */
    readonly writesManyTables: boolean;
    /** Whether tables that name a partition key are partitioned by it. */
    readonly supportsPartitions: boolean;
    /** Waits until no other transaction holds the name, and holds it until this one ends. */
    readonly lock: (database: Kysely<Database>, name: string) => Promise<void>;
    /**
     * Waits until no other transaction holds the name by {@link lock}, and keeps it from them until this
     * one ends; any number may do so at once. Absent: a write transaction is alone in the database.
     */
    readonly lockShared?: (database: Kysely<Database>, name: string) => Promise<void>;
    /** {@link lock}, if nobody else holds the name. Absent: a write transaction is alone in the database. */
    readonly tryLock?: (database: Kysely<Database>, name: string) => Promise<boolean>;
    /** Absent: tables are not partitioned. */
    readonly partitions?: PartitionTraits;
    /** Says what an error means in words for whoever runs the database; `undefined`: nothing special. */
    readonly describe?: (error: unknown) => string | undefined;
    /**
     * Makes a call of the store; while it runs, what its signal aborts is stopped in the database too.
     * Absent: a statement that runs is waited for.
     */
    readonly abortable?: <T>(signal: AbortSignal, call: () => Promise<T>) => Promise<T>;
    /** The texts of a JSON array, as the one column of a subquery: a list without a limit on its length. */
    readonly textsOf: (jsonArray: string) => RawBuilder<string>;
    /** The texts of a column that holds JSON arrays, to be joined with its rows: one row each, of the one column `value`. */
    readonly eachText: (column: RawBuilder<unknown>) => RawBuilder<unknown>;
    /** Makes the index that {@link fitsSearch} asks, of the words of each row of `llm_model_catalog`. */
    readonly createSearchIndex: (made: Omit<MigratedSchema, 'tables'>) => Promise<void>;
    /** Has the database tell listeners of every version that is raised, but for those of experience. Absent: it cannot. */
    readonly tellChanges?: (made: Omit<MigratedSchema, 'tables'>) => Promise<void>;
    /**
     * Makes `imrs_rating_standing`, which gives all that a signal on a message is judged by, and
     * `imrs_record_rating`, which writes one if all of it is still so; in the place of those that are
     * there. Absent: signals are taken statement by statement.
     */
    readonly createRatingFunctions?: (made: Omit<MigratedSchema, 'tables'> & {
        /** The columns of `feedback_events` that are written. */
        readonly eventColumns: readonly string[];
    }) => Promise<void>;
    /**
     * Two texts of counts, as one. They may be joined while they are shorter than `JOINED_COUNTS`
     * together; longer ones have each name once.
     */
    readonly addedCounts: (sums: RawBuilder<string>, counts: RawBuilder<string>) => RawBuilder<string>;
    /** Whether each of the terms begins a word of a row of `llm_model_catalog`. Terms are letters and digits. */
    readonly fitsSearch: (terms: readonly string[]) => RawBuilder<SqlBool>;
    /** A column in a condition that is to be checked row by row and not to choose the index. */
    readonly unindexed: (column: string) => RawBuilder<unknown>;
    /** Said behind a table that is to be read by this index, which the planner could take another one for. */
    readonly byIndex: (index: string) => RawBuilder<unknown>;
    readonly classify: (error: unknown) => DatabaseErrorKind;
    /**
     * Runs statements as one write transaction of their own, on a connection of the dialect's driver
     * that is in none. Absent: they are run one by one.
     */
    readonly executeAll?: (connection: DatabaseConnection, batch: StatementBatch) => Promise<void>;
    /** Whether there is a table of this name; asking does not fail where there is none. */
    readonly hasTable: (database: Kysely<Database>, table: {
        readonly name: string;
        readonly schema: string | undefined;
    }) => Promise<boolean>;
    /**
     * Begins a migrating transaction instead of {@link lock}: waits for the name as that does, and from
     * then on only shortly for the locks of tables. Absent: nobody waits for the locks of tables.
     */
    readonly beginMigration?: (database: Kysely<Database>, name: string) => Promise<void>;
    /** Whether the error says that a lock could not be had in the time it was waited for. Absent: none does. */
    readonly isLockTimeout?: (error: unknown) => boolean;
    /** Runs in a transaction that holds the lock of migrations, once none is left to apply. */
    readonly afterMigrate?: (migrated: MigratedSchema) => Promise<void>;
    /**
     * Makes room in empty tables for the answers of a copied store, as old as the given epoch
     * milliseconds. Absent: there is room.
     */
    readonly makeRoomSince?: (schema: MigratedSchema, oldestMs: number) => Promise<void>;
    /** The schema that holds the tables, when it is not the connection's own. */
    readonly schema?: string | undefined;
    /** The schema of the connection, where the database has schemas. */
    readonly currentSchema?: (database: Kysely<Database>) => Promise<string>;
}

interface WatchRequest {
    readonly watcher: ChangeWatcher;
    /** Asks the store. */
    readonly versions: (topics: readonly string[]) => Promise<readonly number[]>;
}
/** What only one database can do, and each in its own way, for processes that work as one. */
interface ProcessSupport {
    /** Keeps the promises of `ChangeRepository.watch`. Absent: nothing can change but by this store. */
    readonly watch?: ((request: WatchRequest) => Promise<StopWatching>) | undefined;
    /** Keeps the promises of `CoordinationRepository.tryLock`, for names that fit. */
    readonly tryLock: (name: string, options?: CallOptions) => Promise<HeldLock | undefined>;
    /** Ends all watching, gives all locks back, and closes what was opened for them. Idempotent. */
    readonly close: () => Promise<void>;
}
/** Tells a watcher which of its copies are old. */
declare function catchUp({ watcher, versions }: WatchRequest): Promise<void>;

interface KyselyStoreOptions {
    /** Opens connections on first use; its `destroy` closes what it opened, and nothing else. */
    readonly dialect: Dialect;
    readonly traits: DialectTraits;
    /** How processes on the same database hear of each other. Closed with the store. */
    readonly processes: ProcessSupport;
    /** A copy of the database for reads that may be a little behind. Default: none. */
    readonly reads?: ReadsOptions | undefined;
    /** Dates migrations, and waits between their tries. Default: the real clock. */
    readonly runtime?: Pick<Runtime, 'now' | 'sleep'> | undefined;
}
/** A copy that follows the database, and when it is asked. */
interface ReadsOptions {
    readonly dialect: Dialect;
    /** Whether it is worth asking. */
    readonly isUsable: () => boolean;
    /** Told that it could not be used; the database itself is asked then. */
    readonly onFailure: () => void;
}
/**
 * Makes the store of one database out of its dialect. The store packages call this; applications use
 * `sqliteStore` and `postgresStore`.
 */
declare function createKyselyStore({ dialect, traits, processes, reads, runtime, }: KyselyStoreOptions): Store;

/** The names of all migrations this code knows, in the order they are applied. */
declare const MIGRATION_NAMES: readonly string[];
/** Every table there is, with all migrations applied. */
declare const TABLES: Readonly<Record<string, TableDefinition>>;
/**
 * The tables as the named migration leaves them.
 *
 * @throws ImrsError `invalid-request` for a name that no migration has.
 */
declare function tablesAfter(migration: string): Record<string, TableDefinition>;
/** How far to migrate, and whom to tell. */
interface MigrateOptions extends CallOptions {
    /** The last migration to apply. Default: the newest there is. */
    readonly to?: string | undefined;
    /** Called after the commit of each migration that this call applied. */
    readonly onMigrated?: ((name: string) => void) | undefined;
}

/** A table that is the same in both stores. */
interface CopiedTable {
    readonly name: string;
    readonly rows: number;
    /** Of the rows in a form that does not depend on the database; 32 hexadecimal digits. */
    readonly checksum: string;
}

/** How far a copy is. */
interface CopyProgress {
    /** Rows are copied first, table by table, and then read again in both stores. */
    readonly phase: 'copy' | 'verify';
    readonly table: string;
    /** Of this table: copied, or read again in both stores. */
    readonly rows: number;
    /** Of this table, as the source counted them at the start; twice that to verify. */
    readonly total: number;
}
interface CopyStoreOptions {
    /** Nobody may write into it meanwhile; whether somebody did is found out at the end. Stays open. */
    readonly from: Store;
    /** Empty, or with a copy that was begun: it goes on then. Migrated by this function. Stays open. */
    readonly to: Store;
    /** Called after each page. */
    readonly onProgress?: ((progress: CopyProgress) => void) | undefined;
    /** Stops between two pages; the next call goes on after the last. */
    readonly signal?: AbortSignal | undefined;
}
/**
 * Copies all rows of a store into another one, of the same or another kind of database, in pages of
 * bounded size. Killed or aborted, it goes on where it was when it is called again with the same
 * stores. At the end the rows of both are read again, counted and compared by checksum.
 *
 * A target whose copy is finished is not written again: another call only compares.
 *
 * @returns every table with what was compared.
 * @throws ConfigError for a store of another package; ImrsError `schema-outdated` for a source that is
 * to be migrated first, `schema-too-new`, `store-not-empty` for a target with other rows,
 * `copy-differs` with the tables that are not the same, `store-unavailable`.
 */
declare function copyStore(copy: CopyStoreOptions): Promise<readonly CopiedTable[]>;

/**
 * `store.migrate()` for tools: stops after a migration if told so, and says what it applied. A database
 * that is not at the newest version is of no use to a router of this version.
 *
 * @returns the names of the migrations that this call applied.
 * @throws ImrsError as `store.migrate()` does; ConfigError for a store of another package.
 */
declare function migrateStore(store: Store, options?: MigrateOptions): Promise<readonly string[]>;

/** Texts that are shorter together are joined, which is quicker than adding them up. */
declare const JOINED_COUNTS = 512;

/** Where the rows of a table are when PostgreSQL is spread over several machines. */
type TableDistribution = 
/** Spread by the hash of the column; rows of one tenant are on one machine, of all such tables. */
{
    readonly kind: 'distributed';
    readonly by: 'tenant_id';
}
/** Whole on every machine: small, seldom written, joined with the rows of every tenant. */
 | {
    readonly kind: 'reference';
}
/** On the coordinator alone: read by key, never joined with what is distributed. */
 | {
    readonly kind: 'local';
};
/**
 * How each table is to be distributed by an engine such as Citus; nothing here does it. Every unique
 * key of a distributed table holds its distribution column, and no such table has a trigger: both are
 * tested on a migrated database, and that no table is left out.
 */
declare const DISTRIBUTION: Readonly<Record<string, TableDistribution>>;

/** The name of a table, with its schema when there is one: Kysely adds none to plain `sql`. */
declare function qualified(schema: string | undefined, name: string): RawBuilder<unknown>;

/**
 * The parameters of a statement as both databases take them. For drivers: text that no database
 * column holds (NUL, lone surrogates) is changed to U+FFFD, so that one odd name in a provider's list
 * does not stop a whole sync.
 */
declare function storableParameters(parameters: readonly unknown[]): unknown[];

export { DISTRIBUTION, JOINED_COUNTS, MIGRATION_NAMES, TABLES, catchUp, copyStore, createKyselyStore, migrateStore, qualified, storableParameters, tablesAfter };
export type { ColumnKind, ColumnSpec, CopiedTable, CopyProgress, CopyStoreOptions, Database, DatabaseErrorKind, DialectTraits, IndexDefinition, KyselyStoreOptions, MigrateOptions, MigratedSchema, MissingIndex, MissingPartition, MonthOfPartitions, PartitionTraits, ProcessSupport, ReadsOptions, StatementBatch, StatementSteps, StoreTables, TableDefinition, TableDistribution, WatchRequest };
