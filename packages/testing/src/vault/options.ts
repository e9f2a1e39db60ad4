import { ConfigError, systemRuntime } from '@imrs/core'

import type { VaultPolicyRule } from './policies.ts'
import type { VaultServerRuntime } from './runtime.ts'

/** A certificate and its key, PEM: the server then speaks HTTPS. */
export interface VaultServerTls {
  readonly cert: string
  readonly key: string
  /** Clients must show a certificate that this one signed. Default: none is asked for. */
  readonly clientCa?: string | undefined
}

/** What {@link startVaultServer} takes. */
export interface VaultServerOptions {
  /** Default: `0`, a free one; `stop` and `start` keep it. */
  readonly port?: number | undefined
  /** Where KV v2 engines are mounted, in every namespace. Default: `['secret']`. */
  readonly mounts?: readonly string[] | undefined
  /** Besides the root namespace. Default: none. */
  readonly namespaces?: readonly string[] | undefined
  /** By name. `default` and `root` are always there. */
  readonly policies?: Readonly<Record<string, readonly VaultPolicyRule[]>> | undefined
  /** Default: `root-token`. */
  readonly rootToken?: string | undefined
  /** Default: plain HTTP. */
  readonly tls?: VaultServerTls | undefined
  /** Default: the system's clock and chance. */
  readonly runtime?: VaultServerRuntime | undefined
}

export interface ResolvedVaultServerOptions {
  readonly port: number
  readonly mounts: readonly string[]
  readonly namespaces: readonly string[]
  readonly policies: Readonly<Record<string, readonly VaultPolicyRule[]>>
  readonly rootToken: string
  readonly tls: VaultServerTls | undefined
  readonly runtime: VaultServerRuntime
}

/** @throws ConfigError for a port out of range or a mount that is no path. */
export function resolveVaultServerOptions(options: VaultServerOptions): ResolvedVaultServerOptions {
  const port = options.port ?? 0
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ConfigError(`\`port\` must be an integer from 0 to 65535, got ${port}`)
  }
  const mounts = options.mounts ?? ['secret']
  const wrong = mounts.find((mount) => !/^[\w-]+(\/[\w-]+)*$/.test(mount))
  if (wrong !== undefined) {
    throw new ConfigError(`\`mounts\` must be paths without slashes around them, got \`${wrong}\``)
  }
  return Object.freeze({
    port,
    mounts: [...mounts],
    namespaces: [...(options.namespaces ?? [])],
    policies: { ...options.policies },
    rootToken: options.rootToken ?? 'root-token',
    tls: options.tls,
    runtime: options.runtime ?? systemRuntime,
  })
}
