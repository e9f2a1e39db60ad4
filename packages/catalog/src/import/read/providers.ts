import { isProviderId } from '@imrs/core'

import type { ParseOptions } from '../import-source.ts'

/** Names that mean a provider of ours with another id. */
const PROVIDER_NAMES: ReadonlyMap<string, string> = new Map([
  ['open-router', 'openrouter'],
  ['open-ai', 'openai'],
  ['gemini', 'google'],
  ['google-ai', 'google'],
  ['googleai', 'google'],
  ['google-gemini', 'google'],
  ['azure-openai', 'azure'],
  ['claude', 'anthropic'],
])

/** The id a provider's name stands for; `undefined` for one that can be none. */
export function toProviderId(name: string, options: ParseOptions): string | undefined {
  const chosen = chosenProvider(name, options)
  if (chosen !== undefined) return chosen
  const slug = slugOf(name)
  const id = PROVIDER_NAMES.get(slug) ?? slug
  return isProviderId(id) ? id : undefined
}

/** What the caller says the name or base URL stands for. */
export function chosenProvider(name: string, { providers }: ParseOptions): string | undefined {
  const id = providers !== undefined && Object.hasOwn(providers, name) ? providers[name] : undefined
  return id !== undefined && isProviderId(id) ? id : undefined
}

/** The base URL without user, password, query and trailing slash; `undefined` for what is none. */
export function toApiBase(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined
  const { protocol, host, pathname, origin } = new URL(value)
  if ((protocol !== 'https:' && protocol !== 'http:') || host === '') return undefined
  const base = (origin + pathname).replace(/\/+$/, '')
  return base.length > 255 ? undefined : base
}

/** An id for a server that nobody has named: its host, and its path where that says more than a version. */
export function providerIdOfBase(apiBase: string): string | undefined {
  const { host, pathname } = new URL(apiBase)
  const id = slugOf(host + pathname.replace(/\/(?:v\d+|api)(?=\/|$)/g, ''))
  return isProviderId(id) ? id : undefined
}

function slugOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[_-]+|-+$/g, '')
    .slice(0, 50)
}
