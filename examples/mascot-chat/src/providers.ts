import { vaultPathOf } from '@imrs/core'
import type { ProviderDefinition, SecretStore } from '@imrs/core'
import { google, openai, openRouter } from '@imrs/providers'
import { environmentSecrets, memorySecrets, variablesOf } from '@imrs/secrets'
import { startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'

import type { Settings } from './environment.ts'
import { SINK_VARIABLES, sinkSecretsIn } from './sinks.ts'

/** The variable that holds the key of each provider. */
export const KEY_VARIABLES: readonly string[] = ['google', 'openai', 'openrouter'].flatMap(
  (providerId) => variablesOf(providerId)[0] ?? [],
)

/** Who answers: the real providers, or a simulator in their place. */
export interface ProviderSetup {
  readonly providers: readonly ProviderDefinition[]
  /** Closed by the router. */
  readonly secrets: SecretStore
  /** Running when no key is in the environment. */
  readonly simulator?: Simulator | undefined
}

/** The real providers as soon as the environment holds one key; else the simulator. */
export async function setUpProviders({
  baseUrls,
}: Pick<Settings, 'baseUrls'>): Promise<ProviderSetup> {
  const secrets = environmentSecrets({ variables: SINK_VARIABLES })
  const providers = providersAt(baseUrls)
  if (await hasAnyKey(secrets, providers)) return { providers, secrets }
  const sinkSecrets = await sinkSecretsIn(secrets)
  await secrets.close()
  const simulator = await startSimulator({ pace: 'realistic' })
  return simulated(simulator, sinkSecrets)
}

/** All three providers played by a simulator that runs already; credentials of sinks are real. */
export function simulated(
  simulator: Simulator,
  sinkSecrets: Readonly<Record<string, string>> = {},
): Required<ProviderSetup> {
  const { google: googleKey, openai: openaiKey, openrouter } = simulator.keys
  const secrets = memorySecrets({
    ...sinkSecrets,
    google: googleKey,
    openai: openaiKey,
    openrouter,
  })
  return { providers: providersAt(simulator.baseUrls), secrets, simulator }
}

function providersAt(baseUrls: Settings['baseUrls']): readonly ProviderDefinition[] {
  return [
    google({ apiBase: baseUrls.google }),
    openai({ apiBase: baseUrls.openai }),
    openRouter({ apiBase: baseUrls.openrouter, appTitle: 'IMRS mascot chat' }),
  ]
}

async function hasAnyKey(
  secrets: SecretStore,
  providers: readonly ProviderDefinition[],
): Promise<boolean> {
  const keys = await Promise.all(
    providers.map(({ provider: { id } }) =>
      secrets.read({ providerId: id, path: vaultPathOf(id) }),
    ),
  )
  return keys.some((key) => key !== undefined)
}
