import type { UserKeys } from '@imrs/catalog'
import type { ChatRequest, Preference, PreferenceKey, WarningPart } from '@imrs/core'

import type { DecisionInput } from '../decide/decision-input.ts'
import type { RoutingSnapshot } from '../snapshot/routing-snapshot.ts'

/** A request with everything that was looked up for it. */
export interface PreparedRequest {
  readonly request: ChatRequest
  readonly snapshot: RoutingSnapshot
  readonly input: DecisionInput
  /** Whose preference counts; `undefined` for a request without user and session. */
  readonly owner: PreferenceKey | undefined
  readonly preference: Preference | undefined
  readonly warnings: readonly WarningPart[]
  /** The caller's own keys; they go to the provider and nowhere else. */
  readonly userKeys: UserKeys | undefined
}
