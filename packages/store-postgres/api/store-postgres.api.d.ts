// The public types of @imrs/store-postgres. Written by `npm run api:update`.

// ---- index.d.ts ----

import { Runtime, Store } from '@imrs/core';

/** How the connections of a pool of ours are made and kept. Times in milliseconds; 0 is no limit. */
interface PostgresConnectionOptions {
    /** Most connections at a time; calls beyond wait for one. Default: 10. */
    readonly max?: number | undefined;
    /** How long a connection is kept that nobody uses. Default: 30,000. */
    readonly idleTimeoutMs?: number | undefined;
    /** How long a call waits for a connection, a free one or a new one. Default: 10,000. */
    readonly connectionTimeoutMs?: number | undefined;
    /** How long the server works on one statement. Default: 60,000. */
    readonly statementTimeoutMs?: number | undefined;
    /** How long a statement waits for a lock. Default: 30,000. */
    readonly lockTimeoutMs?: number | undefined;
    /** After how long the server ends a transaction whose process says nothing more. Default: 60,000. */
    readonly idleInTransactionTimeoutMs?: number | undefined;
    /** The name in `pg_stat_activity`. Default: `imrs`. */
    readonly applicationName?: string | undefined;
    /** Whether the system watches over idle connections. Default: `true`. */
    readonly keepAlive?: boolean | undefined;
}
/** How a connection is encrypted. */
interface PostgresTls {
    /** Certificates of the authorities that are trusted, PEM. Default: those that Node trusts. */
    readonly ca?: string | readonly string[] | undefined;
    /** Whether a server is refused whose certificate is not trusted or of another host. Default: `true`. */
    readonly rejectUnauthorized?: boolean | undefined;
    /** The name the server's certificate must be of. Default: the host of the connection string. */
    readonly servername?: string | undefined;
    /** A certificate of the client's own, PEM, with its `key`. Default: none. */
    readonly cert?: string | undefined;
    readonly key?: string | undefined;
}

/** One statement, as `pg` takes it. */
interface PostgresQuery {
    readonly text: string;
    readonly values: unknown[];
    readonly types: {
        getTypeParser(oid: number, format?: string): (value: string) => unknown;
    };
}
/** What a client is told of a channel that it listens to. */
interface PostgresNotification {
    readonly payload?: string | undefined;
}
/** The part of a `pg` client that this package calls. */
interface PostgresClient {
    /** The server's number of the connection, by which what it runs is cancelled. Absent: it is asked for. */
    readonly processID?: number | null | undefined;
    query(query: PostgresQuery): Promise<{
        readonly rows: unknown[];
        readonly rowCount: number | null;
        readonly command: string;
    }>;
    on(event: 'error', listener: (error: Error) => void): unknown;
    on(event: 'notification', listener: (message: PostgresNotification) => void): unknown;
    off(event: 'error', listener: (error: Error) => void): unknown;
    /** A truthy value discards the connection. */
    release(discard?: boolean): void;
    /** Lets the process end though the connection is open. */
    unref?(): void;
    /** Takes that back, while something is waited for. */
    ref?(): void;
}
/** The part of a `pg` pool that this package calls. */
interface PostgresPool {
    connect(): Promise<PostgresClient>;
}
/** Where a database is, and how it is reached. */
interface PostgresSource {
    /** `postgres://user:password@host/database`. Its own parameters win over `connections`. */
    readonly connectionString?: string | undefined;
    /** A `pg` pool of yours instead. It stays yours: `close()` does not end it, and its settings are left as they are. */
    readonly pool?: PostgresPool | undefined;
    /** With `connectionString`: how the connections of the store's own pool are made and kept. */
    readonly connections?: PostgresConnectionOptions | undefined;
    /** With `connectionString`: TLS, in place of what the string says of it. Default: what it says, `sslmode`. */
    readonly tls?: PostgresTls | undefined;
}
interface PostgresStoreOptions extends PostgresSource {
    /** The schema of the tables, made when it is not there. Default: the first of the connection's `search_path`. */
    readonly schema?: string | undefined;
    /**
     * A replica for what may be a little behind: performance reports, evaluation and pages of the audit.
     * While it cannot be used, the database itself is asked. Default: none.
     */
    readonly reads?: PostgresSource | undefined;
    /**
     * How the store hears of changes that other processes make: `'listen'` (LISTEN on a connection of its
     * own), or by asking every so often, milliseconds, where no connection can be kept, as behind a
     * pooler in transaction mode. Default: `'listen'`.
     */
    readonly changes?: 'listen' | {
        readonly pollEveryMs: number;
    } | undefined;
    /** Default: the real clock. */
    readonly runtime?: Pick<Runtime, 'now' | 'monotonic' | 'sleep' | 'random'> | undefined;
}

/**
 * Makes a store in a PostgreSQL database, for any number of processes on any number of machines.
 * Connections are opened on first use.
 *
 * @throws ConfigError when an option is wrong.
 */
declare function postgresStore(options: PostgresStoreOptions): Store;

export { postgresStore };
export type { PostgresClient, PostgresConnectionOptions, PostgresNotification, PostgresPool, PostgresQuery, PostgresSource, PostgresStoreOptions, PostgresTls };
