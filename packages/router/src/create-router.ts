import { createAgentModels, createCatalog } from '@imrs/catalog'
import type { CatalogHandle } from '@imrs/catalog'
import type { CallOptions, ChatRequest } from '@imrs/core'
import { ImrsError } from '@imrs/core'
import { createFeedback } from '@imrs/feedback'
import type { FeedbackInput } from '@imrs/feedback'

import { AnswerRuns } from './answer/answer-runs.ts'
import { Emitter } from './events/emitter.ts'
import { createExplain } from './explain/create-explain.ts'
import type { RouterOptions } from './options.ts'
import type { PlanContext } from './plan/plan-context.ts'
import { planRequest } from './plan/plan-request.ts'
import type { PlannedRequest } from './plan/plan-request.ts'
import { createPreferences } from './preferences/create-preferences.ts'
import { PreferenceCache } from './preferences/preference-cache.ts'
import { prepare } from './prepare/prepare.ts'
import type { PrepareContext } from './prepare/prepare.ts'
import { Recorder } from './record/recorder.ts'
import { resolveRouterOptions } from './resolve-options.ts'
import type { ResolvedRouterOptions } from './resolve-options.ts'
import type { Answer, Router } from './router.ts'
import { SnapshotCache } from './snapshot/snapshot-cache.ts'
import { createBuiltInDetector, createTaskDetection } from './task/index.ts'
import type { TaskDetection } from './task/index.ts'

/**
 * Makes a router: brings the store's schema up to date, writes what the options declare into it, and
 * reads the lists of providers that were never read, for `startTimeoutMs` at most. A provider that is
 * down, or has no key, keeps nothing back.
 *
 * @throws ConfigError for a wrong option; ImrsError `store-unavailable`, `schema-too-new`.
 */
export async function createRouter(options: RouterOptions): Promise<Router> {
  const resolved = resolveRouterOptions(options)
  await options.store.migrate()
  const emitter = new Emitter()
  const parts = await createParts(options, resolved, emitter)
  await firstSync(parts.catalog, resolved)
  return assemble(options, parts)
}

interface Parts {
  readonly resolved: ResolvedRouterOptions
  readonly emitter: Emitter
  readonly catalog: CatalogHandle
  readonly snapshots: SnapshotCache
  readonly preferences: PreferenceCache
  readonly recorder: Recorder
  readonly runs: AnswerRuns
  readonly planContext: PlanContext
  readonly prepareContext: PrepareContext
}

async function createParts(
  options: RouterOptions,
  resolved: ResolvedRouterOptions,
  emitter: Emitter,
): Promise<Parts> {
  const { store, secrets, defaultModel, authorize } = options
  const { runtime, strategyOf, unconfiguredAgents } = resolved
  const { emit } = emitter
  const snapshots = new SnapshotCache({ store, runtime, unconfiguredAgents, strategyOf, emit })
  for (const type of [
    'provider-changed',
    'provider-synced',
    'model-added',
    'model-removed',
  ] as const) {
    emitter.on(type, () => snapshots.invalidateCatalog())
  }
  const catalog = await createCatalog({
    store,
    secrets,
    runtime,
    emit,
    definitions: options.providers,
    families: options.families,
    models: options.models ?? [],
  })
  const preferences = new PreferenceCache(store, runtime)
  const tasks = createTasks(options, resolved, emitter)
  const recorder = new Recorder(store)
  const { timeouts, storeContent } = resolved
  const runs = new AnswerRuns({
    runtime,
    catalog,
    timeouts,
    recorder,
    preferences,
    emit,
    storeContent,
    tasks,
  })
  return {
    resolved,
    emitter,
    catalog,
    snapshots,
    preferences,
    recorder,
    runs,
    planContext: { runtime, catalog, defaultModel, authorize, emit },
    prepareContext: { runtime, catalog, snapshots, preferences, tasks },
  }
}

function createTasks(
  options: RouterOptions,
  { runtime }: ResolvedRouterOptions,
  { emit }: Emitter,
): TaskDetection {
  return createTaskDetection({
    detectors: [...(options.detectors ?? []), createBuiltInDetector()],
    onDetectorError: (error) => {
      emit({ type: 'internal-failed', atMs: runtime.now(), part: 'detector', error })
    },
  })
}

async function firstSync(
  catalog: CatalogHandle,
  { runtime, startTimeoutMs }: ResolvedRouterOptions,
): Promise<void> {
  const done = new AbortController()
  const synced = catalog.firstSync({ signal: done.signal })
  // Whatever it still waits for goes on behind the scenes, in the run of the provider itself.
  const timeout = runtime.sleep(startTimeoutMs, done.signal)
  try {
    await Promise.race([synced, timeout])
  } finally {
    done.abort()
    await Promise.allSettled([synced, timeout])
  }
}

function assemble({ store, secrets }: RouterOptions, parts: Parts): Router {
  const { resolved, emitter, catalog, snapshots, preferences, runs } = parts
  const { runtime } = resolved
  const { emit } = emitter
  const feedback = createFeedback({
    store,
    runtime,
    emit,
    isUnfinished: (messageId) => runs.isUnfinished(messageId),
    onChange: (message) => snapshots.invalidateExperience(message),
  })
  const refreshing = new AbortController()
  const { refreshEveryMs } = resolved
  const refreshed =
    refreshEveryMs === undefined
      ? undefined
      : catalog.refreshRegularly(refreshEveryMs, refreshing.signal)
  const closeOnce = once(async () => {
    refreshing.abort()
    await runs.close()
    await refreshed
    await catalog.close()
    await parts.recorder.settled()
    await Promise.all([store.close(), secrets.close()])
  })
  return Object.freeze({
    chat: (request: ChatRequest, call?: CallOptions) => chat(parts, request, call),
    decide: async (request: ChatRequest, call?: CallOptions) =>
      (await plan(parts, request, call)).plan.decision,
    explain: createExplain(store),
    feedback: (input: FeedbackInput, call?: CallOptions) => feedback.record(input, call),
    providers: catalog.providers,
    models: catalog.models,
    health: catalog.health,
    agents: createAgentModels({
      store,
      runtime,
      onChange: (agent) => snapshots.invalidateAgent(agent),
    }),
    preferences: createPreferences({ cache: preferences, catalog, runtime, emit }),
    on: emitter.on,
    close: closeOnce,
  })
}

async function chat(parts: Parts, request: ChatRequest, options?: CallOptions): Promise<Answer> {
  const planned = await plan(parts, request, options)
  const { decision } = planned.plan
  parts.emitter.emit({
    type: 'decision-made',
    atMs: decision.atMs,
    decisionId: decision.id,
    messageId: decision.messageId,
    tenantId: decision.tenantId,
    agentId: decision.agentId,
    modelId: decision.modelId,
    taskType: decision.task.type,
    source: decision.source,
    strategy: decision.strategy.name,
  })
  return parts.runs.start(planned, options)
}

async function plan(
  parts: Parts,
  request: ChatRequest,
  options?: CallOptions,
): Promise<PlannedRequest> {
  if (parts.runs.isClosed) throw new ImrsError('closed', 'The router is closed')
  const prepared = await prepare(parts.prepareContext, request, options)
  return { prepared, plan: await planRequest(parts.planContext, prepared, options) }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= work()
    return running
  }
}
