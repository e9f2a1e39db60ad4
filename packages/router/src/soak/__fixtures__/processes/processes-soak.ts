import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

import { seededRandom, systemRuntime } from '@imrs/core'
import { SIMULATED_DIALECTS, startSimulator } from '@imrs/testing/simulator'
import type { SimulatedCall, SimulatedDialect, Simulator } from '@imrs/testing/simulator'

import type { SoakProvider } from '../messages.ts'
import { faults } from './faults.ts'
import type { FromProcess, ProcessOptions, ToProcess } from './messages.ts'
import { BUDGET, BUDGETED_TENANT, processRouter } from './process-router.ts'
import { ProcessTold } from './process-told.ts'

export interface ProcessesSoakOptions {
  readonly seed: number
  readonly store: ProcessOptions['store']
  /** How many processes run at once. */
  readonly processes: number
  /** Callers in each, who wait so long between their requests, milliseconds. */
  readonly concurrency: number
  readonly pauseMs: number
  readonly kills: number
  readonly killEveryMs: number
  readonly changeEveryMs: number
  /** Requests that the budgeted tenant has, all processes together. */
  readonly budget: number
}

/** Numbers of requests that one process has for itself. */
const NUMBERS = 1_000_000

interface Running {
  readonly process: number
  readonly child: ChildProcess
  readonly exited: Promise<unknown>
}

/** Processes on one store, of which one is killed every now and then and another takes its place. */
export class ProcessesSoak {
  readonly told: ProcessTold = new ProcessTold()
  readonly #options: ProcessesSoakOptions
  readonly #simulator: Simulator
  readonly #running: Running[] = []
  #started = 0
  #durationMs = 0

  static async start(options: ProcessesSoakOptions): Promise<ProcessesSoak> {
    const simulator = await startSimulator({ callCapacity: 1_000_000, seed: options.seed })
    simulator.always({ operation: 'chat' }, faults(options.seed))
    return new ProcessesSoak(options, simulator)
  }

  private constructor(options: ProcessesSoakOptions, simulator: Simulator) {
    this.#options = options
    this.#simulator = simulator
  }

  /** What a router needs to be one of them. */
  get shared(): Pick<ProcessOptions, 'store' | 'providers'> {
    return { store: this.#options.store, providers: providersOf(this.#simulator) }
  }

  /** Every call for a model that reached a provider. */
  get calls(): readonly SimulatedCall[] {
    return this.#simulator.calls.filter(({ operation }) => operation === 'chat')
  }

  /** How often the list of one provider was read; each reading of it is one call. */
  get listReadings(): number {
    return this.#simulator.calls.filter(
      ({ operation, dialect }) => operation === 'list' && dialect === 'openai',
    ).length
  }

  /** How long the run took, milliseconds. */
  get durationMs(): number {
    return this.#durationMs
  }

  /** Runs from the first request to the last. */
  async run(): Promise<void> {
    const startedMs = systemRuntime.monotonic()
    await this.#run()
    this.#durationMs = systemRuntime.monotonic() - startedMs
  }

  async #run(): Promise<void> {
    const { kills, killEveryMs, changeEveryMs, processes, seed } = this.#options
    await this.#prepare()
    await Promise.all(Array.from({ length: processes }, () => this.#launch()))
    const over = new AbortController()
    const changing = this.#changeUntil(over.signal, changeEveryMs)
    const random = seededRandom(seed)
    for (let kill = 0; kill < kills; kill += 1) {
      await systemRuntime.sleep(killEveryMs)
      const [victim] = this.#running.splice(Math.floor(random() * this.#running.length), 1)
      if (victim === undefined) continue
      this.told.gone(victim.process, systemRuntime.now())
      victim.child.kill('SIGKILL')
      await victim.exited
      await this.#launch()
    }
    await systemRuntime.sleep(killEveryMs)
    over.abort()
    await changing
    for (const one of this.#running) {
      this.told.gone(one.process, systemRuntime.now())
      send(one, { type: 'stop' })
    }
    await Promise.all(this.#running.map(({ exited }) => exited))
    await Promise.all(this.calls.map(({ closed }) => closed))
  }

  async close(): Promise<void> {
    for (const { child } of this.#running) child.kill('SIGKILL')
    await Promise.all(this.#running.map(({ exited }) => exited))
    await this.#simulator.close()
  }

  /** Lists are read, and the budget is set, before anybody is killed. */
  async #prepare(): Promise<void> {
    const { router } = await processRouter(this.shared)
    await router.budgets.set({ ...BUDGET, tenantId: BUDGETED_TENANT, limit: this.#options.budget })
    await router.close()
  }

  async #launch(): Promise<void> {
    const process = (this.#started += 1)
    const { seed, concurrency, pauseMs } = this.#options
    const child = fork(join(import.meta.dirname, 'process.ts'), {
      execArgv: ['--conditions=@imrs/source', '--disable-warning=ExperimentalWarning'],
    })
    const exited = once(child, 'exit')
    const ready = Promise.withResolvers<void>()
    child.on('message', (message) => {
      const told = message as FromProcess
      this.told.take(process, told)
      if (told.type === 'ready' || told.type === 'crashed') ready.resolve()
    })
    const one = { process, child, exited }
    this.#running.push(one)
    const options = { ...this.shared, seed, concurrency, pauseMs, from: process * NUMBERS }
    send(one, { type: 'start', options })
    await Promise.race([ready.promise, exited])
  }

  async #changeUntil(signal: AbortSignal, everyMs: number): Promise<void> {
    for (let turn = 0; !signal.aborted; turn += 1) {
      const ready = this.#running.filter(({ process }) => this.told.ready.has(process))
      const one = ready[turn % Math.max(1, ready.length)]
      if (one !== undefined) send(one, { type: 'change' })
      await systemRuntime.sleep(everyMs, signal).catch(() => undefined)
    }
  }
}

function send({ child }: Running, message: ToProcess): void {
  // One that was killed a moment ago hears nothing any more.
  child.send(message, () => undefined)
}

function providersOf({ baseUrls, keys }: Simulator): ProcessOptions['providers'] {
  const versions: Readonly<Partial<Record<SimulatedDialect, string>>> = {
    google: '/v1beta',
    anthropic: '/v1',
  }
  return Object.fromEntries(
    SIMULATED_DIALECTS.map((dialect): readonly [SimulatedDialect, SoakProvider] => {
      const apiBase = `${baseUrls[dialect]}${versions[dialect] ?? ''}`
      return [dialect, { apiBase, key: keys[dialect] }]
    }),
  )
}
