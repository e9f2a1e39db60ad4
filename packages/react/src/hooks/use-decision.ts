import { createResource } from '../client/resource.ts'
import type { Resource, ResourceState } from '../client/resource.ts'
import type { DecisionInfo } from '../decisions/decision-info.ts'
import { decisionResources } from '../decisions/decision-resources.ts'
import { useImrsClient } from './model-provider.tsx'
import { useStore } from './use-store.ts'

/** What {@link useDecision} gives. */
export interface UseDecision extends ResourceState<DecisionInfo> {
  readonly reload: () => Promise<void>
}

/** Why a model was chosen, with candidates, scores and calls. `undefined` reads nothing. */
export function useDecision(decisionId: string | undefined): UseDecision {
  const decisions = useImrsClient().part(decisionResources)
  const resource = decisionId === undefined ? NOTHING : decisions.of(decisionId)
  return { ...resource, ...useStore(resource) }
}

const NOTHING: Resource<DecisionInfo> = createResource()
