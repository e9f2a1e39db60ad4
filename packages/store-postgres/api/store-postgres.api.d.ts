// The public types of @imrs/store-postgres. Written by `npm run api:update`.

// ---- index.d.ts ----

import { Store } from '@imrs/core';

/** One statement, as `pg` takes it. */
interface PostgresQuery {
    readonly text: string;
    readonly values: unknown[];
    readonly types: {
        getTypeParser(oid: number, format?: string): (value: string) => unknown;
    };
}
/** The part of a `pg` client that this package calls. */
interface PostgresClient {
    query(query: PostgresQuery): Promise<{
        readonly rows: unknown[];
        readonly rowCount: number | null;
        readonly command: string;
    }>;
    on(event: 'error', listener: (error: Error) => void): unknown;
    off(event: 'error', listener: (error: Error) => void): unknown;
    /** A truthy value discards the connection. */
    release(discard?: boolean): void;
}
/** The part of a `pg` pool that this package calls. */
interface PostgresPool {
    connect(): Promise<PostgresClient>;
}
interface PostgresStoreOptions {
    /** Where the database is: `postgres://user:password@host/database`. */
    readonly connectionString?: string | undefined;
    /** A `pg` pool of yours instead. It stays yours: `close()` does not end it. */
    readonly pool?: PostgresPool | undefined;
    /** The schema of the tables, made when it is not there. Default: the first of the connection's `search_path`. */
    readonly schema?: string | undefined;
}

/**
 * Makes a store in a PostgreSQL database, for any number of processes on any number of machines.
 * Connections are opened on first use.
 *
 * @throws ConfigError when an option is wrong.
 */
declare function postgresStore(options: PostgresStoreOptions): Store;

export { postgresStore };
export type { PostgresClient, PostgresPool, PostgresQuery, PostgresStoreOptions };
