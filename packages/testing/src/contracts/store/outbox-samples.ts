import type {
  FeedbackEvent,
  MessageRecord,
  OutboxClaim,
  OutboxClaimRequest,
  OutboxEntry,
  OutboxKey,
  OutboxSettlement,
  Store,
} from '@imrs/core'
import { expect } from 'vitest'

import { AT } from './samples.ts'

export const SINK = 'somabrain'
export const LATER: number = AT + 3_600_000

export const asked: OutboxClaimRequest = {
  sink: SINK,
  holder: 'worker-1',
  atMs: LATER,
  leaseMs: 60_000,
  limit: 100,
}

export async function send(store: Store, ...messages: readonly MessageRecord[]): Promise<void> {
  await store.ledger.append({ decisions: [], attempts: [], messages })
}

/** Records signals for the sink one after the other. */
export async function rate(
  store: Store,
  ...events: readonly FeedbackEvent[]
): Promise<readonly FeedbackEvent[]> {
  for (const event of events) {
    const { kind } = await store.feedback.record(event, { sinks: [SINK] })
    expect(kind).toBe('recorded')
  }
  return events
}

export async function claim(
  store: Store,
  changes: Partial<OutboxClaimRequest> = {},
): Promise<readonly OutboxEntry[]> {
  const claimed = await store.outbox.claim({ ...asked, ...changes })
  expect(claimed.kind).toBe('claimed')
  return entriesOf(claimed)
}

export function entriesOf(claimed: OutboxClaim): readonly OutboxEntry[] {
  return claimed.kind === 'claimed' ? claimed.entries : []
}

export function idsOf(entries: readonly OutboxEntry[]): readonly string[] {
  return entries.map(({ record }) => record.event.id)
}

/** A settlement that says nothing. */
export const nothing: OutboxSettlement = { sink: SINK, delivered: [], failed: [], refused: [] }

export function first<T>(items: readonly T[]): T {
  const [item] = items
  if (item === undefined) throw new Error('expected one')
  return item
}

export function keyOf({ tenantId, seq }: OutboxKey): OutboxKey {
  return { tenantId, seq }
}
