import { createAgentModels } from '@imrs/catalog'
import type { UserKeyOptions } from '@imrs/catalog'
import type { AgentKey, AuditQuery, CallOptions, ChatRequest, ErrorCode, Store } from '@imrs/core'
import { ImrsError } from '@imrs/core'

import { withUsable } from './agents/router-agents.ts'
import type { BreakerReport } from './attempt/breaker/breakers.ts'
import { bringUpToDate } from './bring-up-to-date.ts'
import { createBudgets } from './budgets/create-budgets.ts'
import { createCalls } from './calls/calls-api.ts'
import { createFeedbackApi } from './create-feedback-api.ts'
import { evaluateLog } from './evaluate/evaluate-log.ts'
import { createExplain } from './explain/create-explain.ts'
import { createApiKeys } from './keys/create-api-keys.ts'
import { createMaintenance } from './maintenance/create-maintenance.ts'
import type { Maintenance } from './maintenance/create-maintenance.ts'
import type { MaintenanceRun } from './maintenance/maintenance-api.ts'
import { createMetrics } from './metrics/create-metrics.ts'
import type { RequestObserver } from './observe/request-observer.ts'
import type { RouterOptions } from './options.ts'
import { createParameters } from './parameters/create-parameters.ts'
import { createPerformance } from './performance/create-performance.ts'
import { planRequest } from './plan/plan-request.ts'
import type { PlannedRequest } from './plan/plan-request.ts'
import { createPreferences } from './preferences/create-preferences.ts'
import { prepare } from './prepare/prepare.ts'
import { createPresets } from './presets/create-presets.ts'
import { createRecommend } from './recommend/create-recommend.ts'
import { resolveRouterOptions } from './resolve-options.ts'
import type { ResolvedRouterOptions } from './resolve-options.ts'
import { createRouterParts } from './router-parts.ts'
import type { RouterParts } from './router-parts.ts'
import type { Answer, Router } from './router.ts'

/**
 * Makes a router: brings the store's schema up to date or checks that it is, writes what the options declare into it, and
 * reads the lists of providers that were never read, for `startTimeoutMs` at most. A provider that is
 * down, or has no key, keeps nothing back.
 *
 * @throws ConfigError for a wrong option; ImrsError `store-unavailable`, `schema-too-new`,
 * `schema-outdated` when it was told not to migrate.
 */
export async function createRouter(options: RouterOptions): Promise<Router> {
  const resolved = resolveRouterOptions(options)
  await bringUpToDate(options.store, resolved.migrate)
  const parts = await createRouterParts(options, resolved)
  await firstSync(parts, resolved)
  parts.sinks.start()
  parts.alerts?.start()
  await startTogether(parts)
  return assemble(options, parts)
}

/** From here on the router hears of what other processes do, and tells them. */
async function startTogether({ breakers, changes, hints }: RouterParts): Promise<void> {
  await hints.start(breakers)
  await changes.start()
}

async function firstSync(
  { catalog, standby, recorder }: RouterParts,
  { runtime, startTimeoutMs }: ResolvedRouterOptions,
): Promise<void> {
  const waited = new AbortController()
  const timeout = runtime.sleep(startTimeoutMs, waited.signal)
  try {
    // What the timeout does not wait for goes on behind the scenes.
    await Promise.race([catalog.firstSync(), timeout])
    await standby.learn()
  } catch (error) {
    await recorder.close()
    throw error
  } finally {
    waited.abort()
    await Promise.allSettled([timeout])
  }
}

function assemble(options: RouterOptions, parts: RouterParts): Router {
  const { store, secrets, telemetry } = options
  const { resolved, emitter, catalog, snapshots, preferences } = parts
  const { runtime, hashUser } = resolved
  const { emit } = emitter
  const performance = createPerformance({ store, catalog, runtime })
  const presets = createPresets({
    store,
    catalog,
    runtime,
    onChange: (tenantId) => snapshots.invalidatePresets(tenantId),
  })
  const maintenance = createMaintenance({ store, runtime, emit, options: resolved.maintenance })
  const closeOnce = refreshUntilClosed({ store, secrets, maintenance }, parts)
  return Object.freeze({
    chat: (request: ChatRequest, call?: UserKeyOptions) =>
      chat(parts, request, { ...call, observer: telemetry?.requestBegan(request) }),
    decide: async (request: ChatRequest, call?: UserKeyOptions) =>
      (await plan(parts, request, call)).plan.decision,
    explain: createExplain(store),
    ...createFeedbackApi(options, parts),
    evaluate: createEvaluate(store, parts),
    providers: catalog.providers,
    models: catalog.models,
    health: catalog.health,
    agents: createAgents(store, parts),
    budgets: createBudgets({ store, runtime, onChange: () => parts.budgets.changed() }),
    breakers: {
      list: () => parts.breakers.list(),
      restore: (reports: readonly BreakerReport[]) => parts.breakers.restore(reports),
    },
    audit: { list: (query?: AuditQuery, call?: CallOptions) => store.audit.list(query, call) },
    calls: createCalls(store),
    apiKeys: createApiKeys({ store, runtime, cache: parts.keys }),
    performance,
    maintenance: {
      run: (run?: MaintenanceRun, call?: CallOptions) => maintenance.run(run, call),
    },
    recommend: createRecommend({ store, snapshots, performance }),
    preferences: createPreferences({
      cache: preferences,
      catalog,
      presets,
      runtime,
      emit,
      hashUser,
    }),
    presets,
    parameters: createParameters({
      store,
      catalog,
      runtime,
      onChange: (defaults) => snapshots.invalidateParameters(defaults),
    }),
    metrics: createMetrics({ metrics: parts.metrics, runtime, emit }),
    on: emitter.on,
    close: closeOnce,
  })
}

function createAgents(store: Store, { resolved, snapshots }: RouterParts): Router['agents'] {
  const { runtime } = resolved
  const onChange = (agent: AgentKey): void => snapshots.invalidateAgent(agent)
  return withUsable(createAgentModels({ store, runtime, onChange }), snapshots)
}

/** Reads lists again as often as was asked. Gives what ends that, and closes all there is. */
function refreshUntilClosed(
  {
    store,
    secrets,
    maintenance,
  }: Pick<RouterOptions, 'store' | 'secrets'> & { readonly maintenance: Maintenance },
  parts: RouterParts,
): () => Promise<void> {
  const { resolved, emitter, catalog, runs } = parts
  const refreshing = new AbortController()
  const { refreshEveryMs } = resolved
  const refreshed =
    refreshEveryMs === undefined
      ? undefined
      : catalog.refreshRegularly(refreshEveryMs, refreshing.signal)
  return once(async () => {
    refreshing.abort()
    await Promise.all([runs.close(), maintenance.close(), parts.alerts?.close()])
    await refreshed
    await catalog.close()
    await parts.recorder.close()
    await parts.changes.close()
    await Promise.all([parts.budgets.close(), parts.sinks.close(), parts.hints.close()])
    emitter.flush()
    await Promise.all([store.close(), secrets.close()])
  })
}

async function chat(
  parts: RouterParts,
  request: ChatRequest,
  { observer, ...options }: UserKeyOptions & { readonly observer: RequestObserver | undefined },
): Promise<Answer> {
  const planned = await plan(parts, request, options).catch((error: unknown) => {
    const isLeft = options.signal?.aborted === true
    tellRefused(parts, isLeft ? undefined : codeOf(error), observer)
    throw error
  })
  const { decision } = planned.plan
  observer?.decided(decision)
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
    ...(decision.preset === undefined ? {} : { preset: decision.preset }),
  })
  return parts.runs.start(planned, options, observer)
}

function tellRefused(
  { emitter, resolved }: RouterParts,
  code: ErrorCode | undefined,
  observer: RequestObserver | undefined,
): void {
  observer?.refused(code)
  if (code === undefined) return
  emitter.emit({ type: 'request-refused', atMs: resolved.runtime.now(), code })
}

function codeOf(error: unknown): ErrorCode {
  return ImrsError.is(error) ? error.code : 'internal'
}

async function plan(
  parts: RouterParts,
  request: ChatRequest,
  options?: UserKeyOptions,
): Promise<PlannedRequest> {
  refuseClosed(parts)
  const prepared = await prepare(parts.prepareContext, request, options)
  return { prepared, plan: await planRequest(parts.planContext, prepared, options) }
}

function createEvaluate(store: Store, parts: RouterParts): Router['evaluate'] {
  return async (query, call) => {
    refuseClosed(parts)
    return evaluateLog(store, query, call)
  }
}

function refuseClosed({ runs }: RouterParts): void {
  if (runs.isClosed) throw new ImrsError('closed', 'The router is closed')
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= work()
    return running
  }
}
