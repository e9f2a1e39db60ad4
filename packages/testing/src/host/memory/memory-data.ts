import { ImrsError } from '@imrs/core'
import type {
  AgentModel,
  Attempt,
  CallOptions,
  Decision,
  ExperienceCell,
  MessageRecord,
  Model,
  ModelAlias,
  Preference,
  Provider,
  ProviderHealth,
  StoredFeedbackEvent,
} from '@imrs/core'

/** A row of `audit_log`. */
export interface AuditEntry {
  readonly tenantId: string
  readonly action: string
  readonly subject: string
  readonly actor?: string | undefined
  readonly atMs: number
}

/** All tables. Every value in it is a frozen copy, so rows can be handed out as they are. */
export interface MemoryData {
  isClosed: boolean
  /** Numbers of feedback events, in the order the store took them. */
  readonly nextSeq: () => number
  readonly providers: Map<string, Provider>
  readonly health: Map<string, ProviderHealth>
  readonly models: Map<string, Model>
  readonly aliases: Map<string, ModelAlias>
  readonly agentModels: Map<string, AgentModel>
  readonly preferences: Map<string, Preference>
  readonly decisions: Map<string, Decision>
  readonly attempts: Map<string, Attempt>
  readonly messages: Map<string, MessageRecord>
  readonly feedback: Map<string, readonly StoredFeedbackEvent[]>
  readonly experience: Map<string, ExperienceCell>
  readonly audit: AuditEntry[]
  readonly versions: Map<string, number>
}

export function createMemoryData(): MemoryData {
  let seq = 0
  return {
    isClosed: false,
    nextSeq: () => (seq += 1),
    providers: new Map(),
    health: new Map(),
    models: new Map(),
    aliases: new Map(),
    agentModels: new Map(),
    preferences: new Map(),
    decisions: new Map(),
    attempts: new Map(),
    messages: new Map(),
    feedback: new Map(),
    experience: new Map(),
    audit: [],
    versions: new Map(),
  }
}

/** Every method starts with this. What follows it runs without an await, and so is atomic. */
export function begin(data: MemoryData, options: CallOptions | undefined): void {
  options?.signal?.throwIfAborted()
  if (data.isClosed) throw new ImrsError('store-unavailable', 'The memory store is closed')
}

export function raiseVersion(data: MemoryData, topic: string): void {
  data.versions.set(topic, (data.versions.get(topic) ?? 0) + 1)
}

/** One text for several ids; no two lists of ids share it. */
export function keyOf(...ids: readonly string[]): string {
  return JSON.stringify(ids)
}
