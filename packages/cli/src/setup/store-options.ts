import { flag, text } from '../command/option.ts'
import type { Option } from '../command/option.ts'

/** What every command that needs a store takes. */
export interface StoreOptionSet {
  readonly data: Option<string | undefined>
  readonly database: Option<string | undefined>
  readonly schema: Option<string | undefined>
  readonly config: Option<string | undefined>
  readonly [name: string]: Option<unknown>
}

export interface RouterOptionSet extends StoreOptionSet {
  readonly simulator: Option<boolean>
}

export const STORE_OPTIONS: StoreOptionSet = {
  data: text(
    '--data <file>',
    'the SQLite database, made when it is not there. Default: what the configuration says, else imrs.db',
  ),
  database: text(
    '--database <store>',
    'the database, in place of --data: sqlite:<file>, postgres://user@host/database, or env:<NAME> or file:<file> that holds one, password included',
  ),
  schema: text('--schema <name>', 'the schema of the tables in PostgreSQL'),
  config: text('--config <file>', 'the configuration. Default: imrs.config.mjs, .js or .ts here'),
}

export const ROUTER_OPTIONS: RouterOptionSet = {
  ...STORE_OPTIONS,
  simulator: flag(
    '--simulator',
    'simulated providers on this machine in place of real ones, with imrs-simulator.db; no configuration is read',
  ),
}

/** The values of {@link STORE_OPTIONS}. */
export interface StoreChoice {
  readonly data: string | undefined
  readonly database: string | undefined
  readonly schema: string | undefined
  readonly config: string | undefined
}

/** The values of {@link ROUTER_OPTIONS}. */
export interface RouterChoice extends StoreChoice {
  readonly simulator: boolean
}
