import type { ClientContext } from '../client/imrs-client.ts'
import { madeOnce } from '../client/made-once.ts'
import { createResource } from '../client/resource.ts'
import type { Resource } from '../client/resource.ts'
import { ImrsClientError } from '../http/client-error.ts'
import { backoffMs } from '../http/client-http.ts'
import type { DecisionInfo } from './decision-info.ts'

export interface DecisionResources {
  /** The same object for the same decision. */
  readonly of: (decisionId: string) => Resource<DecisionInfo>
}

/** A record is written behind the answer: it may not be there yet. */
const TRIES = 4

/** Why models were chosen, each read when somebody looks. */
export function decisionResources({ http, runtime }: ClientContext): DecisionResources {
  const load = async (decisionId: string, attempt: number): Promise<DecisionInfo> => {
    try {
      const path = `/api/decisions/${encodeURIComponent(decisionId)}`
      return await http.json<DecisionInfo>(path, { tries: 2 })
    } catch (error) {
      const isMissing = error instanceof ImrsClientError && error.code === 'not-found'
      if (!isMissing || attempt === TRIES) throw error
      await runtime.sleep(backoffMs(attempt, runtime.random()))
      return load(decisionId, attempt + 1)
    }
  }
  return { of: madeOnce((decisionId) => createResource(() => load(decisionId, 1))) }
}
