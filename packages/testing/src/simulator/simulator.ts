import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Behaviour } from './behaviour.ts'
import type { SimulatedCall } from './call-log.ts'
import { createCallLog } from './call-log.ts'
import { findModel } from './chat.ts'
import type { AcceptedKeys, SimulatorState } from './dialects/dialect.ts'
import type { SimulatedDialect, SimulatedModel } from './models.ts'
import type { ResolvedSimulatorOptions, SimulatedKeys, SimulatorOptions } from './options.ts'
import { assertUniqueModels, resolveKeys, resolveSimulatorOptions } from './options.ts'
import type { Pacer } from './pace.ts'
import { instantPacer, realisticPacer } from './pace.ts'
import type { DecideBehaviour, RequestMatch, Script, ScriptHandle } from './script.ts'
import { createScript, matchesRequest } from './script.ts'
import type { ServeContext } from './serve.ts'
import { serve } from './serve.ts'

/** Where each provider lives. `google` and `anthropic` are the origins for their SDKs, without a version. */
export type SimulatorBaseUrls = Readonly<Record<SimulatedDialect | 'requestyApi', string>>

/** A running simulator. */
export interface Simulator {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly baseUrls: SimulatorBaseUrls
  /** A key that works, per provider. */
  readonly keys: Readonly<Record<SimulatedDialect, string>>
  readonly seed: number
  readonly models: readonly SimulatedModel[]
  /** What arrived since the start or the last `reset`, oldest first, the running ones included. */
  readonly calls: readonly SimulatedCall[]
  /** The next call, from now on, that matches; by default the next chat call. */
  nextCall(match?: RequestMatch): Promise<SimulatedCall>
  /** Queues behaviours: each matching request consumes one, in order. */
  script(match: RequestMatch, ...behaviours: readonly Behaviour[]): ScriptHandle
  /** Sets, or decides call by call, what happens to matching requests for which nothing is queued. */
  always(match: RequestMatch, behaviour: Behaviour | DecideBehaviour): ScriptHandle
  /** Replaces the models; the lists and the answers change from the next request on. */
  replaceModels(models: readonly SimulatedModel[]): void
  /** Replaces the keys of the providers that are named. */
  replaceKeys(keys: SimulatedKeys): void
  /** Forgets scripts and calls, counts calls from 1 again, and restores models and keys. */
  reset(): void
  /** Ends every connection and frees the port. Closing twice is fine. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Starts an HTTP server on the loopback interface that speaks like OpenRouter, OpenAI, Requesty,
 * Gemini and Anthropic, well enough that their own client libraries cannot tell.
 *
 * The same seed, runtime and order of requests give the same bytes. Rejects when the port is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const resolved = resolveSimulatorOptions(options)
  const state = createState(resolved)
  const script = createScript()
  const closing = new AbortController()
  const context: ServeContext = {
    state,
    script,
    closing: closing.signal,
    pacerOf: (call) => choosePacer(resolved, state, call),
  }
  const server = createServer((request, response) => void serve(context, request, response))
  const url = await listen(server, resolved.port)
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => {
    closed ??= closeServer(server, closing)
    return closed
  }
  return createSimulator({ url, resolved, state, script, close })
}

interface SimulatorParts {
  readonly url: string
  readonly resolved: ResolvedSimulatorOptions
  readonly state: ReplaceableState
  readonly script: Script
  readonly close: () => Promise<void>
}

function createSimulator({ url, resolved, state, script, close }: SimulatorParts): Simulator {
  return {
    url,
    baseUrls: baseUrlsOf(url),
    seed: resolved.seed,
    get keys(): Readonly<Record<SimulatedDialect, string>> {
      return firstKeys(state)
    },
    get models(): readonly SimulatedModel[] {
      return state.models
    },
    get calls(): readonly SimulatedCall[] {
      return state.log.calls
    },
    nextCall: (match = {}) => state.log.next((call) => matchesRequest(match, call)),
    script: (match, ...behaviours) => script.add(match, behaviours),
    always: (match, behaviour) => script.addAlways(match, behaviour),
    replaceModels: (models) => {
      assertUniqueModels(models)
      state.replaceModels(models)
    },
    replaceKeys: (keys) => {
      state.replaceKeys(resolveKeys(state.keys, keys))
    },
    reset: () => {
      script.clear()
      state.log.clear()
      state.replaceModels(resolved.models)
      state.replaceKeys(resolved.keys)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

interface ReplaceableState extends SimulatorState {
  replaceModels(models: readonly SimulatedModel[]): void
  replaceKeys(keys: AcceptedKeys): void
}

function createState(resolved: ResolvedSimulatorOptions): ReplaceableState {
  const { seed, runtime, maxPageSize, callCapacity } = resolved
  let { models, keys } = resolved
  return {
    seed,
    runtime,
    maxPageSize,
    log: createCallLog(callCapacity),
    get models(): readonly SimulatedModel[] {
      return models
    },
    get keys(): AcceptedKeys {
      return keys
    },
    replaceModels: (replacement) => {
      models = replacement
    },
    replaceKeys: (replacement) => {
      keys = replacement
    },
  }
}

function choosePacer(
  { pace, runtime, seed }: ResolvedSimulatorOptions,
  state: SimulatorState,
  { dialect, model: id, operation, number }: SimulatedCall,
): Pacer {
  if (pace === 'instant' || operation !== 'chat') return instantPacer
  const model =
    dialect === undefined || id === undefined ? undefined : findModel({ state }, dialect, id)
  if (model === undefined) return instantPacer
  return realisticPacer({ runtime, speed: model.speed, seed, callNumber: number })
}

function baseUrlsOf(url: string): SimulatorBaseUrls {
  return {
    openrouter: `${url}/openrouter/api/v1`,
    openai: `${url}/openai/v1`,
    requesty: `${url}/requesty/v1`,
    requestyApi: `${url}/requesty-api/v1`,
    google: `${url}/google`,
    anthropic: `${url}/anthropic`,
  }
}

function firstKeys({ keys }: SimulatorState): Readonly<Record<SimulatedDialect, string>> {
  const first = (dialect: SimulatedDialect): string => keys[dialect][0] ?? ''
  return {
    openrouter: first('openrouter'),
    openai: first('openai'),
    requesty: first('requesty'),
    google: first('google'),
    anthropic: first('anthropic'),
  }
}

function listen(server: Server, port: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  server.once('error', reject)
  server.listen(port, '127.0.0.1', () => {
    server.off('error', reject)
    // A server that listens on a TCP port has an address of this form.
    resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  return promise
}

function closeServer(server: Server, closing: AbortController): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  closing.abort(new Error('The simulator was closed'))
  server.close(() => resolve())
  server.closeAllConnections()
  return promise
}
