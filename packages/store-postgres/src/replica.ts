import type { Runtime } from '@imrs/core'
import type { ReadsOptions } from '@imrs/store-kysely'

import type { ResolvedPostgresSource } from './options.ts'
import { postgresDialect } from './postgres-dialect.ts'
import { openSource } from './postgres-source.ts'

/** How long a replica that failed is left alone: to find out that it is down may take as long as a call waits. */
const LEFT_ALONE_MS = 10_000

/** A replica for reads that may be behind, and when it is asked. */
export function postgresReads(
  source: ResolvedPostgresSource,
  runtime: Pick<Runtime, 'monotonic' | 'sleep'>,
): ReadsOptions {
  let failedAtMs = -Infinity
  return {
    dialect: postgresDialect({ source: openSource(source), runtime }),
    isUsable: () => runtime.monotonic() - failedAtMs >= LEFT_ALONE_MS,
    onFailure: () => {
      failedAtMs = runtime.monotonic()
    },
  }
}
