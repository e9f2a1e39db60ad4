import { InvalidArgumentError } from '@ai-sdk/provider'
import type { SharedV4ProviderOptions } from '@ai-sdk/provider'
import {
  MODEL_ID_MAX_LENGTH,
  UNSUPPORTED_PARAMETER_MODES,
  hostIdSchema,
  jsonObjectSchema,
} from '@imrs/core'
import type { ChatRequest } from '@imrs/core'
import { z } from 'zod'

/**
 * What a call can say to the router beyond the AI SDK's own settings: as defaults in `createImrs`, and
 * call by call in `providerOptions.imrs`. The fields are those of a request to the router.
 */
export type ImrsCallOptions = Pick<
  ChatRequest,
  | 'tenantId'
  | 'agentId'
  | 'userId'
  | 'sessionId'
  | 'conversationId'
  | 'provider'
  | 'allowedModels'
  | 'roles'
  | 'costQuality'
  | 'allowEmpty'
  | 'unsupportedParameters'
  | 'providerOptions'
>

/** Checks {@link ImrsCallOptions}. Fields that it does not know are refused: a misspelt one would do nothing. */
export const imrsCallOptionsSchema: z.ZodType<ImrsCallOptions> = z.strictObject({
  tenantId: hostIdSchema.optional(),
  agentId: hostIdSchema.optional(),
  userId: hostIdSchema.optional(),
  sessionId: hostIdSchema.optional(),
  conversationId: hostIdSchema.optional(),
  provider: z.string().min(1).max(50).optional(),
  allowedModels: z.array(z.string().max(MODEL_ID_MAX_LENGTH)).optional(),
  roles: z.array(hostIdSchema).max(100).optional(),
  costQuality: z.number().min(0).max(1).optional(),
  allowEmpty: z.boolean().optional(),
  unsupportedParameters: z.enum(UNSUPPORTED_PARAMETER_MODES).optional(),
  providerOptions: z.record(z.string().max(50), jsonObjectSchema).optional(),
})

/**
 * The defaults with what `providerOptions.imrs` says of this call. The call wins, except where that
 * would widen what it may do: the tenant of the defaults stays, and of two lists of allowed models a
 * model must be on both.
 *
 * @throws InvalidArgumentError that names the first field that is wrong and the rule, never the value.
 */
export function resolveCallOptions(
  defaults: ImrsCallOptions,
  providerOptions: SharedV4ProviderOptions | undefined,
): ImrsCallOptions {
  const given = parseCallOptions(providerOptions?.['imrs'])
  if (
    defaults.tenantId !== undefined &&
    (given.tenantId ?? defaults.tenantId) !== defaults.tenantId
  ) {
    throw refused('tenantId', 'cannot be changed: `createImrs` was given another')
  }
  const allowedModels = onBoth(defaults.allowedModels, given.allowedModels)
  return {
    ...defaults,
    ...withoutUndefined(given),
    ...(allowedModels === undefined ? {} : { allowedModels }),
  }
}

function parseCallOptions(value: unknown): ImrsCallOptions {
  const { data, error } = imrsCallOptionsSchema.safeParse(value ?? {})
  const [issue] = error?.issues ?? []
  if (issue !== undefined) throw refused(issue.path.join('.'), issue.message)
  return data ?? {}
}

function onBoth(
  first: readonly string[] | undefined,
  second: readonly string[] | undefined,
): readonly string[] | undefined {
  if (first === undefined || second === undefined) return second ?? first
  return first.filter((modelId) => second.includes(modelId))
}

function withoutUndefined(options: ImrsCallOptions): ImrsCallOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

function refused(path: string, rule: string): InvalidArgumentError {
  const argument = path === '' ? 'providerOptions.imrs' : `providerOptions.imrs.${path}`
  return new InvalidArgumentError({ argument, message: `\`${argument}\`: ${rule}` })
}
