import type { LedgerRepository } from '@imrs/core'

import { settleReservations } from './budgets.ts'
import { frozenCopy } from './frozen-copy.ts'
import { begin, keyOf } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { compareText } from './text-order.ts'

export function memoryLedger(data: MemoryData): LedgerRepository {
  return {
    append: async (batch, options) => {
      begin(data, options)
      for (const decision of batch.decisions) addNew(data.decisions, decision)
      for (const attempt of batch.attempts) addNew(data.attempts, attempt)
      for (const message of batch.messages) addNew(data.messages, message)
      settleReservations(data, batch.settlements ?? [])
    },
    getDecision: async ({ tenantId, decisionId }, options) => {
      begin(data, options)
      return data.decisions.get(keyOf(tenantId, decisionId))
    },
    getMessage: async ({ tenantId, messageId }, options) => {
      begin(data, options)
      return data.messages.get(keyOf(tenantId, messageId))
    },
    listAttempts: async ({ tenantId, messageId }, options) => {
      begin(data, options)
      return [...data.attempts.values()]
        .filter((attempt) => attempt.tenantId === tenantId && attempt.messageId === messageId)
        .sort((left, right) => left.position - right.position || compareText(left.id, right.id))
    },
  }
}

function addNew<T extends { readonly tenantId: string; readonly id: string }>(
  table: Map<string, T>,
  row: T,
): void {
  const key = keyOf(row.tenantId, row.id)
  if (!table.has(key)) table.set(key, frozenCopy(row))
}
