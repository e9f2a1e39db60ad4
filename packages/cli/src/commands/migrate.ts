import { existsSync } from 'node:fs'

import type { MigrationStatus, Store } from '@imrs/core'
import { MIGRATION_NAMES, migrateStore } from '@imrs/store-kysely'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { flag } from '../command/option.ts'
import type { CommandContext } from '../context/command-context.ts'
import { setUpStore } from '../setup/set-up.ts'
import { STORE_OPTIONS } from '../setup/store-options.ts'

/** `imrs migrate` */
export const migrateCommand: Command = defineCommand({
  name: 'migrate',
  summary: 'brings the schema of the database up to date, or says what that would do',
  options: {
    isStatus: flag('--status', 'says what was applied and what is to be; changes nothing'),
    isDry: flag('--dry-run', 'the same'),
    ...STORE_OPTIONS,
  },
  run: async (context, { options }) => {
    const { store, place, file } = await setUpStore(context, options)
    try {
      if (!options.isStatus && !options.isDry) return await migrate(context, { store, place })
      // Opening would make an empty one.
      const isThere = file === undefined || existsSync(file)
      const status = isThere
        ? await store.migrationStatus({ signal: context.signal })
        : { applied: [], pending: MIGRATION_NAMES, unknown: [] }
      await context.print({ database: place, ...status }, () => statusText(place, status))
      return status.unknown.length === 0 ? 0 : 1
    } finally {
      await store.close()
    }
  },
})

async function migrate(
  context: CommandContext,
  { store, place }: { readonly store: Store; readonly place: string },
): Promise<number> {
  const { signal } = context
  const { pending } = await store.migrationStatus({ signal })
  const progress = context.progress()
  let done = 0
  const applied = await migrateStore(store, {
    signal,
    onMigrated: (name) => {
      done += 1
      progress.show(done, pending.length, name)
    },
  }).finally(() => progress.end())
  await context.print({ database: place, applied }, () =>
    applied.length === 0
      ? `${place} is up to date\n`
      : applied.map((name) => `applied ${name}\n`).join(''),
  )
  return 0
}

function statusText(place: string, { applied, pending, unknown }: MigrationStatus): string {
  const lines = [
    place,
    ...applied.map((name) => `  applied  ${name}`),
    ...pending.map((name) => `  pending  ${name}`),
    ...unknown.map((name) => `  unknown  ${name}: a newer version of imrs made it`),
  ]
  return `${lines.join('\n')}\n`
}
