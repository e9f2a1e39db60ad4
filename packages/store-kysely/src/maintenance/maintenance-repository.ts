import type { MaintenanceRepository, Runtime } from '@imrs/core'

import type { DialectTraits } from '../dialect-traits.ts'
import type { StoreSession } from '../session/store-session.ts'
import { dropRecords } from './drop-records.ts'
import { prepareStorage } from './prepare-storage.ts'

export function maintenanceRepository(given: {
  readonly session: StoreSession
  readonly traits: DialectTraits
  readonly runtime: Pick<Runtime, 'sleep'>
}): MaintenanceRepository {
  return {
    prepare: ({ atMs }, options) => prepareStorage({ ...given, options }, atMs),
    drop: (request, options) => dropRecords({ ...given, options }, request),
  }
}
