import type { StoredFeedbackEvent } from '@imrs/core'

import { fromFeedbackRow } from '../rows/feedback-row.ts'
import type { StoreWork } from '../session/store-session.ts'

/** The events of one message in `seq` order. */
export async function eventsOf(
  { database }: StoreWork,
  { tenantId, messageId }: { readonly tenantId: string; readonly messageId: string },
): Promise<readonly StoredFeedbackEvent[]> {
  const rows = await database
    .selectFrom('feedback_events')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('message_id', '=', messageId)
    .orderBy('seq')
    .execute()
  return rows.map(fromFeedbackRow)
}

/** What a rebuild holds alone, and signals share among themselves. */
export function experienceLock(tenantId: string): string {
  return `imrs:experience:${tenantId}`
}
