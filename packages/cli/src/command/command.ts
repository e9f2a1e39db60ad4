import type { CommandContext } from '../context/command-context.ts'
import type { OptionSet, OptionValues } from './option.ts'

/** What was given to a command. */
export interface CommandInput<Options extends OptionSet> {
  /** In the order of the command's `parameters`; what was left out is `undefined`, what repeats comes last. */
  readonly parameters: readonly (string | undefined)[]
  readonly options: OptionValues<Options>
}

/** One argument of a command. */
export interface Parameter {
  /** As commander writes it: `<id>`, `[id]`, `[text...]`. */
  readonly name: string
  readonly description: string
  readonly choices?: readonly string[] | undefined
}

/** One command of the command line, as data: what it is called, what it takes and what it does. */
export interface CommandSpec<Options extends OptionSet> {
  /** One word, or a group and a word: `providers add`. */
  readonly name: string
  /** One line, for the list of commands. */
  readonly summary: string
  /** More, for its own help. Default: the summary alone. */
  readonly details?: string | undefined
  readonly parameters?: readonly Parameter[] | undefined
  readonly options: Options
  /** Gives the exit code; `undefined` is 0. */
  readonly run: (
    context: CommandContext,
    input: CommandInput<Options>,
  ) => Promise<number | undefined | void>
}

/** A command whose options were made to fit what it runs. */
export type Command = Omit<CommandSpec<OptionSet>, 'run'> & {
  readonly run: (
    context: CommandContext,
    parameters: readonly (string | undefined)[],
    given: (name: string) => readonly string[],
  ) => Promise<number | undefined | void>
}

/** Makes a command: its `run` is given the options with the types that they were declared with. */
export function defineCommand<const Options extends OptionSet>(
  spec: CommandSpec<Options>,
): Command {
  return {
    ...spec,
    run: async (context, parameters, given) => {
      const values = Object.entries(spec.options).map(([name, option]) => [
        name,
        option.read(given(name)),
      ])
      return spec.run(context, {
        parameters,
        options: Object.fromEntries(values) as OptionValues<Options>,
      })
    },
  }
}
