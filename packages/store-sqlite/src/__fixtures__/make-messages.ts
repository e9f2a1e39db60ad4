import { systemRuntime } from '@imrs/core'
import type { MessageRecord } from '@imrs/core'

/** New answers of one agent. */
export function makeMessages(count: number): readonly MessageRecord[] {
  return Array.from({ length: count }, () => ({
    id: systemRuntime.newId(),
    tenantId: 't',
    agentId: 'a',
    role: 'assistant',
    model: 'p/m',
    metadata: {},
    createdAtMs: systemRuntime.now(),
    taskType: 'code',
    creditedTaskType: 'code',
    toolsUsed: [],
  }))
}
