// Records signals and delivers them: `delivering-process.ts <file> <url> <key> <signals> <ids…>`.
// Writes a line when all are recorded, and ends when its input ends.
import { once } from 'node:events'

import { webhookSink } from '@imrs/feedback'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'

import { createRouter } from '../../create-router.ts'

const [path = '', url = '', webhook = '', signals = '', ...ids] = process.argv.slice(2)
const router = await createRouter({
  store: sqliteStore({ path }),
  secrets: memorySecrets({ webhook }),
  providers: [],
  sinks: [webhookSink({ url })],
  sinkDelivery: { pollMs: 50, leaseMs: 60_000, concurrency: 1 },
})
for (let signal = 0; signal < Number(signals); signal += 1) {
  for (const messageId of ids) {
    await router.feedback({ messageId, userId: 'u1', rating: (signal % 10) / 10 })
  }
}
process.stdout.write('recorded\n')
process.stdin.resume()
await once(process.stdin, 'end')
await router.close()
