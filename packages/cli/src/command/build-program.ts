import tab from '@bomb.sh/tab/commander'
import { Argument, Command as Program, Option as ProgramOption } from 'commander'

import type { CommandContext } from '../context/command-context.ts'
import type { Command } from './command.ts'
import type { Option } from './option.ts'
import { VERSION } from './version.ts'

/** What groups of commands are about. */
const GROUPS: Readonly<Record<string, string>> = {
  providers: 'the services that models come from',
  agents: 'which models each agent may use',
}

const EPILOGUE = `
Keys come from the environment (OPENAI_API_KEY and its like), never from the command line.
Exit codes: 0 done, 1 failed, 2 the command line makes no sense.
Completion in the shell: source <(imrs complete bash), or zsh; imrs complete fish | source
`

/** A program to parse one command line with. */
export interface BuiltProgram {
  readonly program: Program
  /** What the command that ran is to exit with. */
  readonly codeOf: () => number
  /** Help and complaints of the parser itself. */
  readonly said: () => { readonly out: string; readonly errors: string }
}

/** Makes the parser of the command line out of the commands' own descriptions. */
export function buildProgram(commands: readonly Command[], context: CommandContext): BuiltProgram {
  const words = { out: '', errors: '' }
  let code = 0
  const program = new Program('imrs')
  program
    .description('Manages providers and models, and routes every request to the best model.')
    .version(VERSION)
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('(imrs --help says what there is)')
    .addHelpText('after', EPILOGUE)
    .configureOutput({
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
      writeOut: (text) => {
        words.out += text
      },
      writeErr: (text) => {
        words.errors += withoutValues(text)
      },
    })
  for (const command of commands) {
    const parsed = parserOf(program, command)
    parsed.action(async () => {
      code = (await run(command, parsed, context)) ?? 0
    })
  }
  // Last: it copies what is there.
  tab(program)
  return { program, codeOf: () => code, said: () => words }
}

function parserOf(program: Program, command: Command): Program {
  const [first = '', second] = command.name.split(' ')
  const parent = second === undefined ? program : groupOf(program, first)
  const parsed = parent.command(second ?? first).description(command.details ?? command.summary)
  parsed.summary(command.summary)
  parsed.showHelpAfterError(`(imrs ${command.name} --help says what it takes)`)
  for (const { name, description, choices } of command.parameters ?? []) {
    const argument = new Argument(name, description)
    parsed.addArgument(choices === undefined ? argument : argument.choices([...choices]))
  }
  for (const [name, option] of Object.entries(command.options)) {
    parsed.addOption(optionOf(name, option))
  }
  return parsed.option('--json', 'one JSON value on the standard output')
}

function groupOf(program: Program, name: string): Program {
  const there = program.commands.find((each) => each.name() === name)
  return there ?? program.command(name).description(GROUPS[name] ?? name)
}

/** Every option collects what it is given; the command's own description says what that means. */
function optionOf(name: string, { flags, description, choices }: Option<unknown>): ProgramOption {
  const option = new ProgramOption(flags, description)
  // Our own message names the choices; this is for the shell and the help.
  if (choices !== undefined) option.choices([...choices])
  option.argParser((value: string, before: unknown) => [
    ...(Array.isArray(before) ? (before as string[]) : []),
    value,
  ])
  option.attributeName = () => name
  return option
}

async function run(
  command: Command,
  parsed: Program,
  context: CommandContext,
): Promise<number | undefined | void> {
  const given: Readonly<Record<string, unknown>> = parsed.opts()
  return command.run(context, (parsed.processedArgs as unknown[]).flat() as string[], (name) => {
    const value = given[name]
    if (Array.isArray(value)) return value as string[]
    return value === true ? [''] : []
  })
}

/** `--api-key=sk-1` is no option of ours, and what follows it may be a key. */
function withoutValues(text: string): string {
  return text.replaceAll(/('--?[\w-]+)=[^\n]*'/g, "$1'")
}
