import { MODEL_ID_MAX_LENGTH, isProviderId } from '@imrs/core'

import type { ParseOptions } from '../import-source.ts'
import { toProviderId } from './providers.ts'

/** Which model a name means, or why none. */
export type Identity =
  | { readonly providerId: string; readonly externalId: string }
  | { readonly reason: string }

/** A model as a row names it. */
export interface NamedModel {
  /** `provider/model`, or the provider's own name where `provider` is given. */
  readonly name: string
  readonly provider: string | undefined
}

/** Reads `provider/model`, with or without the provider beside it. */
export function identify({ name, provider }: NamedModel, options: ParseOptions): Identity {
  const slash = name.indexOf('/')
  const prefix = slash > 0 ? toProviderId(name.slice(0, slash), options) : undefined
  const named = provider === undefined ? prefix : toProviderId(provider, options)
  if (named === undefined) {
    const reason = 'It names no provider: neither beside the model nor before a slash.'
    return { reason: provider === undefined ? reason : 'Its provider’s name cannot be an id.' }
  }
  return checked(named, prefix === named ? name.slice(slash + 1) : name)
}

function checked(providerId: string, externalId: string): Identity {
  if (externalId === '') return { reason: 'It names a provider and no model.' }
  if (externalId.includes('*')) {
    return { reason: 'A pattern names no model: read the provider’s list (sync) for all of them.' }
  }
  if (providerId.length + 1 + externalId.length > MODEL_ID_MAX_LENGTH) {
    return { reason: `Its id would have more than ${MODEL_ID_MAX_LENGTH} characters.` }
  }
  return isProviderId(providerId)
    ? { providerId, externalId }
    : { reason: 'Its provider’s name cannot be an id.' }
}
