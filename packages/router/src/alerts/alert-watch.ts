import type { AlertName, AlertSubject, RouterEvent, Runtime } from '@imrs/core'

import { clearedMessage, raisedMessage } from './alert-messages.ts'
import { cacheMeter, errorRateMeter, providerDownMeter, usageMeter } from './alert-meters.ts'
import type { AlertMeter, AlertMetersOptions, Measured } from './alert-meters.ts'
import type { ResolvedAlertOptions } from './alert-options.ts'
import { QUIET, isRaised, levelOf, nextAlertState } from './alert-state.ts'
import type { AlertState } from './alert-state.ts'

export interface AlertWatchOptions extends Omit<AlertMetersOptions, 'monotonic'> {
  readonly runtime: Pick<Runtime, 'now' | 'monotonic' | 'sleep'>
  readonly emit: (event: RouterEvent) => void
}

interface Watch {
  readonly subject: AlertSubject
  state: AlertState
}

/** Looks at what is measured every few seconds, and tells what becomes wrong and what is over. */
export class AlertWatch {
  readonly #options: AlertWatchOptions
  readonly #meters: readonly (readonly [AlertName, AlertMeter])[]
  /** By alert and subject; only what is not quiet. */
  readonly #watches = new Map<string, Watch>()
  readonly #closing = new AbortController()
  #running: Promise<void> | undefined

  constructor(options: AlertWatchOptions) {
    this.#options = options
    const meters = { ...options, monotonic: options.runtime.monotonic }
    this.#meters = metersOf(options.options, meters)
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Looks no more. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { runtime, options } = this.#options
    const { signal } = this.#closing
    while (!signal.aborted) {
      try {
        await runtime.sleep(options.everyMs, signal, { isBackground: true })
      } catch {
        return
      }
      for (const [alert, meter] of this.#meters) this.#look(alert, meter)
    }
  }

  #look(alert: AlertName, meter: AlertMeter): void {
    const seen = new Set<string>()
    for (const measured of meter.measure()) seen.add(this.#apply(alert, meter, measured))
    // What is not measured any more is over in its time.
    for (const [key, { subject }] of this.#watches) {
      if (key.startsWith(`${alert} `) && !seen.has(key)) {
        this.#apply(alert, meter, { subject, value: undefined })
      }
    }
  }

  #apply(alert: AlertName, { rule }: AlertMeter, { subject, value }: Measured): string {
    const key = `${alert} ${subject.kind} ${subject.id ?? ''}`
    const before = this.#watches.get(key)?.state ?? QUIET
    const level = levelOf(value, rule)
    const state = nextAlertState(before, { level, atMs: this.#options.runtime.monotonic() }, rule)
    if (state.kind === 'quiet') this.#watches.delete(key)
    else this.#watches.set(key, { subject, state })
    const facts = { alert, subject, value: value ?? 0, threshold: rule.raiseAt }
    if (!isRaised(before) && isRaised(state)) this.#raised(facts)
    if (isRaised(before) && !isRaised(state)) this.#cleared(facts, before.raisedAtMs)
    return key
  }

  #raised(facts: RaisedFacts): void {
    const atMs = this.#options.runtime.now()
    this.#options.emit({ type: 'alert-raised', atMs, ...facts, message: raisedMessage(facts) })
  }

  #cleared({ alert, subject }: RaisedFacts, raisedAt: number): void {
    const { runtime, emit } = this.#options
    const atMs = runtime.now()
    const raisedAtMs = Math.round(atMs - (runtime.monotonic() - raisedAt))
    const message = clearedMessage({ alert, subject })
    emit({ type: 'alert-cleared', atMs, alert, subject, raisedAtMs, message })
  }
}

interface RaisedFacts {
  readonly alert: AlertName
  readonly subject: AlertSubject
  readonly value: number
  readonly threshold: number
}

function metersOf(
  { providerDown, errorRate, cacheDegradation, unusualUsage }: ResolvedAlertOptions,
  options: AlertMetersOptions,
): readonly (readonly [AlertName, AlertMeter])[] {
  const meters: [AlertName, AlertMeter][] = []
  if (providerDown !== undefined) {
    meters.push(['provider-down', providerDownMeter(providerDown, options)])
  }
  if (errorRate !== undefined) meters.push(['error-rate', errorRateMeter(errorRate, options)])
  if (cacheDegradation !== undefined) {
    meters.push(['cache-degradation', cacheMeter(cacheDegradation, options)])
  }
  if (unusualUsage !== undefined) meters.push(['unusual-usage', usageMeter(unusualUsage, options)])
  return meters
}
