import type { DroppedPartition, RetentionReport } from '@imrs/core'

import type { MonthOfPartitions } from '../dialect-traits.ts'
import type { AnswerTable } from './answer-tables.ts'
import type { DeletedRows } from './delete-answers.ts'
import type { OldEvents } from './delete-events.ts'

/** What was dropped so far. */
export class DroppedRecords {
  #tenants = 0
  readonly #partitions: DroppedPartition[] = []
  readonly #rows: Record<AnswerTable | OldEvents['table'], number> = {
    feedback_events: 0,
    attempts: 0,
    routing_decisions: 0,
    messages: 0,
    catalog_events: 0,
    audit_log: 0,
    provider_health_history: 0,
  }

  addTenants(count: number): void {
    this.#tenants += count
  }

  addMonth({ partitions }: MonthOfPartitions): void {
    for (const { name, estimatedRows, bytes } of partitions) {
      this.#partitions.push({ name, estimatedRows, bytes })
    }
  }

  addRows(rows: Partial<DeletedRows & Record<OldEvents['table'], number>>): void {
    for (const [table, count] of Object.entries(rows)) {
      // The keys are those of the sums.
      this.#rows[table as keyof typeof rows] += count
    }
  }

  report(rest: Pick<RetentionReport, 'answersBeforeMs' | 'isElsewhere'>): RetentionReport {
    const { isElsewhere, answersBeforeMs } = rest
    return {
      ...(answersBeforeMs === undefined ? {} : { answersBeforeMs }),
      tenants: this.#tenants,
      partitions: this.#partitions,
      messages: this.#rows.messages,
      decisions: this.#rows.routing_decisions,
      attempts: this.#rows.attempts,
      feedbackEvents: this.#rows.feedback_events,
      catalogEvents: this.#rows.catalog_events,
      auditEntries: this.#rows.audit_log,
      healthChanges: this.#rows.provider_health_history,
      isElsewhere,
    }
  }
}
