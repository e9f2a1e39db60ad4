import type { ModelsResponse, PreferenceResponse } from '@imrs/core'

import { createHttp } from '../http/client-http.ts'
import type { ClientHttp, HeaderFields } from '../http/client-http.ts'
import type { ModelMigration } from '../selection/model-migration.ts'
import { browserRuntime } from './client-runtime.ts'
import type { ClientRuntime } from './client-runtime.ts'
import { browserStorage } from './client-storage.ts'
import type { ClientStorage } from './client-storage.ts'
import { madeOnce } from './made-once.ts'
import { createStore } from './store.ts'
import type { Store } from './store.ts'

/** Options of {@link createImrsClient}. */
export interface ImrsClientOptions {
  /** Where the handler of `@imrs/http` answers, without a slash at its end. Default: this origin. */
  readonly baseUrl?: string | undefined
  /** Whether cookies go along. Default: `same-origin`. */
  readonly credentials?: RequestCredentials | undefined
  /** Headers of every request, asked for each time: a bearer token. Default: none. */
  readonly headers?: (() => HeaderFields | Promise<HeaderFields>) | undefined
  /** What is chosen when a chosen model is gone. Default: `auto`. */
  readonly defaultModel?: string | undefined
  /** Where models of other names went. The server's own aliases are asked after these. Default: none. */
  readonly migrations?: readonly ModelMigration[] | undefined
  /** The models, as the server rendered them. */
  readonly initialModels?: ModelsResponse | undefined
  /** The user's choice, as the server rendered it. */
  readonly initialPreference?: PreferenceResponse | undefined
  /** Whether the list follows the server's events while it is shown. Default: `true`. */
  readonly isLive?: boolean | undefined
  /** The header that takes a user's own key, by provider id, as the server names them. Default: none. */
  readonly userKeyHeaders?: HeaderFields | undefined
  /** What the names in the storage begin with. Tell apart users who share a browser by it. Default: `imrs`. */
  readonly storagePrefix?: string | undefined
  /** Default: the page's `localStorage`. */
  readonly storage?: ClientStorage | undefined
  /** Default: the browser's. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Time, chance, waiting and ids. Default: the browser's. */
  readonly runtime?: ClientRuntime | undefined
}

/** Headers with the keys the user gave; empty when there are none. */
export interface UserKeys {
  readonly headers: HeaderFields
}

/** What the parts of a client share. */
export interface ClientContext {
  readonly options: ImrsClientOptions
  readonly http: ClientHttp
  readonly runtime: ClientRuntime
  readonly storage: ClientStorage
  /** The name of something in the storage. */
  readonly keyOf: (name: string) => string
  readonly userKeys: Store<UserKeys>
  readonly part: ImrsClient['part']
}

/**
 * One connection to a router, shared by all hooks below a `ModelProvider`. Making it does nothing:
 * each part begins its work when somebody watches it.
 */
export interface ImrsClient {
  /**
   * The part that a factory makes, made once for each client: `client.part(modelsStore)`. What is
   * never asked for is not in your bundle.
   */
  readonly part: <Part>(factory: (context: ClientContext) => Part) => Part
  /**
   * Uses a key of the user's own for a provider, `undefined` takes it back. It is held in memory
   * alone, and ends with the page.
   *
   * @throws Error when `userKeyHeaders` names no header for the provider.
   */
  readonly setUserKey: (providerId: string, key: string | undefined) => void
}

/** Connects to the HTTP API of `@imrs/http`. No request is made, and the page is not touched. */
export function createImrsClient(options: ImrsClientOptions = {}): ImrsClient {
  const { fetch } = options
  const runtime = { ...browserRuntime, ...options.runtime, ...(fetch && { fetch }) }
  const keys = createStore<UserKeys>({ headers: {} })
  const made = madeOnce((factory: (context: ClientContext) => unknown) => factory(context))
  // Only this factory's result is ever kept for it.
  const part: ImrsClient['part'] = (factory) => made(factory) as ReturnType<typeof factory>
  const context: ClientContext = {
    options,
    runtime,
    storage: options.storage ?? browserStorage,
    keyOf: (name) => `${options.storagePrefix ?? 'imrs'}:${name}`,
    userKeys: keys,
    http: createHttp({
      baseUrl: options.baseUrl ?? '',
      credentials: options.credentials ?? 'same-origin',
      headers: options.headers ?? (() => ({})),
      runtime,
    }),
    part,
  }
  return {
    part,
    setUserKey: (providerId, key) => {
      const header = options.userKeyHeaders?.[providerId]
      if (header === undefined) {
        throw new Error(`\`userKeyHeaders\` has no ${JSON.stringify(providerId)}.`)
      }
      const { [header]: _, ...others } = keys.getSnapshot().headers
      keys.update({ headers: key === undefined ? others : { ...others, [header]: key } })
    },
  }
}
