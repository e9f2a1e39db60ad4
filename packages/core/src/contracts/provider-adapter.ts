import type { FinishReason } from '../chat/answer-part.ts'
import type { ModelInput } from '../chat/chat-request.ts'
import type { TokenUsage } from '../chat/token-usage.ts'
import type { ListedModel } from '../domain/model.ts'
import type { Provider } from '../domain/provider.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import type { NanoUsd } from '../money/nano-usd.ts'
import type { Runtime } from '../runtime.ts'
import type { CallOptions } from './call-options.ts'

/** One call to one model. */
export interface ModelCall extends ModelInput {
  /** The provider's own name of the model. */
  readonly externalId: string
  /** `false`: the provider answers in one piece; the parts are the same. */
  readonly stream: boolean
}

/** What an adapter's stream is made of. A finished call ends with exactly one `finish`. */
export type ModelPart =
  /** The provider took the request and began to answer; the first part, where the adapter can tell. */
  | { readonly type: 'headers' }
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  /** A block of thinking is complete; `data` is what only this model understands of it. */
  | { readonly type: 'reasoning-end'; readonly data?: JsonObject | undefined }
  | {
      readonly type: 'tool-call'
      readonly toolCallId: string
      readonly toolName: string
      readonly input: JsonValue
      /** What only this model understands, to be sent back with the call. */
      readonly data?: JsonObject | undefined
    }
  | {
      readonly type: 'usage'
      readonly usage: TokenUsage
      /** What the provider says the call cost. */
      readonly reportedCostNanoUsd?: NanoUsd | undefined
    }
  | { readonly type: 'finish'; readonly finishReason: FinishReason }

/** How the `unavailableReason` of a row begins that a list has and nobody can read. */
export const UNREADABLE_ROW = "The provider's row could not be understood"

/** What a provider's list says, one page at a time. */
export interface ModelPage {
  readonly models: readonly ListedModel[]
  /** How many rows the provider says there are in all, when it says so. */
  readonly total?: number | undefined
}

/** A connection to one provider with one credential. */
export interface ProviderAdapter {
  readonly specVersion: 'v1'
  /**
   * Every page of the provider's list. A row that cannot be understood comes as an unavailable model
   * whose reason begins with {@link UNREADABLE_ROW}; no row is left out.
   *
   * @throws ProviderError when the list cannot be had or is no list.
   */
  listModels(options?: CallOptions): AsyncIterable<ModelPage>
  /**
   * Calls a model once: no retry, no timeout of its own. Nothing is sent before the first pull.
   * Leaving the loop or aborting the signal ends the request to the provider.
   *
   * Ends without a `finish` never: a stream that breaks off throws `truncated`.
   *
   * @throws ProviderError for every failure; on abort, the signal's reason.
   */
  chat(call: ModelCall, options?: CallOptions): AsyncIterable<ModelPart>
  /**
   * Asks, without cost, whether the credential works. Resolves when it does.
   *
   * @throws ProviderError of kind `credentials` when it does not, of another kind when it could not be asked.
   */
  checkCredential(options?: CallOptions): Promise<void>
}

export interface ProviderConnection {
  readonly provider: Provider
  /** `undefined` for providers that need none. */
  readonly credential?: string | undefined
  readonly runtime: Runtime
}

/**
 * The code that speaks one wire format. Stateless: `connect` may be called any number of times, also
 * for the same provider with another credential.
 */
export interface ProviderFamily {
  readonly specVersion: 'v1'
  /** The provider types it serves. */
  readonly name: string
  /** `false` for servers that take requests without a key. Default: `true`. */
  readonly needsCredential?: boolean | undefined
  connect(connection: ProviderConnection): ProviderAdapter
}

/** What `openai()` and its like give: a family, and the row it is used for. */
export interface ProviderDefinition {
  readonly family: ProviderFamily
  readonly provider: ProviderSeed
  /** Other names of its models and where retired ones went; stored as aliases at the start. */
  readonly aliases?: readonly ModelAliasSeed[] | undefined
}

export type ProviderSeed = Pick<
  Provider,
  'id' | 'displayName' | 'providerType' | 'apiBase' | 'modelsEndpoint' | 'rateLimitRpm' | 'settings'
>

export interface ModelAliasSeed {
  readonly name: string
  /** The provider's own name of the model meant. */
  readonly externalId: string
}
