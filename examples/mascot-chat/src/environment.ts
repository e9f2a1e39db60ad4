import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { ConfigError } from '@imrs/core'

import { adminTokenFor } from './admin-token.ts'
import type { AdminToken } from './admin-token.ts'
import { readSinkSettings } from './sinks.ts'
import type { SinkSettings } from './sinks.ts'

/** What the environment and the command line decide, apart from the keys of the providers. */
export interface Settings {
  readonly host: string
  /** `0` takes any free port. */
  readonly port: number
  readonly dataFolder: string
  /** Signs the cookies in place of the secret in the data folder. */
  readonly cookieSecret?: string | undefined
  /** Default: there is no admin. */
  readonly admin?: AdminToken | undefined
  /** What may be spent in a day, in dollars, as decimal text. Default: no limit. */
  readonly budgetUsdPerDay?: string | undefined
  /** How long answers may go on after the signal to stop, milliseconds. */
  readonly graceMs: number
  /** Default: feedback goes nowhere else. */
  readonly sinks?: SinkSettings | undefined
  /** Addresses to call in place of the providers' own. */
  readonly baseUrls: {
    readonly google?: string | undefined
    readonly openai?: string | undefined
    readonly openrouter?: string | undefined
  }
}

type Environment = Readonly<Record<string, string | undefined>>

const EXAMPLE_FOLDER = join(import.meta.dirname, '..')

/** Reads `.env` of the example's folder, when there is one, into the environment; what is set already wins. */
export function loadEnvironmentFile(): void {
  const file = join(EXAMPLE_FOLDER, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
}

/**
 * @param words what stands behind the name of the program: nothing, or `--admin`.
 * @throws ConfigError that names the variable, the rule and the value.
 */
export function readSettings(environment: Environment, words: readonly string[] = []): Settings {
  const isAsked = wantsAdmin(words)
  const text = (name: string): string | undefined => {
    const value = environment[name]?.trim()
    return value === '' ? undefined : value
  }
  const host = text('HOST') ?? '127.0.0.1'
  return {
    host,
    port: wholeNumber('PORT', text('PORT') ?? '3000', 65_535),
    dataFolder: resolve(text('IMRS_DATA') ?? join(EXAMPLE_FOLDER, 'data')),
    cookieSecret: checkedSecret(text('IMRS_COOKIE_SECRET')),
    admin: adminTokenFor({ token: text('ADMIN_TOKEN'), isAsked, host }),
    budgetUsdPerDay: checkedDollars(text('IMRS_BUDGET_USD_PER_DAY')),
    graceMs: wholeNumber('IMRS_GRACE_MS', text('IMRS_GRACE_MS') ?? '5000', 600_000),
    sinks: readSinkSettings(text),
    baseUrls: {
      google: text('GOOGLE_BASE_URL'),
      openai: text('OPENAI_BASE_URL'),
      openrouter: text('OPENROUTER_BASE_URL'),
    },
  }
}

function wantsAdmin(words: readonly string[]): boolean {
  try {
    const { values } = parseArgs({ args: [...words], options: { admin: { type: 'boolean' } } })
    return values.admin === true
  } catch (error) {
    throw new ConfigError(`\`--admin\` is all the demo takes, got ${words.join(' ')}`, {
      cause: error,
    })
  }
}

function wholeNumber(name: string, value: string, largest: number): number {
  const number = Number(value)
  if (/^\d+$/.test(value) && number <= largest) return number
  throw new ConfigError(`\`${name}\` must be a whole number from 0 to ${largest}, got ${value}`)
}

function checkedDollars(dollars: string | undefined): string | undefined {
  if (dollars === undefined || /^\d{1,6}(\.\d{1,9})?$/.test(dollars)) return dollars
  const rule = 'must be dollars, such as 5 or 0.50'
  throw new ConfigError(`\`IMRS_BUDGET_USD_PER_DAY\` ${rule}, got ${dollars}`)
}

function checkedSecret(secret: string | undefined): string | undefined {
  if (secret === undefined || secret.length >= 32) return secret
  throw new ConfigError(
    `\`IMRS_COOKIE_SECRET\` must have at least 32 characters; it has ${secret.length}`,
  )
}
