import { CAPABILITIES, COST_TIERS, MODEL_SORTS, MODEL_TYPES } from '@imrs/core'
import type { ModelQuery } from '@imrs/core'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { flag, oneOf, text, texts, wholeNumber } from '../command/option.ts'
import { MODEL_COLUMNS } from '../print/model-columns.ts'
import { tableOf } from '../print/table.ts'
import { withRouter } from '../setup/set-up.ts'
import { ROUTER_OPTIONS } from '../setup/store-options.ts'

/** `imrs models` */
export const modelsCommand: Command = defineCommand({
  name: 'models',
  summary: 'the models of the catalogue, a page at a time',
  details:
    'The models of the catalogue, a page at a time. Prices are dollars for 1,000,000 tokens.',
  parameters: [{ name: '[words...]', description: 'words that begin words of the id or the name' }],
  options: {
    providers: texts('--provider <ids>', 'of these providers'),
    modelType: oneOf('--type <type>', 'chat, embedding and so on', MODEL_TYPES),
    costTier: oneOf('--tier <tier>', 'by what they cost', COST_TIERS),
    capability: oneOf('--capability <name>', 'of this capability', CAPABILITIES),
    isAvailable: flag('--available', 'only those that can be used now'),
    isUnavailable: flag('--unavailable', 'only those that cannot'),
    sort: oneOf('--sort <field>', 'Default: id', MODEL_SORTS),
    isDescending: flag('--desc', 'the other way round'),
    limit: wholeNumber('--limit <n>', 'models a page. Default: 50', { from: 1, to: 200 }),
    page: wholeNumber('--page <n>', 'the number of the page, with a total', {
      from: 1,
      to: 10_000,
    }),
    cursor: text('--cursor <text>', 'the page after the one that gave it'),
    ...ROUTER_OPTIONS,
  },
  run: async (context, { parameters, options }) =>
    withRouter(context, options, async ({ router }) => {
      const { modelType, costTier, capability, limit, page, cursor } = options
      const words = parameters.filter((word) => word !== undefined).join(' ')
      const availability = options.isAvailable ? true : options.isUnavailable ? false : undefined
      const query: ModelQuery = {
        modelType,
        costTier,
        capability,
        limit,
        page,
        cursor,
        providerIds: options.providers.length === 0 ? undefined : options.providers,
        search: words === '' ? undefined : words,
        isAvailable: availability,
        sort: options.sort,
        direction: options.isDescending ? 'desc' : 'asc',
      }
      const found = await router.models.list(query, { signal: context.signal })
      const { items: models, nextCursor, total, totalIsEstimate } = found
      await context.print({ models, nextCursor, total, totalIsEstimate }, () =>
        tableOf(context, MODEL_COLUMNS, models),
      )
      if (models.length === 0) {
        await context.say('No model fits. `imrs providers list` says where models come from.')
      }
      if (nextCursor !== undefined) await context.say(`More: --cursor ${nextCursor}`)
      if (total !== undefined)
        await context.say(`${totalIsEstimate === true ? 'Over ' : ''}${total} in all`)
    }),
})
