import type { IncomingMessage, ServerResponse } from 'node:http'

import type { JsonObject } from '@imrs/core'

import { createGate } from '../simulator/gate.ts'
import type { Gate } from '../simulator/gate.ts'
import { createAppRoles } from './app-roles.ts'
import type { VaultAppRole, VaultAppRoleOptions } from './app-roles.ts'
import { createAudit } from './audit.ts'
import type { VaultAuditEntry } from './audit.ts'
import { createKvEngine } from './kv-engine.ts'
import type { KvEngine } from './kv-engine.ts'
import { listen } from './listener.ts'
import type { Listener } from './listener.ts'
import { resolveVaultServerOptions } from './options.ts'
import type { ResolvedVaultServerOptions, VaultServerOptions } from './options.ts'
import { DEFAULT_POLICY } from './policies.ts'
import type { VaultPolicyRule } from './policies.ts'
import { serve } from './serve.ts'
import type { VaultRole, VaultState } from './state.ts'
import { createTokens } from './tokens.ts'
import type { VaultTokenOptions } from './tokens.ts'

/** Where a secret lies, for a test that looks at it past the API. */
export interface VaultPlace {
  /** `secret/llm/openai`: with the mount, without `data`. */
  readonly path: string
  /** Default: the root namespace. */
  readonly namespace?: string | undefined
}

/** A running server. */
export interface VaultServer {
  /** `http://127.0.0.1:PORT`, or `https` with a certificate. It stays the same from start to start. */
  readonly url: string
  readonly rootToken: string
  /** What arrived since the start or the last `clearRequests`, oldest first, without secrets. */
  readonly requests: readonly VaultAuditEntry[]
  clearRequests(): void
  createToken(options?: VaultTokenOptions): string
  revokeToken(token: string): void
  createAppRole(options?: VaultAppRoleOptions): VaultAppRole
  setPolicy(name: string, rules: readonly VaultPolicyRule[]): void
  /** Writes a new version past the API. */
  put(place: VaultPlace | string, data: JsonObject): void
  /** The newest version that can be read, past the API. */
  get(place: VaultPlace | string): JsonObject | undefined
  /** Every request but those about its state is answered 503. */
  seal(): void
  unseal(): void
  /** `standby` still answers everything, as a node does that passes requests on; `leaderless` nothing. */
  setRole(role: VaultRole): void
  /**
   * From now on requests wait at the gate that this returns before they are answered; those below
   * `path` only, where one is given. The last gate counts, until it is open.
   */
  stall(path?: string): Gate
  /** Resolves when no request is running, one that waits at a gate included. */
  idle(): Promise<void>
  /** Takes the same port again, with everything as it was. */
  start(): Promise<void>
  /** Cuts every connection and refuses new ones. Nothing is forgotten. */
  stop(): Promise<void>
  /** Stops for good. Closing twice is fine. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Starts an HTTP server on the loopback interface that speaks like HashiCorp Vault: the KV v2
 * engine, tokens, AppRole logins, policies and namespaces, as far as a client can tell.
 *
 * Everything is in memory. Time passes with `runtime`, so tokens end when a test's clock says so.
 */
export async function startVaultServer(options: VaultServerOptions = {}): Promise<VaultServer> {
  const resolved = resolveVaultServerOptions(options)
  const state = createState(resolved)
  const stalled: { gate: Gate; path: string }[] = []
  let stopping = new AbortController()
  const context = {
    state,
    gateOf: (path: string): Gate | undefined => {
      const last = stalled.findLast((stall) => path.startsWith(stall.path))
      return last?.gate
    },
    stopping: () => stopping.signal,
  }
  const running = new Set<Promise<void>>()
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const serving = serve(context, request, response).finally(() => running.delete(serving))
    running.add(serving)
  }
  const listener = await listen(handle, { port: resolved.port, tls: resolved.tls })
  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running)
  }
  const stop = async (): Promise<void> => {
    stopping.abort(new Error('The Vault server was stopped'))
    await listener.stop()
  }
  const start = async (): Promise<void> => {
    if (!listener.isListening) stopping = new AbortController()
    await listener.start()
  }
  const stall = (path = ''): Gate => {
    const gate = createGate()
    stalled.push({ gate, path })
    return gate
  }
  return createVaultServer({ resolved, state, listener, lifecycle: { start, stop, stall, idle } })
}

interface VaultServerParts {
  readonly resolved: ResolvedVaultServerOptions
  readonly state: ChangeableState
  readonly listener: Listener
  readonly lifecycle: Pick<VaultServer, 'start' | 'stop' | 'stall' | 'idle'>
}

function createVaultServer({
  resolved,
  state,
  listener,
  lifecycle,
}: VaultServerParts): VaultServer {
  return {
    url: `${resolved.tls === undefined ? 'http' : 'https'}://127.0.0.1:${listener.port}`,
    rootToken: resolved.rootToken,
    get requests(): readonly VaultAuditEntry[] {
      return state.audit.entries
    },
    clearRequests: () => state.audit.clear(),
    createToken: (token = {}) => state.tokens.create(token, 'auth/token/create').token,
    revokeToken: (token) => state.tokens.revoke(token),
    createAppRole: (role = {}) => state.appRoles.create(role),
    setPolicy: (name, rules) => void state.policies.set(name, [...rules]),
    put: (place, data) => {
      const { engine, path } = locate(state, place)
      engine.write(path, data, engine.get(path)?.currentVersion ?? 0)
    },
    get: (place) => {
      const { engine, path } = locate(state, place)
      const version = engine.get(path)?.versions.at(-1)
      return version?.deletedAtMs === undefined ? version?.data : undefined
    },
    seal: () => state.change({ isSealed: true }),
    unseal: () => state.change({ isSealed: false }),
    setRole: (role) => state.change({ role }),
    ...lifecycle,
    close: lifecycle.stop,
    [Symbol.asyncDispose]: lifecycle.stop,
  }
}

interface ChangeableState extends VaultState {
  readonly change: (changes: Partial<Pick<VaultState, 'isSealed' | 'role'>>) => void
}

function createState(resolved: ResolvedVaultServerOptions): ChangeableState {
  const { runtime } = resolved
  const engines = new Map<string, KvEngine>()
  let node: Pick<VaultState, 'isSealed' | 'role'> = { isSealed: false, role: 'active' }
  return {
    runtime,
    mounts: new Set(resolved.mounts),
    audit: createAudit(),
    tokens: createTokens(runtime, resolved.rootToken),
    appRoles: createAppRoles(runtime),
    policies: new Map([['default', DEFAULT_POLICY], ...Object.entries(resolved.policies)]),
    namespaces: new Set(['', ...resolved.namespaces]),
    get isSealed(): boolean {
      return node.isSealed
    },
    get role(): VaultRole {
      return node.role
    },
    change: (changes) => {
      node = { ...node, ...changes }
    },
    engineOf: (mount, namespace) => {
      const name = `${namespace}:${mount}`
      const engine = engines.get(name) ?? createKvEngine(runtime.now)
      engines.set(name, engine)
      return engine
    },
  }
}

function locate(
  state: VaultState,
  place: VaultPlace | string,
): { readonly engine: KvEngine; readonly path: string } {
  const { path, namespace = '' } = typeof place === 'string' ? { path: place } : place
  const mount = [...state.mounts].find((candidate) => path.startsWith(`${candidate}/`))
  if (mount === undefined) throw new RangeError(`No engine is mounted at \`${path}\``)
  return { engine: state.engineOf(mount, namespace), path: path.slice(mount.length + 1) }
}
