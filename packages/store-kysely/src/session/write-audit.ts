import { toAuditRow } from '../rows/audit-row.ts'
import type { NewAuditEntry } from '../rows/audit-row.ts'
import { chunksOf } from './chunks.ts'
import type { StoreWork } from './store-session.ts'

/** Adds rows to the audit; part of the transaction that does what they tell of. */
export async function writeAudit(
  { database, traits, check }: StoreWork,
  entries: readonly NewAuditEntry[],
): Promise<void> {
  for (const chunk of chunksOf(entries.map(toAuditRow), traits)) {
    check()
    await database.insertInto('audit_log').values(chunk).execute()
  }
}
