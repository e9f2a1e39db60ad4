import { createCatalog } from '@imrs/catalog'
import type { CatalogHandle } from '@imrs/catalog'
import type { Runtime, Store } from '@imrs/core'

import { createAlerts } from './alerts/create-alerts.ts'
import type { Alerts } from './alerts/create-alerts.ts'
import type { AnswerContext } from './answer/answer-context.ts'
import { AnswerRuns } from './answer/answer-runs.ts'
import { Breakers } from './attempt/breaker/breakers.ts'
import type { BreakerReport } from './attempt/breaker/breakers.ts'
import { FirstPartTimes } from './attempt/first-part-times.ts'
import { RetryBudget } from './attempt/retry-budget.ts'
import { SharedPace } from './attempt/shared-pace.ts'
import { BudgetKeeper } from './budgets/budget-keeper.ts'
import { Emitter } from './events/emitter.ts'
import { KeyCache } from './keys/key-cache.ts'
import { RouterMetrics } from './metrics/router-metrics.ts'
import type { RouterTelemetry } from './observe/request-observer.ts'
import type { RouterOptions } from './options.ts'
import { MigrationTargets } from './plan/migration-targets.ts'
import { NameMemory } from './plan/name-memory.ts'
import type { PlanContext } from './plan/plan-context.ts'
import { PreferenceCache } from './preferences/preference-cache.ts'
import { ConversationMemory } from './prepare/conversation-memory.ts'
import type { PrepareContext } from './prepare/prepare.ts'
import { PresetTimes } from './presets/preset-times.ts'
import { ChangeHub } from './processes/change-hub.ts'
import { SharedHints } from './processes/shared-hints.ts'
import { openRecorder } from './record/open-recorder.ts'
import type { Recorder } from './record/recorder.ts'
import type { ResolvedRouterOptions } from './resolve-options.ts'
import { SinkWorkers } from './sinks/sink-workers.ts'
import { createSnapshots } from './snapshot/create-snapshots.ts'
import type { SnapshotCache } from './snapshot/snapshot-cache.ts'
import { Standby } from './snapshot/standby.ts'
import { createBuiltInDetector, createTaskDetection } from './task/index.ts'
import type { TaskDetection } from './task/index.ts'
import { AgentTexts } from './text/agent-texts.ts'

/** What a router is made of. */
export interface RouterParts {
  readonly resolved: ResolvedRouterOptions
  readonly emitter: Emitter
  readonly catalog: CatalogHandle
  readonly snapshots: SnapshotCache
  readonly standby: Standby
  readonly preferences: PreferenceCache
  readonly recorder: Recorder
  readonly breakers: Breakers
  readonly budgets: BudgetKeeper
  readonly changes: ChangeHub
  readonly hints: SharedHints
  readonly sinks: SinkWorkers
  readonly keys: KeyCache
  readonly runs: AnswerRuns
  readonly metrics: RouterMetrics
  readonly alerts: Alerts | undefined
  readonly planContext: PlanContext
  readonly prepareContext: PrepareContext
}

/** Puts the parts together; nothing is read from a provider yet. */
export async function createRouterParts(
  options: RouterOptions,
  resolved: ResolvedRouterOptions,
): Promise<RouterParts> {
  const { store, defaultModel, capsuleOf } = options
  const { runtime } = resolved
  const emitter = new Emitter(runtime)
  const { emit } = emitter
  const firstPartTimes = new FirstPartTimes()
  const snapshots = createSnapshots(options, resolved, { emitter, firstPartTimes })
  const metrics = countEvents(options, resolved, emitter)
  const catalog = await openCatalog(options, resolved, emitter)
  metrics.watch(catalog.tracker)
  const preferences = new PreferenceCache({ store, runtime, emit })
  const tasks = createTasks(options, resolved, emitter)
  const budgets = await startBudgets(options, resolved, emitter)
  const names = new NameMemory(catalog)
  const standby = new Standby({ ...resolved, store, snapshots, names, defaultModel, emit })
  // Last of what can fail: it takes hold of a folder.
  const recorder = await openRecorder({ store, runtime, emit, spool: resolved.spool })
  const { hints, breakers } = shareFailures(options, resolved, { emitter, catalog })
  const keys = new KeyCache({ store, runtime })
  const changes = new ChangeHub({ store, runtime, emit }, [
    snapshots,
    budgets.copies,
    hints,
    keys.copies,
  ])
  const conversations = new ConversationMemory(runtime)
  const shared = { runtime, catalog, preferences, breakers, hints, budgets, tasks, conversations }
  return {
    resolved,
    emitter,
    catalog,
    snapshots,
    standby,
    preferences,
    recorder,
    breakers,
    budgets,
    changes,
    hints,
    keys,
    sinks: createSinks(options, resolved, emitter),
    runs: createRuns(store, resolved, { ...shared, firstPartTimes, recorder, emit }),
    metrics,
    alerts: createAlerts(options, resolved, { emitter, tracker: catalog.tracker }),
    planContext: createPlanContext(options, { ...shared, emitter, names, firstPartTimes }),
    prepareContext: {
      ...shared,
      texts: new AgentTexts(),
      snapshots: standby,
      capsuleOf,
      unsupportedParameters: resolved.unsupportedParameters,
    },
  }
}

/** Before there is a catalogue, so that the start is counted too. */
function countEvents(
  { telemetry }: RouterOptions,
  { metrics: limits }: ResolvedRouterOptions,
  emitter: Emitter,
): RouterMetrics {
  const metrics = new RouterMetrics(limits)
  metrics.listen(emitter)
  telemetry?.listen?.(emitter.on)
  return metrics
}

type SharedByAnswers = Omit<AnswerContext, 'options' | 'pace' | 'retryBudget' | 'storeContent'>

function createRuns(
  store: Store,
  { attempts, storeContent }: ResolvedRouterOptions,
  shared: SharedByAnswers,
): AnswerRuns {
  const { runtime, emit } = shared
  return new AnswerRuns({
    ...shared,
    options: attempts,
    pace: new SharedPace({ store, runtime, emit }),
    retryBudget: new RetryBudget({ runtime, ...attempts.retries }),
    storeContent,
  })
}

/** Breakers, and what processes tell each other of them. */
function shareFailures(
  { store }: RouterOptions,
  { runtime, attempts }: ResolvedRouterOptions,
  parts: { readonly emitter: Emitter; readonly catalog: CatalogHandle },
): Pick<RouterParts, 'hints' | 'breakers'> {
  const { catalog } = parts
  const { emit } = parts.emitter
  const credentialIdOf = (providerId: string): string | undefined =>
    catalog.credentialIdOf(providerId)
  const hints = new SharedHints({ store, runtime, emit, credentialIdOf })
  const onOpened = (report: BreakerReport): void => hints.tell(report)
  return {
    hints,
    breakers: new Breakers({ runtime, limits: attempts.breaker, emit, onOpened }),
  }
}

function createPlanContext(
  { defaultModel, authorize }: RouterOptions,
  {
    emitter: { emit },
    ...parts
  }: Pick<PlanContext, 'runtime' | 'catalog'> & {
    readonly emitter: Emitter
    readonly names: NameMemory
    readonly firstPartTimes: FirstPartTimes
  },
): PlanContext {
  const { runtime, catalog, names, firstPartTimes } = parts
  return {
    runtime,
    catalog: { ...catalog, resolve: names.resolve },
    migrations: new MigrationTargets(catalog),
    defaultModel,
    times: new PresetTimes(runtime, (modelId) => firstPartTimes.median(modelId)),
    authorize,
    emit,
  }
}

function createSinks(
  { store, secrets }: RouterOptions,
  { runtime, sinks, sinkDelivery: delivery }: ResolvedRouterOptions,
  { emit }: Emitter,
): SinkWorkers {
  return new SinkWorkers({ store, secrets, runtime, emit, sinks, delivery })
}

function openCatalog(
  options: RouterOptions,
  { runtime }: ResolvedRouterOptions,
  { emit }: Emitter,
): Promise<CatalogHandle> {
  return createCatalog({
    store: options.store,
    secrets: options.secrets,
    runtime: withFetchOf(options.telemetry, runtime),
    emit,
    definitions: options.providers,
    families: options.families,
    models: options.models ?? [],
    allowUserKeys: options.allowUserKeys,
    allowPrivateNetworks: options.allowPrivateNetworks,
    cacheTimes: options.cacheTimes,
    costTierBounds: options.costTierBounds,
  })
}

function withFetchOf(telemetry: RouterTelemetry | undefined, runtime: Runtime): Runtime {
  if (telemetry?.wrapFetch === undefined) return runtime
  return Object.freeze({ ...runtime, fetch: telemetry.wrapFetch(runtime.fetch) })
}

/** Longer than any call may take: what is reserved for so long is of a process that died. */
const BEYOND_TOTAL_MS = 60_000

async function startBudgets(
  { store }: RouterOptions,
  { runtime, attempts, budgets: { whenUnavailable } }: ResolvedRouterOptions,
  { emit }: Emitter,
): Promise<BudgetKeeper> {
  const lifetimeMs = attempts.timeouts.totalMs + BEYOND_TOTAL_MS
  const keeper = new BudgetKeeper({ store, runtime, emit, whenUnavailable, lifetimeMs })
  await keeper.start()
  return keeper
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
