import type { ListedModel, Provider } from '@imrs/core'
import { ProviderError } from '@imrs/core'

/** A list with more pages than this never ends. */
const MAX_PAGES = 1000

/** Notices a list that goes round in circles or does not end. */
export interface ListProgress {
  /**
   * Takes note of a page. A row that repeats another one is let through: it says the same twice.
   *
   * @throws ProviderError of kind `malformed` for a page of which nothing is new, and for one too many.
   */
  add(models: readonly ListedModel[]): void
}

/** The progress of one reading of a provider's list. */
export function listProgress(provider: Provider): ListProgress {
  const seen = new Set<string>()
  let pages = 0
  return {
    add: (models) => {
      const known = seen.size
      for (const { externalId } of models) seen.add(externalId)
      if (models.length > 0 && seen.size === known) {
        throw malformed(provider, 'sent the same models twice')
      }
      pages += 1
      if (pages > MAX_PAGES) throw malformed(provider, 'sent a list that does not end')
    },
  }
}

function malformed({ id, displayName }: Provider, what: string): ProviderError {
  const failure = { kind: 'malformed', message: `${displayName} ${what}.` } as const
  return new ProviderError(failure, { providerId: id })
}
