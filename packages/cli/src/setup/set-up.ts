import type { Store } from '@imrs/core'
import { families } from '@imrs/providers'
import { createRouter } from '@imrs/router'
import type { Router, RouterOptions } from '@imrs/router'
import { environmentSecrets, memorySecrets } from '@imrs/secrets'
import type { Simulator } from '@imrs/testing/simulator'

import { CommandError, UsageError } from '../command/usage-error.ts'
import type { CommandContext } from '../context/command-context.ts'
import { KEY_VARIABLES, providersWithKeys, simulateProviders } from './built-in-providers.ts'
import { findConfig, readConfig } from './config-file.ts'
import { sqliteAt, storeOf } from './store-address.ts'
import type { AddressedStore } from './store-address.ts'
import type { RouterChoice, StoreChoice } from './store-options.ts'

const DATA = 'imrs.db'
const SIMULATED_DATA = 'imrs-simulator.db'

/** What a command works on, not open yet. */
export interface Setup {
  readonly options: RouterOptions
  /** Where the store is, without passwords. */
  readonly place: string
  /** The database's file, when the command line named it or took the usual one. */
  readonly file?: string | undefined
  /** The configuration that was read. */
  readonly config?: string | undefined
  readonly simulator?: Simulator | undefined
}

/** The store alone, for commands that need no router. Closed by whoever asked for it. */
export async function setUpStore(
  context: CommandContext,
  choice: StoreChoice,
): Promise<AddressedStore> {
  const named = namedStore(context, choice)
  if (named !== undefined) return named
  const config = findConfig(context.folder, choice.config)
  if (config === undefined) return sqliteAt(context.folder, DATA)
  const { store } = await readConfig(config)
  return { store, place: `${store.name} of the configuration` }
}

/**
 * What `createRouter` is to be given: the configuration's options, with what the command line said in
 * place of them; without a configuration, the providers whose keys are in the environment.
 */
export async function setUpRouter(context: CommandContext, choice: RouterChoice): Promise<Setup> {
  if (choice.simulator) return simulated(context, choice)
  const named = namedStore(context, choice)
  const config = findConfig(context.folder, choice.config)
  if (config !== undefined) {
    const options = { runtime: context.runtime, ...(await readConfig(config)) }
    const store = named?.store ?? options.store
    const place = named?.place ?? `${store.name} of the configuration`
    return { options: { ...options, store }, config, place, file: named?.file }
  }
  const secrets = environmentSecrets({ runtime: context.runtime })
  const providers = await providersWithKeys(secrets, context.signal)
  const { store, place, file } = named ?? sqliteAt(context.folder, DATA)
  return { options: { ...plainOptions(context, store), secrets, providers }, place, file }
}

async function simulated(context: CommandContext, choice: RouterChoice): Promise<Setup> {
  if (choice.config !== undefined)
    throw new UsageError('--simulator and --config exclude each other')
  const { store, place, file } =
    namedStore(context, choice) ?? sqliteAt(context.folder, SIMULATED_DATA)
  const { simulator, providers, keys } = await simulateProviders()
  const options = { ...plainOptions(context, store), secrets: memorySecrets(keys), providers }
  return { options, place, file, simulator }
}

function plainOptions(
  { runtime }: CommandContext,
  store: Store,
): Omit<RouterOptions, 'secrets' | 'providers'> {
  return { store, families, unconfiguredAgents: 'all', runtime }
}

function namedStore(
  context: CommandContext,
  { data, database, schema }: StoreChoice,
): AddressedStore | undefined {
  if (data !== undefined && database !== undefined) {
    throw new UsageError('--data and --database exclude each other; give one of them')
  }
  if (database !== undefined) {
    return storeOf(context, { option: '--database', address: database, schema })
  }
  if (data === undefined) return undefined
  if (/^postgres(?:ql)?:/.test(data)) {
    throw new UsageError('--data names a file of SQLite; give the address to --database')
  }
  return sqliteAt(context.folder, data)
}

/** A router, and what it was made of. */
export interface OpenRouter extends Setup {
  readonly router: Router
  /** Closes the router, and the simulator when there is one. */
  readonly close: () => Promise<void>
}

/** Makes the router of a setup. What was opened is closed again when that fails. */
export async function openRouter(setup: Setup): Promise<OpenRouter> {
  const { simulator, options } = setup
  try {
    const router = await createRouter(options)
    const close = async (): Promise<void> => {
      await router.close()
      await simulator?.close()
    }
    return { ...setup, router, close }
  } catch (error) {
    await Promise.allSettled([options.store.close(), options.secrets.close(), simulator?.close()])
    throw error
  }
}

/** Opens the router, does something with it, and closes it again. */
export async function withRouter<Result>(
  context: CommandContext,
  choice: RouterChoice,
  use: (open: OpenRouter) => Promise<Result>,
): Promise<Result> {
  const open = await openRouter(await setUpRouter(context, choice))
  try {
    return await use(open)
  } finally {
    await open.close()
  }
}

/** @throws CommandError when there is no provider at all: then nothing can answer. */
export async function assertAnyProvider(
  { signal }: CommandContext,
  { router }: Pick<OpenRouter, 'router'>,
): Promise<void> {
  const providers = await router.providers.list({ signal })
  if (providers.length > 0) return
  throw new CommandError(
    `There is no provider. Set one of ${KEY_VARIABLES.join(', ')}, add one with \`imrs providers add\`, or use --simulator.`,
  )
}
