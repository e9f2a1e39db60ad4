import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { systemRuntime } from '@imrs/core'
import { SIMULATED_DIALECTS, startSimulator } from '@imrs/testing/simulator'
import type { SimulatedCall, SimulatedDialect, Simulator } from '@imrs/testing/simulator'

import { checkLedger } from './check-ledger.ts'
import type { LedgerReport } from './check-ledger.ts'
import { counted } from './counted.ts'
import { fastNow } from './fast-clock.ts'
import { faultPlan } from './fault-plan.ts'
import type { Stall } from './fault-plan.ts'
import { readLedger } from './ledger-rows.ts'
import type { LedgerContents } from './ledger-rows.ts'
import type {
  FastClockOptions,
  FromRouterProcess,
  Growth,
  RequestResult,
  SoakCounts,
  SoakProcessOptions,
  SoakProvider,
} from './messages.ts'

export interface SoakOptions {
  readonly seed: number
  /** The share of calls that something happens to. Default: 0.3. */
  readonly faultShare?: number | undefined
  /** Default: all of them. */
  readonly dialects?: readonly SimulatedDialect[] | undefined
  /** How much faster than the real one the clock of the routers is. Default: 100. */
  readonly speed?: number | undefined
}

/** One process with routers, from its start to its end. */
export type SoakRun = Pick<SoakProcessOptions, 'concurrency' | 'from' | 'segments'> &
  Partial<SoakProcessOptions> & {
    /** Ends the process by force as soon as the simulator has seen so many calls of this run. */
    readonly killAtCall?: number | undefined
  }

export interface RunReport {
  readonly growth: readonly Growth[]
  /** `undefined` when it was killed. */
  readonly counts: SoakCounts | undefined
  /** How the process ended. */
  readonly exit: { readonly code: number | null; readonly signal: string | null }
  /** Real milliseconds from the first request to the last result, and from there to the end. */
  readonly durationMs: number
  readonly exitMs: number
}

export interface SoakReport {
  readonly results: readonly RequestResult[]
  /** How many requests ended in each way. */
  readonly endings: Readonly<Record<string, number>>
  readonly ledger: LedgerReport
  readonly contents: LedgerContents
  readonly calls: readonly SimulatedCall[]
}

/** How long a call may go on at the simulator after its process has ended. */
const LATEST_END_MS = 5_000

/**
 * The soak: a simulator in this process, and routers with their callers in processes of their own,
 * one after the other on one file.
 */
export class Soak {
  readonly #simulator: Simulator
  readonly #options: SoakOptions
  readonly #clock: FastClockOptions
  readonly #folder = mkdtempSync(join(tmpdir(), 'imrs-soak-'))
  readonly #results: RequestResult[] = []
  readonly #messages = new Map<number, string>()
  #stalls: Stall[] = []
  #isDraining = false
  #onCall: () => void = () => undefined

  static async start(options: SoakOptions): Promise<Soak> {
    const clock = { originMs: systemRuntime.now(), speed: options.speed ?? 100 }
    const simulator = await startSimulator({
      callCapacity: 1_000_000,
      seed: options.seed,
      runtime: { now: () => fastNow(clock), sleep: systemRuntime.sleep },
    })
    return new Soak(simulator, options, clock)
  }

  private constructor(simulator: Simulator, options: SoakOptions, clock: FastClockOptions) {
    this.#simulator = simulator
    this.#options = options
    this.#clock = clock
    const behaviourOf = faultPlan({ ...options, onStall: (stall) => this.#stalled(stall) })
    simulator.always({}, (call) => {
      this.#onCall()
      return behaviourOf(call)
    })
  }

  get databasePath(): string {
    return join(this.#folder, 'imrs.db')
  }

  /** Runs one process to its end. @throws Error when it crashes. */
  async run({ killAtCall = Infinity, ...given }: SoakRun): Promise<RunReport> {
    const growth: Growth[] = []
    let [startedAt, endedAt] = [0, 0]
    let counts: SoakCounts | undefined
    const child = fork(join(import.meta.dirname, 'router-process.ts'), {
      execArgv: [
        '--conditions=@imrs/source',
        '--expose-gc',
        '--disable-warning=ExperimentalWarning',
      ],
    })
    let calls = 0
    this.#onCall = () => {
      calls += 1
      if (calls === killAtCall) child.kill('SIGKILL')
    }
    let crash: string | undefined
    child.on('message', (told) => {
      const message = told as FromRouterProcess
      endedAt = systemRuntime.monotonic()
      if (message.type === 'ready') startedAt = endedAt
      else if (message.type === 'growth') growth.push(message.growth)
      else if (message.type === 'done') counts = message.counts
      else if (message.type === 'crashed') crash = message.message
      this.#told(message)
    })
    const exit = await this.#exit(child, given)
    if (crash !== undefined) throw new Error(`The process with the routers crashed: ${crash}`)
    const exitMs = systemRuntime.monotonic() - endedAt
    return { growth, counts, exit, durationMs: endedAt - startedAt, exitMs }
  }

  /** Compares what is in the file with what the simulator counted. */
  async check(): Promise<SoakReport> {
    for (const { gate } of this.#stalls) gate.open()
    const calls = this.#simulator.calls.filter(({ operation }) => operation === 'chat')
    await this.#lastCalls(calls)
    const contents = readLedger(this.databasePath)
    const results = this.#results
    const endings = results.map(({ ending, code }) =>
      code === undefined ? ending : `${ending}: ${code}`,
    )
    const messages = this.#messages
    const ledger = checkLedger({ calls, results, messages, ledger: contents })
    return { results, endings: counted(endings), ledger, contents, calls }
  }

  async close(): Promise<void> {
    await this.#simulator.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #exit(child: ChildProcess, given: Omit<SoakRun, 'killAtCall'>): Promise<RunReport['exit']> {
    const { seed, dialects = SIMULATED_DIALECTS } = this.#options
    const options: SoakProcessOptions = {
      seed,
      databasePath: this.databasePath,
      providers: providersOf(this.#simulator, dialects),
      clock: this.#clock,
      ...given,
    }
    child.send(options)
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    return { code, signal }
  }

  #told(message: FromRouterProcess): void {
    if (message.type === 'begun') this.#messages.set(message.number, message.messageId)
    if (message.type === 'results') this.#results.push(...message.results)
    if (message.type === 'draining' || message.type === 'growth') {
      this.#isDraining = message.type === 'draining'
    }
    if (message.type !== 'begun') this.#openSome()
  }

  #stalled(stall: Stall): void {
    if (stall.isForEver) return
    if (this.#isDraining) stall.gate.open()
    else this.#stalls.push(stall)
  }

  /** The older half of what waits; at the end of a part of the run, all of it. */
  #openSome(): void {
    const count = this.#isDraining ? this.#stalls.length : Math.ceil(this.#stalls.length / 2)
    for (const { gate } of this.#stalls.splice(0, count)) gate.open()
  }

  /** A call that goes on after everything is over is cut off, and shows as `server-closed`. */
  async #lastCalls(calls: readonly SimulatedCall[]): Promise<void> {
    const over = new AbortController()
    const late = systemRuntime.sleep(LATEST_END_MS, over.signal).then(
      () => this.#simulator.close(),
      () => undefined,
    )
    await Promise.race([Promise.all(calls.map(({ closed }) => closed)), late])
    over.abort()
  }
}

function providersOf(
  { baseUrls, keys }: Simulator,
  dialects: readonly SimulatedDialect[],
): SoakProcessOptions['providers'] {
  const versions: Readonly<Partial<Record<SimulatedDialect, string>>> = {
    google: '/v1beta',
    anthropic: '/v1',
  }
  return Object.fromEntries(
    dialects.map((dialect): readonly [SimulatedDialect, SoakProvider] => {
      const apiBase = `${baseUrls[dialect]}${versions[dialect] ?? ''}`
      return [dialect, { apiBase, key: keys[dialect] }]
    }),
  )
}
