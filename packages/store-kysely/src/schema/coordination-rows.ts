import type { FailureKind } from '@imrs/core'
import type { Generated } from 'kysely'

import type { TimeText, JsonText } from './column-types.ts'

export interface AuditRow {
  readonly seq: Generated<number>
  /** Empty for what concerns all tenants. */
  readonly tenant_id: string
  readonly action: string
  readonly subject: string
  readonly actor: string | null
  readonly details: JsonText
  readonly at: TimeText
}

export interface ChangeVersionRow {
  readonly topic: string
  readonly version: number
}

export interface HealthHintRow {
  readonly provider_id: string
  readonly credential_id: string
  readonly model_id: string
  readonly failure_kind: FailureKind
  readonly openings: number
  readonly open_until: TimeText
}

export interface ProviderPaceRow {
  readonly provider_id: string
  readonly full_at_ms: number
}
