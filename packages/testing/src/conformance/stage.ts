import { systemRuntime } from '@imrs/core'

import { createGate } from '../simulator/index.ts'
import type { Gate, SimulatedCall } from '../simulator/index.ts'
import type { ConformanceAbility } from './abilities.ts'
import { broken } from './expectations.ts'
import type { HeldClock } from './held-clock.ts'
import { createHeldClock } from './held-clock.ts'
import { AnswerReader } from './reading.ts'
import type { CandidateId, UpstreamSide } from './sides.ts'
import { CANDIDATE_IDS } from './sides.ts'
import type {
  ConformanceEndpoint,
  ConformanceRequest,
  ConformanceSubject,
  ConformanceTimeouts,
  ConformanceWorld,
  SubjectUnderTest,
} from './subject.ts'
import type { Upstreams } from './upstreams.ts'

/** What a scenario wants the subject to be like. */
export interface StageWishes extends Partial<Omit<ConformanceWorld, 'candidates' | 'runtime'>> {
  /** How many models there are to ask. Default: 1. */
  readonly candidates?: 1 | 2 | 3
  /** `held`: time stands still but for {@link Stage.pass}, where the subject can take the suite's time. Default: `real`. */
  readonly time?: 'real' | 'held'
}

const PATIENT: ConformanceTimeouts = {
  headersMs: 60_000,
  firstPartMs: 60_000,
  idleMs: 60_000,
  wholeMs: 60_000,
  totalMs: 600_000,
}

/** Where one scenario plays: the subject, the providers behind it, and the time. */
export class Stage {
  readonly #subjectUnderTest: SubjectUnderTest
  readonly #upstreams: Upstreams
  readonly #readers: AnswerReader[] = []
  readonly #gates: Gate[] = []
  readonly #over = new AbortController()
  #clock: HeldClock | undefined
  #subject: ConformanceSubject | undefined

  constructor(subjectUnderTest: SubjectUnderTest, upstreams: Upstreams) {
    this.#subjectUnderTest = subjectUnderTest
    this.#upstreams = upstreams
  }

  get first(): UpstreamSide {
    return this.#upstreams.sides.first
  }

  get second(): UpstreamSide {
    return this.#upstreams.sides.second
  }

  get third(): UpstreamSide {
    return this.#upstreams.sides.third
  }

  get dialect(): SubjectUnderTest['dialect'] {
    return this.#subjectUnderTest.dialect
  }

  /** For scenarios that need `http`. */
  get endpoint(): ConformanceEndpoint {
    return this.#subjectUnderTest.endpoint ?? broken('the subject names no endpoint')
  }

  /** Aborts when the scenario is over. */
  get signal(): AbortSignal {
    return this.#over.signal
  }

  get subject(): ConformanceSubject {
    return this.#subject ?? broken('the scenario did not start the subject')
  }

  /** The keys that the subject was given for its providers. */
  get keys(): readonly string[] {
    return this.#upstreams.candidates.map(({ apiKey }) => apiKey)
  }

  /** Where the provider of each candidate is, without a path. */
  originOf(id: CandidateId): string {
    const { baseUrl } = this.#upstreams.candidates.find((one) => one.id === id) ?? {}
    return new URL(baseUrl ?? broken(`there is no ${id}`)).origin
  }

  can(ability: ConformanceAbility): boolean {
    return this.#subjectUnderTest.abilities.includes(ability)
  }

  /** Makes the subject anew. The providers answer as usual until they are told otherwise. */
  async start({ candidates = 1, time = 'real', ...wishes }: StageWishes = {}): Promise<void> {
    await this.#subject?.close?.()
    await this.#upstreams.reset({ isAlone: candidates === 1 })
    this.#clock = time === 'held' && this.can('clock') ? createHeldClock() : undefined
    this.#subject = await this.#subjectUnderTest.make({
      timeouts: PATIENT,
      retries: 0,
      backOffMs: 1,
      maxWaitMs: 0,
      breaker: undefined,
      hedgeAfterMs: undefined,
      ...wishes,
      candidates: this.#upstreams.candidates.slice(0, candidates),
      runtime: this.#clock?.runtime ?? systemRuntime,
    })
  }

  /** Asks the subject; nothing is sent before somebody reads. */
  ask(request: Partial<ConformanceRequest> = {}): AnswerReader {
    const abort = new AbortController()
    const whole = { prompt: 'Count to ten', tools: [], stream: true, allowEmpty: false, ...request }
    const reader = new AnswerReader(this.subject.chat(whole, { signal: abort.signal }), abort)
    this.#readers.push(reader)
    return reader
  }

  /** A closed gate, opened at the latest when the scenario is over. */
  gate(): Gate {
    const gate = createGate()
    this.#gates.push(gate)
    return gate
  }

  /** Lets time pass: at once where it is held, else by waiting for it. */
  async pass(durationMs: number): Promise<void> {
    await this.turns()
    if (this.#clock === undefined) await systemRuntime.sleep(durationMs)
    else await this.#clock.advance(durationMs)
    await this.turns()
  }

  /** Sets the wall clock. */
  jump(offsetMs: number): void {
    const clock = this.#clock ?? broken('the scenario did not hold the time')
    clock.jump(offsetMs)
  }

  /** A few turns of the event loop, in which what is on its way arrives. */
  async turns(): Promise<void> {
    for (let count = 0; count < 5; count += 1) await systemRuntime.sleep(1)
  }

  /** Every call that reached a provider. */
  calls(): readonly SimulatedCall[] {
    return CANDIDATE_IDS.flatMap((id: CandidateId) => [...this.#upstreams.sides[id].calls])
  }

  /** Ends everything that may still run. */
  async clear(): Promise<void> {
    this.#over.abort(new Error('The scenario is over'))
    for (const reader of this.#readers) reader.abort()
    for (const gate of this.#gates) gate.open()
    await Promise.allSettled(this.#readers.map((reader) => reader.leave()))
    await this.#subject?.close?.()
    this.#subject = undefined
  }
}
