import { createRouter } from '@imrs/router'
import type { Router } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { fakeProvider } from '@imrs/testing/host'

/** One piece of text of the answers. */
export const PIECE = ' one'

/** How many pieces answers have; the model is called like it. */
export const PIECES = [20, 200] as const

/** A router over models that answer at once, in pieces, on SQLite in memory. */
export function openRouter(): Promise<Router> {
  const { definition } = fakeProvider({
    models: PIECES.map((pieces) => `pieces-${pieces}`),
    answer: ({ externalId }) => ({
      text: Array.from({ length: Number(externalId.split('-')[1]) }, () => PIECE),
    }),
  })
  return createRouter({
    store: sqliteStore({ path: ':memory:' }),
    secrets: memorySecrets(),
    providers: [definition],
    unconfiguredAgents: 'all',
  })
}
