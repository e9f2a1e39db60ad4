import type { CallOptions, Store } from '@imrs/core'

import type { ImportSource } from '../import-source.ts'
import type { RowLedger } from './ledger.ts'

/** What every part of planning reads. */
export interface PlanContext {
  readonly source: ImportSource
  readonly store: Store
  readonly ledger: RowLedger
  /** Providers the store has. */
  readonly providers: ReadonlySet<string>
  readonly call: CallOptions | undefined
}
