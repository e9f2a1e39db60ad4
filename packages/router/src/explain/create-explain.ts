import type { CallOptions, Decision, Store } from '@imrs/core'
import { DEFAULT_TENANT_ID, ImrsError } from '@imrs/core'

import type { DecisionKey, Explanation } from '../router.ts'
import { explainDecision } from './explain-decision.ts'

export function createExplain(
  store: Store,
): (key: string | DecisionKey, options?: CallOptions) => Promise<Explanation> {
  return async (key, options) => {
    const { decisionId, tenantId = DEFAULT_TENANT_ID } =
      typeof key === 'string' ? { decisionId: key } : key
    const decision = await store.ledger.getDecision({ tenantId, decisionId }, options)
    if (decision === undefined) {
      throw new ImrsError('not-found', `There is no decision ${JSON.stringify(decisionId)}.`)
    }
    const answer = { tenantId, messageId: decision.messageId }
    const [names, message, attempts] = await Promise.all([
      namesOf(store, decision, options),
      store.ledger.getMessage(answer, options),
      store.ledger.listAttempts(answer, options),
    ])
    const sentence = explainDecision(decision, (id) => names.get(id))
    return { sentence, decision, attempts, message }
  }
}

async function namesOf(
  store: Store,
  { modelId, candidates }: Decision,
  options?: CallOptions,
): Promise<ReadonlyMap<string, string>> {
  const modelIds = [modelId, ...candidates.slice(0, 2).map((candidate) => candidate.modelId)]
  const models = await store.models.listRoutable({ modelIds }, options)
  return new Map(models.map((model) => [model.id, model.displayName]))
}
