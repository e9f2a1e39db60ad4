import type { CatalogHandle, UserKeyOptions } from '@imrs/catalog'
import type {
  AgentKey,
  CallOptions,
  ChatRequest,
  Model,
  ModelParameters,
  Preference,
  PreferenceKey,
  Provider,
  Runtime,
  UnsupportedParameterMode,
  WarningPart,
} from '@imrs/core'
import {
  DEFAULT_AGENT_ID,
  DEFAULT_TENANT_ID,
  ImrsError,
  chatRequestSchema,
  modelParametersOf,
  parseBody,
} from '@imrs/core'

import type { Breakers } from '../attempt/breaker/breakers.ts'
import type { BudgetKeeper } from '../budgets/budget-keeper.ts'
import type { DecisionInput } from '../decide/decision-input.ts'
import type { RouterOptions } from '../options.ts'
import type { PreferenceCache } from '../preferences/preference-cache.ts'
import type { SharedHints } from '../processes/shared-hints.ts'
import type { RoutingSnapshot } from '../snapshot/routing-snapshot.ts'
import type { SnapshotCache } from '../snapshot/snapshot-cache.ts'
import { withUserModels } from '../snapshot/with-user-models.ts'
import { estimateInputTokens, requiredCapabilities } from '../task/index.ts'
import type { TaskDetection } from '../task/index.ts'
import type { AgentTexts } from '../text/agent-texts.ts'
import { callSizeOf } from './call-size-of.ts'
import type { ConversationMemory } from './conversation-memory.ts'
import { conversationOf } from './conversation-of.ts'
import type { PreparedRequest } from './prepared-request.ts'
import { taskOf } from './task-of.ts'
import { unitOf } from './unit-of.ts'

export interface PrepareContext {
  readonly runtime: Runtime
  readonly catalog: CatalogHandle
  readonly snapshots: Pick<SnapshotCache, 'get'>
  readonly preferences: PreferenceCache
  readonly breakers: Breakers
  readonly hints: Pick<SharedHints, 'recheck'>
  readonly budgets: BudgetKeeper
  readonly tasks: TaskDetection
  readonly conversations: ConversationMemory
  readonly texts: AgentTexts
  readonly capsuleOf: RouterOptions['capsuleOf']
  readonly unsupportedParameters: UnsupportedParameterMode
}

/**
 * Does all that a decision needs to wait for: the snapshot, the user's preference, which providers
 * have a key, and the task type. Writes nothing.
 *
 * @throws ImrsError `invalid-request` that names the field.
 */
export async function prepare(
  context: PrepareContext,
  given: ChatRequest,
  options?: UserKeyOptions,
): Promise<PreparedRequest> {
  const request = parseBody(chatRequestSchema, given)
  const agent = agentOf(request)
  const owner = ownerOf(request, agent)
  const usersModels = await modelsOfUser(context, options)
  const snapshot = withUserModels(await context.snapshots.get(agent, options), usersModels)
  const [detected, credentials, { preference, warnings }, capsule] = await Promise.all([
    context.tasks.detect({ messages: request.messages, tools: request.tools ?? [] }, options),
    credentialsOf(context.catalog, snapshot.providers, options),
    preferenceOf(context, owner, options),
    context.capsuleOf?.(agent, options),
  ])
  const atMs = context.runtime.now()
  const inputTokens = estimateInputTokens(request)
  const callOf = callSizeOf(request, snapshot, inputTokens)
  const payer = { ...agent, userId: owner?.userId }
  const input: DecisionInput = {
    decisionId: context.runtime.newId(),
    messageId: context.runtime.newId(),
    userId: owner?.userId,
    unit: owner === undefined ? undefined : unitOf(owner),
    atMs,
    ...taskOf({ request, detected, snapshot, texts: context.texts.of(agent) }),
    conversation: conversationOf(context.conversations, { request, agent, inputTokens }),
    costQuality: request.costQuality,
    requiredCapabilities: requiredCapabilities(request),
    inputTokens,
    outputTokens: request.maxOutputTokens ?? 0,
    insisted: insistedOf(request, context.unsupportedParameters),
    allowedModels: intersection(request.allowedModels, capsule?.allowedModels),
    roles: new Set(request.roles),
    vetoed: new Set(),
    ...credentials,
    shunUntilMs: shunned(context.catalog, snapshot),
    breakers: context.breakers.openUntil((id) => hostsKey(context.catalog, id, options)),
    exhausted: context.budgets.exhausted(payer, { atMs, inputTokens, callOf }),
  }
  context.hints.recheck()
  const userKeys = options?.userKeys
  return { request, snapshot, input, owner, preference, warnings, userKeys }
}

function insistedOf(
  request: ChatRequest,
  byDefault: UnsupportedParameterMode,
): ModelParameters | undefined {
  const mode = request.unsupportedParameters ?? byDefault
  return mode === 'refuse' ? modelParametersOf(request) : undefined
}

/** While the store is down, what the caller's keys show is not known: the models of the snapshot are. */
async function modelsOfUser(
  { catalog }: PrepareContext,
  options?: UserKeyOptions,
): Promise<readonly Model[]> {
  try {
    return await catalog.modelsOfUser(options)
  } catch (error) {
    options?.signal?.throwIfAborted()
    if (!ImrsError.is(error) || error.code !== 'store-unavailable') throw error
    return []
  }
}

/** What both lists hold; a list that is absent holds everything. */
function intersection(
  left: readonly string[] | undefined,
  right: readonly string[] | undefined,
): ReadonlySet<string> | undefined {
  if (left === undefined) return right === undefined ? undefined : new Set(right)
  return new Set(right === undefined ? left : left.filter((name) => right.includes(name)))
}

function agentOf(request: ChatRequest): AgentKey {
  return {
    tenantId: request.tenantId ?? DEFAULT_TENANT_ID,
    agentId: request.agentId ?? DEFAULT_AGENT_ID,
  }
}

function ownerOf(request: ChatRequest, { tenantId }: AgentKey): PreferenceKey | undefined {
  const userId = request.userId ?? request.sessionId
  return userId === undefined ? undefined : { tenantId, userId }
}

interface Credentials {
  readonly credentials: ReadonlySet<string>
  readonly unknownCredentials: ReadonlySet<string>
}

/** A secret store that cannot tell makes a provider unusable: no call is made on a guess. */
async function credentialsOf(
  catalog: CatalogHandle,
  providers: readonly Provider[],
  options?: UserKeyOptions,
): Promise<Credentials> {
  const credentials = new Set<string>()
  const unknownCredentials = new Set<string>()
  await Promise.all(
    providers.map(async (provider) => {
      try {
        const { isPresent } = await catalog.credentialOf(provider, options)
        if (isPresent) credentials.add(provider.id)
      } catch (error) {
        options?.signal?.throwIfAborted()
        if (!ImrsError.is(error)) throw error
        unknownCredentials.add(provider.id)
      }
    }),
  )
  return { credentials, unknownCredentials }
}

async function preferenceOf(
  { preferences }: PrepareContext,
  owner: PreferenceKey | undefined,
  options?: CallOptions,
): Promise<{ preference: Preference | undefined; warnings: readonly WarningPart[] }> {
  if (owner === undefined) return { preference: undefined, warnings: [] }
  try {
    return { preference: await preferences.get(owner, options), warnings: [] }
  } catch (error) {
    options?.signal?.throwIfAborted()
    if (!ImrsError.is(error)) throw error
    const message = 'Your stored choice of model could not be read; the default is used instead.'
    return {
      preference: undefined,
      warnings: [{ type: 'warning', code: 'preference-unavailable', message }],
    }
  }
}

/** Breakers of the host's keys; what a caller's own key has met is seen when the call is made. */
function hostsKey(
  catalog: CatalogHandle,
  providerId: string,
  options?: UserKeyOptions,
): string | undefined {
  const isUsers = options?.userKeys?.[providerId] !== undefined
  return isUsers ? undefined : catalog.credentialIdOf(providerId)
}

function shunned(
  { tracker }: CatalogHandle,
  { providers }: RoutingSnapshot,
): ReadonlyMap<string, number> {
  const until = new Map<string, number>()
  for (const { id } of providers) {
    const state = tracker.stateOf(id)
    if (state !== undefined && state.shunUntilMs > 0) until.set(id, state.shunUntilMs)
  }
  return until
}
