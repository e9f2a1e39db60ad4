import type { SimulatedUsage, Simulator } from '@imrs/testing/simulator'

/** What the providers' process is asked for. */
export type ProvidersRequest = 'calls' | 'close'

/** One call as the providers saw it. */
export interface CallSummary {
  readonly number: number
  /** The number of the request it was made for. */
  readonly marker: number
  readonly provider: string
  /** The provider's own name. */
  readonly model: string
  readonly outcome: string | undefined
  /** What the client was told of the tokens. */
  readonly usageSent: SimulatedUsage | undefined
}

export type ProvidersMessage =
  | { readonly type: 'ready'; readonly baseUrls: Simulator['baseUrls']; readonly keys: Simulator['keys'] }
  | { readonly type: 'calls'; readonly calls: readonly CallSummary[] }
