import { ConfigError, systemRuntime, vaultPathOf } from '@imrs/core'
import type { Runtime, SecretReference } from '@imrs/core'

/** What sinks that speak HTTP have in common. */
export interface HttpSinkOptions {
  /** Where it is. An address in a private network is allowed: it stands in your code. */
  readonly url: string
  /**
   * What the sink is called: in events, in `router.sinks` and in the store. Two sinks of one kind need
   * two names, and a name should stay: what waits is stored under it. Default: that of the kind.
   */
  readonly name?: string | undefined
  /**
   * The name its credential has in the secret store, as the id of a provider has: `somabrain` is
   * `SOMABRAIN_API_KEY` in the environment and `secret/llm/somabrain` in Vault. Not the credential
   * itself, which is never given in code. Default: the sink's own name.
   */
  readonly secretName?: string | undefined
  /** Sent with every request besides the sink's own, which win. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** How long one delivery may take, milliseconds. Default: `10_000`. */
  readonly timeoutMs?: number | undefined
  /** Default: the real world. */
  readonly runtime?: SinkRuntime | undefined
}

export type SinkRuntime = Pick<Runtime, 'fetch' | 'now' | 'sleep'>

export interface ResolvedHttpSink {
  readonly name: string
  readonly url: URL
  readonly secret: SecretReference
  readonly headers: Headers
  readonly timeoutMs: number
  readonly runtime: SinkRuntime
}

const DEFAULT_TIMEOUT_MS = 10_000
const MAX_TIMEOUT_MS = 300_000
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/

/** @throws ConfigError that names the option and the rule; never a value that may be a secret. */
export function resolveHttpSink(
  factory: string,
  options: HttpSinkOptions,
  kind: string,
): ResolvedHttpSink {
  const { name = kind, timeoutMs = DEFAULT_TIMEOUT_MS, runtime = systemRuntime } = options
  const { secretName = name } = options
  assertName(`${factory}.name`, name)
  assertName(`${factory}.secretName`, secretName)
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > MAX_TIMEOUT_MS) {
    throw new ConfigError(
      `\`${factory}.timeoutMs\` must be a whole number from 1 to ${MAX_TIMEOUT_MS}, got ${timeoutMs}`,
    )
  }
  return Object.freeze({
    name,
    url: checkedUrl(factory, options.url),
    secret: { providerId: secretName, path: vaultPathOf(secretName) },
    headers: checkedHeaders(factory, options.headers ?? {}),
    timeoutMs,
    runtime,
  })
}

/** The value is not shown: a credential put here by mistake would be. */
function assertName(field: string, value: string): void {
  if (typeof value === 'string' && NAME.test(value)) return
  throw new ConfigError(`\`${field}\` must be lower-case letters, digits and -, at most 63 of them`)
}

function checkedUrl(factory: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (url === undefined || !isHttp) {
    throw new ConfigError(`\`${factory}.url\` must be an address that begins with http: or https:`)
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    throw new ConfigError(
      `\`${factory}.url\` must hold no user, password or fragment; credentials lie in the secret store`,
    )
  }
  return url
}

function checkedHeaders(factory: string, headers: Readonly<Record<string, string>>): Headers {
  try {
    return new Headers({ ...headers })
  } catch {
    throw new ConfigError(`\`${factory}.headers\` must be names and values that HTTP allows`)
  }
}
