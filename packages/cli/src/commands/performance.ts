import { PERFORMANCE_GROUPS } from '@imrs/router'
import type { PerformanceGroup, PerformanceRow } from '@imrs/router'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { text, texts, time } from '../command/option.ts'
import { UsageError } from '../command/usage-error.ts'
import type { Column } from '../print/table.ts'
import { tableOf } from '../print/table.ts'
import { dollars } from '../print/values.ts'
import { withRouter } from '../setup/set-up.ts'
import { ROUTER_OPTIONS } from '../setup/store-options.ts'

const COLUMNS: readonly Column<PerformanceRow>[] = [
  { heading: 'requests', cell: ({ requests }) => requests },
  { heading: 'failures', cell: ({ failures }) => failures },
  { heading: 'rating', cell: ratingText },
  { heading: 'first part, ms', cell: ({ firstPartMs }) => rounded(firstPartMs?.p50) },
  { heading: 'p95', cell: ({ firstPartMs }) => rounded(firstPartMs?.p95) },
  { heading: 'total, ms', cell: ({ totalMs }) => rounded(totalMs?.p50) },
  { heading: 'cost', cell: ({ costNanoUsd }) => dollars(costNanoUsd) },
]

const NAMES: Readonly<Record<PerformanceGroup, Column<PerformanceRow>>> = {
  model: { heading: 'model', cell: ({ modelId }) => modelId },
  'task-type': { heading: 'task', cell: ({ taskType }) => taskType },
  agent: { heading: 'agent', cell: ({ agentId }) => agentId },
  day: { heading: 'day', cell: ({ period }) => period },
  month: { heading: 'month', cell: ({ period }) => period },
}

/** `imrs performance` */
export const performanceCommand: Command = defineCommand({
  name: 'performance',
  summary: 'how models did: ratings, failures, latency and cost',
  details:
    'How models did: ratings, failures, latency and cost. A rating in brackets rests on too few to be knowledge.',
  options: {
    modelId: text('--model <id>', 'Default: every model'),
    taskType: text('--task <type>', 'Default: every kind of task'),
    agentId: text('--agent <id>', 'Default: every agent'),
    tenantId: text('--tenant <id>', 'Default: default'),
    groupBy: texts(
      '--by <what>',
      `what rows are told apart by: ${PERFORMANCE_GROUPS.join(', ')}; with commas between. Default: model`,
    ),
    fromMs: time('--from <time>', 'calls begun then or later, by UTC days: 2026-11-01'),
    toMs: time('--to <time>', 'calls begun before then'),
    ...ROUTER_OPTIONS,
  },
  run: async (context, { options }) => {
    const groups =
      options.groupBy.length === 0 ? (['model'] as const) : options.groupBy.map(groupOf)
    const { modelId, taskType, agentId, tenantId, fromMs, toMs } = options
    const query = { modelId, taskType, agentId, tenantId, fromMs, toMs, groupBy: groups }
    return withRouter(context, options, async ({ router }) => {
      const report = await router.performance.report(query, { signal: context.signal })
      const columns = [...groups.map((group) => NAMES[group]), ...COLUMNS]
      await context.print(report, () => tableOf(context, columns, report.rows))
      if (report.rows.length === 0) await context.say('No calls are on record for that.')
    })
  },
})

function groupOf(name: string): PerformanceGroup {
  const found = PERFORMANCE_GROUPS.find((group) => group === name)
  if (found !== undefined) return found
  throw new UsageError(`--by takes ${PERFORMANCE_GROUPS.join(', ')}, got ${JSON.stringify(name)}`)
}

function ratingText({ rating }: PerformanceRow): string | undefined {
  if (rating === undefined) return undefined
  const words = `${rating.mean.toFixed(2)} of ${rating.count}`
  return rating.isKnown ? words : `(${words})`
}

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value)
}
