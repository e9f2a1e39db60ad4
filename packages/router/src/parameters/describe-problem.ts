import type { ModelParameterName, ModelParameterSupport, ParameterSupport } from '@imrs/core'
import { MODEL_PARAMETERS } from '@imrs/core'

import type { ParameterProblem } from './parameter-problem.ts'

/** What is wrong with which parameter. */
export interface FoundProblem {
  readonly name: ModelParameterName
  readonly problem: ParameterProblem
}

const WORDS: Readonly<Record<ModelParameterName, string>> = Object.freeze({
  maxOutputTokens: 'limit of its answer',
  temperature: 'temperature',
  topP: 'topP',
  stop: 'stop sequences',
  seed: 'seed',
  reasoningEffort: 'reasoning effort',
  providerOptions: 'options of its provider',
})

/** One sentence that says what the model takes instead. */
export function describeProblem(
  model: { readonly displayName: string },
  { name, problem }: FoundProblem,
  { parameters }: ModelParameterSupport,
): string {
  return `${model.displayName} ${predicates[problem](name, parameters)}.`
}

type Predicate = (
  name: ModelParameterName,
  parameters: ModelParameterSupport['parameters'],
) => string

const predicates: Readonly<Record<ParameterProblem, Predicate>> = Object.freeze({
  unsupported: (name) => `takes no ${WORDS[name]}`,
  'too-low': (name, parameters) => `takes a ${WORDS[name]} of at least ${parameters[name].min}`,
  'too-high': (name, parameters) =>
    name === 'maxOutputTokens'
      ? `gives at most ${parameters[name].max} tokens`
      : `takes a ${WORDS[name]} of at most ${parameters[name].max}`,
  'too-many': (name, parameters) => `takes at most ${parameters[name].max} ${WORDS[name]}`,
  blank: () => 'takes no stop sequence of nothing but white space',
  value: (name, parameters) => `takes the ${WORDS[name]} ${oneOf(parameters[name])}`,
  'while-reasoning': (name, { reasoningEffort }) =>
    `takes no ${WORDS[name]} while it reasons` +
    (isTaken('none', reasoningEffort) ? ', which "reasoningEffort": "none" ends' : ''),
  'not-beside': (name, parameters) =>
    `takes no ${WORDS[name]} beside ${WORDS[parameters[name].notBeside ?? name]}`,
})

/** `It takes maxOutputTokens (at most 8192), seed and reasoningEffort (low or high).` */
export function describeTaken({ parameters }: ModelParameterSupport): string {
  const taken = MODEL_PARAMETERS.filter((name) => name !== 'providerOptions')
    .filter((name) => parameters[name].support === 'supported')
    .map((name) => name + limitOf(parameters[name]))
  return taken.length === 0 ? '' : `It takes ${listed(taken, 'and')}.`
}

function limitOf(support: ParameterSupport): string {
  if (support.values !== undefined) return ` (${oneOf(support)})`
  return support.max === undefined ? '' : ` (at most ${support.max})`
}

function oneOf({ values = [] }: ParameterSupport): string {
  return listed(values, 'or')
}

function listed(words: readonly string[], last: 'and' | 'or'): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

function isTaken(value: 'none', { support, values }: ParameterSupport): boolean {
  return support !== 'unsupported' && (values === undefined || values.includes(value))
}
