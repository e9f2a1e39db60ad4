import {
  MAX_NAMED_DIFFERENCES,
  effectiveFeedback,
  experienceTopic,
  recordedFeedback,
  subtractExperience,
  toLearningRecord,
  uuidBoundOf,
} from '@imrs/core'
import type {
  DriftAlarm,
  DriftAlarmQuery,
  ExperienceQuery,
  FeedbackEvent,
  FeedbackOutcome,
  FeedbackRepository,
  MessageRecord,
  RecordFeedbackOptions,
  StoredFeedbackEvent,
  StoredExperienceCell,
} from '@imrs/core'

import { assertCount } from './assert-count.ts'
import { countExperience } from './count-experience.ts'
import { frozenCopy } from './frozen-copy.ts'
import { begin, keyOf, raiseVersion } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { addToCell, cellSums, moveExperience, putUsers, tallyOf } from './move-experience.ts'
import { appendToOutbox } from './outbox.ts'
import { sortedBy } from './text-order.ts'
import { watchRating } from './watch-rating.ts'

export function memoryFeedback(data: MemoryData): FeedbackRepository {
  return {
    record: async (event, options) => {
      begin(data, options)
      return record(data, frozenCopy(event), options ?? {})
    },
    listEvents: async ({ tenantId, messageId }, options) => {
      begin(data, options)
      return data.feedback.get(keyOf(tenantId, messageId)) ?? []
    },
    listExperience: async (query, options) => {
      begin(data, options)
      return cellsOf(data, query)
    },
    listShifts: async ({ tenantId, agentId }, options) => {
      begin(data, options)
      const alarms = (data.alarms.get(tenantId) ?? []).filter((each) => each.agentId === agentId)
      const shifts = alarms.map(({ modelId, epoch, shiftMilli }) => ({
        modelId,
        epoch,
        shiftMilli,
      }))
      return sortedBy(shifts, ({ modelId, epoch }) => `${modelId}\0${padded(epoch)}`)
    },
    listAlarms: async (query, options) => {
      begin(data, options)
      return listAlarms(data, query)
    },
    rebuildExperience: async (request, options) => {
      begin(data, options)
      return rebuild(data, request)
    },
    checkpointExperience: async ({ tenantId, beforeMs }, options) => {
      begin(data, options)
      const upTo = uuidBoundOf(beforeMs)
      const { totals, closedBefore } = countExperience(data, { tenantId, upTo })
      if (upTo <= closedBefore) return
      const [cells, users] = [totals.plainCells(), totals.users()]
      data.checkpoints.set(tenantId, frozenCopy({ beforeId: upTo, cells, users }))
    },
  }
}

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1_000

function listAlarms(
  data: MemoryData,
  { tenantId, agentIds, modelId, limit = DEFAULT_LIMIT, ...times }: DriftAlarmQuery,
): readonly DriftAlarm[] {
  assertCount('limit', limit, MAX_LIMIT)
  const { fromMs = -Infinity, toMs = Infinity } = times
  const found = (data.alarms.get(tenantId) ?? [])
    .filter((alarm) => agentIds?.includes(alarm.agentId) ?? true)
    .filter((alarm) => alarm.modelId === (modelId ?? alarm.modelId))
    .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
  const inOrder = sortedBy(found, ({ agentId, ...alarm }) =>
    [agentId, alarm.modelId, padded(alarm.epoch)].join('\0'),
  )
  return inOrder.toSorted((left, right) => right.atMs - left.atMs).slice(0, limit)
}

function cellsOf(
  data: MemoryData,
  { tenantId, agentId, scopes = ['agent'] }: ExperienceQuery,
): readonly StoredExperienceCell[] {
  const found = [...data.experience.values()].filter(
    (cell) =>
      scopes.includes(cell.scope) &&
      (cell.scope === 'global' || cell.tenantId === tenantId) &&
      (cell.scope !== 'agent' || cell.agentId === agentId),
  )
  // NUL sorts below every character, so this orders by the first field, then the second, …
  return sortedBy(found, ({ scope, taskType, modelId, month, epoch }) =>
    [scope, taskType, modelId, month, padded(epoch)].join('\0'),
  )
}

function record(
  data: MemoryData,
  event: FeedbackEvent,
  options: RecordFeedbackOptions,
): FeedbackOutcome {
  const key = keyOf(event.tenantId, event.messageId)
  const message = data.messages.get(key)
  if (message === undefined || message.userId !== event.userId) return { kind: 'not-found' }
  const before = data.feedback.get(key) ?? []
  if (before.some((stored) => stored.id === event.id)) {
    return { kind: 'duplicate', message, reasons: effectiveFeedback(before)?.reasons ?? [] }
  }
  const closedBefore = data.checkpoints.get(event.tenantId)?.beforeId ?? ''
  if (message.id < closedBefore) return { kind: 'closed' }
  return append(data, { message, before, event, options })
}

interface FoundFeedback {
  readonly message: MessageRecord
  readonly before: readonly StoredFeedbackEvent[]
  readonly event: FeedbackEvent
  readonly options: RecordFeedbackOptions
}

function append(
  data: MemoryData,
  { message, before, event, options }: FoundFeedback,
): FeedbackOutcome {
  const key = keyOf(event.tenantId, event.messageId)
  const epoch = before[0]?.epoch ?? epochOf(data, message)
  const counted = { answer: message, epoch }
  const recorded = recordedFeedback({
    message,
    before,
    event,
    tally: tallyOf(data, counted),
    cell: cellSums(data, counted),
    maxUserShareMilli: options.maxUserShareMilli,
  })
  const { change, experienceChanged, ratingChanged, reasons } = recorded
  const { weightMilli } = recorded.tally
  const stored = Object.freeze({ ...event, epoch, weightMilli, seq: data.nextSeq() })
  data.feedback.set(key, Object.freeze([...before, stored]))
  moveExperience(data, counted, recorded)
  const shift = recorded.isWatched
    ? watchRating(data, { message, event, watch: options.watch })
    : undefined
  const isMoved = experienceChanged || shift !== undefined
  const version = isMoved ? raiseVersion(data, experienceTopic(message)) : 0
  const rated = Object.freeze(recorded.message)
  data.messages.set(key, rated)
  appendToOutbox(data, { sinks: options.sinks, record: toLearningRecord(recorded, event) })
  return {
    kind: 'recorded',
    message: rated,
    ratingChanged,
    reasons,
    experienceChanged,
    ...(isMoved ? { moved: { epoch, change, version } } : {}),
    ...(shift === undefined ? {} : { shift }),
  }
}

function epochOf(data: MemoryData, { tenantId, agentId, model }: MessageRecord): number {
  return data.drift.get(keyOf(tenantId, agentId, model))?.epoch ?? 0
}

function rebuild(
  data: MemoryData,
  { tenantId, isDryRun = false }: Parameters<FeedbackRepository['rebuildExperience']>[0],
): Awaited<ReturnType<FeedbackRepository['rebuildExperience']>> {
  const { totals, events } = countExperience(data, { tenantId })
  const stored = [...data.experience.values()].filter(
    (cell) => cell.scope !== 'global' && cell.tenantId === tenantId,
  )
  const differences = totals.mismatches(stored)
  for (const { cell, stored: old, expected } of isDryRun ? [] : differences) {
    const missing = subtractExperience(expected, old)
    addToCell(data, cell, missing)
    if (cell.scope === 'tenant')
      addToCell(data, { ...cell, scope: 'global', tenantId: '' }, missing)
    else raiseVersion(data, experienceTopic(cell))
  }
  if (!isDryRun) putUsers(data, tenantId, totals.users())
  return {
    events,
    cells: totals.cells().length,
    differences: differences.slice(0, MAX_NAMED_DIFFERENCES),
    differenceCount: differences.length,
  }
}

/** Numbers as text that sorts as they do. */
function padded(epoch: number): string {
  return String(epoch).padStart(10, '0')
}
