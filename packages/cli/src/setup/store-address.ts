import { readFileSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'

import type { Store } from '@imrs/core'
import { postgresStore } from '@imrs/store-postgres'
import { sqliteStore } from '@imrs/store-sqlite'

import { UsageError } from '../command/usage-error.ts'
import type { CommandContext } from '../context/command-context.ts'

/** What an option that takes a store takes, for its help. */
export const STORE_ADDRESS =
  'sqlite:<file>, postgres://user@host/database, or env:<NAME> or file:<file> that holds one of them, password included'

/** A store that is not open yet, and what may be said of it. */
export interface AddressedStore {
  readonly store: Store
  /** `sqlite:/data/imrs.db`, `postgres://host/database`: never a password. */
  readonly place: string
  /** The file of SQLite, absolute; `undefined` for other databases and for one in memory. */
  readonly file?: string | undefined
}

/** An option, what was given to it, and the schema of PostgreSQL. */
export interface StoreAddress {
  readonly option: string
  readonly address: string
  readonly schema?: string | undefined
}

/**
 * Makes the store of an address. Nothing is opened yet.
 *
 * @throws UsageError that does not show the address: it may hold a password.
 */
export function storeOf(
  context: Pick<CommandContext, 'folder' | 'runtime'>,
  { option, address, schema }: StoreAddress,
): AddressedStore {
  const { text, isHidden } = referred(context, option, address)
  const [, path] = /^sqlite:(.+)$/s.exec(text) ?? []
  if (path !== undefined) return sqliteAt(context.folder, path)
  if (/^postgres(?:ql)?:\/\//.test(text)) {
    assertNoPassword(option, text, isHidden)
    const store = postgresStore({ connectionString: withPassword(context, text), schema })
    return { store, place: placeOf(text) }
  }
  throw new UsageError(`${option} must be ${STORE_ADDRESS}`)
}

/** A database of SQLite in a file, or in `:memory:`. */
export function sqliteAt(folder: string, path: string): AddressedStore {
  if (path === ':memory:') return { store: sqliteStore({ path }), place: 'sqlite::memory:' }
  const file = isAbsolute(path) ? path : resolve(folder, path)
  return { store: sqliteStore({ path: file }), place: `sqlite:${file}`, file }
}

/** A password on a command line is seen by everybody on the machine. */
function assertNoPassword(option: string, address: string, isHidden: boolean): void {
  const hasPassword = !URL.canParse(address) || new URL(address).password !== ''
  if (isHidden || !(hasPassword || /[?&]password=/.test(address))) return
  throw new UsageError(
    `${option} holds a password, or cannot be read, and everybody on this machine can see it there. Set PGPASSWORD, or put the address into a variable or a file: ${option} env:DATABASE_URL`,
  )
}

function referred(
  { folder, runtime }: Pick<CommandContext, 'folder' | 'runtime'>,
  option: string,
  address: string,
): { readonly text: string; readonly isHidden: boolean } {
  if (address.startsWith('env:')) {
    const text = runtime.environment(address.slice('env:'.length))
    if (text !== undefined) return { text, isHidden: true }
    throw new UsageError(`${option} names an environment variable that is not set`)
  }
  if (!address.startsWith('file:')) return { text: address, isHidden: false }
  try {
    const file = resolve(folder, address.slice('file:'.length))
    return { text: readFileSync(file, 'utf8').trim(), isHidden: true }
  } catch {
    throw new UsageError(`${option} names a file that cannot be read`)
  }
}

/** `PGPASSWORD` of the command's own environment counts, as with every tool of PostgreSQL. */
function withPassword({ runtime }: Pick<CommandContext, 'runtime'>, address: string): string {
  const password = runtime.environment('PGPASSWORD')
  if (password === undefined || !URL.canParse(address)) return address
  const url = new URL(address)
  if (url.password !== '' || /[?&]password=/.test(address)) return address
  url.password = encodeURIComponent(password)
  return url.href
}

function placeOf(address: string): string {
  if (!URL.canParse(address)) return 'postgres'
  const { host, pathname } = new URL(address)
  return `postgres://${host}${pathname}`
}
