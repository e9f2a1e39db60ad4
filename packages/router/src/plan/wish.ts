import type { ChatRequest, Preference } from '@imrs/core'
import { AUTO_MODEL, ImrsError, presetIdOf } from '@imrs/core'

/** What is asked for, and by whom. */
export type Wish =
  | { readonly kind: 'auto' }
  | {
      readonly kind: 'preset'
      readonly source: 'explicit' | 'preference'
      readonly presetId: string
    }
  | {
      readonly kind: 'model'
      readonly source: 'explicit' | 'preference' | 'default'
      readonly model: string
      readonly provider?: string | undefined
    }

/** The request's own choice, else the user's stored one, else the default model, else the router's. */
export function wishOf(
  request: Pick<ChatRequest, 'model' | 'provider'>,
  preference: Preference | undefined,
  defaultModel: string | undefined,
): Wish {
  if (request.model !== undefined) return wishFor(request.model, request.provider, 'explicit')
  if (request.provider !== undefined) {
    throw new ImrsError('invalid-request', '`provider` needs a `model`', { field: 'provider' })
  }
  const stored = preference?.selection?.modelId
  return stored === undefined ? defaultWish(defaultModel) : wishFor(stored, undefined, 'preference')
}

/** What counts where nobody chose. */
export function defaultWish(defaultModel: string | undefined): Wish {
  if (defaultModel === undefined || defaultModel === AUTO_MODEL) return { kind: 'auto' }
  return { kind: 'model', source: 'default', model: defaultModel }
}

/**
 * What a name asks for: `auto`, a preset (`preset:<id>` or `auto:<id>`), else a model. No model can
 * take a name that begins like the first two.
 *
 * @throws ImrsError `invalid-request` when a provider is given with a name that is no model's.
 */
export function wishFor(
  model: string,
  provider: string | undefined,
  source: 'explicit' | 'preference',
): Wish {
  const presetId = presetIdOf(model)
  if (model !== AUTO_MODEL && presetId === undefined) {
    return { kind: 'model', source, model, provider }
  }
  if (provider !== undefined) {
    const message = `\`provider\` cannot be given with the model ${JSON.stringify(model)}`
    throw new ImrsError('invalid-request', message, { field: 'provider' })
  }
  return presetId === undefined ? { kind: 'auto' } : { kind: 'preset', source, presetId }
}
