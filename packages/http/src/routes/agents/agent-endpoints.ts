import type { Router } from '@imrs/router'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Call, Endpoint, EndpointSpec } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, assertAgent, tenantOf } from '../../identity/access.ts'
import { itemsOf } from '../../wire/items.ts'
import { agentIdParam, modelIdParam, tenantQuery, wholeNumber } from '../../wire/values.ts'
import { agentModelBodySchema, disableBodySchema, enableBodySchema } from './agent-body.ts'
import {
  agentModelPageWireSchema,
  agentModelRowWireSchema,
  agentRuleWireSchema,
  modelsDisabledWireSchema,
  modelsEnabledWireSchema,
  toAgentModelWire,
  toAgentRuleWire,
} from './agent-wire.ts'
import { changeAgentModel, disableModels, enableModels } from './change-agent-models.ts'

const BASE = '/api/v2/agents/{agent_id}/models'
const RULES = '/api/v2/agents/{agent_id}/model-rules'

const params = z.object({ agent_id: agentIdParam })
const tenantOnly = z.strictObject({ tenant_id: tenantQuery })

const common = {
  tag: 'Agent models',
  access: TENANT_ADMINS,
  openToBound: true,
} as const satisfies Partial<EndpointSpec<never, never, never>>

interface AgentCall {
  readonly agentId: string
  readonly tenantId: string
}

/** Whose models a request is about; refuses other tenants and agents. */
function agentOf({
  params: { agent_id: agentId },
  query: { tenant_id: tenantId },
  identity,
}: Pick<
  Call<{ readonly agent_id: string }, { readonly tenant_id?: string | undefined }, unknown>,
  'params' | 'query' | 'identity'
>): AgentCall {
  assertAgent(identity, agentId)
  return { agentId, tenantId: tenantOf(identity, tenantId) }
}

/** `/api/v2/agents/{agent_id}/models`: what each agent may use. */
export function agentEndpoints({ router }: ResolvedHttpOptions): readonly Endpoint[] {
  return [
    listAgentModels,
    enableAgentModels,
    disableAgentModels,
    updateAgentModel,
    listAgentModelRules,
    removeAgentModelRule,
  ].map((make) => make(router))
}

function listAgentModels(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'listAgentModels',
    method: 'get',
    path: BASE,
    summary: 'The models enabled for an agent',
    description: 'By name or by rule, whether they can be used now or not.',
    rateClass: 'read',
    params,
    query: z.strictObject({
      tenant_id: tenantQuery,
      search: z.string().min(1).max(255).optional(),
      per_page: wholeNumber(1, 200).prefault('200'),
      cursor: z.string().min(1).max(2000).optional(),
    }),
    responses: {
      200: {
        description: 'One page, by model id',
        schema: agentModelPageWireSchema,
      },
    },
    handle: async (call) => {
      const agent = agentOf(call)
      const { search, per_page: limit, cursor } = call.query
      const [page, rows] = await Promise.all([
        router.agents.listEnabled({ ...agent, search, limit, cursor }, { signal: call.signal }),
        router.agents.list(agent, { signal: call.signal }),
      ])
      const rowOf = new Map(rows.map((row) => [row.modelId, row]))
      return {
        body: {
          agent_id: agent.agentId,
          models: page.items.map((item) => toAgentModelWire(item, rowOf.get(item.model.id))),
          total_enabled: page.total,
          total_is_estimate: page.totalIsEstimate,
          next_cursor: page.nextCursor ?? null,
          disabled_model_ids: rows.flatMap((row) => (row.isEnabled ? [] : [row.modelId])),
        },
      }
    },
  })
}

function enableAgentModels(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'enableAgentModels',
    method: 'post',
    path: BASE,
    summary: 'Enables models for an agent, by list, by filter or both',
    description:
      'A filter is stored as one rule, so that models that come later are enabled as well. `models_enabled` names 200 at most.',
    rateClass: 'write',
    params,
    query: tenantOnly,
    body: enableBodySchema,
    responses: {
      200: {
        description: 'What is enabled by that',
        schema: modelsEnabledWireSchema,
      },
    },
    errors: ['unknown-model'],
    handle: async (call) => {
      const change = { ...agentOf(call), body: call.body, by: call.identity.actor }
      return { body: await enableModels(router, change, { signal: call.signal }) }
    },
  })
}

function disableAgentModels(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'disableAgentModels',
    method: 'post',
    path: `${BASE}/disable`,
    summary: 'Disables models for an agent, by list, by filter or both',
    description: 'Other agents are left alone.',
    rateClass: 'write',
    params,
    query: tenantOnly,
    body: disableBodySchema,
    responses: {
      200: {
        description: 'What was disabled',
        schema: modelsDisabledWireSchema,
      },
    },
    errors: ['unknown-model'],
    handle: async (call) => {
      const change = { ...agentOf(call), body: call.body, by: call.identity.actor }
      return { body: await disableModels(router, change, { signal: call.signal }) }
    },
  })
}

function updateAgentModel(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'updateAgentModel',
    method: 'patch',
    path: `${BASE}/{model_id}`,
    summary: 'Enables or disables one model for an agent, or sets its priority there',
    rateClass: 'write',
    params: z.object({ agent_id: agentIdParam, model_id: modelIdParam }),
    query: tenantOnly,
    body: agentModelBodySchema,
    responses: {
      200: {
        description: 'The row as it is now',
        schema: agentModelRowWireSchema,
      },
    },
    errors: ['unknown-model'],
    handle: async (call) => {
      const { model_id: modelId } = call.params
      const change = { ...agentOf(call), modelId, body: call.body, by: call.identity.actor }
      return { body: await changeAgentModel(router, change, { signal: call.signal }) }
    },
  })
}

function listAgentModelRules(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'listAgentModelRules',
    method: 'get',
    path: RULES,
    summary: 'The rules of an agent, oldest first; of several that fit a model the newest counts',
    rateClass: 'read',
    params,
    query: tenantOnly,
    responses: {
      200: { description: 'All of them', schema: itemsOf(agentRuleWireSchema) },
    },
    handle: async (call) => {
      const rules = await router.agents.rules(agentOf(call), { signal: call.signal })
      return { body: { items: rules.map(toAgentRuleWire) } }
    },
  })
}

function removeAgentModelRule(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'removeAgentModelRule',
    method: 'delete',
    path: `${RULES}/{rule_id}`,
    summary: 'Removes a rule',
    rateClass: 'write',
    params: z.object({ agent_id: agentIdParam, rule_id: z.string().min(1).max(128) }),
    query: tenantOnly,
    responses: { 204: { description: 'It is gone' } },
    errors: ['not-found'],
    handle: async (call) => {
      const { rule_id: ruleId } = call.params
      const removal = { ...agentOf(call), ruleId, by: call.identity.actor }
      await router.agents.removeRule(removal, { signal: call.signal })
      return {}
    },
  })
}
