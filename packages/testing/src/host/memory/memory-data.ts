import { ImrsError, experienceTopic, withOverrides } from '@imrs/core'
import type {
  AgentModel,
  ApiKey,
  Attempt,
  AuditEntry,
  BudgetReservation,
  BudgetRule,
  CallOptions,
  CatalogEvent,
  ChangeWatcher,
  Decision,
  EnableRule,
  DriftState,
  ExperienceCellKey,
  HealthHint,
  JsonObject,
  MessageRecord,
  Model,
  ModelAlias,
  ModelOverrides,
  DriftAlarm,
  ParameterDefaults,
  PerformanceCell,
  PlainSums,
  Preference,
  Preset,
  Provider,
  ProviderHealth,
  ProviderHealthChange,
  StoredExperienceCell,
  StoredFeedbackEvent,
  UserExperience,
} from '@imrs/core'

import { frozenCopy } from './frozen-copy.ts'
import type { MemoryOutboxRow, MemoryOutboxSink } from './outbox.ts'

/** What is counted of one rule, for one subject, in one window. */
export interface BudgetCounts {
  readonly tenantId: string
  readonly ruleId: string
  readonly subject: string
  readonly windowStartMs: number
  readonly keptUntilMs: number
  readonly used: number
  /** The part of `used` that nobody measured. */
  readonly assumed: number
  readonly reserved: number
}

export interface ExperienceCheckpoint {
  readonly beforeId: string
  readonly cells: readonly (ExperienceCellKey & PlainSums)[]
  readonly users: readonly UserExperience[]
}

/** Where the alarm of one model stands, and the epoch it is in. */
export interface ModelDrift {
  readonly epoch: number
  readonly state: DriftState
}

/** All tables. Every value in it is a frozen copy, so rows can be handed out as they are. */
export interface MemoryData {
  isClosed: boolean
  /** Numbers of feedback events, in the order the store took them. */
  readonly nextSeq: () => number
  readonly nextOutboxSeq: () => number
  readonly providers: Map<string, Provider>
  readonly health: Map<string, ProviderHealth>
  /** By their `seq` minus one. */
  readonly healthChanges: ProviderHealthChange[]
  /** As lists and `put` say, without what was set. */
  readonly models: Map<string, Model>
  readonly overrides: Map<string, ModelOverrides>
  /** By their `seq` minus one. */
  readonly catalogEvents: CatalogEvent[]
  readonly aliases: Map<string, ModelAlias>
  readonly agentModels: Map<string, AgentModel>
  readonly enableRules: Map<string, EnableRule>
  readonly preferences: Map<string, Preference>
  readonly parameterDefaults: Map<string, ParameterDefaults>
  readonly presets: Map<string, Preset>
  readonly apiKeys: Map<string, ApiKey>
  readonly decisions: Map<string, Decision>
  readonly attempts: Map<string, Attempt>
  readonly messages: Map<string, MessageRecord>
  readonly budgets: Map<string, BudgetRule>
  readonly budgetCounts: Map<string, BudgetCounts>
  readonly reservations: Map<string, BudgetReservation>
  readonly feedback: Map<string, readonly StoredFeedbackEvent[]>
  readonly experience: Map<string, StoredExperienceCell>
  readonly experienceUsers: Map<string, UserExperience>
  /** By tenant: what answers from before an id add to the cells of its agents. */
  readonly checkpoints: Map<string, ExperienceCheckpoint>
  readonly drift: Map<string, ModelDrift>
  /** By agent, in the order of the alarms. */
  readonly alarms: Map<string, readonly DriftAlarm[]>
  /** By day and by month. */
  readonly figures: Map<string, PerformanceCell>
  /** By their `seq` minus one. */
  readonly audit: AuditEntry[]
  /** By their `seq`, in its order. */
  readonly outbox: Map<number, MemoryOutboxRow>
  readonly outboxSinks: Map<string, MemoryOutboxSink>
  readonly versions: Map<string, number>
  readonly watchers: Set<ChangeWatcher>
  /** By name: what gives it back. */
  readonly locks: Map<string, () => void>
  readonly hints: Map<string, HealthHint>
  /** By provider: when its allowance is full again. */
  readonly pace: Map<string, number>
}

export function createMemoryData(): MemoryData {
  let seq = 0
  let outboxSeq = 0
  return {
    isClosed: false,
    nextSeq: () => (seq += 1),
    nextOutboxSeq: () => (outboxSeq += 1),
    providers: new Map(),
    health: new Map(),
    healthChanges: [],
    models: new Map(),
    overrides: new Map(),
    catalogEvents: [],
    aliases: new Map(),
    agentModels: new Map(),
    enableRules: new Map(),
    preferences: new Map(),
    parameterDefaults: new Map(),
    presets: new Map(),
    apiKeys: new Map(),
    decisions: new Map(),
    attempts: new Map(),
    messages: new Map(),
    budgets: new Map(),
    budgetCounts: new Map(),
    reservations: new Map(),
    feedback: new Map(),
    experience: new Map(),
    experienceUsers: new Map(),
    checkpoints: new Map(),
    drift: new Map(),
    alarms: new Map(),
    figures: new Map(),
    audit: [],
    outbox: new Map(),
    outboxSinks: new Map(),
    versions: new Map(),
    watchers: new Set(),
    locks: new Map(),
    hints: new Map(),
    pace: new Map(),
  }
}

/** Every method starts with this. What follows it runs without an await, and so is atomic. */
export function begin(data: MemoryData, options: CallOptions | undefined): void {
  options?.signal?.throwIfAborted()
  if (data.isClosed) throw new ImrsError('store-unavailable', 'The memory store is closed')
}

/** Topics of experience begin with this; they are told to nobody. */
const EXPERIENCE = experienceTopic({ tenantId: '', agentId: '' }).replace(/\/$/, '')

export function raiseVersion(data: MemoryData, topic: string): number {
  const version = (data.versions.get(topic) ?? 0) + 1
  data.versions.set(topic, version)
  if (topic.startsWith(EXPERIENCE)) return version
  for (const watcher of data.watchers) {
    const known = watcher.versionOf(topic)
    if (known !== undefined && known !== version) watcher.moved([topic])
  }
  return version
}

/** Details of an audit row: what JSON keeps of an object. */
export function toDetails(details: object): JsonObject {
  return JSON.parse(JSON.stringify(details)) as JsonObject
}

/** Appends a row to the audit. */
export function audit(data: MemoryData, entry: Omit<AuditEntry, 'seq'>): void {
  data.audit.push(frozenCopy({ ...entry, seq: data.audit.length + 1 }))
}

/** A model as everyone sees it, with what was set. */
export function effectiveModel(data: MemoryData, model: Model): Model {
  const overrides = data.overrides.get(model.id)
  return overrides === undefined ? model : frozenCopy(withOverrides(model, overrides))
}

/** One text for several ids; no two lists of ids share it. */
export function keyOf(...ids: readonly string[]): string {
  return JSON.stringify(ids)
}
