import type { AgentSummary, AgentSummaryPage, AgentSummaryQuery } from '@imrs/core'

import { fromBoolean } from '../rows/columns.ts'
import { assertCount } from '../session/assert-count.ts'
import type { StoreWork } from '../session/store-session.ts'
import { agentIds } from './agent-ids.ts'
import { agentUse, notedAgents } from './agent-use.ts'

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 200

/**
 * One page. Which agents there are is found first, then what each has; notes of calls are read before
 * sums are, so that a call that is added up meanwhile shows in one of them.
 */
export async function listSummaries(
  work: StoreWork,
  query: AgentSummaryQuery,
): Promise<AgentSummaryPage> {
  const { limit = DEFAULT_LIMIT } = query
  assertCount('limit', limit, MAX_LIMIT)
  const found = await idsOf(work, query, limit + 1)
  const ids = found.slice(0, limit)
  const items = ids.length === 0 ? [] : await summariesOf(work, query, ids)
  const last = ids.at(-1)
  return found.length > limit && last !== undefined ? { items, nextCursor: last } : { items }
}

/** The first agents after the cursor, in their order. */
async function idsOf(
  work: StoreWork,
  { tenantId, agentIds: only, cursor: after = '' }: AgentSummaryQuery,
  count: number,
): Promise<readonly string[]> {
  const found =
    only ??
    (await notedAgents(work, tenantId)).concat(await agentIds(work, { tenantId, after, count }))
  const texts = [...new Set(found)].map((id) => Buffer.from(id))
  return texts
    .filter((text) => text.compare(Buffer.from(after)) > 0)
    .sort((left, right) => left.compare(right))
    .slice(0, count)
    .map(String)
}

/** Of agents that have anything, in their order. */
async function summariesOf(
  work: StoreWork,
  { tenantId, fromDay: from, toDay: to }: AgentSummaryQuery,
  ids: readonly string[],
): Promise<readonly AgentSummary[]> {
  const named = await countRows(work, tenantId, ids)
  const rules = await countRules(work, tenantId, ids)
  const uses = await agentUse(work, { tenantId, from, to, agentIds: ids })
  return ids.flatMap((agentId): readonly AgentSummary[] => {
    const { enabledByName, disabledByName } = named.get(agentId) ?? NO_ROWS
    const use = uses.get(agentId)
    const ruleCount = rules.get(agentId) ?? 0
    if (use === undefined && enabledByName + disabledByName + ruleCount === 0) return []
    return [
      {
        agentId,
        enabledByName,
        disabledByName,
        rules: ruleCount,
        answers: use?.answers ?? 0,
        ...(use === undefined ? {} : { lastUsedOn: use.lastUsedOn }),
      },
    ]
  })
}

type RowCounts = Pick<AgentSummary, 'enabledByName' | 'disabledByName'>
const NO_ROWS: RowCounts = Object.freeze({ enabledByName: 0, disabledByName: 0 })

async function countRows(
  { database }: StoreWork,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RowCounts>> {
  const rows = await database
    .selectFrom('agent_model_config')
    .select(({ fn }) => ['agent_id', 'is_enabled', fn.countAll<number>().as('count')])
    .where('tenant_id', '=', tenantId)
    .where('agent_id', 'in', ids)
    .groupBy(['agent_id', 'is_enabled'])
    .execute()
  const counts = new Map<string, RowCounts>()
  for (const { agent_id: agentId, is_enabled: isEnabled, count } of rows) {
    const field = fromBoolean(isEnabled) ? 'enabledByName' : 'disabledByName'
    counts.set(agentId, { ...(counts.get(agentId) ?? NO_ROWS), [field]: count })
  }
  return counts
}

async function countRules(
  { database }: StoreWork,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await database
    .selectFrom('model_enable_rules')
    .select(({ fn }) => ['agent_id', fn.countAll<number>().as('count')])
    .where('tenant_id', '=', tenantId)
    .where('agent_id', 'in', ids)
    .groupBy('agent_id')
    .execute()
  return new Map(rows.map(({ agent_id: agentId, count }) => [agentId, count]))
}
