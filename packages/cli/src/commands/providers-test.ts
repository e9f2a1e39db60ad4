import { ImrsError } from '@imrs/core'
import type { Router } from '@imrs/router'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import type { CommandContext } from '../context/command-context.ts'
import { tableOf } from '../print/table.ts'
import { assertAnyProvider, withRouter } from '../setup/set-up.ts'
import { ROUTER_OPTIONS } from '../setup/store-options.ts'

/** How a provider answered. */
export interface ProviderTest {
  readonly id: string
  readonly ok: boolean
  readonly durationMs: number
  /** What is wrong, and what to do. */
  readonly message?: string | undefined
}

/** `imrs providers test` */
export const providersTestCommand: Command = defineCommand({
  name: 'providers test',
  summary: 'asks providers, at no cost, whether they answer and the key works',
  parameters: [{ name: '[id...]', description: 'Default: all that are active' }],
  options: { ...ROUTER_OPTIONS },
  run: async (context, { parameters, options }) =>
    withRouter(context, options, async (open) => {
      await assertAnyProvider(context, open)
      const ids = await chosenProviders(open.router, parameters)
      const providers = await Promise.all(ids.map((id) => testProvider(context, open.router, id)))
      await context.print({ providers }, () =>
        tableOf(
          context,
          [
            { heading: 'id', cell: ({ id }) => id },
            { heading: 'answer', cell: ({ ok }) => (ok ? 'ok' : 'failed') },
            { heading: 'ms', cell: ({ durationMs }) => Math.round(durationMs) },
            { heading: 'what is wrong', cell: ({ message }) => message },
          ],
          providers,
        ),
      )
      return providers.every(({ ok }) => ok) ? 0 : 1
    }),
})

/**
 * The providers that were named, or all that are active.
 *
 * @throws ImrsError `unknown-provider` that names the valid ones.
 */
export async function chosenProviders(
  router: Router,
  named: readonly (string | undefined)[],
): Promise<readonly string[]> {
  const ids = [...new Set(named.filter((id) => id !== undefined))]
  for (const id of ids) await router.providers.get(id)
  if (ids.length > 0) return ids
  const providers = await router.providers.list()
  return providers.filter(({ isActive }) => isActive).map(({ id }) => id)
}

/** Asks one provider. What it answers, and that it does not, is told. */
export async function testProvider(
  { runtime, signal }: Pick<CommandContext, 'runtime' | 'signal'>,
  router: Router,
  id: string,
): Promise<ProviderTest> {
  const startedMs = runtime.monotonic()
  const durationMs = (): number => runtime.monotonic() - startedMs
  try {
    await router.providers.check(id, { signal })
    return { id, ok: true, durationMs: durationMs() }
  } catch (error) {
    if (!ImrsError.is(error) || signal.aborted) throw error
    return { id, ok: false, durationMs: durationMs(), message: error.message }
  }
}
