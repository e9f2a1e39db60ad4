import type { ExclusionReason } from '../domain/decision.ts'
import { ImrsError } from './imrs-error.ts'

/** No model was left for *Auto*; `exclusions` says how many each filter removed. */
export class NoCandidateError extends ImrsError {
  readonly exclusions: Readonly<Partial<Record<ExclusionReason, number>>>

  constructor(message: string, exclusions: Readonly<Partial<Record<ExclusionReason, number>>>) {
    super('no-candidate', message)
    this.exclusions = exclusions
  }
}
