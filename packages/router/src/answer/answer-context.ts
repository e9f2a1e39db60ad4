import type { RouterEvent } from '@imrs/core'

import type { CallContext } from '../attempt/call-model.ts'
import type { Plan } from '../plan/plan.ts'
import type { PreferenceCache } from '../preferences/preference-cache.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import type { Recorder } from '../record/recorder.ts'
import type { TaskDetection } from '../task/index.ts'

/** What carrying out needs of the router. */
export interface AnswerContext extends CallContext {
  readonly recorder: Recorder
  readonly preferences: PreferenceCache
  readonly emit: (event: RouterEvent) => void
  readonly storeContent: boolean
  readonly tasks: TaskDetection
}

/** One answer to be made. */
export interface AnswerJob {
  readonly prepared: PreparedRequest
  readonly plan: Plan
  /** The caller's, and the router's own end. */
  readonly signal: AbortSignal
}
