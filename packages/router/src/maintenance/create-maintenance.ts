import { ImrsError } from '@imrs/core'
import type {
  CallOptions,
  MaintenanceRepository,
  RetentionReport,
  RetentionRequest,
  RouterEvent,
  Runtime,
  Store,
} from '@imrs/core'

import type { MaintenanceApi, MaintenanceReport, MaintenanceRun } from './maintenance-api.ts'
import type { ResolvedMaintenanceOptions } from './maintenance-options.ts'

export interface MaintenanceParts {
  readonly store: Pick<Store, 'maintenance'>
  readonly runtime: Pick<Runtime, 'now' | 'random' | 'sleep'>
  readonly emit: (event: RouterEvent) => void
  readonly options: ResolvedMaintenanceOptions
}

export interface Maintenance extends MaintenanceApi {
  /** Begins no more, ends what runs, and waits for it. Idempotent; never rejects. */
  close(): Promise<void>
}

/** How far a regular round may be off its time, so that many processes do not begin at once. */
const JITTER = 0.1
/** A process that is restarted every few minutes keeps its store up too. */
const FIRST_AFTER_MS = 60_000
const DAY_MS = 86_400_000

/** Keeps a store up, regularly and when it is asked to; one round at a time. */
export function createMaintenance(parts: MaintenanceParts): Maintenance {
  const { store, options } = parts
  const closing = new AbortController()
  const rounds = new Set<Promise<unknown>>()
  const round = async (run: MaintenanceRun, call?: CallOptions): Promise<MaintenanceReport> => {
    if (closing.signal.aborted) throw new ImrsError('closed', 'The router is closed')
    const signals = [closing.signal, ...(call?.signal === undefined ? [] : [call.signal])]
    const running = keepUp(parts, run, AbortSignal.any(signals))
    rounds.add(running)
    try {
      return await running
    } finally {
      rounds.delete(running)
    }
  }
  const isRegular = store.maintenance !== undefined && options.everyMs !== undefined
  const regular = isRegular ? keepUpRegularly(parts, closing.signal, () => round({})) : undefined
  return {
    run: (run = {}, call) => round(run, call),
    close: async () => {
      closing.abort(new ImrsError('closed', 'The router is closed'))
      await Promise.allSettled([...rounds, regular])
    },
  }
}

async function keepUpRegularly(
  { runtime, emit, options }: MaintenanceParts,
  signal: AbortSignal,
  round: () => Promise<unknown>,
): Promise<void> {
  const { everyMs = 0 } = options
  let waitMs = Math.min(everyMs, FIRST_AFTER_MS)
  while (!signal.aborted) {
    const factor = 1 + JITTER * (2 * runtime.random() - 1)
    try {
      await runtime.sleep(waitMs * factor, signal, { isBackground: true })
      await round()
    } catch (cause) {
      if (signal.aborted) return
      const error = cause instanceof Error ? cause : new Error(String(cause))
      emit({ type: 'internal-failed', atMs: runtime.now(), part: 'maintenance', error })
    }
    waitMs = everyMs
  }
}

async function keepUp(
  { store: { maintenance }, runtime, emit, options }: MaintenanceParts,
  { isDryRun = false }: MaintenanceRun,
  signal: AbortSignal,
): Promise<MaintenanceReport> {
  signal.throwIfAborted()
  if (maintenance === undefined) return {}
  const atMs = runtime.now()
  const call = { signal }
  const prepared = isDryRun ? undefined : await maintenance.prepare({ atMs }, call)
  const dropped = await drop(maintenance, { ...boundsOf(options, atMs), isDryRun }, call)
  if (dropped !== undefined && !isDryRun && hasDropped(dropped)) {
    emit({ type: 'records-dropped', atMs: runtime.now(), report: dropped })
  }
  return {
    ...(prepared === undefined ? {} : { prepared }),
    ...(dropped === undefined ? {} : { dropped }),
  }
}

async function drop(
  maintenance: MaintenanceRepository,
  request: RetentionRequest,
  call: CallOptions,
): Promise<RetentionReport | undefined> {
  const { answersBeforeMs, catalogEventsBeforeMs, auditBeforeMs, healthChangesBeforeMs } = request
  const bounds = [answersBeforeMs, catalogEventsBeforeMs, auditBeforeMs, healthChangesBeforeMs]
  if (bounds.every((bound) => bound === undefined)) return undefined
  return maintenance.drop(request, call)
}

function boundsOf({ retention }: ResolvedMaintenanceOptions, atMs: number): RetentionRequest {
  const { answersMonths, catalogEventsMonths, auditMonths, healthDays } = retention
  return {
    answersBeforeMs: monthsBefore(atMs, answersMonths),
    catalogEventsBeforeMs: monthsBefore(atMs, catalogEventsMonths),
    auditBeforeMs: monthsBefore(atMs, auditMonths),
    healthChangesBeforeMs: healthDays === undefined ? undefined : atMs - healthDays * DAY_MS,
  }
}

/** The beginning of the UTC month so many before the one of a time. */
function monthsBefore(atMs: number, months: number | undefined): number | undefined {
  if (months === undefined) return undefined
  const at = new Date(atMs)
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months)
}

function hasDropped(report: RetentionReport): boolean {
  const answers = report.messages + report.decisions + report.attempts + report.feedbackEvents
  const events = report.catalogEvents + report.auditEntries + report.healthChanges
  return answers + events > 0 || report.partitions.length > 0
}
