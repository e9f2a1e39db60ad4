import type { ChatRequest } from '@imrs/core'

import type { CallSize } from '../budgets/budgeted-call.ts'
import { resolveParameters } from '../parameters/resolve-parameters.ts'
import type { RoutingSnapshot } from '../snapshot/routing-snapshot.ts'

/** A request as it would be sent, by the size of the call that each model of the snapshot would get. */
export function callSizeOf(
  request: ChatRequest,
  snapshot: RoutingSnapshot,
  inputTokens: number,
): (modelId: string) => CallSize | undefined {
  return (modelId) => {
    const row = snapshot.rowOf.get(modelId)
    if (row === undefined) return undefined
    const [model, profile] = [snapshot.models[row], snapshot.parameterProfiles[row]]
    if (model === undefined || profile === undefined) return undefined
    const { maxOutputTokens } = resolveParameters({ request, model, profile }).parameters
    return { model, inputTokens, maxOutputTokens }
  }
}
