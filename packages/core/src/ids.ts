import { z } from 'zod'

import { ImrsError } from './errors/imrs-error.ts'

/** The longest id a host may give for its tenants, agents, users, sessions and conversations. */
export const HOST_ID_MAX_LENGTH = 128

/** The longest model id: the column is `VARCHAR(255)`. */
export const MODEL_ID_MAX_LENGTH = 255

export const DEFAULT_TENANT_ID = 'default'
export const DEFAULT_AGENT_ID = 'default'

/** The model name that asks the router to choose. */
export const AUTO_MODEL = 'auto'

export interface ModelIdParts {
  readonly providerId: string
  readonly externalId: string
}

/** Joins a provider and the provider's own name of a model: `openrouter` + `xiaomi/mimo-v2-flash`. */
export function toModelId({ providerId, externalId }: ModelIdParts): string {
  return `${providerId}/${externalId}`
}

/** Splits at the first slash, since provider ids hold none. `undefined` when there is no slash. */
export function parseModelId(modelId: string): ModelIdParts | undefined {
  const slash = modelId.indexOf('/')
  if (slash < 1 || slash === modelId.length - 1) return undefined
  return { providerId: modelId.slice(0, slash), externalId: modelId.slice(slash + 1) }
}

const PROVIDER_ID = /^[a-z0-9][a-z0-9_-]{0,49}$/

/** Lower-case letters, digits, `_` and `-`, 50 at most, no slash. */
export function isProviderId(value: string): boolean {
  return PROVIDER_ID.test(value)
}

/** Refuses an empty, over-long or control-character id of the host's with a message that names it. */
export function assertHostId(name: string, value: string): void {
  if (value.length === 0 || value.length > HOST_ID_MAX_LENGTH || hasControlCharacter(value)) {
    throw new ImrsError(
      'invalid-request',
      `\`${name}\` must have 1 to ${HOST_ID_MAX_LENGTH} characters and no control characters; it has ${value.length}`,
      { field: name },
    )
  }
}

/** What {@link assertHostId} asks, as a schema. */
export const hostIdSchema: z.ZodType<string> = z
  .string()
  .min(1)
  .max(HOST_ID_MAX_LENGTH)
  .refine((value) => !hasControlCharacter(value), 'must hold no control characters')

function hasControlCharacter(value: string): boolean {
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index)
    if (code < 32 || code === 127) return true
  }
  return false
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** `true` for the ids this project makes: UUIDs in lower-case text. */
export function isUuid(value: string): boolean {
  return UUID.test(value)
}

/** The time a UUIDv7 was made, epoch milliseconds. */
export function timeOfUuid(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16)
}

/** What sorts before every UUIDv7 made at that time or later, and after every one made before. */
export function uuidBoundOf(atMs: number): string {
  const hex = atMs.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

/** The UTC month of a time, as `2026-11`: the bucket of experience and of partitions. */
export function monthOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 7)
}
