import { ImrsError } from '@imrs/core'
import type { CallOptions } from '@imrs/core'
import type { CompiledQuery, Kysely } from 'kysely'

import type { DialectTraits, StatementSteps } from '../dialect-traits.ts'
import type { Database } from '../schema/database.ts'
import { toStoreError } from './store-error.ts'

/** What one piece of work on the database is given. */
export interface StoreWork {
  readonly database: Kysely<Database>
  readonly traits: DialectTraits
  /** Throws the signal's reason when the call was aborted; called between statements of long work. */
  readonly check: () => void
}

/** How repositories reach the database: every call of theirs goes through one of these. */
export interface StoreSession {
  readonly traits: DialectTraits
  /** Runs work that only reads, outside a transaction: one statement each. */
  read<T>(work: (given: StoreWork) => Promise<T>, options: CallOptions | undefined): Promise<T>
  /**
   * As {@link read}, of what may be a little behind: where there is a copy of the database, and while it
   * can be used, that is asked.
   */
  readBehind<T>(
    work: (given: StoreWork) => Promise<T>,
    options: CallOptions | undefined,
  ): Promise<T>
  /**
   * Runs work in one write transaction. It is begun again when it lost to another transaction, so
   * the work must have no other effects. Abort before the commit undoes all of it.
   */
  write<T>(work: (given: StoreWork) => Promise<T>, options: CallOptions | undefined): Promise<T>
  /**
   * Runs statements in one write transaction, where the database can without waiting between them.
   * Abort before the commit undoes all of them.
   */
  writeAll(
    steps: (given: StoreWork) => StatementSteps,
    options: CallOptions | undefined,
  ): Promise<void>
  /**
   * Runs one statement that writes, a transaction of its own, and again when it lost to another one.
   * `false`: there is none.
   */
  writeOne(
    statement: (given: StoreWork) => CompiledQuery | undefined,
    options: CallOptions | undefined,
  ): Promise<boolean>
  /** Runs work on the schema itself, in one write transaction that no schema is chosen for yet. */
  migrate<T>(
    work: (database: Kysely<Database>) => Promise<T>,
    options: CallOptions | undefined,
  ): Promise<T>
  /** Refuses new calls, waits for those that run, and then runs `release`. Idempotent. */
  close(release: () => Promise<void>): Promise<void>
}

/** A copy that follows the database. */
export interface DatabaseCopy {
  readonly database: Kysely<Database>
  readonly isUsable: () => boolean
  readonly onFailure: () => void
}

const MAX_TRIES = 5

export function createSession(
  database: Kysely<Database>,
  traits: DialectTraits,
  copy?: DatabaseCopy,
): StoreSession {
  const running = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined

  const run = async <T>(call: () => Promise<T>, options: CallOptions | undefined): Promise<T> => {
    options?.signal?.throwIfAborted()
    if (closing !== undefined) {
      throw new ImrsError('store-unavailable', `The ${traits.name} store is closed`)
    }
    const { signal } = options ?? {}
    const made =
      signal === undefined || traits.abortable === undefined
        ? call
        : () => traits.abortable?.(signal, call) ?? call()
    const promise = guarded(made, { traits, options })
    running.add(promise)
    try {
      return await promise
    } finally {
      running.delete(promise)
    }
  }
  const inSchema = (whole: Kysely<Database>): Kysely<Database> =>
    traits.schema === undefined ? whole : whole.withSchema(traits.schema)
  const tables = inSchema(database)
  const copied = copy === undefined ? undefined : { ...copy, database: inSchema(copy.database) }
  const workFor = (options: CallOptions | undefined): StoreWork => {
    return { database: tables, traits, check: checkOf(options) }
  }
  return {
    traits,
    read: (work, options) => run(() => work(workFor(options)), options),
    readBehind: (work, options) =>
      run(() => readCopyFirst(copied, { given: workFor(options), work }), options),
    write: (work, options) => run(() => inTransaction(workFor(options), work), options),
    writeAll: (steps, options) => run(() => allTogether(workFor(options), steps), options),
    writeOne: (statement, options) => run(() => oneAlone(workFor(options), statement), options),
    migrate: (work, options) => {
      const given = { ...workFor(options), database }
      return run(() => inTransaction(given, (whole) => work(whole.database)), options)
    },
    close: (release) => {
      closing ??= Promise.allSettled(running).then(release)
      return closing
    },
  }
}

interface CallContext {
  readonly traits: DialectTraits
  readonly options: CallOptions | undefined
}

async function guarded<T>(call: () => Promise<T>, { traits, options }: CallContext): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (options?.signal?.aborted === true && error === options.signal.reason) throw error
    throw toStoreError(error, traits)
  }
}

function inTransaction<T>(given: StoreWork, work: (given: StoreWork) => Promise<T>): Promise<T> {
  const { database, traits, check } = given
  return untilItWins(given, () =>
    database.transaction().execute(async (transaction) => {
      const result = await work({ database: transaction, traits, check })
      check()
      return result
    }),
  )
}

/** Runs a transaction, and again when it lost to another one. */
async function untilItWins<T>(
  { traits, check }: StoreWork,
  transaction: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    check()
    try {
      return await transaction()
    } catch (error) {
      if (tries >= MAX_TRIES || traits.classify(error) !== 'retry') throw error
    }
  }
}

async function readCopyFirst<T>(
  copy: DatabaseCopy | undefined,
  { given, work }: { readonly given: StoreWork; readonly work: (given: StoreWork) => Promise<T> },
): Promise<T> {
  if (copy?.isUsable() === true) {
    try {
      return await work({ ...given, database: copy.database })
    } catch {
      given.check()
      // Whatever it is: a copy may lack a table that the last migration made. What is wrong with the work itself fails again.
      copy.onFailure()
    }
  }
  return work(given)
}

function oneAlone(
  given: StoreWork,
  statement: (given: StoreWork) => CompiledQuery | undefined,
): Promise<boolean> {
  return untilItWins(given, async () => {
    const made = statement(given)
    if (made !== undefined) await given.database.executeQuery(made)
    return made !== undefined
  })
}

async function allTogether(
  given: StoreWork,
  steps: (given: StoreWork) => StatementSteps,
): Promise<void> {
  const { database, traits, check } = given
  const { executeAll } = traits
  if (executeAll === undefined) {
    return inTransaction(given, (work) => runSteps(work, steps(work)))
  }
  check()
  await database
    .getExecutor()
    .provideConnection((connection) => executeAll(connection, { steps: steps(given), check }))
}

/** Runs statements one after the other, as a part of a transaction. */
export async function runSteps(
  { database, check }: StoreWork,
  steps: StatementSteps,
): Promise<void> {
  let step = steps.next([])
  while (step.done !== true) {
    check()
    const { rows } = await database.executeQuery(step.value)
    step = steps.next(rows)
  }
}

function checkOf(options: CallOptions | undefined): () => void {
  return () => options?.signal?.throwIfAborted()
}
