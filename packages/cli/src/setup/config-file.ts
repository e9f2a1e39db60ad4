import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import { ImrsError } from '@imrs/core'
import type { RouterOptions } from '@imrs/router'

import { CommandError, UsageError } from '../command/usage-error.ts'

/** What a configuration exports by default: called once for each command. */
export type RouterConfig = () => RouterOptions | Promise<RouterOptions>

/** The names a configuration is looked for by, in the folder of the command. */
export const CONFIG_NAMES: readonly string[] = [
  'imrs.config.mjs',
  'imrs.config.js',
  'imrs.config.ts',
]

/**
 * The configuration that was named, or the one that lies in the folder; `undefined` when none does.
 *
 * @throws UsageError for one that is not there, and for several of which none was named.
 */
export function findConfig(folder: string, named: string | undefined): string | undefined {
  if (named !== undefined) {
    const file = resolve(folder, named)
    if (existsSync(file)) return file
    throw new UsageError(`--config: there is no file ${named}`)
  }
  const found = CONFIG_NAMES.map((name) => join(folder, name)).filter((file) => existsSync(file))
  if (found.length <= 1) return found[0]
  const names = found.map((file) => basename(file)).join(' and ')
  throw new UsageError(`There are ${names}: remove all but one, or name one with --config`)
}

/**
 * Runs a configuration and gives its options.
 *
 * @throws CommandError that says what is wrong with the file.
 */
export async function readConfig(file: string): Promise<RouterOptions> {
  const name = basename(file)
  const made = await callConfig(file, name)
  if (typeof made === 'object' && made !== null && 'store' in made && 'providers' in made) {
    return made as RouterOptions
  }
  throw new CommandError(
    `${name} must export a function by default that gives the options of createRouter: store, secrets and providers at least. \`imrs init\` writes one.`,
  )
}

async function callConfig(file: string, name: string): Promise<unknown> {
  try {
    const module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown }
    return typeof module.default === 'function'
      ? await (module.default as RouterConfig)()
      : undefined
  } catch (error) {
    if (ImrsError.is(error)) throw error
    const said = error instanceof Error ? error.message : String(error)
    const hint = isMissingPackage(error)
      ? ' Install it beside the configuration: npm install @imrs/cli and what it names.'
      : ''
    throw new CommandError(`${name} failed: ${said}.${hint}`, { cause: error })
  }
}

function isMissingPackage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
}
