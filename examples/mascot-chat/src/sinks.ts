import { ConfigError, vaultPathOf } from '@imrs/core'
import type { LearningSink, SecretStore } from '@imrs/core'
import { somaBrainSink, webhookSink } from '@imrs/feedback'

/** The variable that holds the credential of each sink. */
export const SINK_VARIABLES = { somabrain: 'SOMABRAIN_TOKEN', webhook: 'WEBHOOK_SECRET' } as const

/** Where feedback goes besides the router's own learning. */
export interface SinkSettings {
  readonly somaBrainUrl?: string | undefined
  readonly webhookUrl?: string | undefined
}

/** @throws ConfigError when an address has no credential beside it. */
export function readSinkSettings(text: (name: string) => string | undefined): SinkSettings {
  const settings = { somaBrainUrl: text('SOMABRAIN_URL'), webhookUrl: text('WEBHOOK_URL') }
  const pairs = [
    ['SOMABRAIN_URL', settings.somaBrainUrl, SINK_VARIABLES.somabrain],
    ['WEBHOOK_URL', settings.webhookUrl, SINK_VARIABLES.webhook],
  ] as const
  for (const [name, url, secret] of pairs) {
    if (url === undefined || text(secret) !== undefined) continue
    throw new ConfigError(`\`${secret}\` must be set, since \`${name}\` is`)
  }
  return settings
}

/** The sinks that the environment names. */
export function sinksOf({ somaBrainUrl, webhookUrl }: SinkSettings): readonly LearningSink[] {
  return [
    ...(somaBrainUrl === undefined ? [] : [somaBrainSink({ url: somaBrainUrl })]),
    ...(webhookUrl === undefined ? [] : [webhookSink({ url: webhookUrl })]),
  ]
}

/** The credentials of sinks that a store has, by their names. */
export async function sinkSecretsIn(secrets: SecretStore): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const providerId of Object.keys(SINK_VARIABLES)) {
    const secret = await secrets.read({ providerId, path: vaultPathOf(providerId) })
    if (secret !== undefined) found[providerId] = secret
  }
  return found
}
