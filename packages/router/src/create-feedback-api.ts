import { createExperience, createFeedback } from '@imrs/feedback'

import type { RouterOptions } from './options.ts'
import type { RouterParts } from './router-parts.ts'
import type { Router } from './router.ts'
import { watchRatings } from './snapshot/watch-ratings.ts'

/** What a router does with feedback, and with what was learned from it. */
export function createFeedbackApi(
  { store }: RouterOptions,
  { resolved, emitter, snapshots, runs }: RouterParts,
): Pick<Router, 'feedback' | 'experience'> {
  const { record, retract } = createFeedback({
    store,
    runtime: resolved.runtime,
    emit: emitter.emit,
    isUnfinished: (messageId) => runs.isUnfinished(messageId),
    onChange: (message) => snapshots.invalidateExperience(message),
    watch: watchRatings(snapshots),
    rules: resolved.feedback,
  })
  return {
    feedback: Object.assign(record, { retract }),
    experience: createExperience({
      store,
      onChange: (agent) => snapshots.invalidateExperience(agent),
    }),
  }
}
