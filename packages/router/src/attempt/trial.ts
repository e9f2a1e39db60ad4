import type { FinishReason, Model, ProviderError, TriedModel } from '@imrs/core'

/** How trying the models of a plan ended. */
export type Trial =
  | {
      readonly kind: 'finished'
      readonly model: Model
      readonly finishReason: FinishReason
      readonly firstPartMs: number | undefined
      /** Whether the answering call was a breaker's probe. */
      readonly wasProbe: boolean
    }
  | {
      readonly kind: 'failed'
      readonly model: Model
      /** In the order in which they came. */
      readonly errors: readonly ProviderError[]
      readonly tried: readonly TriedModel[]
    }
  | { readonly kind: 'aborted'; readonly model: Model }
