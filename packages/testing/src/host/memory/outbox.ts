import type {
  LearningRecord,
  OutboxClaim,
  OutboxClaimRequest,
  OutboxEntry,
  OutboxKey,
  OutboxRepository,
  OutboxSettlement,
  OutboxStatus,
  SetAsideChoice,
  SetAsideEntry,
} from '@imrs/core'

import { assertCount } from './assert-count.ts'
import { frozenCopy } from './frozen-copy.ts'
import { begin, keyOf } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'

/** A record in the outbox, with everything that happened to it. */
export interface MemoryOutboxRow extends OutboxEntry {
  readonly sink: string
  readonly availableAtMs: number
  readonly reason?: string | undefined
  readonly setAsideAtMs?: number | undefined
}

/** Who delivers to a sink, and until when it is left alone. */
export interface MemoryOutboxSink {
  readonly holder?: string | undefined
  readonly leaseUntilMs?: number | undefined
  readonly failureCount: number
  readonly failure?: OutboxStatus['failure']
  readonly pausedUntilMs?: number | undefined
}

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1_000
const NEW_SINK: MemoryOutboxSink = Object.freeze({ failureCount: 0 })

/** Appends an entry for each sink, where the signal is recorded. */
export function appendToOutbox(
  data: MemoryData,
  {
    sinks = [],
    record,
  }: { readonly sinks?: readonly string[] | undefined; readonly record: LearningRecord },
): void {
  const { tenantId, atMs } = record.event
  for (const sink of sinks) {
    const seq = data.nextOutboxSeq()
    const times = { createdAtMs: atMs, availableAtMs: atMs }
    const row = { sink, tenantId, seq, record, attemptCount: 0, ...times }
    data.outbox.set(seq, frozenCopy(row))
  }
}

export function memoryOutbox(data: MemoryData): OutboxRepository {
  return {
    claim: async (request, options) => {
      begin(data, options)
      assertCount('limit', request.limit, MAX_LIMIT)
      return claim(data, request)
    },
    settle: async (settlement, options) => {
      begin(data, options)
      settle(data, settlement)
    },
    release: async (lease, options) => {
      begin(data, options)
      release(data, lease)
    },
    status: async (sinks, options) => {
      begin(data, options)
      return statusOf(data, sinks)
    },
    listSetAside: async ({ limit = DEFAULT_LIMIT, afterSeq = 0, ...choice }, options) => {
      begin(data, options)
      assertCount('limit', limit, MAX_LIMIT)
      const rows = setAsideOf(data, choice).filter(({ seq }) => seq > afterSeq)
      return rows.slice(0, limit).map(toSetAside)
    },
    retrySetAside: async ({ atMs, ...choice }, options) => {
      begin(data, options)
      const rows = setAsideOf(data, choice)
      for (const { setAsideAtMs: _at, reason: _reason, ...row } of rows) {
        put(data, { ...row, attemptCount: 0, availableAtMs: atMs })
      }
      return rows.length
    },
    discardSetAside: async (choice, options) => {
      begin(data, options)
      const rows = setAsideOf(data, choice)
      for (const { seq } of rows) data.outbox.delete(seq)
      return rows.length
    },
    resume: async ({ sink, atMs }, options) => {
      begin(data, options)
      const { pausedUntilMs: _until, ...found } = sinkOf(data, sink)
      if (data.outboxSinks.has(sink)) data.outboxSinks.set(sink, found)
      for (const row of pendingOf(data, sink)) {
        if (row.availableAtMs > atMs) put(data, { ...row, availableAtMs: atMs })
      }
    },
  }
}

function claim(data: MemoryData, request: OutboxClaimRequest): OutboxClaim {
  const { sink, holder, atMs, leaseMs, limit } = request
  const found = sinkOf(data, sink)
  const due = firstsOf(data, sink).filter(({ availableAtMs }) => availableAtMs <= atMs)
  if (due.length === 0) {
    release(data, request)
    const waiting = pendingOf(data, sink).map(({ availableAtMs }) => availableAtMs)
    const later = waiting.filter((at) => at > atMs)
    return later.length === 0 ? { kind: 'idle' } : { kind: 'idle', nextAtMs: Math.min(...later) }
  }
  const { pausedUntilMs = 0, leaseUntilMs = 0, failureCount } = found
  if (pausedUntilMs > atMs) return { kind: 'paused', untilMs: pausedUntilMs }
  const isTaken = found.holder !== undefined && found.holder !== holder && leaseUntilMs > atMs
  if (isTaken) return { kind: 'held', untilMs: leaseUntilMs }
  data.outboxSinks.set(sink, { ...found, holder, leaseUntilMs: atMs + leaseMs })
  const inOrder = due.toSorted(
    (left, right) => left.availableAtMs - right.availableAtMs || left.seq - right.seq,
  )
  const entries = inOrder.slice(0, limit).map((row) => toEntry(data, row, request))
  return { kind: 'claimed', entries, failureCount }
}

/** The first entry of each answer, where it is not set aside. */
function firstsOf(data: MemoryData, sink: string): readonly MemoryOutboxRow[] {
  const firsts = new Map<string, MemoryOutboxRow>()
  for (const row of rowsOf(data, sink)) {
    const key = keyOf(row.tenantId, row.record.event.messageId)
    if (!firsts.has(key)) firsts.set(key, row)
  }
  return [...firsts.values()].filter(({ setAsideAtMs }) => setAsideAtMs === undefined)
}

function toEntry(
  data: MemoryData,
  { tenantId, seq, record, attemptCount, createdAtMs }: MemoryOutboxRow,
  { withText = false }: OutboxClaimRequest,
): OutboxEntry {
  const message = data.messages.get(keyOf(tenantId, record.event.messageId))
  const answerText = withText ? message?.content : undefined
  const given = answerText === undefined ? record : { ...record, answerText }
  return { tenantId, seq, record: given, attemptCount, createdAtMs }
}

function toSetAside(row: MemoryOutboxRow): SetAsideEntry {
  const { tenantId, seq, record, attemptCount, createdAtMs } = row
  const { setAsideAtMs = createdAtMs, reason = '' } = row
  return { tenantId, seq, record, attemptCount, createdAtMs, setAsideAtMs, reason }
}

function settle(data: MemoryData, settlement: OutboxSettlement): void {
  const { sink, condition } = settlement
  for (const key of settlement.delivered) {
    if (find(data, sink, key) !== undefined) data.outbox.delete(key.seq)
  }
  for (const { reason, retryAtMs, ...key } of settlement.failed) {
    change(data, { sink, key }, { reason, availableAtMs: retryAtMs })
  }
  for (const { reason, atMs, ...key } of settlement.refused) {
    change(data, { sink, key }, { reason, setAsideAtMs: atMs })
  }
  if (condition === undefined) return
  const { holder, leaseUntilMs } = sinkOf(data, sink)
  const lease = { holder, leaseUntilMs }
  if (condition.kind === 'working') {
    data.outboxSinks.set(sink, { ...lease, failureCount: 0 })
    return
  }
  const { failureCount, failure, untilMs: pausedUntilMs } = condition
  data.outboxSinks.set(sink, { ...lease, failureCount, failure, pausedUntilMs })
}

function change(
  data: MemoryData,
  { sink, key }: { readonly sink: string; readonly key: OutboxKey },
  changes: Partial<MemoryOutboxRow>,
): void {
  const row = find(data, sink, key)
  if (row !== undefined) put(data, { ...row, ...changes, attemptCount: row.attemptCount + 1 })
}

function release(
  data: MemoryData,
  { sink, holder }: { readonly sink: string; readonly holder: string },
): void {
  const { holder: present, leaseUntilMs: _until, ...found } = sinkOf(data, sink)
  if (present === holder) data.outboxSinks.set(sink, found)
}

function statusOf(data: MemoryData, named: readonly string[]): readonly OutboxStatus[] {
  const paused = [...data.outboxSinks].filter(([, { failureCount }]) => failureCount > 0)
  const waiting = [...data.outbox.values()].map(({ sink }) => sink)
  const names = new Set([...named, ...paused.map(([name]) => name), ...waiting])
  return [...names].toSorted().map((sink) => {
    const { failureCount, failure, pausedUntilMs } = sinkOf(data, sink)
    const pending = pendingOf(data, sink)
    const oldest = Math.min(...pending.map(({ createdAtMs }) => createdAtMs))
    return {
      sink,
      pending: pending.length,
      ...(pending.length === 0 ? {} : { oldestAtMs: oldest }),
      setAside: setAsideOf(data, { sink }).length,
      failureCount,
      ...(failure === undefined ? {} : { failure }),
      ...(pausedUntilMs === undefined ? {} : { pausedUntilMs }),
    }
  })
}

function setAsideOf(
  data: MemoryData,
  { sink, tenantId, seqs }: SetAsideChoice,
): readonly MemoryOutboxRow[] {
  return rowsOf(data, sink).filter(
    (row) =>
      row.setAsideAtMs !== undefined &&
      (tenantId === undefined || row.tenantId === tenantId) &&
      (seqs === undefined || seqs.includes(row.seq)),
  )
}

function pendingOf(data: MemoryData, sink: string): readonly MemoryOutboxRow[] {
  return rowsOf(data, sink).filter(({ setAsideAtMs }) => setAsideAtMs === undefined)
}

/** In `seq` order: the order in which they were put. */
function rowsOf(data: MemoryData, sink: string): readonly MemoryOutboxRow[] {
  return [...data.outbox.values()].filter((row) => row.sink === sink)
}

function find(
  data: MemoryData,
  sink: string,
  { tenantId, seq }: OutboxKey,
): MemoryOutboxRow | undefined {
  const row = data.outbox.get(seq)
  return row?.sink === sink && row.tenantId === tenantId ? row : undefined
}

function put(data: MemoryData, row: MemoryOutboxRow): void {
  data.outbox.set(row.seq, frozenCopy(row))
}

function sinkOf(data: MemoryData, sink: string): MemoryOutboxSink {
  return data.outboxSinks.get(sink) ?? NEW_SINK
}
