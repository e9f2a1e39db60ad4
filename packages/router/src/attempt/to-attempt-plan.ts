import type { Model, Provider } from '@imrs/core'
import { providerPolicyOf } from '@imrs/core'

import type { AttemptContext, AttemptJob } from './attempt-context.ts'
import type { AttemptPlan } from './machine/attempt-plan.ts'

/** What the attempt machine has to know of a job. */
export function toAttemptPlan(context: AttemptContext, job: AttemptJob): AttemptPlan {
  const { timeouts, retries, maxWaitMs, hedging } = context.options
  const { request } = job.prepared
  return {
    steps: job.plan.steps.map(({ model }) => {
      const { maxRetries, backoffMs } = providerPolicyOf(providerOf(job, model))
      const hedgeAfterMs =
        hedging === undefined
          ? undefined
          : (hedging.afterMs ?? context.firstPartTimes.p95(model.id))
      return {
        providerId: model.providerId,
        contextLength: model.contextLength ?? 0,
        maxRetries,
        backoffMs,
        hedgeAfterMs,
      }
    }),
    timeouts,
    isStreamed: request.stream ?? true,
    allowsEmpty: request.allowEmpty ?? false,
    lastStepRetries: retries.lastModel,
    maxWaitMs,
  }
}

/** The provider of a model of the plan, as the request's snapshot has it. */
export function providerOf({ prepared }: AttemptJob, model: Model): Provider {
  const provider = prepared.snapshot.providers.find(({ id }) => id === model.providerId)
  if (provider === undefined) throw new TypeError(`${model.id} is of no provider of the snapshot`)
  return provider
}
