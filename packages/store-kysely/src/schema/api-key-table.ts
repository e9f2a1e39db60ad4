import type { JsonText, TimeText } from './database.ts'

export interface ApiKeyRow {
  readonly id: string
  readonly tenant_id: string
  readonly label: string
  readonly roles: JsonText
  readonly agent_ids: JsonText | null
  readonly secret_hash: string
  readonly created_by: string | null
  readonly created_at: TimeText
  readonly expires_at: TimeText | null
  readonly last_used_at: TimeText | null
  readonly revoked_at: TimeText | null
}
