import { existsSync } from 'node:fs'
import { basename } from 'node:path'

import { ImrsError } from '@imrs/core'
import { sqliteStore } from '@imrs/store-sqlite'

import { CommandError, UsageError } from '../command/usage-error.ts'
import { credentialOf } from '../commands/providers-list.ts'
import { testProvider } from '../commands/providers-test.ts'
import type { CommandContext } from '../context/command-context.ts'
import { counted } from '../print/table.ts'
import { KEY_VARIABLES } from '../setup/built-in-providers.ts'
import { openRouter, setUpRouter } from '../setup/set-up.ts'
import type { Setup } from '../setup/set-up.ts'
import type { RouterChoice } from '../setup/store-options.ts'
import { checkClock, checkDisk, checkNode } from './check-machine.ts'
import { fail, ok, warn } from './check.ts'
import type { Check } from './check.ts'

/** Looks at everything; what cannot be looked at is left out, and why is in what failed before. */
export async function checkAll(
  context: CommandContext,
  choice: RouterChoice,
): Promise<readonly Check[]> {
  const node = checkNode()
  let setup: Setup
  try {
    setup = await setUpRouter(context, choice)
  } catch (error) {
    const isTold =
      error instanceof CommandError || error instanceof UsageError || ImrsError.is(error)
    if (!isTold) throw error
    return [
      node,
      fail('configuration', error.message, 'Put it right, or write one with `imrs init`.'),
    ]
  }
  const config =
    setup.config === undefined
      ? ok('configuration', 'none: what the command line and the environment say')
      : ok('configuration', basename(setup.config))
  const database = await checkDatabase(context, setup)
  const disks = await checkDisk(setup)
  const isUsable = database.status !== 'fail'
  const others = isUsable ? await checkProviders(context, setup) : await closeSetup(setup)
  return [node, config, database, ...disks, ...others]
}

async function closeSetup({ options, simulator }: Setup): Promise<readonly Check[]> {
  await Promise.allSettled([options.store.close(), options.secrets.close(), simulator?.close()])
  return []
}

/** Nothing is migrated. A file of SQLite that only a configuration knows is made by being opened. */
async function checkDatabase(
  { signal }: CommandContext,
  { options, place, file }: Setup,
): Promise<Check> {
  if (file !== undefined && !existsSync(file)) {
    return warn('database', `${place} is not there`, 'Nothing: it is made on first use.')
  }
  try {
    const { applied, pending, unknown } = await options.store.migrationStatus({ signal })
    if (unknown.length > 0) {
      return fail(
        'database',
        `${place} was made by a newer version`,
        'Use a newer version of imrs.',
      )
    }
    if (pending.length === 0) return ok('database', `${place}, ${applied.length} migrations`)
    if (applied.length === 0) {
      return warn('database', `${place} is empty`, 'Nothing: it is filled on first use.')
    }
    const lacking = counted(pending.length, 'migration')
    return warn('database', `${place} lacks ${lacking}`, 'Run `imrs migrate`.')
  } catch (error) {
    if (!ImrsError.is(error) || signal.aborted) throw error
    return fail('database', error.message, 'Look at --data or --database, and whether it runs.')
  }
}

/** With a database of its own, where the real one is not there or not up to date yet. */
async function checkProviders(context: CommandContext, setup: Setup): Promise<readonly Check[]> {
  const { file, options } = setup
  const isThere = file === undefined || existsSync(file)
  const isReady = isThere && (await options.store.migrationStatus()).pending.length === 0
  if (!isReady) await options.store.close()
  const store = isReady ? options.store : sqliteStore({ path: ':memory:' })
  const open = await openRouter({ ...setup, options: { ...options, store } })
  try {
    const providers = await open.router.providers.list()
    const active = providers.filter(({ isActive }) => isActive)
    if (active.length === 0) {
      const advice = `Set one of ${KEY_VARIABLES.join(', ')}, or use --simulator.`
      return [fail('providers', 'none', advice)]
    }
    const checks = await Promise.all(active.map(async ({ id }) => checkProvider(context, open, id)))
    const isReached = (id: string): boolean =>
      checks.flat().some(({ name, status }) => name === `provider ${id}` && status === 'ok')
    const reached = active.find(({ id }) => isReached(id))
    const found = [...checks.flat(), await checkClock(context, reached?.apiBase)]
    if (checks.some((each) => each.length > 1)) return found
    const advice = 'Set one key at least, or use --simulator.'
    return [...found, fail('providers', 'none has a key', advice)]
  } finally {
    await open.close()
  }
}

async function checkProvider(
  context: CommandContext,
  { router }: Awaited<ReturnType<typeof openRouter>>,
  id: string,
): Promise<readonly Check[]> {
  const { isPresent, instruction } = await credentialOf(router, id)
  if (!isPresent) return [warn(`key of ${id}`, 'missing', instruction ?? 'Set it.')]
  const { ok: isFine, durationMs, message } = await testProvider(context, router, id)
  const key = ok(`key of ${id}`, 'there, or none is needed')
  return isFine
    ? [key, ok(`provider ${id}`, `answers in ${Math.round(durationMs)} ms`)]
    : [
        key,
        fail(`provider ${id}`, message ?? 'does not answer', 'Look at its key and its address.'),
      ]
}
