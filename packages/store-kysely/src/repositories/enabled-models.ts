import { COUNTED_MODELS, effectiveAgentModel, resolveModelRange, toModelCursor } from '@imrs/core'
import type {
  AgentKey,
  AgentModel,
  EnableRule,
  EnabledModel,
  EnabledModelPage,
  EnabledModelQuery,
  Model,
} from '@imrs/core'
import { sql } from 'kysely'
import type { Expression, SelectQueryBuilder, SqlBool } from 'kysely'

import { fromAgentModelRow } from '../rows/agent-model-row.ts'
import { fromModelRow } from '../rows/model-row.ts'
import type { Database } from '../schema/database.ts'
import type { StoreWork } from '../session/store-session.ts'
import { fitsFilter } from './model-filter.ts'
import type { ModelExpression } from './model-filter.ts'

/** An agent and its rules, oldest first. */
export interface AgentRules {
  readonly agent: AgentKey
  readonly rules: readonly EnableRule[]
}

const PROVIDER = ['provider_id'] as const

interface IdRange {
  /** Only ids after this one. */
  readonly after: string
  readonly count: number
}

export async function listEnabled(
  work: StoreWork,
  of: AgentRules,
  query: EnabledModelQuery,
): Promise<EnabledModelPage> {
  const { limit, cursor } = query
  const { sort, direction, count, after } = resolveModelRange({ limit, cursor })
  const range = { after: after?.id ?? '', count: count + 1 }
  const rows = await enabledIds(work, of, { query, range })
    .orderBy('id')
    .limit(count + 1)
    .execute()
  const ids = rows.map((row) => row.id)
  const id = ids[count - 1]
  return {
    items: await describe(work, of, ids.slice(0, count)),
    ...(ids.length > count && id !== undefined
      ? { nextCursor: toModelCursor({ sort, direction, value: id, id }) }
      : {}),
    ...(await totalOf(work, of, query)),
  }
}

async function totalOf(
  work: StoreWork,
  of: AgentRules,
  query: EnabledModelQuery,
): Promise<Pick<EnabledModelPage, 'total' | 'totalIsEstimate'>> {
  const range = { after: '', count: COUNTED_MODELS + 1 }
  const { total } = await work.database
    .selectFrom(
      enabledIds(work, of, { query, range })
        .limit(COUNTED_MODELS + 1)
        .as('counted'),
    )
    .select((expression) => expression.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { total: Math.min(total, COUNTED_MODELS), totalIsEstimate: total > COUNTED_MODELS }
}

type IdQuery = SelectQueryBuilder<{ enabled: { id: string } }, 'enabled', { id: string }>

interface IdRequest {
  readonly query: EnabledModelQuery
  readonly range: IdRange
}

/**
 * The first ids that are enabled and fit, in no order, at least as many as the range asks for: of the
 * agent's rows, and of each rule that enables, so many. Each of these parts is read from an index of
 * its own, so that it does not matter how few of a large catalogue are enabled.
 */
function enabledIds(work: StoreWork, { agent, rules }: AgentRules, request: IdRequest): IdQuery {
  const { database, traits } = work
  const fits = fitsFilter(request.query, traits, PROVIDER)
  const part = (where: (expression: ModelExpression) => Expression<SqlBool>) =>
    database
      .selectFrom('llm_model_catalog')
      .select('id')
      .where('id', '>', request.range.after)
      .where(fits)
      .where(where)
      .orderBy('id')
      .limit(request.range.count)
  const isEnabled = isEnabledBy(work, { agent, rules })
  const parts = rules
    .filter((rule) => rule.isEnabled)
    .map((rule) => {
      const fitsRule = fitsFilter(rule.filter, traits, PROVIDER)
      return part((expression) => expression.and([fitsRule(expression), isEnabled(expression)]))
    })
  const ofRows = part((expression) => expression('id', 'in', rowsOf(work, agent, true)))
  const all = parts.reduce(
    (union, query, index) =>
      union.union(database.selectFrom(query.as(`part_${index}`)).select('id')),
    database.selectFrom(ofRows.as('part_rows')).select('id'),
  )
  return database.selectFrom(all.as('enabled')).select('id') as unknown as IdQuery
}

function rowsOf(
  { database }: StoreWork,
  { tenantId, agentId }: AgentKey,
  isEnabled?: boolean,
): SelectQueryBuilder<Database, 'agent_model_config', { model_id: string }> {
  const query = database
    .selectFrom('agent_model_config')
    .select('model_id')
    .where('tenant_id', '=', tenantId)
    .where('agent_id', '=', agentId)
  return isEnabled === undefined ? query : query.where('is_enabled', '=', isEnabled ? 1 : 0)
}

/** Whether no row decides and the newest rule that fits enables: {@link effectiveAgentModel} in SQL. */
function isEnabledBy(
  work: StoreWork,
  { agent, rules }: AgentRules,
): (expression: ModelExpression) => Expression<SqlBool> {
  return (expression) => {
    const newestFirst = rules.toReversed().map((rule) => {
      const fits = fitsFilter(rule.filter, work.traits, PROVIDER)(expression)
      return sql`when ${fits} then ${sql.raw(rule.isEnabled ? 'true' : 'false')}`
    })
    return expression.and([
      expression('id', 'not in', rowsOf(work, agent)),
      sql<SqlBool>`case ${sql.join(newestFirst, sql` `)} else false end`,
    ])
  }
}

/** The models of the ids, in their order, with what enables each. One that changed since is left out. */
async function describe(
  { database, traits }: StoreWork,
  { agent, rules }: AgentRules,
  ids: readonly string[],
): Promise<readonly EnabledModel[]> {
  const wanted = traits.textsOf(JSON.stringify(ids))
  const models = await database
    .selectFrom('llm_model_catalog')
    .selectAll()
    .where('id', 'in', wanted)
    .orderBy('id')
    .execute()
  const rows = await database
    .selectFrom('agent_model_config')
    .selectAll()
    .where('tenant_id', '=', agent.tenantId)
    .where('agent_id', '=', agent.agentId)
    .where('model_id', 'in', wanted)
    .execute()
  const byId = new Map(rows.map((row) => [row.model_id, fromAgentModelRow(row)]))
  return models.flatMap((row) => enabledModel(fromModelRow(row), byId, rules))
}

function enabledModel(
  model: Model,
  rows: ReadonlyMap<string, AgentModel>,
  rules: readonly EnableRule[],
): readonly EnabledModel[] {
  const { isEnabled, ...decision } = effectiveAgentModel(model, rows, rules)
  return isEnabled ? [{ model, ...decision }] : []
}
