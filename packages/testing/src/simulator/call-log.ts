import type { IncomingHttpHeaders } from 'node:http'

import type { SimulatedUsage, SingleBehaviour } from './behaviour.ts'
import type { SimulatedDialect, SimulatedTask } from './models.ts'
import type { SimulatedOperation } from './script.ts'

/**
 * How a call ended. `refused`: with an error that the request itself deserved (wrong key, unknown
 * model …). `faulted`: as scripted. `server-closed`: the simulator was closed while it ran.
 */
export type CallOutcome =
  | 'completed'
  | 'refused'
  | 'faulted'
  | 'aborted-by-client'
  | 'server-closed'

/** One request that reached the simulator. It is filled in while the call runs. */
export interface SimulatedCall {
  /** Counts from 1 in the order of arrival. */
  readonly number: number
  readonly dialect: SimulatedDialect | undefined
  readonly operation: SimulatedOperation
  readonly method: string
  /** With its query, without a key in it. */
  readonly path: string
  /** Without anything secret. */
  readonly headers: Readonly<Record<string, string>>
  readonly credential: 'missing' | 'invalid' | 'valid'
  /** The parsed JSON, or `undefined`. */
  readonly body: unknown
  readonly model: string | undefined
  readonly isStream: boolean
  readonly task: SimulatedTask | undefined
  readonly quality: number | undefined
  /** The types of the scripted behaviours that it consumed. */
  readonly behaviours: readonly SingleBehaviour['type'][]
  /** `undefined` as long as no header was sent. */
  readonly status: number | undefined
  /** Visible chunks that were sent. */
  readonly chunksSent: number
  /** Tokens of output in them. */
  readonly tokensSent: number
  /** What was billed: on an aborted stream the input and what was sent of the output. */
  readonly usage: SimulatedUsage | undefined
  /** The last that was said of the tokens in what left whole for the client; `undefined` while nothing was. */
  readonly usageSent: SimulatedUsage | undefined
  readonly costUsd: number | undefined
  /** The id that the answer carried. */
  readonly answerId: string | undefined
  /** `undefined` while the call runs. */
  readonly outcome: CallOutcome | undefined
  /** Resolves when the call has ended and everything above is final. Never rejects. */
  readonly closed: Promise<CallOutcome>
}

/** The simulator's own side of a {@link SimulatedCall}. */
export interface CallRecorder {
  readonly call: SimulatedCall
  note(facts: Partial<Omit<SimulatedCall, 'number' | 'closed' | 'outcome'>>): void
  /** Only the first call counts. */
  close(outcome: CallOutcome): void
}

/** The calls, oldest first. */
export interface CallLog {
  readonly calls: readonly SimulatedCall[]
  open(facts: Pick<SimulatedCall, 'method' | 'path' | 'headers'>): CallRecorder
  /** Tells those who wait for a call that its dialect, model and operation are known now. */
  announce(call: SimulatedCall): void
  /** The next call, from now on, that is wanted. */
  next(isWanted: (call: SimulatedCall) => boolean): Promise<SimulatedCall>
  /** Forgets the calls and counts from 1 again. */
  clear(): void
}

const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'x-goog-api-key',
  'x-api-key',
  'api-key',
  'cookie',
  'proxy-authorization',
])

/** The headers that may be shown. */
export function withoutSecrets(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const shown = Object.entries(headers).filter(([name]) => !SECRET_HEADERS.has(name))
  return Object.fromEntries(shown.map(([name, value]) => [name, String(value)]))
}

/** Makes a log that keeps the last `capacity` calls. */
export function createCallLog(capacity: number): CallLog {
  const kept: SimulatedCall[] = []
  /** Made when it is asked for: a copy for every call would cost the square of their number. */
  let shown: readonly SimulatedCall[] | undefined
  let opened = 0
  let waiting: readonly ((call: SimulatedCall) => boolean)[] = []
  return {
    get calls(): readonly SimulatedCall[] {
      shown ??= [...kept]
      return shown
    },
    open: (facts) => {
      opened += 1
      const recorder = createRecorder(opened, facts)
      kept.push(recorder.call)
      if (kept.length > capacity) kept.shift()
      shown = undefined
      return recorder
    },
    announce: (call) => {
      waiting = waiting.filter((take) => !take(call))
    },
    next: (isWanted) => {
      const { promise, resolve } = Promise.withResolvers<SimulatedCall>()
      const take = (call: SimulatedCall): boolean => {
        const isTaken = isWanted(call)
        if (isTaken) resolve(call)
        return isTaken
      }
      waiting = [...waiting, take]
      return promise
    },
    clear: () => {
      kept.length = 0
      shown = undefined
      opened = 0
    },
  }
}

function createRecorder(
  number: number,
  facts: Pick<SimulatedCall, 'method' | 'path' | 'headers'>,
): CallRecorder {
  const { promise, resolve } = Promise.withResolvers<CallOutcome>()
  const call: { -readonly [Key in keyof SimulatedCall]: SimulatedCall[Key] } = {
    number,
    dialect: undefined,
    operation: 'other',
    ...facts,
    credential: 'missing',
    body: undefined,
    model: undefined,
    isStream: false,
    task: undefined,
    quality: undefined,
    behaviours: [],
    status: undefined,
    chunksSent: 0,
    tokensSent: 0,
    usage: undefined,
    usageSent: undefined,
    costUsd: undefined,
    answerId: undefined,
    outcome: undefined,
    closed: promise,
  }
  return {
    call,
    note: (noted) => {
      if (call.outcome === undefined) Object.assign(call, noted)
    },
    close: (outcome) => {
      call.outcome ??= outcome
      resolve(call.outcome)
    },
  }
}
