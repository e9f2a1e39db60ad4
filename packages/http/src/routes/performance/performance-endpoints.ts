import { hostIdSchema } from '@imrs/core'
import { PERFORMANCE_GROUPS } from '@imrs/router'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint, EndpointSpec } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, agentSeenBy, tenantOf } from '../../identity/access.ts'
import { itemsOf } from '../../wire/items.ts'
import { listOf } from '../../wire/periods.ts'
import { scopeQuery } from '../../wire/scope-query.ts'
import { timesAsAsked } from '../../wire/times-as-asked.ts'
import { modelIdParam, tenantQuery } from '../../wire/values.ts'
import { agentFiguresEndpoint } from './agent-figures-endpoint.ts'
import { driftEndpoint } from './drift-endpoint.ts'
import {
  modelUsageWireSchema,
  performanceReportWireSchema,
  toPerformanceWire,
} from './performance-wire.ts'
import { recommendationWireSchema, toRecommendationWire } from './recommendation-wire.ts'

const common = {
  tag: 'Performance',
  access: TENANT_ADMINS,
  openToBound: true,
  rateClass: 'read',
} as const satisfies Partial<EndpointSpec<never, never, never>>

const scope = {
  ...scopeQuery,
  task_type: z.string().min(1).max(50).optional(),
}

/** How models did, and what follows from that. */
export function performanceEndpoints(options: ResolvedHttpOptions): readonly Endpoint[] {
  return [
    getPerformance,
    getModelUsage,
    getRecommendations,
    driftEndpoint,
    agentFiguresEndpoint,
  ].map((make) => make(options))
}

function getPerformance({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'getPerformance',
    method: 'get',
    path: '/api/v2/admin/models/performance',
    summary:
      'Ratings, latency, failures, tokens and cost, by model and what else they are told apart by',
    description:
      'Read from sums, so that it takes no longer with more answers. Ratings are kept by the month of the answer: rows of days have none. Whole UTC days from `from` to `to`.',
    query: z.strictObject({
      ...scope,
      model: modelIdParam.optional(),
      group_by: listOf(PERFORMANCE_GROUPS).prefault('model'),
    }),
    responses: {
      200: {
        description: 'The most used first',
        schema: performanceReportWireSchema,
      },
    },
    handle: async ({ query, identity, signal }) => {
      const report = await router.performance
        .report(
          {
            tenantId: tenantOf(identity, query.tenant_id),
            agentId: agentSeenBy(identity, query.agent_id),
            modelId: query.model,
            taskType: query.task_type,
            fromMs: query.from,
            toMs: query.to,
            groupBy: query.group_by,
          },
          { signal },
        )
        .catch(timesAsAsked)
      return {
        body: {
          task_type: query.task_type ?? null,
          agent_id: query.agent_id ?? null,
          from_day: report.fromDay ?? null,
          to_day: report.toDay ?? null,
          performance: report.rows.map(toPerformanceWire),
        },
      }
    },
  })
}

function getModelUsage({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'getModelUsage',
    method: 'get',
    path: '/api/v2/admin/models/{model_id}/usage',
    summary: 'What one model was used for, from the first call',
    params: z.object({ model_id: modelIdParam }),
    query: z.strictObject({ tenant_id: tenantQuery, agent_id: hostIdSchema.optional() }),
    responses: {
      200: {
        description: 'In all, by kind of task and by month',
        schema: modelUsageWireSchema,
      },
    },
    errors: ['unknown-model'],
    handle: async ({ params, query, identity, signal }) => {
      const scoped = {
        tenantId: tenantOf(identity, query.tenant_id),
        agentId: agentSeenBy(identity, query.agent_id),
      }
      const usage = await router.performance.usageOf(params.model_id, scoped, { signal })
      return {
        body: {
          model_id: usage.modelId,
          overall: toPerformanceWire(usage.overall),
          by_task_type: usage.byTaskType.map(toPerformanceWire),
          by_month: usage.byMonth.map(toPerformanceWire),
        },
      }
    },
  })
}

function getRecommendations({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'getRecommendations',
    method: 'get',
    path: '/api/v2/admin/recommendations',
    summary:
      'Models to use in place of others, to try and to drop, each with the evidence in a sentence',
    query: z.strictObject(scope),
    responses: {
      200: {
        description: 'All there are',
        schema: itemsOf(recommendationWireSchema),
      },
    },
    handle: async ({ query, identity, signal }) => {
      const recommendations = await router
        .recommend(
          {
            tenantId: tenantOf(identity, query.tenant_id),
            agentId: agentSeenBy(identity, query.agent_id),
            taskType: query.task_type,
            fromMs: query.from,
            toMs: query.to,
          },
          { signal },
        )
        .catch(timesAsAsked)
      return { body: { items: recommendations.map(toRecommendationWire) } }
    },
  })
}
