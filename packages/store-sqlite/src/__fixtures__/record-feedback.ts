// Records one signal on each of the messages, as fast as it can: `record-feedback.ts <file> <name> <ids…>`.
import { systemRuntime } from '@imrs/core'

import { sqliteStore } from '../sqlite-store.ts'

const [path = '', feedbackType = '', ...messageIds] = process.argv.slice(2)
const store = sqliteStore({ path })
for (const messageId of messageIds) {
  const outcome = await store.feedback.record({
    id: systemRuntime.newId(),
    tenantId: 't',
    messageId,
    userId: 'u',
    feedbackType: feedbackType === 'explicit' ? 'explicit' : 'implicit',
    ratingMilli: feedbackType === 'explicit' ? 700 : 100,
    atMs: systemRuntime.now(),
  })
  if (outcome.kind !== 'recorded') process.exitCode = 1
}
await store.close()
