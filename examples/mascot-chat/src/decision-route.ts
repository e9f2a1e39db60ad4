import { ImrsError, fromNanoUsd } from '@imrs/core'
import type { Attempt, Decision, RankedCandidate } from '@imrs/core'
import type { Explanation, Router } from '@imrs/router'
import type { RequestHandler } from 'express'

import { userIdOf } from './session-cookie.ts'

/** Ranked models that the page shows. */
const SHOWN_CANDIDATES = 8

/** Why a model was chosen, as it travels. */
export interface DecisionExplanation {
  readonly sentence: string
  readonly decisionId: string
  readonly messageId: string
  readonly model: string
  readonly source: Decision['source']
  readonly strategy: string
  /** The preset that was asked for; absent when none was. */
  readonly preset?: string | undefined
  readonly task: Decision['task']
  readonly candidates: readonly RankedCandidate[]
  readonly candidateCount: number
  readonly excluded: Decision['exclusions']['counts']
  /** The calls behind the answer, in the order they were made. */
  readonly calls: readonly CallRow[]
}

/** One call to a model: a line of the cost ledger. */
export type CallRow = Pick<
  Attempt,
  'modelId' | 'outcome' | 'failureKind' | 'cause' | 'totalMs' | 'firstPartMs' | 'usageSource'
> & { readonly costUsd?: number | undefined }

/** `GET /api/decisions/{id}`: why the model of one's own answer was chosen. */
export function decisionRoute(router: Pick<Router, 'explain'>): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const explanation = await router.explain(request.params.id)
    if (explanation.decision.userId !== userIdOf(response)) {
      const id = JSON.stringify(request.params.id)
      throw new ImrsError('not-found', `There is no decision ${id} of yours.`)
    }
    response.json(toExplanation(explanation))
  }
}

function toExplanation({ sentence, decision, attempts }: Explanation): DecisionExplanation {
  return {
    sentence,
    decisionId: decision.id,
    messageId: decision.messageId,
    model: decision.modelId,
    source: decision.source,
    strategy: decision.strategy.name,
    preset: decision.preset,
    task: decision.task,
    candidates: decision.candidates.slice(0, SHOWN_CANDIDATES),
    candidateCount: decision.candidateCount,
    excluded: decision.exclusions.counts,
    calls: attempts.map(toCallRow),
  }
}

function toCallRow(attempt: Attempt): CallRow {
  const { modelId, outcome, failureKind, cause, totalMs, firstPartMs, usageSource } = attempt
  const cost = attempt.costNanoUsd
  const costUsd = cost === undefined ? undefined : fromNanoUsd(cost)
  return { modelId, outcome, failureKind, cause, totalMs, firstPartMs, usageSource, costUsd }
}
