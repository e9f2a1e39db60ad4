import type { ApiKey, ApiKeyRole } from '@imrs/core'

import type { ApiKeyRow } from '../schema/api-key-table.ts'
import {
  fromJsonArray,
  fromNullable,
  fromOptionalTime,
  fromTime,
  present,
  storableText,
  toJson,
  toNullable,
  toOptionalTime,
  toTime,
} from './columns.ts'

export function toApiKeyRow(key: ApiKey): ApiKeyRow {
  return {
    id: key.id,
    tenant_id: key.tenantId,
    label: storableText(key.label),
    roles: toJson(key.roles),
    agent_ids: key.agentIds === undefined ? null : toJson(key.agentIds),
    secret_hash: key.secretHash,
    created_by: toNullable(key.createdBy),
    created_at: toTime(key.createdAtMs),
    expires_at: toOptionalTime(key.expiresAtMs),
    last_used_at: toOptionalTime(key.lastUsedAtMs),
    revoked_at: toOptionalTime(key.revokedAtMs),
  }
}

export function fromApiKeyRow(row: ApiKeyRow): ApiKey {
  return present<ApiKey>({
    id: row.id,
    tenantId: row.tenant_id,
    label: row.label,
    roles: fromJsonArray<ApiKeyRole>(row.roles),
    agentIds: row.agent_ids === null ? undefined : fromJsonArray<string>(row.agent_ids),
    secretHash: row.secret_hash,
    createdBy: fromNullable(row.created_by),
    createdAtMs: fromTime(row.created_at),
    expiresAtMs: fromOptionalTime(row.expires_at),
    lastUsedAtMs: fromOptionalTime(row.last_used_at),
    revokedAtMs: fromOptionalTime(row.revoked_at),
  })
}
