import type { MatchingModels } from '@imrs/catalog'
import { CAPABILITIES, COST_TIERS } from '@imrs/core'
import type { EnableRuleFilter } from '@imrs/core'
import type { Router } from '@imrs/router'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { flag, oneOf, text, wholeNumber } from '../command/option.ts'
import type { Option } from '../command/option.ts'
import { UsageError } from '../command/usage-error.ts'
import type { CommandContext } from '../context/command-context.ts'
import { MODEL_COLUMNS } from '../print/model-columns.ts'
import { counted, tableOf } from '../print/table.ts'
import { withRouter } from '../setup/set-up.ts'
import { ROUTER_OPTIONS } from '../setup/store-options.ts'
import type { RouterChoice } from '../setup/store-options.ts'

const AGENT_OPTIONS = {
  agentId: text('--agent <id>', 'Default: default'),
  tenantId: text('--tenant <id>', 'Default: default'),
}

const CHANGE_OPTIONS = {
  isAll: flag('--all', 'every model, those that come later too'),
  providerId: text('--provider <id>', 'every model of this provider, later ones too'),
  costTier: oneOf('--tier <tier>', 'every model that costs so much', COST_TIERS),
  capability: oneOf('--capability <name>', 'every model that can do this', CAPABILITIES),
  ...AGENT_OPTIONS,
  ...ROUTER_OPTIONS,
}

/** `imrs agents list` */
export const agentsListCommand: Command = defineCommand({
  name: 'agents list',
  summary: 'which models an agent can use now, and what was enabled for it',
  options: { ...AGENT_OPTIONS, ...ROUTER_OPTIONS },
  run: async (context, { options }) =>
    withRouter(context, options, async ({ router }) => {
      const agent = { tenantId: options.tenantId, agentId: options.agentId }
      const call = { signal: context.signal }
      const [usable, models, rules] = await Promise.all([
        router.agents.usable(agent, call),
        router.agents.list(agent, call),
        router.agents.rules(agent, call),
      ])
      await context.print({ usable, models, rules }, () => tableOf(context, MODEL_COLUMNS, usable))
      await context.say(
        `${counted(usable.length, 'usable model')}; said by name of ${models.length}, by rule ${rules.length} times`,
      )
    }),
})

/** `imrs agents enable` */
export const agentsEnableCommand: Command = defineCommand({
  name: 'agents enable',
  summary: 'lets an agent use models: by name, or all that fit',
  parameters: [{ name: '[model...]', description: 'ids or aliases' }],
  options: {
    priority: wholeNumber('--priority <n>', 'in place of the models’ own', { from: 0, to: 100 }),
    ...CHANGE_OPTIONS,
  },
  run: async (context, { parameters, options }) =>
    change(context, options, { isEnabled: true, models: named(parameters) }),
})

/** `imrs agents disable` */
export const agentsDisableCommand: Command = defineCommand({
  name: 'agents disable',
  summary: 'takes models away from an agent: by name, or all that fit',
  parameters: [{ name: '[model...]', description: 'ids or aliases' }],
  options: CHANGE_OPTIONS,
  run: async (context, { parameters, options }) =>
    change(context, options, { isEnabled: false, models: named(parameters) }),
})

type ValueOf<Each> = Each extends Option<infer Value> ? Value : never

interface ChangeOptions extends RouterChoice {
  readonly isAll: boolean
  readonly providerId: string | undefined
  readonly costTier: ValueOf<(typeof CHANGE_OPTIONS)['costTier']>
  readonly capability: ValueOf<(typeof CHANGE_OPTIONS)['capability']>
  readonly agentId: string | undefined
  readonly tenantId: string | undefined
  readonly priority?: number | undefined
}

interface Change {
  readonly isEnabled: boolean
  readonly models: readonly string[]
}

async function change(
  context: CommandContext,
  options: ChangeOptions,
  wanted: Change,
): Promise<void> {
  const filter = filterOf(options)
  if ((filter === undefined) === (wanted.models.length === 0)) {
    throw new UsageError('Name models, or say --all, --provider, --tier or --capability; not both')
  }
  await withRouter(context, options, async ({ router }) => {
    const { tenantId, agentId, priority } = options
    const request = { tenantId, agentId, priority, by: 'imrs' }
    const done = wanted.isEnabled ? 'Enabled' : 'Disabled'
    if (filter !== undefined) {
      const rule = await changeMatching(router, wanted, { ...request, filter })
      await context.print({ rule }, () => `${done} by rule ${rule.id}\n`)
      return
    }
    const { agents } = router
    const call = { signal: context.signal }
    const models = wanted.isEnabled
      ? await agents.enable({ ...request, models: wanted.models }, call)
      : await agents.disable({ ...request, models: wanted.models }, call)
    const names = models.map(({ modelId }) => modelId).join(', ')
    await context.print({ models }, () => `${done} ${names}\n`)
  })
}

async function changeMatching(
  { agents }: Router,
  { isEnabled }: Change,
  request: MatchingModels,
): ReturnType<Router['agents']['enableMatching']> {
  return isEnabled ? agents.enableMatching(request) : agents.disableMatching(request)
}

/** `undefined`: no filter was given. */
function filterOf({
  isAll,
  providerId,
  costTier,
  capability,
}: ChangeOptions): EnableRuleFilter | undefined {
  const filter = {
    ...(providerId === undefined ? {} : { providerId }),
    ...(costTier === undefined ? {} : { costTier }),
    ...(capability === undefined ? {} : { capability }),
  }
  return isAll || Object.keys(filter).length > 0 ? filter : undefined
}

function named(parameters: readonly (string | undefined)[]): readonly string[] {
  return parameters.filter((model) => model !== undefined)
}
