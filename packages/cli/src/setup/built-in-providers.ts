import { vaultPathOf } from '@imrs/core'
import type { ProviderDefinition, SecretStore } from '@imrs/core'
import {
  anthropic,
  deepSeek,
  google,
  groq,
  mistral,
  openRouter,
  openai,
  requesty,
  together,
} from '@imrs/providers'
import { variablesOf } from '@imrs/secrets'
import { startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'

/** Providers that need a key and nothing else. */
const FACTORIES = [
  openRouter,
  openai,
  anthropic,
  google,
  requesty,
  mistral,
  groq,
  deepSeek,
  together,
]

/** The variables of which one at least makes a provider. */
export const KEY_VARIABLES: readonly string[] = FACTORIES.map(
  (create) => variablesOf(create().provider.id)[0] ?? '',
)

/** Those whose key is there. A secret store that cannot tell counts as one with the key: it is asked again. */
export async function providersWithKeys(
  secrets: SecretStore,
  signal: AbortSignal,
): Promise<readonly ProviderDefinition[]> {
  const definitions = FACTORIES.map((create) => create())
  const keys = await Promise.all(
    definitions.map(async ({ provider: { id } }) =>
      secrets.read({ providerId: id, path: vaultPathOf(id) }, { signal }),
    ),
  )
  return definitions.filter((_, place) => keys[place] !== undefined)
}

/** A simulator, the providers that it plays, and the keys that it takes. */
export interface SimulatedProviders {
  readonly simulator: Simulator
  readonly providers: readonly ProviderDefinition[]
  readonly keys: Readonly<Record<string, string>>
}

/** Plays OpenRouter, OpenAI, Anthropic and Google on this machine: nothing leaves it. */
export async function simulateProviders(): Promise<SimulatedProviders> {
  const simulator = await startSimulator()
  const { baseUrls, keys } = simulator
  return {
    simulator,
    providers: [
      openRouter({ apiBase: baseUrls.openrouter }),
      openai({ apiBase: baseUrls.openai }),
      anthropic({ apiBase: baseUrls.anthropic }),
      google({ apiBase: baseUrls.google }),
    ],
    keys: {
      openrouter: keys.openrouter,
      openai: keys.openai,
      anthropic: keys.anthropic,
      google: keys.google,
    },
  }
}
