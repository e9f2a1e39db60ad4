import type { AliasReason } from '@imrs/core'
import { ALIAS_REASONS } from '@imrs/core'

import type { ParseOptions } from '../import-source.ts'
import { booleanOf, firstName, isFields, pick } from './fields.ts'
import { toProviderId } from './providers.ts'
import type { SourceBuilder } from './source-builder.ts'

/** Migrations of one source, with the name of the list they are in. */
export interface MigrationRows {
  readonly label: string
  readonly rows: readonly unknown[]
  readonly options: ParseOptions
}

/** Reads rows like `{ oldId, newId, reason, automaticMigration }`. */
export function readMigrations(builder: SourceBuilder, migrations: MigrationRows): void {
  for (const [index, value] of migrations.rows.entries()) {
    const row = `${migrations.label}[${index}]`
    const reason = readMigration(builder, row, { value, options: migrations.options })
    if (reason === undefined) builder.use(row)
    else builder.refuse(row, reason)
  }
}

interface MigrationRow {
  readonly value: unknown
  readonly options: ParseOptions
}

/** Why it cannot be used; `undefined` when it was. */
function readMigration(
  builder: SourceBuilder,
  row: string,
  { value, options }: MigrationRow,
): string | undefined {
  if (!isFields(value)) return 'It is no object.'
  const name = firstName(value, 'old_id', 'from', 'alias')
  const target = firstName(value, 'new_id', 'to', 'model_id')
  if (name === undefined || target === undefined) return 'It needs an `oldId` and a `newId`.'
  const reason = reasonOf(firstName(value, 'reason'))
  const isAutomatic =
    reason === 'alias' || (booleanOf(pick(value, 'automatic_migration', 'is_automatic')) ?? false)
  const moved = ownId(target, options)
  if (moved === name) return 'It leads to itself.'
  const taken = builder.addAlias({ row, name, target: moved, reason, isAutomatic })
  return taken === undefined ? undefined : `${taken.row} already says what its name means.`
}

function reasonOf(word: string | undefined): AliasReason {
  return ALIAS_REASONS.find((reason) => reason === word?.toLowerCase()) ?? 'renamed'
}

/** `OpenRouter/x` and `gemini/x` with the ids of our providers. */
function ownId(id: string, options: ParseOptions): string {
  const slash = id.indexOf('/')
  const providerId = slash > 0 ? toProviderId(id.slice(0, slash), options) : undefined
  return providerId === undefined ? id : providerId + id.slice(slash)
}
