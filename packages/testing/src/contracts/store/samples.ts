import { agentTopic, experienceTopic } from '@imrs/core'
import type {
  AgentModel,
  Attempt,
  Decision,
  FeedbackEvent,
  MessageRecord,
  Model,
  Provider,
} from '@imrs/core'

import { createTestRuntime } from '../../host/test-runtime.ts'

/** 2026-03-14T09:26:53.589Z, in the middle of a month. */
export const AT: number = Date.UTC(2026, 2, 14, 9, 26, 53, 589)

/** Right-to-left text, an emoji of several code points, combining marks, a quote, a backslash, U+2028. */
export const ODD_TEXT = 'ملاك 👩🏽‍🚀 é \'"\\ %_ \u2028 ${x} 中文 \uFFFF'

const runtime = createTestRuntime({ seed: 20_260_314, start: AT })

export function newId(): string {
  return runtime.newId()
}

export const AGENT = { tenantId: 'tenant-1', agentId: 'agent-1' } as const
export const EXPERIENCE_TOPIC: string = experienceTopic(AGENT)
export const AGENT_TOPIC: string = agentTopic(AGENT)

/** Only what a provider must have. */
export function provider(changes: Partial<Provider> = {}): Provider {
  return {
    id: 'openrouter',
    displayName: 'OpenRouter',
    providerType: 'openrouter',
    apiBase: 'https://openrouter.ai/api/v1',
    modelsEndpoint: '/models',
    isActive: true,
    origin: 'api',
    settings: {},
    createdAtMs: AT,
    updatedAtMs: AT,
    ...changes,
  }
}

/** Only what a model must have; `name` is its external id. */
export function model(name: string, changes: Partial<Model> = {}): Model {
  const providerId = changes.providerId ?? 'openrouter'
  return {
    id: `${providerId}/${name}`,
    providerId,
    externalId: name,
    displayName: name,
    modelType: 'chat',
    capabilities: ['text'],
    pricing: {},
    isAvailable: true,
    metadata: {},
    priority: 50,
    domains: [],
    origin: 'sync',
    createdAtMs: AT,
    updatedAtMs: AT,
    ...changes,
  }
}

export function agentModel(modelId: string, changes: Partial<AgentModel> = {}): AgentModel {
  return { ...AGENT, modelId, isEnabled: true, enabledAtMs: AT, ...changes }
}

/** Only what an answer must have. */
export function message(changes: Partial<MessageRecord> = {}): MessageRecord {
  return {
    id: newId(),
    ...AGENT,
    userId: 'user-1',
    role: 'assistant',
    model: 'openrouter/a',
    metadata: {},
    createdAtMs: AT,
    taskType: 'code',
    creditedTaskType: changes.taskType ?? 'code',
    toolsUsed: [],
    ...changes,
  }
}

export function attempt(messageId: string, changes: Partial<Attempt> = {}): Attempt {
  return {
    id: newId(),
    messageId,
    decisionId: newId(),
    ...AGENT,
    position: 1,
    cause: 'first',
    providerId: 'openrouter',
    modelId: 'openrouter/a',
    outcome: 'completed',
    startedAtMs: AT,
    totalMs: 1_000,
    ...changes,
  }
}

export function decision(messageId: string, changes: Partial<Decision> = {}): Decision {
  return {
    id: newId(),
    messageId,
    ...AGENT,
    atMs: AT,
    source: 'auto',
    modelId: 'openrouter/a',
    task: { type: 'code', source: 'keyword', confidence: 'medium', matches: 2 },
    requiredCapabilities: ['text'],
    candidates: [],
    candidateCount: 0,
    exclusions: { counts: {}, examples: [] },
    propensity: 1,
    opeEligible: true,
    strategy: { name: 'weighted', version: '1' },
    snapshotVersion: '1',
    seed: 4_294_967_295,
    replayable: true,
    ...changes,
  }
}

export function feedback(
  on: Pick<MessageRecord, 'id' | 'tenantId'>,
  changes: Partial<FeedbackEvent> = {},
): FeedbackEvent {
  return {
    id: newId(),
    tenantId: on.tenantId,
    messageId: on.id,
    userId: 'user-1',
    feedbackType: 'explicit',
    ratingMilli: 1_000,
    atMs: AT + 60_000,
    ...changes,
  }
}
