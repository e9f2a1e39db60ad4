import { existsSync } from 'node:fs'

import { evaluateLog } from '@imrs/router'
import { sqliteStore } from '@imrs/store-sqlite'

import { UsageError } from './options.ts'
import type { EvaluateCommand } from './options.ts'
import { reportText } from './print.ts'

/** Gives what is to be written to the standard output. */
export async function evaluate(
  { database, query, isJson }: EvaluateCommand,
  signal?: AbortSignal,
): Promise<string> {
  if (database === '') throw new UsageError('--database is missing; --help says what to write')
  if (query.strategies.length === 0) {
    throw new UsageError('--strategy is missing; --help says what to write')
  }
  // Opening would make an empty one.
  if (!existsSync(database)) throw new UsageError(`--database: there is no file ${database}`)
  const store = sqliteStore({ path: database })
  try {
    await store.migrate()
    const reports = await evaluateLog(store, query, { signal })
    return isJson ? `${JSON.stringify({ reports }, undefined, 2)}\n` : reportText(reports)
  } finally {
    await store.close()
  }
}
