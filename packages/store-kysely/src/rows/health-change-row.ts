import type { ProviderHealthChange } from '@imrs/core'
import type { Selectable } from 'kysely'

import type { HealthChangeRow } from '../schema/database.ts'
import { fromNullable, fromTime, present } from './columns.ts'

export function fromHealthChangeRow(row: Selectable<HealthChangeRow>): ProviderHealthChange {
  return present<ProviderHealthChange>({
    seq: row.seq,
    providerId: row.provider_id,
    atMs: fromTime(row.at),
    from: row.from_status,
    to: row.to_status,
    error: fromNullable(row.error),
  })
}
