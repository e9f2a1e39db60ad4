import type { Model } from '@imrs/core'

import type { RoutingSnapshot } from '../snapshot/routing-snapshot.ts'
import type { ParameterProfile } from './parameter-profile.ts'

/** What the snapshot knows of a model's parameters; the model must be one of the agent's. */
export function profileOf(
  { rowOf, parameterProfiles }: Pick<RoutingSnapshot, 'rowOf' | 'parameterProfiles'>,
  { id }: Pick<Model, 'id'>,
): ParameterProfile {
  const row = rowOf.get(id)
  const profile = row === undefined ? undefined : parameterProfiles[row]
  if (profile === undefined) throw new TypeError(`${id} is no model of this agent`)
  return profile
}
