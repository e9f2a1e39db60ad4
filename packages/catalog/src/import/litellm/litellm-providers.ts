import type { ParseOptions } from '../import-source.ts'
import { isFields } from '../read/fields.ts'
import { chosenProvider, providerIdOfBase, toApiBase, toProviderId } from '../read/providers.ts'

interface KnownProvider {
  readonly id: string
  /** Where it is when `api_base` does not say. */
  readonly apiBase?: string | undefined
}

/** LiteLLM's prefixes whose provider has another id with us, or a base URL that everybody knows. */
const PREFIXES: ReadonlyMap<string, KnownProvider> = new Map<string, KnownProvider>([
  ['openai', { id: 'openai', apiBase: 'https://api.openai.com/v1' }],
  ['text-completion-openai', { id: 'openai', apiBase: 'https://api.openai.com/v1' }],
  ['anthropic', { id: 'anthropic', apiBase: 'https://api.anthropic.com/v1' }],
  ['gemini', { id: 'google', apiBase: 'https://generativelanguage.googleapis.com/v1beta' }],
  ['openrouter', { id: 'openrouter', apiBase: 'https://openrouter.ai/api/v1' }],
  ['azure_text', { id: 'azure' }],
  ['ollama', { id: 'ollama', apiBase: 'http://localhost:11434/v1' }],
  ['ollama_chat', { id: 'ollama', apiBase: 'http://localhost:11434/v1' }],
  ['groq', { id: 'groq', apiBase: 'https://api.groq.com/openai/v1' }],
  ['mistral', { id: 'mistral', apiBase: 'https://api.mistral.ai/v1' }],
  ['deepseek', { id: 'deepseek', apiBase: 'https://api.deepseek.com/v1' }],
  ['xai', { id: 'xai', apiBase: 'https://api.x.ai/v1' }],
  ['together_ai', { id: 'together_ai', apiBase: 'https://api.together.xyz/v1' }],
  ['fireworks_ai', { id: 'fireworks_ai', apiBase: 'https://api.fireworks.ai/inference/v1' }],
  ['deepinfra', { id: 'deepinfra', apiBase: 'https://api.deepinfra.com/v1/openai' }],
  ['cerebras', { id: 'cerebras', apiBase: 'https://api.cerebras.ai/v1' }],
  ['perplexity', { id: 'perplexity', apiBase: 'https://api.perplexity.ai' }],
])

/** Names that LiteLLM knows without a prefix. */
const BARE: readonly (readonly [RegExp, string])[] = [
  [/^(?:gpt-|chatgpt-|o\d)/, 'openai'],
  [/^claude-/, 'anthropic'],
]

/** The provider and the model that a deployment calls. */
export interface DeploymentTarget {
  readonly providerId: string
  readonly externalId: string
  readonly apiBase: string | undefined
}

/** Where the `model` of `litellm_params` is served, or why that cannot be told. */
export function readTarget(
  params: unknown,
  model: string,
  options: ParseOptions,
): DeploymentTarget | { readonly reason: string } {
  const fields = isFields(params) ? params : {}
  const { prefix, externalId } = splitModel(model, fields['custom_llm_provider'])
  const apiBase = toApiBase(fields['api_base'] ?? fields['base_url'])
  if (prefix === undefined && apiBase === undefined) {
    return { reason: 'Its `model` names no provider: LiteLLM writes `openai/gpt-4o`.' }
  }
  const provider = providerOf(prefix ?? '', apiBase, options)
  return provider === undefined
    ? { reason: 'Its provider’s name cannot be an id.' }
    : { providerId: provider.id, externalId, apiBase: provider.apiBase }
}

function splitModel(
  model: string,
  customProvider: unknown,
): { readonly prefix: string | undefined; readonly externalId: string } {
  const slash = model.indexOf('/')
  const first = slash > 0 ? model.slice(0, slash) : undefined
  if (typeof customProvider === 'string' && customProvider !== '') {
    const externalId = first === customProvider ? model.slice(slash + 1) : model
    return { prefix: customProvider, externalId }
  }
  if (first !== undefined) return { prefix: first, externalId: model.slice(slash + 1) }
  return { prefix: BARE.find(([pattern]) => pattern.test(model))?.[1], externalId: model }
}

/** A server of one's own is a provider of its own, whatever prefix says how to talk to it. */
function providerOf(
  prefix: string,
  apiBase: string | undefined,
  options: ParseOptions,
): KnownProvider | undefined {
  const known = PREFIXES.get(prefix)
  if (apiBase !== undefined && apiBase !== known?.apiBase) {
    const id = chosenProvider(apiBase, options) ?? providerIdOfBase(apiBase)
    return id === undefined ? undefined : { id, apiBase }
  }
  const id = chosenProvider(prefix, options) ?? known?.id ?? toProviderId(prefix, options)
  return id === undefined ? undefined : { id, apiBase: known?.apiBase }
}
