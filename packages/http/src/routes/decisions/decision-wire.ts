import { fromNanoUsd } from '@imrs/core'
import type { Attempt, Decision } from '@imrs/core'
import { z } from 'zod'

import { isoOf } from '../../wire/values.ts'

/** Why a model was chosen, and what came of it, as it travels. */
export interface DecisionWire {
  readonly decisionId: string
  readonly messageId: string
  readonly agentId: string
  readonly decidedAt: string
  readonly sentence: string
  readonly model: string
  readonly source: Decision['source']
  readonly strategy: Decision['strategy']
  /** The request's own dial between quality, 0, and price, 1, where it ruled. */
  readonly costQuality: number | null
  /** The same, where it ruled nothing. */
  readonly ignoredCostQuality: number | null
  readonly preset: string | null
  readonly task: Decision['task']
  readonly requiredCapabilities: Decision['requiredCapabilities']
  readonly candidates: Decision['candidates']
  readonly candidateCount: number
  readonly exclusions: Decision['exclusions']
  /** The chance with which this model was put first. */
  readonly propensity: number
  readonly opeEligible: boolean
  readonly opeReason: Decision['opeReason'] | null
  readonly snapshotVersion: string
  readonly seed: number
  readonly replayable: boolean
  /** The calls it led to, in the order they were made; none for a dry run. */
  readonly calls: readonly CallWire[]
}

/** One call to a model: a line of the cost ledger. */
export interface CallWire {
  readonly model: string
  readonly cause: Attempt['cause']
  readonly outcome: Attempt['outcome']
  readonly failureKind: Attempt['failureKind'] | null
  readonly startedAt: string
  readonly firstPartMs: number | null
  readonly totalMs: number
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  readonly usageSource: Attempt['usageSource'] | null
  /** US dollars; `null` is unknown. */
  readonly costUsd: number | null
}

const callSchema = z.looseObject({
  model: z.string(),
  cause: z.string(),
  outcome: z.string(),
  totalMs: z.number(),
  costUsd: z.number().nullable(),
})

export const decisionWireSchema: z.ZodType = z.looseObject({
  decisionId: z.string(),
  messageId: z.string(),
  sentence: z.string(),
  model: z.string(),
  source: z.string(),
  costQuality: z.number().nullable(),
  ignoredCostQuality: z.number().nullable(),
  candidates: z.array(z.looseObject({ modelId: z.string(), score: z.number() })),
  candidateCount: z.int(),
  exclusions: z.looseObject({ counts: z.record(z.string(), z.int()) }),
  propensity: z.number(),
  calls: z.array(callSchema),
})

export interface Explained {
  readonly sentence: string
  readonly decision: Decision
  readonly attempts: readonly Attempt[]
}

export function toDecisionWire({ sentence, decision, attempts }: Explained): DecisionWire {
  return {
    decisionId: decision.id,
    messageId: decision.messageId,
    agentId: decision.agentId,
    decidedAt: isoOf(decision.atMs),
    sentence,
    model: decision.modelId,
    source: decision.source,
    strategy: decision.strategy,
    costQuality: decision.costQuality ?? null,
    ignoredCostQuality: decision.ignoredCostQuality ?? null,
    preset: decision.preset ?? null,
    task: decision.task,
    requiredCapabilities: decision.requiredCapabilities,
    candidates: decision.candidates,
    candidateCount: decision.candidateCount,
    exclusions: decision.exclusions,
    propensity: decision.propensity,
    opeEligible: decision.opeEligible,
    opeReason: decision.opeReason ?? null,
    snapshotVersion: decision.snapshotVersion,
    seed: decision.seed,
    replayable: decision.replayable,
    calls: attempts.map(toCallWire),
  }
}

function toCallWire(attempt: Attempt): CallWire {
  const { usage, costNanoUsd } = attempt
  return {
    model: attempt.modelId,
    cause: attempt.cause,
    outcome: attempt.outcome,
    failureKind: attempt.failureKind ?? null,
    startedAt: isoOf(attempt.startedAtMs),
    firstPartMs: attempt.firstPartMs ?? null,
    totalMs: attempt.totalMs,
    inputTokens: usage?.inputTokens ?? null,
    outputTokens: usage?.outputTokens ?? null,
    usageSource: attempt.usageSource ?? null,
    costUsd: costNanoUsd === undefined ? null : fromNanoUsd(costNanoUsd),
  }
}
