import type { ModelInfo } from '@imrs/core'

import type { ImrsClient } from '../client/imrs-client.ts'
import { modelsStore } from '../models/models-store.ts'

/** What code that used a static list knows of one model. */
export interface ModelDetails {
  readonly provider: string
  readonly name: string
  /** Empty when there is none. */
  readonly description: string
  readonly capabilities: readonly string[]
  readonly premium: boolean
  readonly vision: boolean
  /** Context window in tokens. */
  readonly contextMax?: number
  readonly apiVersion?: string
  /** US dollars per token. */
  readonly pricing?: NonNullable<ModelInfo['pricing']>
}

/** A catalogue as the constants that a hand-written `providers.ts` exported. */
export interface CompatCatalog {
  /** Ids of models that can be used now, sorted. */
  readonly MODELS: readonly string[]
  /** By id; also those that cannot be used now, so that old chats can name their model. */
  readonly modelDetails: Readonly<Record<string, ModelDetails>>
  readonly defaultModel: string
}

export interface CompatOptions {
  /** The id of the model that answers when nobody chose one. */
  readonly defaultModel: string
}

/**
 * A list of models in the synchronous shape of a static one. Frozen, and a copy of its moment; the
 * same models give the same result, whatever their order. Unlike the one of `@imrs/catalog` it takes
 * a `defaultModel` that is not in the list: in a browser the list may be on its way.
 */
export function compatCatalog(
  models: readonly ModelInfo[],
  { defaultModel }: CompatOptions,
): CompatCatalog {
  const sorted = models.toSorted((left, right) => (left.id < right.id ? -1 : 1))
  const usable = sorted.filter(({ status }) => status !== 'unavailable')
  return Object.freeze({
    MODELS: Object.freeze(usable.map(({ id }) => id)),
    modelDetails: Object.freeze(
      Object.fromEntries(sorted.map((model) => [model.id, toDetails(model)])),
    ),
    defaultModel,
  })
}

function toDetails(model: ModelInfo): ModelDetails {
  const { provider, name, description = '', capabilities, premium, vision } = model
  const { contextMax, apiVersion, pricing } = model
  return Object.freeze({
    provider,
    name,
    description,
    capabilities,
    premium,
    vision,
    ...(contextMax === undefined ? {} : { contextMax }),
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(pricing === undefined ? {} : { pricing }),
  })
}

/** {@link liveCatalog}. */
export interface LiveCatalog extends CompatCatalog {
  /** Ends following the catalogue. */
  readonly stop: () => void
}

/**
 * `MODELS` and `modelDetails` that stay the same objects and are filled anew whenever the catalogue
 * changes, so that a module can export them and code that imported them keeps working. They begin
 * with `initialModels`, else with the local copy, else empty. A component that shows them has to
 * render again when they change: call `useModels()` in the component that renders your app.
 */
export function liveCatalog(client: ImrsClient, options: CompatOptions): LiveCatalog {
  const store = client.part(modelsStore)
  const MODELS: string[] = []
  const modelDetails: Record<string, ModelDetails> = {}
  const fill = (): void => {
    const next = compatCatalog(store.getSnapshot().models, options)
    MODELS.splice(0, MODELS.length, ...next.MODELS)
    for (const id of Object.keys(modelDetails)) delete modelDetails[id]
    Object.assign(modelDetails, next.modelDetails)
  }
  fill()
  // On a server nobody waits for a list: it gives one as `initialModels`.
  const stop = 'document' in globalThis ? store.subscribe(fill) : () => {}
  return { MODELS, modelDetails, defaultModel: options.defaultModel, stop }
}
