import { parseArgs } from 'node:util'

import { CONFORMANCE_ABILITIES, isConformanceAbility } from '../abilities.ts'
import type { ConformanceAbility } from '../abilities.ts'
import { SCENARIO_GROUPS } from '../scenario.ts'
import type { ConformanceScenario } from '../scenario.ts'
import { CONFORMANCE_SCENARIOS } from '../scenarios/index.ts'

/** The environment variable that holds the key of the endpoint. */
export const KEY_VARIABLE = 'IMRS_CONFORMANCE_KEY'

/** What the command was told. */
export interface CommandOptions {
  readonly url: string
  readonly model: string | undefined
  readonly upstreamPort: number | undefined
  readonly abilities: readonly ConformanceAbility[]
  readonly scenarios: readonly ConformanceScenario[]
  readonly deadlineMs: number
  readonly isJson: boolean
}

/** What to do: run, or say something and stop. */
export type Command =
  | { readonly kind: 'run'; readonly options: CommandOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'list'; readonly scenarios: readonly ConformanceScenario[] }

/** The command line makes no sense; the message says what to write. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}

/** Abilities that an endpoint may be configured to have. The rest is found out, or is not for endpoints. */
const DECLARABLE: readonly ConformanceAbility[] = ['failover', 'timeouts', 'retries']

/**
 * Reads the arguments behind the command's name.
 *
 * @throws UsageError that names the argument.
 */
export function parseCommand(parameters: readonly string[]): Command {
  const { values, positionals } = parse(parameters)
  if (values.help === true) return { kind: 'help' }
  const scenarios = chosen(values.only ?? [])
  if (values.list === true) return { kind: 'list', scenarios }
  if (values['api-key'] !== undefined) {
    throw new UsageError(
      `A key on the command line can be read by others: put it into the environment variable ${KEY_VARIABLE}`,
    )
  }
  const [url, ...more] = positionals
  if (url === undefined) throw new UsageError('Which endpoint? imrs-conformance <url>')
  if (more.length > 0) throw new UsageError(`One endpoint at a time, got ${positionals.join(' ')}`)
  const options: CommandOptions = {
    url: checkedUrl(url),
    model: values.model,
    upstreamPort: numberOf('--upstream-port', values['upstream-port'], 65_535),
    abilities: (values.with ?? []).flatMap((names) => names.split(',')).map(checkedAbility),
    scenarios,
    deadlineMs: numberOf('--deadline-ms', values['deadline-ms'], 3_600_000) ?? 30_000,
    isJson: values.json ?? false,
  }
  return { kind: 'run', options }
}

interface Parsed {
  readonly positionals: readonly string[]
  readonly values: {
    readonly help?: boolean
    readonly json?: boolean
    readonly list?: boolean
    readonly model?: string
    readonly 'api-key'?: string
    readonly 'upstream-port'?: string
    readonly 'deadline-ms'?: string
    readonly only?: readonly string[]
    readonly with?: readonly string[]
  }
}

function parse(parameters: readonly string[]): Parsed {
  try {
    return parseArgs({
      args: [...parameters],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        list: { type: 'boolean' },
        model: { type: 'string' },
        'api-key': { type: 'string' },
        'upstream-port': { type: 'string' },
        'deadline-ms': { type: 'string' },
        only: { type: 'string', multiple: true },
        with: { type: 'string', multiple: true },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** The scenarios with these ids, or of these groups. Without a name: all. */
export function chosen(names: readonly string[]): readonly ConformanceScenario[] {
  const isMeant = (name: string) => (scenario: ConformanceScenario) =>
    scenario.id === name || scenario.group === name
  const unknown = names.find((name) => !CONFORMANCE_SCENARIOS.some(isMeant(name)))
  if (unknown !== undefined) {
    const groups = Object.keys(SCENARIO_GROUPS).join(', ')
    throw new UsageError(
      `No scenario and no group is called ${JSON.stringify(unknown)}. Groups: ${groups}. Scenarios: --list`,
    )
  }
  return names.length === 0
    ? CONFORMANCE_SCENARIOS
    : CONFORMANCE_SCENARIOS.filter((scenario) => names.some((name) => isMeant(name)(scenario)))
}

function checkedUrl(text: string): string {
  const isHttp = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
  if (!isHttp) throw new UsageError(`The endpoint must be an http: or https: address, got ${text}`)
  return text.replace(/\/+$/, '').replace(/\/chat\/completions$/, '')
}

function checkedAbility(name: string): ConformanceAbility {
  if (isConformanceAbility(name) && DECLARABLE.includes(name)) return name
  throw new UsageError(`--with takes ${DECLARABLE.join(', ')}, got ${JSON.stringify(name)}`)
}

function numberOf(option: string, text: string | undefined, highest: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isInteger(value) && value > 0 && value <= highest) return value
  throw new UsageError(`${option} must be a whole number from 1 to ${highest}, got ${text}`)
}

/** What `--help` prints. */
export function helpText(): string {
  const abilities = DECLARABLE.map((name) => `      ${name}: it ${CONFORMANCE_ABILITIES[name]}`)
  const groups = Object.entries(SCENARIO_GROUPS).map(
    ([name, title]) => `      ${name.padEnd(9)} ${title}`,
  )
  return `Plays faults against an OpenAI-compatible endpoint and says which promises it keeps.

  imrs-conformance <url> [options]

  <url>                  where the endpoint is, up to but not including /chat/completions

  --model <name>         what to ask for; default: "auto" or the first that the endpoint lists
  --upstream-port <n>    starts a provider that fails as scripted on this port of 127.0.0.1;
                         the endpoint must be configured to call it. Without it only those
                         scenarios run that need no faults
  --with <ability,…>     what the endpoint is configured to do:
${abilities.join('\n')}
  --only <id or group>   runs these scenarios alone; may be repeated. Groups:
${groups.join('\n')}
  --deadline-ms <n>      when a scenario that is not over has failed; default: 30000
  --json                 ends with one JSON object on the standard output:
                         { "passed": n, "failed": n, "skipped": n, "scenarios": […] }
  --list                 says which scenarios there are
  --help                 says this

  The key of the endpoint is read from the environment variable ${KEY_VARIABLE}.

  Ends with 0 when all that ran passed, 1 when something failed, 2 when there was
  nothing to run, 130 when it was stopped by Ctrl-C.
`
}
