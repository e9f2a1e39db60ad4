/**
 * What the snapshot of an agent keeps on the heap, by how many models it may use:
 * `npm run scaling:memory`.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { createRouter } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { fakeProvider } from '@imrs/testing/host'

/** Models of an agent, and how many agents are asked. */
const CASES = [
  [10, 200],
  [100, 200],
  [500, 100],
  [5_000, 20],
] as const

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Twice: what the first leaves to finalisers goes with the second. */
function heapUsed(): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
}

async function bytesOfAgent(models: number, agents: number): Promise<number> {
  const listed = Array.from({ length: models }, (_, index) => `model-${index}`)
  const router = await createRouter({
    store: sqliteStore({ path: ':memory:' }),
    secrets: memorySecrets(),
    providers: [fakeProvider({ models: listed }).definition],
    unconfiguredAgents: 'all',
  })
  const messages = [{ role: 'user', content: 'Hello' }] as const
  const decide = async (agentId: string): Promise<void> =>
    void (await router.decide({ agentId, userId: 'u', model: 'auto', messages }))
  // What all agents share is there before the first is counted.
  for (let warm = 0; warm < 3; warm += 1) await decide(`warm-${warm}`)
  const before = heapUsed()
  for (let agent = 0; agent < agents; agent += 1) await decide(`agent-${agent}`)
  const after = heapUsed()
  await router.close()
  return (after - before) / agents
}

for (const [models, agents] of CASES) {
  const bytes = await bytesOfAgent(models, agents)
  console.log(
    `${models.toLocaleString('en')} models: ${Math.round(bytes / 1_024).toLocaleString('en')} KiB an agent, ` +
      `${Math.round(bytes / models).toLocaleString('en')} bytes a model (${agents} agents)`,
  )
}
