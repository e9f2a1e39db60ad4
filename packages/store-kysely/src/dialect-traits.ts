import type { DroppedPartition } from '@imrs/core'
import type { CompiledQuery, DatabaseConnection, Kysely, RawBuilder, SqlBool } from 'kysely'

import type { Database } from './schema/database.ts'
import type { ColumnKind, TableDefinition } from './schema/table-definition.ts'

/** What an error of the database means for the caller. */
export type DatabaseErrorKind =
  /** The database cannot be reached, is full, locked or closed. */
  | 'unavailable'
  /** The transaction lost to another one and was rolled back; the same work may succeed now. */
  | 'retry'
  /** A mistake of ours. */
  | 'internal'

/**
 * Statements for one transaction, made one after the other: each `yield` gives the rows that its
 * statement returned.
 */
export type StatementSteps = Generator<CompiledQuery, void, readonly unknown[]>

/** Statements for one transaction. */
export interface StatementBatch {
  readonly steps: StatementSteps
  /** Throws when the call was aborted; to be called in the transaction, before its commit. */
  readonly check: () => void
}

/** Where the tables of a store are. */
export interface StoreTables {
  readonly database: Kysely<Database>
  /** Statements in plain `sql` must name it; `undefined`: the connection's own. */
  readonly schema: string | undefined
}

/** A month of a table that has no partition of its own. */
export interface MissingPartition {
  readonly table: string
  /** The column that partitions the table. */
  readonly key: string
  readonly name: string
  /** Ids of the month are not below it. */
  readonly from: string
  /** Ids of the month are below it. */
  readonly to: string
}

/** The partitions of one month, of all tables. */
export interface MonthOfPartitions {
  /** Ids of the month are below it. */
  readonly to: string
  readonly partitions: readonly (DroppedPartition & { readonly table: string })[]
}

/** A partition that lacks its part of an index, since a migration made that of the table alone. */
export interface MissingIndex {
  readonly table: string
  /** The table's. */
  readonly index: string
  readonly partition: string
  /** What the partition takes. */
  readonly bytes: number
}

/** What a database does with partitions. Each function but `buildIndex` runs in a transaction of its caller's. */
export interface PartitionTraits {
  /** Waits but shortly for the locks of tables from here on, and as long as it takes for statements. */
  readonly beShort: (database: Kysely<Database>) => Promise<void>
  /** This month's and the next two, and months of which rows were caught by none. */
  readonly listMissing: (tables: StoreTables, atMs: number) => Promise<readonly MissingPartition[]>
  /** Makes one with the rows of its month, and says how many; `undefined`: too many to be moved at once. */
  readonly make: (tables: StoreTables, missing: MissingPartition) => Promise<number | undefined>
  readonly listUnindexed: (tables: StoreTables) => Promise<readonly MissingIndex[]>
  /**
   * Builds the part of an index while its partition is written into, outside transactions. `false`:
   * another process does.
   */
  readonly buildIndex: (tables: StoreTables, missing: MissingIndex) => Promise<boolean>
  /** Makes what was built a part of the index of the table. */
  readonly attachIndex: (tables: StoreTables, missing: MissingIndex) => Promise<void>
  /** The months of which all ids are below the bound, the oldest first. */
  readonly listBelow: (tables: StoreTables, bound: string) => Promise<readonly MonthOfPartitions[]>
  /** Keeps everybody from the partitioned tables until the transaction ends. */
  readonly lock: (tables: StoreTables) => Promise<void>
  /** Takes a month off its tables: nobody sees its rows any more. */
  readonly detach: (tables: StoreTables, month: MonthOfPartitions) => Promise<void>
  /** Partitions that were taken off and are there still, by name. */
  readonly listDetached: (tables: StoreTables) => Promise<readonly string[]>
  /** The partition of a table that has the rows of months without one. */
  readonly restOf: (table: string) => string
}

/** The schema as the last migration left it. */
export interface MigratedSchema {
  readonly database: Kysely<Database>
  readonly tables: Readonly<Record<string, TableDefinition>>
  /** Where the tables are, where the database has schemas. Statements in plain `sql` must name it. */
  readonly schema: string | undefined
}

/**
 * What differs between the databases, as data and small functions. Queries are written once; they
 * ask here where one database needs other words.
 *
 * Drivers give and take the same values for both: times as ISO 8601 UTC text, booleans as 0 and 1,
 * JSON and decimals as text, integers as numbers.
 */
export interface DialectTraits {
  readonly name: 'sqlite' | 'postgres'
  /** The type of a column of each kind, as it stands in `create table`. */
  readonly columnTypes: Readonly<Record<ColumnKind, string>>
  /** How many values one statement may carry. */
  readonly maxParameters: number
  /** Whether `for update` locks rows. Where it does not, a write transaction is alone in the database. */
  readonly supportsRowLocks: boolean
  /** Whether numbers come from sequences. Where they do not, they are the row ids of their table. */
  readonly supportsSequences: boolean
  /** Whether one statement may write into several tables, by what the writes among them return. */
  readonly writesManyTables: boolean
  /** Whether tables that name a partition key are partitioned by it. */
  readonly supportsPartitions: boolean
  /** Waits until no other transaction holds the name, and holds it until this one ends. */
  readonly lock: (database: Kysely<Database>, name: string) => Promise<void>
  /**
   * Waits until no other transaction holds the name by {@link lock}, and keeps it from them until this
   * one ends; any number may do so at once. Absent: a write transaction is alone in the database.
   */
  readonly lockShared?: (database: Kysely<Database>, name: string) => Promise<void>
  /** {@link lock}, if nobody else holds the name. Absent: a write transaction is alone in the database. */
  readonly tryLock?: (database: Kysely<Database>, name: string) => Promise<boolean>
  /** Absent: tables are not partitioned. */
  readonly partitions?: PartitionTraits
  /** Says what an error means in words for whoever runs the database; `undefined`: nothing special. */
  readonly describe?: (error: unknown) => string | undefined
  /**
   * Makes a call of the store; while it runs, what its signal aborts is stopped in the database too.
   * Absent: a statement that runs is waited for.
   */
  readonly abortable?: <T>(signal: AbortSignal, call: () => Promise<T>) => Promise<T>
  /** The texts of a JSON array, as the one column of a subquery: a list without a limit on its length. */
  readonly textsOf: (jsonArray: string) => RawBuilder<string>
  /** The texts of a column that holds JSON arrays, to be joined with its rows: one row each, of the one column `value`. */
  readonly eachText: (column: RawBuilder<unknown>) => RawBuilder<unknown>
  /** Makes the index that {@link fitsSearch} asks, of the words of each row of `llm_model_catalog`. */
  readonly createSearchIndex: (made: Omit<MigratedSchema, 'tables'>) => Promise<void>
  /** Has the database tell listeners of every version that is raised, but for those of experience. Absent: it cannot. */
  readonly tellChanges?: (made: Omit<MigratedSchema, 'tables'>) => Promise<void>
  /**
   * Makes `imrs_rating_standing`, which gives all that a signal on a message is judged by, and
   * `imrs_record_rating`, which writes one if all of it is still so; in the place of those that are
   * there. Absent: signals are taken statement by statement.
   */
  readonly createRatingFunctions?: (
    made: Omit<MigratedSchema, 'tables'> & {
      /** The columns of `feedback_events` that are written. */
      readonly eventColumns: readonly string[]
    },
  ) => Promise<void>
  /**
   * Two texts of counts, as one. They may be joined while they are shorter than `JOINED_COUNTS`
   * together; longer ones have each name once.
   */
  readonly addedCounts: (sums: RawBuilder<string>, counts: RawBuilder<string>) => RawBuilder<string>
  /** Whether each of the terms begins a word of a row of `llm_model_catalog`. Terms are letters and digits. */
  readonly fitsSearch: (terms: readonly string[]) => RawBuilder<SqlBool>
  /** A column in a condition that is to be checked row by row and not to choose the index. */
  readonly unindexed: (column: string) => RawBuilder<unknown>
  /** Said behind a table that is to be read by this index, which the planner could take another one for. */
  readonly byIndex: (index: string) => RawBuilder<unknown>
  readonly classify: (error: unknown) => DatabaseErrorKind
  /**
   * Runs statements as one write transaction of their own, on a connection of the dialect's driver
   * that is in none. Absent: they are run one by one.
   */
  readonly executeAll?: (connection: DatabaseConnection, batch: StatementBatch) => Promise<void>
  /** Whether there is a table of this name; asking does not fail where there is none. */
  readonly hasTable: (
    database: Kysely<Database>,
    table: { readonly name: string; readonly schema: string | undefined },
  ) => Promise<boolean>
  /**
   * Begins a migrating transaction instead of {@link lock}: waits for the name as that does, and from
   * then on only shortly for the locks of tables. Absent: nobody waits for the locks of tables.
   */
  readonly beginMigration?: (database: Kysely<Database>, name: string) => Promise<void>
  /** Whether the error says that a lock could not be had in the time it was waited for. Absent: none does. */
  readonly isLockTimeout?: (error: unknown) => boolean
  /** Runs in a transaction that holds the lock of migrations, once none is left to apply. */
  readonly afterMigrate?: (migrated: MigratedSchema) => Promise<void>
  /**
   * Makes room in empty tables for the answers of a copied store, as old as the given epoch
   * milliseconds. Absent: there is room.
   */
  readonly makeRoomSince?: (schema: MigratedSchema, oldestMs: number) => Promise<void>
  /** The schema that holds the tables, when it is not the connection's own. */
  readonly schema?: string | undefined
  /** The schema of the connection, where the database has schemas. */
  readonly currentSchema?: (database: Kysely<Database>) => Promise<string>
}
