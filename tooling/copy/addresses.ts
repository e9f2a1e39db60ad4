import { readFileSync } from 'node:fs'

import type { Store } from '@imrs/core'
import { postgresStore } from '@imrs/store-postgres'
import { sqliteStore } from '@imrs/store-sqlite'

/** The command line makes no sense; the message says what to write. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}

export const HELP = `Copies all of one store into another, empty one, and compares both at the end. Called again, it goes
on where it was. Stop what writes into the source first.

  npm run copy -- --from <store> --to <store>

  <store>     sqlite:<file>
              postgres://user:password@host/database
              env:<NAME> or file:<file>: what the environment variable, or the file, says of the above
  --schema <name>  the schema of the tables in PostgreSQL. Default: the first of the search path
  --help      says this
`

const SQLITE = /^sqlite:(.+)$/
const POSTGRES = /^postgres(ql)?:\/\//

/**
 * Makes the store of an address. Nothing is opened yet.
 *
 * @throws UsageError that does not show the address: it may hold a password.
 */
export function storeOf(option: string, address: string, schema: string | undefined): Store {
  const resolved = referred(option, address)
  const [, path] = SQLITE.exec(resolved) ?? []
  if (path !== undefined) return sqliteStore({ path })
  if (POSTGRES.test(resolved)) return postgresStore({ connectionString: resolved, schema })
  throw new UsageError(`${option} must be sqlite:<file> or postgres://…`)
}

/** A password on a command line is seen by everybody on the machine. */
function referred(option: string, address: string): string {
  if (address.startsWith('env:')) {
    const value = process.env[address.slice('env:'.length)] ?? ''
    if (value !== '') return value
    throw new UsageError(`${option} names an environment variable that is not set`)
  }
  if (address.startsWith('file:')) return readFileSync(address.slice('file:'.length), 'utf8').trim()
  return address
}
