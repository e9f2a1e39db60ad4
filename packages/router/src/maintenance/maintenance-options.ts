import { ConfigError } from '@imrs/core'
import type { Store } from '@imrs/core'

/**
 * How long records are kept. Months are whole ones before the running one; what is left out is kept for
 * ever, but for changes of health.
 */
export interface RetentionOptions {
  /**
   * Answers with all that belongs to them: messages, decisions, attempts and feedback events. What they
   * taught is settled before they go, and the figures of days and months stay. 1 to 1,200.
   */
  readonly answersMonths?: number | undefined
  /** What happened to the catalogue. 1 to 1,200. */
  readonly catalogEventsMonths?: number | undefined
  /** Who did what. 1 to 1,200. */
  readonly auditMonths?: number | undefined
  /** Changes of the health of providers: whole days, 1 to 36,500. `false`: for ever. Default: 90. */
  readonly healthDays?: number | false | undefined
}

export interface MaintenanceOptions {
  /** What is dropped, and when. Default: changes of health after 90 days, and nothing else. */
  readonly retention?: RetentionOptions | undefined
  /**
   * How often the store is kept up, milliseconds, give or take a tenth; the first time after a minute
   * at most. Of several processes one does it. `false`: only by `router.maintenance.run()`. Default: an hour.
   */
  readonly maintenanceEveryMs?: number | false | undefined
}

export interface ResolvedMaintenanceOptions {
  readonly retention: Readonly<Record<keyof RetentionOptions, number | undefined>>
  /** `undefined`: only when it is asked for. */
  readonly everyMs: number | undefined
}

const MOST_MONTHS = 1_200
const AN_HOUR_MS = 3_600_000
/** Timers of Node take no more. */
const LONGEST_MS = 2_000_000_000
const MOST_DAYS = 36_500
const DEFAULT_HEALTH_DAYS = 90
const NAMES = ['answersMonths', 'catalogEventsMonths', 'auditMonths'] as const

/** @throws ConfigError that names the option, the rule and the value. */
export function resolveMaintenanceOptions({
  store,
  retention = {},
  maintenanceEveryMs = AN_HOUR_MS,
}: MaintenanceOptions & { readonly store: Store }): ResolvedMaintenanceOptions {
  for (const name of NAMES) assertMonths(name, retention[name])
  const { healthDays = DEFAULT_HEALTH_DAYS } = retention
  assertDays(healthDays)
  const isAsked = [...NAMES, 'healthDays' as const].some((name) => isBound(retention[name]))
  if (isAsked && store.maintenance === undefined) {
    throw new ConfigError(`\`retention\` needs a store that drops records; ${store.name} has none`)
  }
  if (maintenanceEveryMs !== false && !isBetween(maintenanceEveryMs, 1, LONGEST_MS)) {
    throw new ConfigError(
      `\`maintenanceEveryMs\` must be milliseconds, 1 to ${LONGEST_MS}, or false, ` +
        `got ${String(maintenanceEveryMs)}`,
    )
  }
  const { answersMonths, catalogEventsMonths, auditMonths } = retention
  return Object.freeze({
    retention: Object.freeze({
      answersMonths,
      catalogEventsMonths,
      auditMonths,
      healthDays: healthDays === false ? undefined : healthDays,
    }),
    everyMs: maintenanceEveryMs === false ? undefined : maintenanceEveryMs,
  })
}

function isBound(kept: number | false | undefined): boolean {
  return kept !== undefined && kept !== false
}

function assertDays(days: number | false): void {
  if (days === false || (Number.isInteger(days) && isBetween(days, 1, MOST_DAYS))) return
  throw new ConfigError(
    `\`retention.healthDays\` must be a whole number of days, 1 to ${MOST_DAYS}, or false, ` +
      `got ${String(days)}`,
  )
}

function assertMonths(name: keyof RetentionOptions, months: number | undefined): void {
  if (months === undefined || (Number.isInteger(months) && isBetween(months, 1, MOST_MONTHS))) {
    return
  }
  throw new ConfigError(
    `\`retention.${name}\` must be a whole number of months, 1 to ${MOST_MONTHS}, got ${String(months)}`,
  )
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}
