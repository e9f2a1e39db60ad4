import type { CostTier, Model } from '@imrs/core'
import { ConfigError } from '@imrs/core'

/** Models that only some roles may use. */
export interface RoleRestriction {
  /** Which models: those that have all of what is given. */
  readonly models: {
    readonly modelIds?: readonly string[] | undefined
    readonly providerId?: string | undefined
    readonly costTier?: CostTier | undefined
  }
  /** A caller with any one of these may use them; an empty list means nobody. */
  readonly roles: readonly string[]
}

/** One bit for each restriction. */
const MAX_RESTRICTIONS = 32

/** @throws ConfigError when there are more than 32, or one names no models. */
export function assertRestrictions(restrictions: readonly RoleRestriction[]): void {
  if (restrictions.length > MAX_RESTRICTIONS) {
    throw new ConfigError(
      `\`restrictions\` must be ${MAX_RESTRICTIONS} at most, got ${restrictions.length}`,
    )
  }
  for (const [index, { models, roles }] of restrictions.entries()) {
    if (Object.values(models).every((value) => value === undefined)) {
      throw new ConfigError(`\`restrictions[${index}].models\` must say which models`)
    }
    if (!Array.isArray(roles)) {
      throw new ConfigError(`\`restrictions[${index}].roles\` must be a list of roles`)
    }
  }
}

/** The restrictions that hold for a model, as bits. */
export function restrictionMaskOf(model: Model, restrictions: readonly RoleRestriction[]): number {
  let mask = 0
  for (const [index, restriction] of restrictions.entries()) {
    if (isMeant(model, restriction)) mask |= 1 << index
  }
  return mask >>> 0
}

function isMeant(model: Model, { models }: RoleRestriction): boolean {
  const { modelIds, providerId, costTier } = models
  return (
    (modelIds === undefined || modelIds.includes(model.id)) &&
    (providerId === undefined || providerId === model.providerId) &&
    (costTier === undefined || costTier === model.costTier)
  )
}

/** The restrictions that a caller with these roles does not meet, as bits: a model with any of them is out. */
export function unmetRestrictions(
  restrictions: readonly RoleRestriction[],
  roles: ReadonlySet<string>,
): number {
  let mask = 0
  for (const [index, restriction] of restrictions.entries()) {
    if (!restriction.roles.some((role) => roles.has(role))) mask |= 1 << index
  }
  return mask >>> 0
}
