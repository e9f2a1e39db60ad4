import type { RouterEvent, Runtime, Store } from '@imrs/core'

import { Recorder } from './recorder.ts'
import type { ResolvedSpoolOptions } from './spool/spool-options.ts'
import { Spool } from './spool/spool.ts'

export interface OpenRecorderOptions {
  readonly store: Pick<Store, 'ledger'>
  readonly runtime: Runtime
  readonly emit: (event: RouterEvent) => void
  readonly spool: ResolvedSpoolOptions | undefined
}

/**
 * Makes a recorder, with its spool when there is one; records that an earlier process left there are
 * brought into the store from then on.
 *
 * @throws ConfigError when the folder of the spool cannot be used.
 */
export async function openRecorder(options: OpenRecorderOptions): Promise<Recorder> {
  const { store, runtime, emit, spool: spoolOptions } = options
  if (spoolOptions === undefined) return new Recorder({ store, runtime, emit })
  const report = (error: Error): void =>
    emit({ type: 'internal-failed', atMs: runtime.now(), part: 'spool', error })
  const spool = await Spool.open(spoolOptions, { runtime, report })
  const { storeTimeoutMs } = spoolOptions
  return new Recorder({ store, runtime, emit, spool, storeTimeoutMs })
}
