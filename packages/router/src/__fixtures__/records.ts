import type { LedgerBatch } from '@imrs/core'

/** A record of one answer; its message is `message-<n>`. */
export function recordOf(position: number, content?: string): LedgerBatch {
  return {
    decisions: [],
    attempts: [],
    messages: [
      {
        id: `message-${position}`,
        tenantId: 't',
        agentId: 'a',
        role: 'assistant',
        model: 'p/m',
        metadata: {},
        createdAtMs: position,
        taskType: 'general',
        creditedTaskType: 'general',
        toolsUsed: [],
        ...(content === undefined ? {} : { content }),
      },
    ],
  }
}

/** `count` records from `first` on. */
export function recordsOf(first: number, count: number): readonly LedgerBatch[] {
  return Array.from({ length: count }, (_, index) => recordOf(first + index))
}

export function messageIdsOf(batches: readonly LedgerBatch[]): readonly string[] {
  return batches.flatMap(({ messages }) => messages.map(({ id }) => id))
}
