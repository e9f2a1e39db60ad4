import type { Capability, Decision, Exclusions, PropensityLog, RankedCandidate } from '@imrs/core'

import type { DecisionRow } from '../schema/database.ts'
import {
  fromBoolean,
  fromJsonArray,
  fromJsonObject,
  fromNullable,
  fromTime,
  present,
  toBoolean,
  toJson,
  toNullable,
  toTime,
} from './columns.ts'

export function toDecisionRow(decision: Decision): DecisionRow {
  return {
    id: decision.id,
    message_id: decision.messageId,
    tenant_id: decision.tenantId,
    agent_id: decision.agentId,
    user_id: toNullable(decision.userId),
    decided_at: toTime(decision.atMs),
    source: decision.source,
    model_id: decision.modelId,
    task_type: decision.task.type,
    task_source: decision.task.source,
    task_confidence: decision.task.confidence,
    task_matches: decision.task.matches,
    required_capabilities: toJson(decision.requiredCapabilities),
    candidates: toJson(decision.candidates),
    candidate_count: decision.candidateCount,
    exclusions: toJson(decision.exclusions),
    propensity: decision.propensity,
    propensity_log: decision.propensityLog === undefined ? null : toJson(decision.propensityLog),
    ope_eligible: toBoolean(decision.opeEligible),
    ope_reason: toNullable(decision.opeReason),
    strategy_name: decision.strategy.name,
    strategy_version: toVersionText(decision),
    snapshot_version: decision.snapshotVersion,
    seed: decision.seed,
    replayable: toBoolean(decision.replayable),
    preset: toNullable(decision.preset),
  }
}

export function fromDecisionRow(row: DecisionRow): Decision {
  return present<Decision>({
    id: row.id,
    messageId: row.message_id,
    tenantId: row.tenant_id,
    agentId: row.agent_id,
    userId: fromNullable(row.user_id),
    atMs: fromTime(row.decided_at),
    source: row.source,
    modelId: row.model_id,
    preset: fromNullable(row.preset),
    task: {
      type: row.task_type,
      source: row.task_source,
      confidence: row.task_confidence,
      matches: row.task_matches,
    },
    requiredCapabilities: fromJsonArray<Capability>(row.required_capabilities),
    candidates: fromJsonArray<RankedCandidate>(row.candidates),
    candidateCount: row.candidate_count,
    exclusions: fromJsonObject<Exclusions>(row.exclusions),
    propensity: row.propensity,
    propensityLog:
      row.propensity_log === null ? undefined : fromJsonObject<PropensityLog>(row.propensity_log),
    opeEligible: fromBoolean(row.ope_eligible),
    opeReason: fromNullable(row.ope_reason),
    ...fromVersionText(row),
    snapshotVersion: row.snapshot_version,
    seed: row.seed,
    replayable: fromBoolean(row.replayable),
  })
}

/** Before the dial of a request: one that ruled, and one that did not. */
const RULED = '@cost-quality='
const IGNORED = '@cost-quality-ignored='

/** After the mark of a version that ends as one with a dial does, and has none: versions are texts of the host's. */
const NONE = 'none'
const DIALLED = /^([^]*)(@cost-quality(?:-ignored)?=)(\d[\d.e-]*|none)$/

/** A request's dial makes, as it were, another version of the strategy, and is kept with it. */
function toVersionText({ strategy, costQuality, ignoredCostQuality }: Decision): string {
  if (costQuality !== undefined) return `${strategy.version}${RULED}${costQuality}`
  if (ignoredCostQuality !== undefined) return `${strategy.version}${IGNORED}${ignoredCostQuality}`
  return DIALLED.test(strategy.version) ? `${strategy.version}${RULED}${NONE}` : strategy.version
}

function fromVersionText({
  strategy_name: name,
  strategy_version: text,
}: Pick<DecisionRow, 'strategy_name' | 'strategy_version'>): Pick<
  Decision,
  'strategy' | 'costQuality' | 'ignoredCostQuality'
> {
  const [, version = text, mark, number = NONE] = DIALLED.exec(text) ?? []
  const strategy = { name, version }
  if (number === NONE) return { strategy }
  const dial = Number(number)
  return mark === RULED ? { strategy, costQuality: dial } : { strategy, ignoredCostQuality: dial }
}
