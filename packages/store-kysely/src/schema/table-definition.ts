/** What a column holds; each database has its own type for it. */
export type ColumnKind =
  | 'text'
  | 'integer'
  | 'bigint'
  | 'double'
  | 'decimal'
  | 'boolean'
  | 'time'
  | 'json'
  /** A number the database gives, rising in the order of insertion. */
  | 'sequence'
  /** Text the database makes up when none is given: a random UUID. */
  | 'random-id'

/** A kind, with `?` when the column may be null. */
export type ColumnSpec = ColumnKind | `${ColumnKind}?`

export interface IndexDefinition {
  readonly columns: readonly string[]
  readonly isUnique?: boolean | undefined
  /** The condition of a partial index, in words both databases read alike. */
  readonly where?: string | undefined
}

/** A table, said once for both databases. */
export interface TableDefinition {
  readonly columns: Readonly<Record<string, ColumnSpec>>
  /** Holds the partition key; a `sequence` column of SQLite takes its place and makes it unique. */
  readonly primaryKey: readonly string[]
  readonly indexes?: Readonly<Record<string, IndexDefinition>> | undefined
  /** Keeps its rows in the order of the key, where the database can: for rows that are read by ranges of it. */
  readonly isClustered?: boolean | undefined
  /** A UUIDv7 column by whose month the table is partitioned, where the database can. */
  readonly partitionBy?: string | undefined
}
