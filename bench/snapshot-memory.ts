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

/** Models of an agent, how many agents are asked, and whether all may use the same. */
const CASES = [
  [10, 500, 'the same'],
  [100, 500, 'the same'],
  [500, 500, 'the same'],
  [5_000, 500, 'the same'],
  [100, 200, 'its own'],
  [500, 100, 'its own'],
  [5_000, 20, 'its own'],
] as const

type Models = (typeof CASES)[number][2]

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Twice: what the first leaves to finalisers goes with the second. */
function heapUsed(): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
}

async function bytesOfAgent([models, agents, kind]: readonly [
  number,
  number,
  Models,
]): Promise<number> {
  const listed = Array.from({ length: models }, (_, index) => `model-${index}`)
  const router = await createRouter({
    store: sqliteStore({ path: ':memory:' }),
    secrets: memorySecrets(),
    providers: [fakeProvider({ models: listed }).definition],
    unconfiguredAgents: 'all',
    snapshotBytes: 2 ** 32,
  })
  const messages = [{ role: 'user', content: 'Hello' }] as const
  const decide = async (agentId: string): Promise<void> =>
    void (await router.decide({ agentId, userId: 'u', model: 'auto', messages }))
  if (kind === 'its own') {
    for (let agent = 0; agent < agents; agent += 1) {
      // All but one, and another one for each.
      const agentId = `agent-${agent}`
      await router.agents.enableMatching({ agentId, filter: {} })
      await router.agents.disable({ agentId, models: [`fake/model-${agent % models}`] })
    }
  }
  // What all agents share is there before the first is counted, and what the first requests leave.
  for (let warm = 0; warm < 100; warm += 1) await decide(`warm-${warm}`)
  const before = heapUsed()
  for (let agent = 0; agent < agents; agent += 1) await decide(`agent-${agent}`)
  const after = heapUsed()
  await router.close()
  return (after - before) / agents
}

for (const one of CASES) {
  const [models, agents, kind] = one
  const bytes = await bytesOfAgent(one)
  console.log(
    `${models.toLocaleString('en')} models, ${kind}: ${(bytes / 1_024).toFixed(1)} KiB an agent, ` +
      `${Math.round(bytes / models).toLocaleString('en')} bytes a model (${agents} agents)`,
  )
}
