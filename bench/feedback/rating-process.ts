/** Rates answers, in a process of its own, for so many seconds each time it is asked. Takes a store's name and address. */
import { createRouter } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { postgresStore } from '@imrs/store-postgres'
import { sqliteStore } from '@imrs/store-sqlite'

import { runOpenLoop } from './open-loop.ts'
import { makeAnswer } from './rated-answers.ts'

/** What is asked. */
export interface RatingRequest {
  readonly perSecond: number
  readonly seconds: number
}

const [name, address = ''] = process.argv.slice(2)
const store =
  name === 'SQLite' ? sqliteStore({ path: address }) : postgresStore({ connectionString: address })
const router = await createRouter({ store, secrets: memorySecrets(), providers: [] })

process.on('message', ({ perSecond, seconds }: RatingRequest) => {
  void rateAll(perSecond, seconds)
})
process.send?.('ready')

async function rateAll(perSecond: number, seconds: number): Promise<void> {
  const messages = Array.from({ length: perSecond * seconds }, (_, index) => makeAnswer(index))
  for (let start = 0; start < messages.length; start += 500) {
    const some = messages.slice(start, start + 500)
    await store.ledger.append({ decisions: [], attempts: [], messages: some })
  }
  process.send?.('begun')
  const call = async (index: number): Promise<void> => {
    const { id: messageId, userId } = messages[index] ?? makeAnswer(index)
    await router.feedback({ messageId, userId, rating: (messageId.charCodeAt(20) % 11) / 10 })
  }
  process.send?.(await runOpenLoop({ perSecond, seconds, call, seed: 3 }))
}
