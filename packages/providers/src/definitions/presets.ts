import type { ProviderDefinition } from '@imrs/core'

import { compatibleDefinition } from './openai-compatible.ts'
import type { OpenAiCompatibleOptions } from './openai-compatible.ts'

/** Options of the factories that know the address and the rest; each can be replaced. */
export type PresetOptions = Partial<OpenAiCompatibleOptions>

/**
 * Groq. The provider's id is `groq`.
 *
 * @throws ConfigError when an option is wrong, as all factories here.
 */
export function groq(options?: PresetOptions): ProviderDefinition {
  return hosted('groq', { displayName: 'Groq', apiBase: 'https://api.groq.com/openai/v1' }, options)
}

/** Mistral. The provider's id is `mistral`. */
export function mistral(options?: PresetOptions): ProviderDefinition {
  return hosted(
    'mistral',
    { displayName: 'Mistral', apiBase: 'https://api.mistral.ai/v1' },
    options,
  )
}

/** Together. The provider's id is `together`. */
export function together(options?: PresetOptions): ProviderDefinition {
  const apiBase = 'https://api.together.ai/v1'
  return hosted('together', { displayName: 'Together', apiBase }, options)
}

/** DeepSeek. The provider's id is `deepseek`. */
export function deepSeek(options?: PresetOptions): ProviderDefinition {
  const apiBase = 'https://api.deepseek.com'
  return hosted('deepSeek', { displayName: 'DeepSeek', apiBase }, options)
}

/** Ollama on this machine, without a key. The provider's id is `ollama`. */
export function ollama(options?: PresetOptions): ProviderDefinition {
  return local('ollama', { displayName: 'Ollama', apiBase: 'http://localhost:11434/v1' }, options)
}

/** vLLM on this machine, without a key. The provider's id is `vllm`. */
export function vllm(options?: PresetOptions): ProviderDefinition {
  return local('vllm', { displayName: 'vLLM', apiBase: 'http://localhost:8000/v1' }, options)
}

/** LM Studio on this machine, without a key. The provider's id is `lmstudio`. */
export function lmStudio(options?: PresetOptions): ProviderDefinition {
  const apiBase = 'http://localhost:1234/v1'
  return local('lmStudio', { displayName: 'LM Studio', apiBase }, options)
}

type PresetDefaults = Pick<OpenAiCompatibleOptions, 'displayName' | 'apiBase'> &
  Partial<OpenAiCompatibleOptions>

function hosted(
  factory: string,
  defaults: PresetDefaults,
  options: PresetOptions = {},
): ProviderDefinition {
  // An option that is given as `undefined` is not given.
  const given = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  )
  return compatibleDefinition(factory, { id: factory.toLowerCase(), ...defaults, ...given })
}

function local(
  factory: string,
  defaults: PresetDefaults,
  options?: PresetOptions,
): ProviderDefinition {
  const here = { needsCredential: false, allowPrivateNetwork: true }
  return hosted(factory, { ...defaults, ...here }, options)
}
