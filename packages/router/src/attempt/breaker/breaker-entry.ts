import { CLOSED } from './breaker.ts'
import type { BreakerState } from './breaker.ts'

/** What a breaker is for. */
export interface BreakerKey {
  readonly providerId: string
  /** A hash of the key, never the key. */
  readonly credentialId: string
  /** Catalogue id; `*`: every model that is called with the key. */
  readonly modelId: string
}

/** A breaker, and what it is for. */
export class BreakerEntry implements BreakerKey {
  readonly providerId: string
  readonly credentialId: string
  readonly modelId: string
  state: BreakerState = CLOSED
  /** Calls that will still tell how they ended. */
  running = 0

  constructor({ providerId, credentialId, modelId }: BreakerKey) {
    this.providerId = providerId
    this.credentialId = credentialId
    this.modelId = modelId
  }

  /** Gives the state before. */
  become(state: BreakerState): BreakerState {
    const before = this.state
    this.state = state
    return before
  }
}
