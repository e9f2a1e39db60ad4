import type { ProviderOrigin } from '../domain/provider.ts'
import type { CallOptions } from './call-options.ts'

/** Which secret is meant. */
export interface SecretReference {
  readonly providerId: string
  /** `secret/llm/{provider_id}`. */
  readonly path: string
  /**
   * `'api'` for a provider that was made at run time: whoever may make providers chose its id, and the
   * address that the key is sent to. A store that holds more than keys of providers looks at it.
   * Default: the host's code asks.
   */
  readonly origin?: ProviderOrigin | undefined
}

/** Where the keys of providers lie. A key that was read is used and forgotten, never stored or logged. */
export interface SecretStore {
  readonly specVersion: 'v1'
  readonly name: string
  /** `true` when `write` and `remove` are refused with `read-only`. */
  readonly isReadOnly: boolean
  /**
   * The secret, or `undefined` when there is certainly none.
   *
   * @throws ImrsError `secret-store-unavailable` when it cannot tell; callers then make no call (fail closed).
   */
  read(reference: SecretReference, options?: CallOptions): Promise<string | undefined>
  /** @throws ImrsError `read-only` with what to do instead. */
  write(reference: SecretReference, secret: string, options?: CallOptions): Promise<void>
  /** Removing what is not there is no error. @throws ImrsError `read-only`. */
  remove(reference: SecretReference, options?: CallOptions): Promise<void>
  /** What a person must do so that the secret is there: `Set OPENROUTER_API_KEY.` Never a value. */
  instruction(reference: SecretReference): string
  /** Forgets what it holds. Idempotent. */
  close(): Promise<void>
}
