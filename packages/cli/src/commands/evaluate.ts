import { existsSync } from 'node:fs'

import { evaluateLog } from '@imrs/router'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { text, texts, time } from '../command/option.ts'
import { UsageError } from '../command/usage-error.ts'
import { EVALUATED_STRATEGIES, strategyOf } from '../evaluate/options.ts'
import { reportText } from '../evaluate/print.ts'
import { setUpStore } from '../setup/set-up.ts'
import { STORE_OPTIONS } from '../setup/store-options.ts'

/** `imrs evaluate` */
export const evaluateCommand: Command = defineCommand({
  name: 'evaluate',
  summary: 'says what other strategies would have earned, from rated decisions',
  details:
    'Says what other strategies would have earned, from the rated decisions of the database, whose schema is brought up to date. fastest, spread and sticky cannot be judged: decisions keep neither times nor which models are the same, nor conversations. How to read it: docs/evaluation.md',
  options: {
    strategies: texts(
      '--strategy <names>',
      `${EVALUATED_STRATEGIES.join(', ')}, and experiment:<a>+<b> of two of them but random; with commas between, or repeated`,
    ),
    tenantId: text('--tenant <id>', 'Default: default'),
    agentId: text('--agent <id>', 'Default: every agent of the tenant'),
    loggedBy: text(
      '--logged-by <name>',
      'only decisions put down to the strategy of exactly this name, such as one arm of an experiment: experiment:new/b:adaptive. Default: all',
    ),
    fromMs: time('--from <time>', 'only decisions made then or later, ISO 8601: 2026-11-01'),
    toMs: time('--to <time>', 'only decisions made before then'),
    ...STORE_OPTIONS,
  },
  run: async (context, { options }) => {
    const { strategies, tenantId, agentId, loggedBy, fromMs, toMs } = options
    if (strategies.length === 0) {
      throw new UsageError('--strategy is missing; --help says what to write')
    }
    const query = {
      strategies: strategies.map(strategyOf),
      tenantId,
      agentId,
      loggedBy,
      fromMs,
      toMs,
    }
    const { store, file } = await setUpStore(context, options)
    try {
      // Opening would make an empty one.
      if (file !== undefined && !existsSync(file)) {
        throw new UsageError(`There is no file ${file}: name the database with --data`)
      }
      await store.migrate({ signal: context.signal })
      const reports = await evaluateLog(store, query, { signal: context.signal })
      await context.print({ reports }, () => reportText(reports))
    } finally {
      await store.close()
    }
  },
})
