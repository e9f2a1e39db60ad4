import type {
  ModelParameterSupport,
  ModelParameters,
  ParameterSupport,
  ReasoningEffort,
} from '@imrs/core'

import { fittedValue, valueProblem } from './parameter-problem.ts'
import type { ParameterProfile } from './parameter-profile.ts'

/** Parameters that some models take only while they do not reason. */
const SAMPLING = ['temperature', 'topP'] as const

/** How hard the model is told to think: as the request says, else by a default that is not in its way. */
export function effortOf(
  request: ModelParameters,
  { support, defaults }: Pick<ParameterProfile, 'support' | 'defaults'>,
): ReasoningEffort | undefined {
  const { reasoningEffort: own } = request
  if (own !== undefined) return takenEffort(own, support.parameters.reasoningEffort)
  const { reasoningEffort } = defaults
  if (reasoningEffort === undefined || reasoningEffort === 'none') return reasoningEffort
  for (const name of SAMPLING) {
    if (request[name] === undefined) continue
    if (support.parameters[name].isTakenWhileReasoning === false) return undefined
  }
  return reasoningEffort
}

function takenEffort(
  value: ReasoningEffort,
  support: ParameterSupport,
): ReasoningEffort | undefined {
  const problem = valueProblem(value, support)
  // What is fitted of an effort is one.
  return fittedValue({ name: 'reasoningEffort', value, problem }, support) as
    | ReasoningEffort
    | undefined
}

/** Whether the model will reason, told so or not. */
export function willReason(
  effort: ReasoningEffort | undefined,
  { reasonsUnasked }: ModelParameterSupport,
): boolean {
  return effort === undefined ? reasonsUnasked : effort !== 'none'
}
