import type { SyncReport } from '@imrs/catalog'
import { ImrsError } from '@imrs/core'
import type { Router } from '@imrs/router'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import type { CommandContext } from '../context/command-context.ts'
import { tableOf } from '../print/table.ts'
import { assertAnyProvider, withRouter } from '../setup/set-up.ts'
import { ROUTER_OPTIONS } from '../setup/store-options.ts'
import { chosenProviders } from './providers-test.ts'

/** What came of one provider: a report, or why there is none. */
type Synced =
  | (SyncReport & { readonly ok: true })
  | { readonly ok: false; readonly providerId: string; readonly message: string }

/** `imrs sync` */
export const syncCommand: Command = defineCommand({
  name: 'sync',
  summary: 'reads the lists of providers into the catalogue',
  details:
    'Reads the lists of providers into the catalogue. A list that cannot be read leaves its models as they were; the command then ends with 1.',
  parameters: [{ name: '[id...]', description: 'Default: all that are active' }],
  options: { ...ROUTER_OPTIONS },
  run: async (context, { parameters, options }) =>
    withRouter(context, options, async (open) => {
      await assertAnyProvider(context, open)
      const providers = await syncAll(context, open.router, parameters)
      await context.print({ providers }, () => syncTable(context, providers))
      return providers.every(({ ok }) => ok) ? 0 : 1
    }),
})

async function syncAll(
  context: CommandContext,
  router: Router,
  named: readonly (string | undefined)[],
): Promise<readonly Synced[]> {
  const ids = await chosenProviders(router, named)
  const progress = context.progress()
  let done = 0
  const one = async (id: string): Promise<Synced> => {
    const synced = await syncOne(context, router, id)
    done += 1
    progress.show(done, ids.length, `providers, last ${id}`)
    return synced
  }
  progress.show(0, ids.length, 'providers')
  try {
    return await Promise.all(ids.map(one))
  } finally {
    progress.end()
  }
}

async function syncOne(
  { signal }: CommandContext,
  router: Router,
  providerId: string,
): Promise<Synced> {
  try {
    return { ok: true, ...(await router.providers.sync(providerId, { signal })) }
  } catch (error) {
    if (!ImrsError.is(error) || signal.aborted) throw error
    return { ok: false, providerId, message: error.message }
  }
}

function syncTable(context: CommandContext, providers: readonly Synced[]): string {
  const figure = (field: 'discovered' | 'added' | 'updated' | 'removed' | 'unreadable') => ({
    heading: field,
    cell: (row: Synced) => (row.ok ? row[field] : undefined),
  })
  return tableOf(
    context,
    [
      { heading: 'provider', cell: ({ providerId }) => providerId },
      figure('discovered'),
      figure('added'),
      figure('updated'),
      figure('removed'),
      figure('unreadable'),
      { heading: 'what is wrong', cell: (row) => (row.ok ? undefined : row.message) },
    ],
    providers,
  )
}
