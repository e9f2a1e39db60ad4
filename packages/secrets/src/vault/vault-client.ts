import type { JsonObject } from '@imrs/core'

import { isObject } from './json-fields.ts'
import type { ResolvedVaultOptions } from './options.ts'
import { createTransport } from './transport.ts'
import type { TransportRequest } from './transport.ts'
import { failed, strangeFailure, timeoutFailure, toVaultFailure } from './vault-failure.ts'
import type { VaultResult } from './vault-failure.ts'

/** One request. */
export interface VaultCall {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Below `/v1/`, encoded. */
  readonly path: string
  readonly token?: string | undefined
  readonly json?: JsonObject | undefined
}

/** Requests to one Vault, one at a time or many. */
export interface VaultClient {
  /** Rejects only with the signal's reason; every other outcome is a value. */
  readonly send: (call: VaultCall, signal: AbortSignal) => Promise<VaultResult<unknown>>
  /** Cuts what still runs. */
  readonly close: () => void
}

/** The part of node-vault that is used. */
interface NodeVaultClient {
  read(path: string, options: object): Promise<unknown>
  write(path: string, data: unknown, options: object): Promise<unknown>
  delete(path: string, options: object): Promise<unknown>
}

export function createVaultClient(options: ResolvedVaultOptions): VaultClient {
  const transport = createTransport(options.address, options.tls)
  let opening: Promise<NodeVaultClient> | undefined
  const open = (): Promise<NodeVaultClient> => {
    opening ??= openNodeVault(options, transport.send)
    return opening
  }
  return {
    send: async (call, signal) => {
      signal.throwIfAborted()
      return withDeadline(options, signal, async (combined) =>
        sendThrough(await open(), call, combined),
      )
    },
    close: transport.close,
  }
}

/** Loaded with the first request: it brings an HTTP client that this store does without. */
async function openNodeVault(
  { address, namespace }: ResolvedVaultOptions,
  send: (request: TransportRequest) => Promise<unknown>,
): Promise<NodeVaultClient> {
  const { default: nodeVault } = await import('node-vault')
  const client = nodeVault({
    endpoint: `${address.origin}${address.pathname}`.replace(/\/+$/, ''),
    'request-promise': { defaults: () => send },
    // Its own one prints what is written, keys included, where `DEBUG` is set.
    debug: () => undefined,
  })
  // These fall back to environment variables of their own when they are not set; the runtime decides.
  return Object.assign(client, { token: '', namespace, pathPrefix: '' })
}

async function sendThrough(
  client: NodeVaultClient,
  { method, path, token, json }: VaultCall,
  signal: AbortSignal,
): Promise<unknown> {
  const headers = {
    'X-Vault-Request': 'true',
    ...(token === undefined ? {} : { 'X-Vault-Token': token }),
  }
  if (method === 'GET') return client.read(path, { headers, signal })
  if (method === 'DELETE') return client.delete(path, { headers, signal })
  return client.write(path, json ?? {}, { headers, signal })
}

async function withDeadline(
  { runtime, timeoutMs }: ResolvedVaultOptions,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<unknown>,
): Promise<VaultResult<unknown>> {
  const deadline = new AbortController()
  const done = new AbortController()
  runtime.sleep(timeoutMs, done.signal).then(
    () => deadline.abort(),
    () => undefined,
  )
  try {
    // A 204 has no body.
    const value = await work(AbortSignal.any([signal, deadline.signal]))
    return value === undefined || isObject(value)
      ? { ok: true, value }
      : failed(strangeFailure('not JSON'))
  } catch (error) {
    signal.throwIfAborted()
    return failed(deadline.signal.aborted ? timeoutFailure(timeoutMs) : toVaultFailure(error))
  } finally {
    done.abort()
  }
}
