import { createExperience, createFeedback } from '@imrs/feedback'

import type { RouterOptions } from './options.ts'
import type { RouterParts } from './router-parts.ts'
import type { Router } from './router.ts'
import { watchRatings } from './snapshot/watch-ratings.ts'

/** What a router does with feedback, and with what was learned from it. */
export function createFeedbackApi(
  { store }: RouterOptions,
  { resolved, emitter, snapshots, runs, sinks }: RouterParts,
): Pick<Router, 'feedback' | 'experience' | 'sinks'> {
  const { record, retract } = createFeedback({
    store,
    runtime: resolved.runtime,
    emit: emitter.emit,
    unfinished: (messageId) => runs.unfinished(messageId),
    onMoved: (rating) => snapshots.rated(rating),
    watch: watchRatings(snapshots),
    rules: resolved.feedback,
    sinks: sinks.names,
    onRecorded: sinks.wake,
  })
  return {
    feedback: Object.assign(record, { retract }),
    sinks: sinks.api,
    experience: createExperience({
      store,
      onChange: (agent) => snapshots.invalidateExperience(agent),
    }),
  }
}
