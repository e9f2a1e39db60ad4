import { ImrsError, chatBodySchema } from '@imrs/core'
import type { CallOptions, Decision } from '@imrs/core'
import { explainDecision } from '@imrs/router'
import type { Router } from '@imrs/router'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, USERS, agentOf } from '../../identity/access.ts'
import { actingUser } from '../../identity/acting-user.ts'
import type { Identity } from '../../identity/identity.ts'
import { userKeysOf } from '../../identity/user-keys.ts'
import { CHAT_ERRORS } from '../chat/chat-errors.ts'
import { decisionWireSchema, toDecisionWire } from './decision-wire.ts'

/** `/api/decisions`: why a model was chosen, and which one would be. */
export function decisionEndpoints(options: ResolvedHttpOptions): readonly Endpoint[] {
  return [getDecision, decide].map((make) => make(options))
}

function getDecision({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'getDecision',
    method: 'get',
    path: '/api/decisions/{decision_id}',
    tag: 'Decisions',
    summary: 'Why a model was chosen, and the calls that led to',
    description:
      'Users see the decisions of their own answers; admins and agents all of the tenant.',
    access: USERS,
    rateClass: 'read',
    params: z.object({ decision_id: z.string().min(1).max(128) }),
    responses: { 200: { description: 'The decision', schema: decisionWireSchema } },
    errors: ['not-found'],
    handle: async ({ params: { decision_id: decisionId }, identity, signal }) => {
      const explained = await router.explain(
        { decisionId, tenantId: identity.tenantId },
        { signal },
      )
      if (!maySee(identity, explained.decision)) {
        throw new ImrsError('not-found', `There is no decision ${JSON.stringify(decisionId)}.`)
      }
      return { body: toDecisionWire(explained) }
    },
  })
}

function maySee(identity: Identity, { userId, agentId }: Decision): boolean {
  if (identity.agentIds !== undefined && !identity.agentIds.includes(agentId)) return false
  const seesAll = identity.roles.some((role) => TENANT_ADMINS.includes(role) || role === 'agent')
  return seesAll || (identity.userId !== undefined && userId === identity.userId)
}

function decide(options: ResolvedHttpOptions): Endpoint {
  const { router, defaultAgentId } = options
  return endpoint({
    operationId: 'decide',
    method: 'post',
    path: '/api/decide',
    tag: 'Decisions',
    summary: 'Which model would answer, without asking it',
    description: 'A dry run of `POST /api/chat`: nothing is called, counted or stored.',
    access: USERS,
    rateClass: 'read',
    body: chatBodySchema,
    responses: { 200: { description: 'The decision', schema: decisionWireSchema } },
    errors: CHAT_ERRORS,
    handle: async ({ body, identity, request, signal }) => {
      const agentId = agentOf(identity, { named: body.agentId, byDefault: defaultAgentId })
      const asked = {
        ...body,
        agentId,
        tenantId: identity.tenantId,
        userId: actingUser(identity, undefined),
        roles: identity.roles,
      }
      const decision = await router.decide(asked, {
        signal,
        userKeys: userKeysOf(request, options),
      })
      const sentence = explainDecision(decision, await namesOf(router, decision, { signal }))
      return { body: toDecisionWire({ sentence, decision, attempts: [] }) }
    },
  })
}

async function namesOf(
  router: Router,
  { modelId, candidates }: Decision,
  options: CallOptions,
): Promise<(id: string) => string | undefined> {
  const ids = new Set([modelId, ...candidates.slice(0, 2).map((candidate) => candidate.modelId)])
  const names = new Map<string, string>()
  for (const id of ids) {
    const found = await router.models.resolve({ model: id }, options).catch(() => undefined)
    if (found !== undefined) names.set(id, found.model.displayName)
  }
  return (id) => names.get(id)
}
