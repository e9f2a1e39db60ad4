import type { CredentialStatus } from '@imrs/catalog'
import type { Provider } from '@imrs/core'
import { ImrsError } from '@imrs/core'
import type { Router } from '@imrs/router'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { tableOf } from '../print/table.ts'
import { timeText } from '../print/values.ts'
import { withRouter } from '../setup/set-up.ts'
import { ROUTER_OPTIONS } from '../setup/store-options.ts'

/** A provider as the list shows it. */
interface ListedProvider extends Pick<
  Provider,
  'id' | 'displayName' | 'providerType' | 'apiBase' | 'isActive' | 'origin' | 'lastSyncedAtMs'
> {
  readonly models: number
  readonly hasCredential: boolean
  /** What to do when the credential is missing. */
  readonly instruction?: string | undefined
}

/** `imrs providers list` */
export const providersListCommand: Command = defineCommand({
  name: 'providers list',
  summary: 'the providers there are, and which keys are missing',
  options: { ...ROUTER_OPTIONS },
  run: async (context, { options }) =>
    withRouter(context, options, async ({ router }) => {
      const providers = await listProviders(router, context.signal)
      await context.print({ providers }, () =>
        tableOf(
          context,
          [
            { heading: 'id', cell: ({ id }) => id },
            { heading: 'type', cell: ({ providerType }) => providerType },
            { heading: 'models', cell: ({ models }) => models },
            { heading: 'active', cell: ({ isActive }) => isActive },
            { heading: 'key', cell: keyText },
            { heading: 'list read', cell: ({ lastSyncedAtMs }) => timeText(lastSyncedAtMs) },
            { heading: 'from', cell: ({ origin }) => origin },
          ],
          providers,
        ),
      )
    }),
})

async function listProviders(router: Router, signal: AbortSignal): Promise<ListedProvider[]> {
  const [providers, counts] = await Promise.all([
    router.providers.list({ signal }),
    router.providers.modelCounts({ signal }),
  ])
  const models = new Map(counts.map(({ providerId, models: count }) => [providerId, count]))
  return Promise.all(
    providers.map(async (provider) => {
      const { id, displayName, providerType, apiBase, isActive, origin, lastSyncedAtMs } = provider
      const { isPresent, instruction } = await credentialOf(router, id)
      return {
        id,
        displayName,
        providerType,
        apiBase,
        isActive,
        origin,
        lastSyncedAtMs,
        models: models.get(id) ?? 0,
        hasCredential: isPresent,
        ...(isPresent ? {} : { instruction }),
      }
    }),
  )
}

/** Also of a provider that nobody speaks for, or while the secret store is down. */
export async function credentialOf(router: Router, providerId: string): Promise<CredentialStatus> {
  try {
    return await router.providers.credential(providerId)
  } catch (error) {
    if (!ImrsError.is(error)) throw error
    return { isPresent: false, instruction: error.message }
  }
}

function keyText({ hasCredential, instruction }: ListedProvider): string {
  return hasCredential ? 'there' : `missing. ${instruction ?? ''}`.trim()
}
