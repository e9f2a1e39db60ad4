import { existsSync } from 'node:fs'

import { copyStore } from '@imrs/store-kysely'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { text } from '../command/option.ts'
import { CommandError, UsageError } from '../command/usage-error.ts'
import { STORE_ADDRESS, storeOf } from '../setup/store-address.ts'

/** `imrs copy` */
export const copyCommand: Command = defineCommand({
  name: 'copy',
  summary: 'copies all of one database into another, empty one, and compares both',
  details: `Copies all of one database into another, empty one, and compares both at the end. Called again, it goes on where it was. Stop what writes into the source first. Both are ${STORE_ADDRESS}`,
  options: {
    from: text('--from <store>', 'sqlite:imrs.db'),
    to: text('--to <store>', 'env:DATABASE_URL'),
    schema: text(
      '--schema <name>',
      'the schema of the tables in PostgreSQL. Default: the first of the search path',
    ),
  },
  run: async (context, { options: { from, to, schema } }) => {
    if (from === undefined || to === undefined) throw new UsageError('--from and --to are needed')
    const source = storeOf(context, { option: '--from', address: from, schema })
    // Opening would make it, and then it would lack everything.
    if (source.file !== undefined && !existsSync(source.file)) {
      throw new CommandError(`There is no database ${source.place} to copy from.`)
    }
    const target = storeOf(context, { option: '--to', address: to, schema })
    const progress = context.progress()
    try {
      const tables = await copyStore({
        from: source.store,
        to: target.store,
        signal: context.signal,
        onProgress: ({ phase, table, rows, total }) => {
          const count = `${rows.toLocaleString('en')} of ${total.toLocaleString('en')}`
          progress.show(
            Math.min(rows, total),
            Math.max(total, 1),
            `${phase === 'copy' ? 'copying' : 'comparing'} ${table}: ${count}`,
          )
        },
      })
      progress.end()
      await context.print({ from: source.place, to: target.place, tables }, () =>
        tables
          .map(({ name, rows, checksum }) => `${checksum}  ${String(rows).padStart(12)}  ${name}\n`)
          .join(''),
      )
    } finally {
      progress.end()
      if (context.signal.aborted) await context.say('The same command goes on from here.')
      await Promise.all([source.store.close(), target.store.close()])
    }
  },
})
