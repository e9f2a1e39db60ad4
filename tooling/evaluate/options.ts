import { parseArgs } from 'node:util'

import type { Strategy } from '@imrs/core'
import { NAMED_STRATEGIES, isStrategyName, namedStrategy, topRows } from '@imrs/router'
import type { EvaluateQuery } from '@imrs/router'

/** The command line makes no sense; the message says what to write. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}

/** A decision knows no times: by those that go by them nothing can be judged. */
const STRATEGIES: readonly string[] = [
  ...NAMED_STRATEGIES.filter((name) => name !== 'fastest'),
  'random',
]

export const HELP = `Says what other strategies would have earned, from the rated decisions of a database.

  npm run evaluate -- --database <file> --strategy <names> [options]

  --database <file>   a SQLite database of the router; its schema is brought up to date
  --strategy <names>  ${STRATEGIES.join(', ')}, and
                      experiment:<a>+<b> of two of them but random; with commas between, or repeated.
                      fastest, spread and sticky cannot be judged: decisions keep neither times
                      nor which models are the same, nor conversations
  --tenant <id>       Default: default
  --agent <id>        Default: every agent of the tenant
  --logged-by <name>  only decisions put down to the strategy of exactly this name, such as one arm
                      of an experiment: experiment:new/b:adaptive. Default: all
  --from <time>       only decisions made then or later, ISO 8601: 2026-11-01
  --to <time>         only decisions made before then
  --json              one JSON object on the standard output: { "reports": […] }
                      (npm run --silent keeps npm quiet as well)
  --help              says this

How to read it: docs/evaluation.md
`

/** What the command was told. */
export interface EvaluateCommand {
  readonly isHelp: boolean
  readonly isJson: boolean
  readonly database: string
  readonly query: EvaluateQuery
}

/** Any model, all alike. */
function random(): Strategy {
  return {
    specVersion: 'v1',
    name: 'random',
    version: '1',
    rank: ({ table, rows, limit, random: draw }) => {
      const scores = Float64Array.from(rows, draw)
      // The evaluation finds probabilities by asking again and again; it does not read this one.
      return { ...topRows({ table, rows, scores, limit }), propensity: 1 / rows.length }
    },
  }
}

/** @throws UsageError; TypeError for an option that there is not. */
export function parseCommand(parameters: readonly string[]): EvaluateCommand {
  const { values } = parseArgs({
    // npm and pnpm pass the dashes between their arguments and ours on.
    args: parameters.filter((parameter) => parameter !== '--'),
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      json: { type: 'boolean', default: false },
      database: { type: 'string', default: '' },
      strategy: { type: 'string', multiple: true, default: [] },
      tenant: { type: 'string' },
      agent: { type: 'string' },
      'logged-by': { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
    },
  })
  const names = [...new Set(values.strategy.flatMap((each) => each.split(',')))]
  return {
    isHelp: values.help,
    isJson: values.json,
    database: values.database,
    query: {
      strategies: names.map(strategyOf),
      tenantId: values.tenant,
      agentId: values.agent,
      loggedBy: values['logged-by'],
      fromMs: timeOf('--from', values.from),
      toMs: timeOf('--to', values.to),
    },
  }
}

function strategyOf(name: string): Strategy {
  if (name === 'random') return random()
  if (isStrategyName(name) && !/\bfastest\b/.test(name)) return namedStrategy(name)
  throw new UsageError(`--strategy takes ${STRATEGIES.join(', ')}, experiment:<a>+<b>, got ${name}`)
}

function timeOf(argument: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const atMs = Date.parse(text)
  if (!Number.isNaN(atMs)) return atMs
  throw new UsageError(`${argument} takes a time such as 2026-11-01, got ${text}`)
}
