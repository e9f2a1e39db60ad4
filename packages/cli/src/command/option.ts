import { UsageError } from './usage-error.ts'

/** One option of a command: what the help says of it, and what its text means. */
export interface Option<Value> {
  /** As commander writes it: `--limit <n>`, `--all`, `-p, --port <n>`. */
  readonly flags: string
  readonly description: string
  /** What may be given; the shell completes it. Default: anything. */
  readonly choices?: readonly string[] | undefined
  /** Turns what was given, in order, into the value. `[]`: it was not given. */
  readonly read: (given: readonly string[]) => Value
}

export type OptionSet = Readonly<Record<string, Option<unknown>>>

/** The values of a set of options, by their names. */
export type OptionValues<Options extends OptionSet> = {
  readonly [Name in keyof Options]: Options[Name] extends Option<infer Value> ? Value : never
}

/** Given or not. */
export function flag(flags: string, description: string): Option<boolean> {
  return { flags, description, read: (given) => given.length > 0 }
}

export function text(flags: string, description: string): Option<string | undefined> {
  return { flags, description, read: (given) => given.at(-1) }
}

/** May be repeated, and each may name several with commas between. */
export function texts(flags: string, description: string): Option<readonly string[]> {
  const read = (given: readonly string[]): readonly string[] => [
    ...new Set(given.flatMap((each) => each.split(',')).map((each) => each.trim())),
  ]
  return { flags, description, read }
}

/** May be repeated; commas are part of the text. */
export function paths(flags: string, description: string): Option<readonly string[]> {
  return { flags, description, read: (given) => given }
}

export function oneOf<const Choice extends string>(
  flags: string,
  description: string,
  choices: readonly Choice[],
): Option<Choice | undefined> {
  const read = (given: readonly string[]): Choice | undefined => {
    const chosen = given.at(-1)
    const found = choices.find((choice) => choice === chosen)
    if (chosen === undefined || found !== undefined) return found
    throw wrong(flags, choices.join(choices.length === 2 ? ' or ' : ', '), chosen)
  }
  return { flags, description, choices, read }
}

/** Which numbers an option takes. Both ends belong to them. */
export interface NumberRange {
  readonly from: number
  readonly to: number
}

export function wholeNumber(
  flags: string,
  description: string,
  { from, to }: NumberRange,
): Option<number | undefined> {
  const read = (given: readonly string[]): number | undefined => {
    const last = given.at(-1)
    if (last === undefined) return undefined
    const value = Number(last)
    if (/^-?\d+$/.test(last) && value >= from && value <= to) return value
    throw wrong(flags, `a whole number from ${from} to ${to}`, last)
  }
  return { flags, description, read }
}

/** Any number between two, or any at all where they are left out: whoever uses it knows the bounds. */
export function number(
  flags: string,
  description: string,
  range?: NumberRange,
): Option<number | undefined> {
  const rule = range === undefined ? 'a number' : `a number from ${range.from} to ${range.to}`
  const { from = -Infinity, to = Infinity } = range ?? {}
  const read = (given: readonly string[]): number | undefined => {
    const last = given.at(-1)
    if (last === undefined) return undefined
    const value = Number(last)
    const isIn = Number.isFinite(value) && value >= from && value <= to
    if (last.trim() !== '' && isIn) return value
    throw wrong(flags, rule, last)
  }
  return { flags, description, read }
}

/** ISO 8601, to epoch milliseconds. */
export function time(flags: string, description: string): Option<number | undefined> {
  const read = (given: readonly string[]): number | undefined => {
    const last = given.at(-1)
    if (last === undefined) return undefined
    const atMs = /^\d{4}-\d{2}/.test(last) ? Date.parse(last) : Number.NaN
    if (!Number.isNaN(atMs)) return atMs
    throw wrong(flags, 'a time such as 2026-11-01', last)
  }
  return { flags, description, read }
}

/** `--limit` of `-l, --limit <n>`. */
export function longFlag(flags: string): string {
  return /--[a-z][a-z-]*/.exec(flags)?.[0] ?? flags
}

function wrong(flags: string, rule: string, value: string): UsageError {
  return new UsageError(`${longFlag(flags)} takes ${rule}, got ${JSON.stringify(value)}`)
}
