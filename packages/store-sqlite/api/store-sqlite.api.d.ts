// The public types of @imrs/store-sqlite. Written by `npm run api:update`.

// ---- index.d.ts ----

import { Runtime, Store } from '@imrs/core';

/** The part of a better-sqlite3 statement that this package calls. */
interface SqliteStatement {
    /** Whether it gives rows. */
    readonly reader: boolean;
    all(...parameters: unknown[]): unknown[];
    run(...parameters: unknown[]): {
        readonly changes: number | bigint;
    };
}
/** The part of a better-sqlite3 database that this package calls. */
interface SqliteDatabase {
    readonly inTransaction: boolean;
    prepare(sql: string): SqliteStatement;
    close(): unknown;
}
interface SqliteStoreOptions {
    /** The file, made together with its folder when it is not there; `:memory:` for one that lives in this process. */
    readonly path?: string | undefined;
    /**
     * A better-sqlite3 database of yours instead of `path`. It stays yours: `close()` does not close it
     * and its pragmas are left as they are (set `journal_mode = WAL` and a busy timeout yourself).
     */
    readonly database?: SqliteDatabase | undefined;
    /** How long a write waits for another process to finish its own, milliseconds. Default: 10,000. */
    readonly busyTimeoutMs?: number | undefined;
    /** What a finished write survives: the death of the process, or a power cut too. Default: `process`. */
    readonly durability?: 'process' | 'power' | undefined;
    /** How often the file is looked at for changes of other processes, milliseconds. Default: 100. */
    readonly lookEveryMs?: number | undefined;
    /** Default: the real clock. */
    readonly runtime?: Pick<Runtime, 'monotonic' | 'sleep'> | undefined;
}

/**
 * Makes a store in a SQLite file, for one process or several on one machine. The file is opened on
 * first use, and a write waits for those of other processes without blocking this one's event loop.
 *
 * @throws ConfigError when an option is wrong.
 */
declare function sqliteStore(options: SqliteStoreOptions): Store;

export { sqliteStore };
export type { SqliteDatabase, SqliteStatement, SqliteStoreOptions };
