import type { ModelParameterName, ModelParameters } from '@imrs/core'

import type { FoundProblem } from './describe-problem.ts'
import { problemOf } from './parameter-problem.ts'
import type { ParameterProfile } from './parameter-profile.ts'
import { effortOf, willReason } from './reasoning-effort.ts'

/**
 * Those that have a value of their own; `providerOptions` are the provider's affair. In the order in
 * which they are looked at: whether the model reasons decides on `temperature`, and that on `topP`.
 */
export const PLAIN_PARAMETERS: readonly Exclude<ModelParameterName, 'providerOptions'>[] = [
  'maxOutputTokens',
  'stop',
  'seed',
  'reasoningEffort',
  'temperature',
  'topP',
]

/** The first parameter of a request that the model does not take as it is. Called for every candidate. */
export function refusedParameter(
  request: ModelParameters,
  profile: Pick<ParameterProfile, 'support' | 'defaults'>,
): FoundProblem | undefined {
  const { support } = profile
  const isReasoning = willReason(effortOf(request, profile), support)
  const context = { support, isReasoning, beside: request }
  for (const name of PLAIN_PARAMETERS) {
    const value = request[name]
    if (value === undefined) continue
    const problem = problemOf(name, value, context)
    if (problem !== undefined) return { name, problem }
  }
  return undefined
}
