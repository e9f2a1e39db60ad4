// One of the processes of the soak: a router on the store that all share, and its callers.
import { ImrsError, seededRandom, systemRuntime } from '@imrs/core'

import type { Router } from '../../../router.ts'
import { promptOf } from '../fault-plan.ts'
import type { FromProcess, ProcessOptions, ToProcess } from './messages.ts'
import { WATCHED_AGENT, processRouter } from './process-router.ts'

const TENANTS = 4
const AGENTS = 3
const LOOK_EVERY_MS = 10

let isStopping = false

/** Resolves when the message has left the process: what is told then is known, whatever comes. */
function tell(message: FromProcess): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve()
    else process.send(message, () => resolve())
  })
}

async function request(router: Router, number: number, seed: number): Promise<void> {
  const random = seededRandom(seed + number)
  const below = (limit: number): number => Math.floor(random() * limit)
  const tenantId = `tenant-${below(TENANTS)}`
  const userId = `user-${below(30)}`
  const of = { tenantId, agentId: `agent-${below(AGENTS)}`, userId }
  try {
    const messages = [{ role: 'user' as const, content: promptOf(number) }]
    const answer = await router.chat({ ...of, model: 'auto', messages })
    const { messageId } = answer
    await tell({ type: 'begun', number, tenantId, messageId })
    let code: string | undefined
    for await (const part of answer.parts) if (part.type === 'error') code = part.code
    await tell({ type: 'ended', number, code })
    if (code === undefined && random() < 0.7) {
      const signal = random() < 0.6 ? 'thumbs-up' : 'thumbs-down'
      await router.feedback({ tenantId, messageId, userId, signal })
      await tell({ type: 'feedback', given: { tenantId, messageId } })
    }
  } catch (error) {
    await tell({ type: 'rejected', number, code: ImrsError.is(error) ? error.code : String(error) })
  }
}

/** The version of the watched agent that the last decision was made by. */
async function watchedVersion(router: Router): Promise<number> {
  const decision = await router.decide({
    ...WATCHED_AGENT,
    userId: 'watcher',
    messages: [{ role: 'user', content: 'Which?' }],
  })
  return Number(decision.snapshotVersion.split('.')[1])
}

/** Says of each version of the watched agent when a request was decided by it first. */
async function watch(router: Router): Promise<void> {
  let last = -1
  while (!isStopping) {
    try {
      const version = await watchedVersion(router)
      if (version !== last) await tell({ type: 'seen', version, atMs: systemRuntime.now() })
      last = version
    } catch (error) {
      await tell({ type: 'failed', what: `watching: ${String(error)}` })
    }
    await systemRuntime.sleep(LOOK_EVERY_MS)
  }
}

async function change(router: Router): Promise<void> {
  const models = (await router.models.list({ modelType: 'chat', isAvailable: true, limit: 50 })).items
  const model = models[Math.floor(systemRuntime.random() * models.length)]?.id ?? ''
  const priority = Math.floor(systemRuntime.random() * 100)
  try {
    await router.agents.enable({ ...WATCHED_AGENT, models: [model], priority })
    const atMs = systemRuntime.now()
    await tell({ type: 'changed', version: await watchedVersion(router), atMs })
  } catch (error) {
    await tell({ type: 'failed', what: `changing: ${String(error)}` })
  }
}

async function main(options: ProcessOptions): Promise<void> {
  const { router } = await processRouter(options)
  router.on('internal-failed', ({ part, error }) => {
    void tell({ type: 'failed', what: `${part}: ${error.message}` })
  })
  process.on('message', (message: ToProcess) => {
    if (message.type === 'stop') isStopping = true
    if (message.type === 'change') void change(router)
  })
  await tell({ type: 'ready' })
  let next = options.from
  const caller = async (): Promise<void> => {
    while (!isStopping) {
      await request(router, next++, options.seed)
      await systemRuntime.sleep(options.pauseMs)
    }
  }
  await Promise.all([watch(router), ...Array.from({ length: options.concurrency }, caller)])
  await router.close()
  process.disconnect?.()
}

// Whoever started it is gone.
process.once('disconnect', () => {
  if (!isStopping) process.exit(1)
})
process.once('message', (message: ToProcess) => {
  if (message.type !== 'start') return
  main(message.options).catch(async (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    await tell({ type: 'crashed', message: text })
    process.exit(1)
  })
})
