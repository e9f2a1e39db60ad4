import type { ChatRequest, Preference } from '@imrs/core'
import { AUTO_MODEL, ImrsError } from '@imrs/core'

/** What is asked for, and by whom. */
export type Wish =
  | { readonly kind: 'auto' }
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
  if (request.model !== undefined) return explicitWish(request.model, request.provider)
  if (request.provider !== undefined) {
    throw new ImrsError('invalid-request', '`provider` needs a `model`', { field: 'provider' })
  }
  const stored = preference?.selection?.modelId
  if (stored !== undefined) return namedWish('preference', stored)
  return defaultModel === undefined ? { kind: 'auto' } : namedWish('default', defaultModel)
}

function explicitWish(model: string, provider: string | undefined): Wish {
  if (model !== AUTO_MODEL) return { kind: 'model', source: 'explicit', model, provider }
  if (provider === undefined) return { kind: 'auto' }
  throw new ImrsError('invalid-request', '`provider` cannot be given with the model "auto"', {
    field: 'provider',
  })
}

function namedWish(source: 'preference' | 'default', model: string): Wish {
  return model === AUTO_MODEL ? { kind: 'auto' } : { kind: 'model', source, model }
}
