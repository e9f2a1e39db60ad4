import type { Router } from '@imrs/router'

/** What is told about a failure; no prompt, no key. */
export type ReportFailure = (message: string) => void

/** Reports what failed at providers and inside the router. Events hold no prompt, answer or key. */
export function reportFailures(router: Pick<Router, 'on'>, report: ReportFailure): void {
  router.on('attempt-ended', ({ outcome, modelId, failureKind, totalMs }) => {
    if (outcome === 'failed') report(`${modelId} failed (${failureKind}) after ${totalMs} ms`)
  })
  router.on('provider-sync-failed', ({ providerId, failureKind, message }) => {
    report(`The model list of ${providerId} could not be read (${failureKind}): ${message}`)
  })
  router.on('spool-changed', ({ waiting, refused }) => {
    report(`Answers that wait on the disk to be recorded: ${waiting}; not kept: ${refused}`)
  })
  router.on('sink-down', ({ sink, failure }) => {
    report(`${sink} takes no feedback (${failure}); it waits and is tried again`)
  })
  router.on('delivery-set-aside', ({ messageId, reason }) => {
    report(`Feedback on ${messageId} is set aside: ${reason}`)
  })
  router.on('internal-failed', ({ part, error }) => {
    report(`The router's ${part} failed: ${error.stack ?? error.message}`)
  })
}
