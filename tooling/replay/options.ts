import { parseArgs } from 'node:util'

import { REPLAY_LABELS, REPLAY_POLICIES, isReplayPolicyName } from '@imrs/router'
import type { ReplayChange, ReplayLabel, ReplayPolicyName } from '@imrs/router'

/** The environment variable with the folder of the data, where `--data` is not given. */
export const DATA_VARIABLE = 'IMRS_ROUTING_DATA'

/** What the command was told. */
export interface ReplayCommand {
  readonly isHelp: boolean
  readonly isJson: boolean
  readonly protocol: 'replay' | 'routellm'
  readonly data: readonly string[]
  readonly policies: readonly ReplayPolicyName[]
  readonly seeds: number | undefined
  readonly feedback: number | undefined
  readonly delay: number | undefined
  readonly label: ReplayLabel | undefined
  readonly noise: number | undefined
  readonly limit: number | undefined
  readonly days: number | undefined
  readonly costQuality: number | undefined
  readonly split: string | undefined
  readonly bench: string | undefined
  readonly priorities: string | undefined
  readonly isCold: boolean
  readonly degrade: ReplayChange | undefined
  readonly improve: ReplayChange | undefined
  readonly svg: string | undefined
}

/** The command line makes no sense; the message says what to write. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}

export const HELP = `Replays recorded outcomes: requests in random order, one at a time; a policy picks a model and is
shown that model's score only. The strategies are those of the router.

  npm run replay -- --data <folder> [options]

Data
  --data <folder>        a folder with an outcomes.jsonl, or one with such folders in it; may be
                         repeated. Default: the folder in ${DATA_VARIABLE}
  --split <name>         only lines whose \`split\` is this
  --bench <name>         only lines whose \`bench\` is this
  --limit <n>            the most requests of a stream

Policies
  --policy <names>       ${REPLAY_POLICIES.slice(0, 5).join(', ')},
                         ${REPLAY_POLICIES.slice(5).join(', ')}, and experiment:<a>+<b>
                         of two strategies, half of the requests each; with commas between, or
                         repeated. Default: adaptive,weighted,random
                         fastest goes by the mean of latency_ms. spread and sticky would change
                         nothing: the data know neither providers nor conversations.
  --priorities <file>    JSON, { "model": 0 to 100, … }. Default: 50 for all
  --cost-quality <d>     the dial of adaptive: 0 is quality only, 1 price only

What the router is shown
  --seeds <n>            random orders. Default: 20
  --feedback <share>     of answers that are rated. Default: 1
  --delay <n>            ratings come so many requests later. Default: 0
  --label <kind>         ${REPLAY_LABELS.join(', ')}. Default: task
  --noise <share>        of wrong labels, with --label noisy. Default: 0.2
  --days <n>             how long a stream lasts, for ratings that fade. Default: 28

What happens on the way
  --cold                 half of the models join one by one
  --degrade <model>@<s>  its scores halve silently at that share of the stream: best@0.5
  --improve              the best model joins at half of the stream

Output
  --json                 one line of JSON for each data set and policy, and nothing else on the
                         standard output (npm run --silent keeps npm quiet as well)
  --svg <file>           plots reward over time; with several data sets, one file for each
  --protocol routellm    RouteLLM's protocol instead: a text model against prompt length
  --help                 says this
`

/**
 * Reads the arguments behind the command's name.
 *
 * @throws UsageError that names the argument.
 */
export function parseCommand(parameters: readonly string[]): ReplayCommand {
  const values = parse(parameters)
  const { policy = ['adaptive,weighted,random'] } = values
  return {
    isHelp: values.help ?? false,
    isJson: values.json ?? false,
    protocol: protocolOf(values.protocol),
    data: values.data ?? [],
    policies: [...new Set(policy.flatMap((names) => names.split(',')).map(policyOf))],
    seeds: numberOf('--seeds', values.seeds),
    feedback: numberOf('--feedback', values.feedback),
    delay: numberOf('--delay', values.delay),
    label: labelOf(values.label),
    noise: numberOf('--noise', values.noise),
    limit: numberOf('--limit', values.limit),
    days: numberOf('--days', values.days),
    costQuality: numberOf('--cost-quality', values['cost-quality']),
    split: values.split,
    bench: values.bench,
    priorities: values.priorities,
    isCold: values.cold ?? false,
    degrade: values.degrade === undefined ? undefined : changeOf('--degrade', values.degrade),
    improve: values.improve === true ? { model: 'best', at: 0.5 } : undefined,
    svg: values.svg,
  }
}

type Texts = { readonly [Name in TextOption]?: string }
type TextOption = (typeof TEXT_OPTIONS)[number]

interface Values extends Texts {
  readonly help?: boolean
  readonly json?: boolean
  readonly cold?: boolean
  readonly improve?: boolean
  readonly data?: readonly string[]
  readonly policy?: readonly string[]
}

const TEXT_OPTIONS = [
  'bench',
  'cost-quality',
  'days',
  'degrade',
  'delay',
  'feedback',
  'label',
  'limit',
  'noise',
  'priorities',
  'protocol',
  'seeds',
  'split',
  'svg',
] as const

function parse(parameters: readonly string[]): Values {
  const texts = TEXT_OPTIONS.map((name) => [name, { type: 'string' }] as const)
  try {
    const { values } = parseArgs({
      // npm and pnpm pass the dashes between their arguments and ours on.
      args: parameters.filter((argument) => argument !== '--'),
      options: {
        ...Object.fromEntries(texts),
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        cold: { type: 'boolean' },
        improve: { type: 'boolean' },
        data: { type: 'string', multiple: true },
        policy: { type: 'string', multiple: true },
      },
    })
    return values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function protocolOf(name: string | undefined): 'replay' | 'routellm' {
  if (name === undefined || name === 'replay') return 'replay'
  if (name === 'routellm') return name
  throw new UsageError(`--protocol takes replay or routellm, got ${name}`)
}

function policyOf(name: string): ReplayPolicyName {
  if (isReplayPolicyName(name)) return name
  const names = [...REPLAY_POLICIES, 'experiment:<a>+<b>'].join(', ')
  throw new UsageError(`--policy takes ${names}, got ${JSON.stringify(name)}`)
}

function labelOf(name: string | undefined): ReplayLabel | undefined {
  const found = REPLAY_LABELS.find((label) => label === name)
  if (name === undefined || found !== undefined) return found
  throw new UsageError(`--label takes ${REPLAY_LABELS.join(', ')}, got ${name}`)
}

/** `best@0.5`. A model's own name may hold an `@`. */
function changeOf(option: string, text: string): ReplayChange {
  const place = text.lastIndexOf('@')
  const share = text.slice(place + 1).trim()
  const at = share === '' ? Number.NaN : Number(share)
  if (place > 0 && at >= 0 && at <= 1) return { model: text.slice(0, place), at }
  throw new UsageError(`${option} takes <model>@<share from 0 to 1>, such as best@0.5, got ${text}`)
}

/** The bounds are those of the replay, which says what is wrong with the rest. */
function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value)) return value
  throw new UsageError(`${option} takes a number, got ${JSON.stringify(text)}`)
}
