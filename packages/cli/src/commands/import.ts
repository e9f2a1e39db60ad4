import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

import {
  applyImport,
  parseLiteLlmConfig,
  parseModelTable,
  parseStaticCatalogue,
  planImport,
} from '@imrs/catalog'
import type { ImportPlan, ImportSource } from '@imrs/catalog'
import { parse } from 'yaml'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { flag, oneOf, texts } from '../command/option.ts'
import { CommandError, UsageError } from '../command/usage-error.ts'
import type { CommandContext } from '../context/command-context.ts'
import { readAll } from '../context/read-all.ts'
import { printable } from '../print/printable.ts'
import { counted } from '../print/table.ts'
import { openRouter, setUpRouter } from '../setup/set-up.ts'
import { ROUTER_OPTIONS } from '../setup/store-options.ts'

const PARSERS = {
  litellm: parseLiteLlmConfig,
  'model-table': parseModelTable,
  'static-catalogue': parseStaticCatalogue,
} as const
const FORMATS = ['litellm', 'model-table', 'static-catalogue'] as const

/** `imrs import` */
export const importCommand: Command = defineCommand({
  name: 'import',
  summary: 'takes over models from elsewhere; says what it would do unless told to --apply',
  details:
    'Takes over models from elsewhere: a LiteLLM configuration, a table of models, a static catalogue. Says what it would do and changes nothing, unless told to --apply. Providers come first. See docs/coming-from-elsewhere.md',
  parameters: [{ name: '<file>', description: 'JSON or YAML; - is the standard input' }],
  options: {
    format: oneOf('--format <format>', 'what the file is; needed', FORMATS),
    isApplied: flag('--apply', 'does it'),
    enableFor: texts('--enable-for <agents>', 'lets these agents use what is imported'),
    ...ROUTER_OPTIONS,
  },
  run: async (context, { parameters: [file = ''], options }) => {
    const { format, isApplied, enableFor } = options
    if (format === undefined) throw new UsageError(`--format is missing: ${FORMATS.join(', ')}`)
    const source: ImportSource = PARSERS[format](await readData(context, file))
    // The router writes the providers that the code and the environment declare.
    const open = await openRouter(await setUpRouter(context, options))
    try {
      const host = { store: open.options.store, runtime: context.runtime }
      const call = { signal: context.signal }
      const agents = enableFor.map((agentId) => ({ agentId }))
      const plan = await planImport(source, { ...host, enableFor: agents }, call)
      const result = isApplied ? await applyImport(plan, { ...host, by: 'imrs' }, call) : undefined
      await context.print({ plan, result }, () => planText(plan))
      if (result === undefined) await context.say('Nothing was changed. Do it with --apply.')
      else
        await context.say(
          `Added ${result.added}, changed ${result.changed}, aliases ${result.aliases}, rows of agents ${result.agentModels}.`,
        )
      return plan.counts.used === 0 ? 1 : 0
    } finally {
      await open.close()
    }
  },
})

async function readData(context: CommandContext, file: string): Promise<unknown> {
  const text =
    file === '-' ? await readAll(context) : await readFile(resolve(context.folder, file), 'utf8')
  try {
    // JSON is YAML, too. Aliases are expanded a hundred times at most.
    return parse(text, { maxAliasCount: 100, logLevel: 'error' })
  } catch (error) {
    // The message may show a line, and a line may hold a key.
    const place = /at line \d+, column \d+/.exec(error instanceof Error ? error.message : '')?.[0]
    const where = place === undefined ? '' : `, ${place}`
    throw new CommandError(`${file} is neither JSON nor YAML${where}`)
  }
}

function planText(plan: ImportPlan): string {
  const { added, changed, aliases, agentModels, leftAlone, refused, notes, providers } = plan
  const lines = [
    ...added.map(({ id }) => `add      ${id}`),
    ...changed.map(
      ({ modelId, changes }) => `change   ${modelId}: ${changes.map(changeText).join(', ')}`,
    ),
    ...aliases.map(({ name, to }) => `alias    ${name} is ${to.modelId}`),
    ...agentModels.map(
      ({ agentId, modelId, to }) =>
        `agent    ${agentId}: ${modelId} ${to.isEnabled ? 'enabled' : 'disabled'}`,
    ),
    ...leftAlone.map(({ name, reason }) => `keep     ${name}: ${reason}`),
    ...refused.map(({ row, reason }) => `refuse   ${row}: ${reason}`),
    ...notes.map(({ row, note }) => `note     ${row}: ${note}`),
    ...providers.missing.map(
      ({ id, models, instruction }) =>
        `missing  provider ${id}, for ${counted(models, 'model')}: ${instruction}`,
    ),
  ]
  const { rows, used } = plan.counts
  return `${[...lines.map(printable), `${used} of ${counted(rows, 'row')} can be used`].join('\n')}\n`
}

function changeText({ field, from, to }: ImportPlan['changed'][number]['changes'][number]): string {
  return `${field} ${JSON.stringify(from)} → ${JSON.stringify(to)}`
}
