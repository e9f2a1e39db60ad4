import { it } from 'vitest'
import { openTestDatabase } from './__fixtures__/test-database.ts'
import { postgresStore } from './postgres-store.ts'

it('is quick', async () => {
  const database = await openTestDatabase()
  const store = postgresStore({ connectionString: database.url })
  await store.migrate()
  await database.pool.query(`insert into outbox (tenant_id, topic, key, payload, created_at, available_at, attempt_count)
    select 't', 'webhook', 'm' || (n % 100000), '{"event":{"messageId":"x"}}', now() - interval '1 day' + n * interval '1 ms', now() - interval '1 day' + n * interval '1 ms', 0 from generate_series(1, 300000) n`)
  for (const analyzed of [false, true]) {
    if (analyzed) await database.pool.query('analyze outbox')
    const times: string[] = []
    for (let round = 0; round < 5; round += 1) {
      const began = performance.now()
      const claimed = await store.outbox.claim({ sink: 'webhook', holder: 'a', atMs: Date.now(), leaseMs: 60000, limit: 64 })
      const took = performance.now() - began
      if (claimed.kind === 'claimed') await store.outbox.settle({ sink: 'webhook', delivered: claimed.entries, failed: [], refused: [] })
      times.push(`${took.toFixed(1)}/${(performance.now() - began - took).toFixed(1)}`)
    }
    console.log('claim/settle ms', analyzed, times.join(' '))
    const began = performance.now()
    await store.outbox.status([])
    console.log('status', performance.now() - began)
  }
  await store.close()
  await database.drop()
}, 120_000)
