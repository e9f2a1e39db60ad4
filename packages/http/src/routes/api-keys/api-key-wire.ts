import { API_KEY_ROLES, hostIdSchema } from '@imrs/core'
import type { ApiKeyRole } from '@imrs/core'
import type { ApiKeyInfo } from '@imrs/router'
import { z } from 'zod'

import { isoOf, isoOrNull, isoSchema } from '../../wire/values.ts'

/** A key as it travels: who may do what with it, and nothing of its secret. */
export interface ApiKeyWire {
  readonly id: string
  readonly tenant_id: string
  readonly label: string
  readonly roles: readonly ApiKeyRole[]
  readonly agent_ids: readonly string[] | null
  readonly created_by: string | null
  readonly created_at: string
  readonly expires_at: string | null
  readonly last_used_at: string | null
  readonly revoked_at: string | null
}

/** A key that was made just now. */
export interface MadeApiKeyWire extends ApiKeyWire {
  readonly key: string
}

const role = z.enum(API_KEY_ROLES as readonly [ApiKeyRole, ...ApiKeyRole[]])

const fields = {
  id: z.string(),
  tenant_id: z.string(),
  label: z.string(),
  roles: z.array(role),
  agent_ids: z.array(z.string()).nullable(),
  created_by: z.string().nullable(),
  created_at: isoSchema,
  expires_at: isoSchema.nullable(),
  last_used_at: isoSchema.nullable(),
  revoked_at: isoSchema.nullable(),
}

export const apiKeyWireSchema: z.ZodType<ApiKeyWire> = z.object(fields)
export const madeApiKeyWireSchema: z.ZodType<MadeApiKeyWire> = z.object({
  ...fields,
  key: z.string().describe('`imrs_<id>_<secret>`: in no other answer.'),
})

/** The body that makes a key. */
export interface ApiKeyBody {
  readonly label: string
  readonly roles: readonly ApiKeyRole[]
  readonly agent_ids?: readonly string[] | undefined
  readonly expires_at?: string | undefined
}

export const apiKeyBodySchema: z.ZodType<ApiKeyBody> = z.strictObject({
  label: z.string().trim().min(1).max(100),
  roles: z.array(role).min(1).max(API_KEY_ROLES.length),
  agent_ids: z
    .array(hostIdSchema)
    .min(1)
    .max(100)
    .optional()
    .describe('The only agents it may speak for. Default: every agent of the tenant.'),
  expires_at: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('From then on it is refused. Default: never.'),
})

export function toApiKeyWire(key: ApiKeyInfo): ApiKeyWire {
  return {
    id: key.id,
    tenant_id: key.tenantId,
    label: key.label,
    roles: [...key.roles],
    agent_ids: key.agentIds === undefined ? null : [...key.agentIds],
    created_by: key.createdBy ?? null,
    created_at: isoOf(key.createdAtMs),
    expires_at: isoOrNull(key.expiresAtMs),
    last_used_at: isoOrNull(key.lastUsedAtMs),
    revoked_at: isoOrNull(key.revokedAtMs),
  }
}
