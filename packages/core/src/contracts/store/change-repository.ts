import type { CallOptions } from '../call-options.ts'

/** Versions of what processes keep copies of; each write that matters raises one in its own transaction. */
export interface ChangeRepository {
  /** The versions of the topics, in their order; 0 for one that never changed. */
  versions(topics: readonly string[], options?: CallOptions): Promise<readonly number[]>
}

export const CATALOG_TOPIC = 'catalog'
/** Raised by every change of a budget rule. */
export const BUDGETS_TOPIC = 'budgets'

export function agentTopic(key: { readonly tenantId: string; readonly agentId: string }): string {
  return `agent:${key.tenantId}/${key.agentId}`
}

export function experienceTopic(key: {
  readonly tenantId: string
  readonly agentId: string
}): string {
  return `experience:${key.tenantId}/${key.agentId}`
}
