import { RowInserts } from '../session/row-inserts.ts'
import type { StoreSession } from '../session/store-session.ts'
import { FOLD_LIMIT, foldSteps } from './performance-writes.ts'

/** Has the calls that were noted added up, after the answers they belong to and many at a time. */
export interface FigureFolding {
  /** Tells of calls that were noted now. Nobody waits for what follows of it. */
  noted(count: number): void
}

export function figureFolding(session: StoreSession): FigureFolding {
  const inserts = new RowInserts()
  // The first call finds what other processes left behind: one that lives shortly adds up too.
  let notedSince = FOLD_LIMIT
  let isFolding = false
  return {
    noted: (count) => {
      notedSince += count
      if (notedSince < FOLD_LIMIT || isFolding || count === 0) return
      notedSince = 0
      isFolding = true
      // What could not be added up stays noted, is read with the sums, and comes with the next calls.
      void foldAll(session, inserts)
        .catch(() => undefined)
        .finally(() => {
          isFolding = false
        })
    },
  }
}

/** One transaction after the other, until so few are left that they can wait. */
async function foldAll(session: StoreSession, inserts: RowInserts): Promise<void> {
  let taken = FOLD_LIMIT
  while (taken >= FOLD_LIMIT) {
    await session.writeAll(
      (work) =>
        foldSteps(work, inserts, (count) => {
          taken = count
        }),
      undefined,
    )
  }
}
