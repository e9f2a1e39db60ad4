import type { FailureKind, HealthHint, RouterEvent, Runtime } from '@imrs/core'

import { BreakerEntry } from './breaker-entry.ts'
import type { BreakerKey } from './breaker-entry.ts'
import { CLOSED, isAwaitedProbe, isIdle, mayCall, nextBreakerState } from './breaker.ts'
import type { BreakerEvent, BreakerLimits, BreakerState } from './breaker.ts'
import { LONGEST_COOL_DOWN_MS, toBreakerEvent } from './call-end.ts'
import type { CallEnd } from './call-end.ts'
import { NONE_OPEN } from './open-breakers.ts'
import type { OpenBreakers } from './open-breakers.ts'

/** A breaker as plain data, times on the wall clock: may be stored, and restored by another process. */
export interface BreakerReport extends BreakerKey {
  readonly state: BreakerState
}

/** A call that may be made. `ended` is told once how it went. */
export interface BreakerPass {
  readonly kind: 'pass'
  /** Whether it is the one call that finds out whether the model is back. */
  readonly isProbe: boolean
  readonly ended: (end: CallEnd) => void
}

export interface BreakerRefusal {
  readonly kind: 'refused'
  readonly failureKind: FailureKind
  /** Monotonic, milliseconds. */
  readonly retryAtMs: number
}

export interface BreakersOptions {
  readonly runtime: Runtime
  readonly limits: BreakerLimits
  readonly emit: (event: RouterEvent) => void
  /** Told of each that opens, or stays open for longer, by a failure seen here. Default: nobody is. */
  readonly onOpened?: ((report: BreakerReport) => void) | undefined
}

const ALL_MODELS = '*'
/** Above so many, breakers that are closed and forgot everything are dropped. */
const SWEEP_ABOVE = 10_000
/** How soon a call is worth asking for again while another one probes. */
const PROBE_POLL_MS = 250

/**
 * The breakers of this process. All of it is synchronous: of calls that ask together, exactly one
 * becomes the probe. Monotonic time inside, so that a wall clock that jumps moves nothing.
 */
export class Breakers {
  readonly #options: BreakersOptions
  readonly #entries = new Map<string, BreakerEntry>()
  /** Those that are not closed: what deciding has to know. */
  readonly #notClosed = new Set<BreakerEntry>()

  constructor(options: BreakersOptions) {
    this.#options = options
  }

  /** How many are kept in memory, those that know nothing among them. */
  get size(): number {
    return this.#entries.size
  }

  /** Asks whether a call may be made. A refused one changes nothing. */
  ask(key: BreakerKey): BreakerPass | BreakerRefusal {
    const now = this.#options.runtime.monotonic()
    const entries = [this.#entry(key), this.#entry({ ...key, modelId: ALL_MODELS })]
    const verdicts = entries.map(({ state }) => mayCall(state, now, this.#options.limits))
    const closed = entries.find((_, index) => verdicts[index] === 'no')
    if (closed !== undefined) return refusal(closed.state, now)
    for (const entry of entries) {
      this.#apply(entry, { type: 'asked', atMs: now })
      entry.running += 1
    }
    const isProbeOf = verdicts.map((verdict) => verdict === 'probe')
    let isEnded = false
    return {
      kind: 'pass',
      isProbe: isProbeOf.includes(true),
      ended: (end) => {
        if (isEnded) return
        isEnded = true
        for (const [index, entry] of entries.entries()) {
          // One that was given up in the meantime is nobody's probe any more.
          entry.running -= 1
          const isProbe = isProbeOf[index] === true && isAwaitedProbe(entry.state, now)
          this.#ended(entry, end, isProbe)
        }
      },
    }
  }

  /**
   * Until when models are to be passed over, on the wall clock, for calls with the given keys: by
   * model id, and by provider id for keys that cannot be used at all.
   */
  openUntil(credentialOf: (providerId: string) => string | undefined): OpenBreakers {
    if (this.#notClosed.size === 0) return NONE_OPEN
    const { runtime, limits } = this.#options
    const now = runtime.monotonic()
    const toWall = runtime.now() - now
    const models = new Map<string, number>()
    const providers = new Map<string, number>()
    for (const { state, providerId, credentialId, modelId } of this.#notClosed) {
      if (credentialOf(providerId) !== credentialId) continue
      if (mayCall(state, now, limits) !== 'no') continue
      const untilMs = retryAt(state, now) + toWall
      if (modelId === ALL_MODELS) providers.set(providerId, untilMs)
      else models.set(modelId, untilMs)
    }
    return { models, providers }
  }

  /** Every breaker that is not closed, as plain data. */
  list(): readonly BreakerReport[] {
    const { runtime } = this.#options
    const toWall = runtime.now() - runtime.monotonic()
    return Array.from(this.#notClosed, ({ providerId, credentialId, modelId, state }) => ({
      providerId,
      credentialId,
      modelId,
      state: shifted(state, toWall),
    }))
  }

  /** Takes over what {@link list} gave, in this process or another. What is known here already wins. */
  restore(reports: readonly BreakerReport[]): void {
    const { runtime } = this.#options
    const toMonotonic = runtime.monotonic() - runtime.now()
    for (const { state, ...key } of reports) {
      const entry = this.#entry(key)
      if (entry.state.kind === 'closed') this.#set(entry, shifted(state, toMonotonic))
    }
  }

  /**
   * Opens what other processes found out of use, until the time they told, an hour at most; from then
   * on a probe of this process decides. Where one is under way already, nothing changes.
   */
  learn(hints: readonly HealthHint[]): void {
    const { runtime } = this.#options
    const atMs = runtime.monotonic()
    const toMonotonic = atMs - runtime.now()
    for (const { openUntilMs, openings, failureKind, ...key } of hints) {
      const untilMs = Math.min(openUntilMs + toMonotonic, atMs + LONGEST_COOL_DOWN_MS)
      this.#apply(this.#entry(key), { type: 'told', atMs, untilMs, openings, failureKind })
    }
  }

  #entry({ providerId, credentialId, modelId }: BreakerKey): BreakerEntry {
    const name = `${providerId}\n${credentialId}\n${modelId}`
    const known = this.#entries.get(name)
    if (known !== undefined) return known
    if (this.#entries.size >= SWEEP_ABOVE) this.#sweep()
    const entry = new BreakerEntry({ providerId, credentialId, modelId })
    this.#entries.set(name, entry)
    return entry
  }

  #ended(entry: BreakerEntry, end: CallEnd, isProbe: boolean): void {
    const isOfKey = entry.modelId === ALL_MODELS
    this.#apply(entry, toBreakerEvent({ end, isOfKey, isProbe }, this.#options.runtime))
  }

  #apply(entry: BreakerEntry, event: BreakerEvent): void {
    const before = entry.state
    const state = nextBreakerState(before, event, this.#options.limits)
    this.#set(entry, state)
    const isSeenHere = event.type === 'failure' || event.type === 'cool-down'
    if (isSeenHere && state.kind === 'open' && state !== before) this.#opened(entry)
  }

  #opened({ providerId, credentialId, modelId, state }: BreakerEntry): void {
    const { runtime, onOpened } = this.#options
    const toWall = runtime.now() - runtime.monotonic()
    onOpened?.({ providerId, credentialId, modelId, state: shifted(state, toWall) })
  }

  #set(entry: BreakerEntry, state: BreakerState): void {
    const before = entry.become(state)
    if (before.kind === state.kind) return
    if (state.kind === 'closed') this.#notClosed.delete(entry)
    else this.#notClosed.add(entry)
    const { runtime, emit } = this.#options
    emit({
      type: 'breaker-changed',
      atMs: runtime.now(),
      providerId: entry.providerId,
      modelId: entry.modelId,
      from: before.kind,
      to: state.kind,
      ...(state.kind === 'open'
        ? { openUntilMs: Math.round(state.untilMs - runtime.monotonic() + runtime.now()) }
        : {}),
      ...(state.kind === 'closed' ? {} : { failureKind: state.failureKind }),
    })
  }

  #sweep(): void {
    const now = this.#options.runtime.monotonic()
    for (const [name, { state, running }] of this.#entries) {
      const isNeeded = running > 0 || !isIdle(state, now, this.#options.limits)
      if (!isNeeded) this.#entries.delete(name)
    }
  }
}

function refusal(state: BreakerState, now: number): BreakerRefusal {
  const failureKind = state.kind === 'closed' ? 'unavailable' : state.failureKind
  return { kind: 'refused', failureKind, retryAtMs: retryAt(state, now) }
}

function retryAt(state: BreakerState, now: number): number {
  return state.kind === 'open' ? Math.max(now, state.untilMs) : now + PROBE_POLL_MS
}

function shifted(state: BreakerState, byMs: number): BreakerState {
  switch (state.kind) {
    case 'closed':
      return CLOSED
    case 'open':
      return { ...state, untilMs: state.untilMs + byMs }
    case 'half-open':
      return { ...state, probeSinceMs: state.probeSinceMs + byMs }
  }
}
