import type { ChatRequest, Decision, RankedCandidate } from '@imrs/core'
import { explainDecision } from '@imrs/router'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { REQUEST_OPTIONS, requestOf } from '../context/chat-request.ts'
import type { CommandContext } from '../context/command-context.ts'
import { printable } from '../print/printable.ts'
import { counted, tableOf } from '../print/table.ts'
import { decimal } from '../print/values.ts'
import { assertAnyProvider, withRouter } from '../setup/set-up.ts'
import { ROUTER_OPTIONS } from '../setup/store-options.ts'

/** `imrs route` */
export const routeCommand: Command = defineCommand({
  name: 'route',
  summary: 'says which model would answer, and why; calls none',
  parameters: [{ name: '<text...>', description: 'what would be asked' }],
  options: { ...REQUEST_OPTIONS, ...ROUTER_OPTIONS },
  run: async (context, { parameters, options }) =>
    withRouter(context, options, async (open) => {
      await assertAnyProvider(context, open)
      const words = parameters.filter((word) => word !== undefined).join(' ')
      const request: ChatRequest = {
        ...requestOf(options),
        messages: [{ role: 'user', content: words }],
      }
      const decision = await open.router.decide(request, { signal: context.signal })
      const ids = [decision.modelId, ...decision.candidates.map(({ modelId }) => modelId)]
      const names = new Map(
        await Promise.all(
          ids.slice(0, 3).map(async (id) => {
            const model = await open.router.models.get(id, { signal: context.signal })
            return [id, model.displayName] as const
          }),
        ),
      )
      const explanation = explainDecision(decision, (id) => names.get(id))
      await context.print({ explanation, decision }, () =>
        [printable(explanation), '', decisionText(context, decision)].join('\n'),
      )
    }),
})

function decisionText(context: CommandContext, decision: Decision): string {
  const { candidates, candidateCount, exclusions } = decision
  const ranked = candidates.map((candidate, place) => ({ ...candidate, place: place + 1 }))
  const rows: readonly (RankedCandidate & { readonly place: number })[] = ranked
  const table = tableOf(
    context,
    [
      { heading: '#', cell: ({ place }) => place },
      { heading: 'model', cell: ({ modelId }) => modelId },
      { heading: 'score', cell: ({ score }) => Number(score.toFixed(4)) },
      { heading: 'priority', cell: ({ priority }) => decimal(priority) },
      { heading: 'experience', cell: ({ experience }) => decimal(experience) },
      { heading: 'ratings', cell: ({ ratings }) => ratings },
    ],
    rows,
  )
  const more = candidateCount > rows.length ? `and ${candidateCount - rows.length} more\n` : ''
  const left = Object.entries(exclusions.counts).map(([reason, count]) => ({ reason, count }))
  if (left.length === 0) return `${table}${more}`
  const examples = (reason: string): string =>
    exclusions.examples
      .filter((example) => example.reason === reason)
      .slice(0, 3)
      .map(({ modelId }) => modelId)
      .join(', ')
  const excluded = tableOf(
    context,
    [
      { heading: 'left out', cell: ({ count }) => counted(count, 'model') },
      { heading: 'because', cell: ({ reason }) => reason },
      { heading: 'such as', cell: ({ reason }) => examples(reason) },
    ],
    left,
  )
  return `${table}${more}\n${excluded}`
}
