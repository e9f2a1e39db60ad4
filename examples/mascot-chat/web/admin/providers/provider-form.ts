import type { ProviderType } from '@imrs/core'

import { PROVIDER_TYPES } from '../api/names.ts'
import type { ProviderBody } from '../api/wire.ts'

/** What somebody typed of a provider. */
export interface ProviderDraft {
  readonly id: string
  readonly displayName: string
  readonly type: ProviderType
  readonly apiBase: string
  readonly modelsEndpoint: string
  readonly apiKey: string
  readonly rateLimit: string
  readonly isPrivate: boolean
}

/** The types with where their services usually are. */
export const PROVIDER_CHOICES: readonly {
  readonly type: ProviderType
  readonly apiBase: string
}[] = PROVIDER_TYPES.map((type) => ({ type, apiBase: usualBase(type) }))

function usualBase(type: ProviderType): string {
  const bases: Partial<Record<ProviderType, string>> = {
    openrouter: 'https://openrouter.ai/api/v1',
    openai: 'https://api.openai.com/v1',
    anthropic: 'https://api.anthropic.com/v1',
    google: 'https://generativelanguage.googleapis.com/v1beta',
    requesty: 'https://router.requesty.ai/v1',
  }
  return bases[type] ?? ''
}

export const EMPTY_DRAFT: ProviderDraft = {
  id: '',
  displayName: '',
  type: 'custom',
  apiBase: '',
  modelsEndpoint: '',
  apiKey: '',
  rateLimit: '',
  isPrivate: false,
}

/** The body of the request; what was left empty is left out. */
export function toNewProvider(draft: ProviderDraft): ProviderBody {
  return {
    id: draft.id.trim(),
    provider_type: draft.type,
    api_base: draft.apiBase.trim(),
    ...given('display_name', draft.displayName),
    ...given('models_endpoint', draft.modelsEndpoint),
    ...given('api_key', draft.apiKey),
    ...(draft.rateLimit.trim() === '' ? {} : { rate_limit_rpm: Number(draft.rateLimit) }),
    ...(draft.isPrivate ? { settings: { allowPrivateNetwork: true } } : {}),
  }
}

function given<Name extends string>(name: Name, text: string): { [Key in Name]?: string } {
  const value = text.trim()
  // The only key is `name`.
  return value === '' ? {} : ({ [name]: value } as { [Key in Name]?: string })
}
