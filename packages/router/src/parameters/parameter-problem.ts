import type {
  ModelParameterName,
  ModelParameterSupport,
  ModelParameters,
  ParameterSupport,
  ReasoningEffort,
} from '@imrs/core'
import { REASONING_EFFORTS } from '@imrs/core'

/** Why a model does not take a parameter. */
export type ParameterProblem =
  | 'unsupported'
  | 'too-low'
  | 'too-high'
  /** Stop sequences. */
  | 'too-many'
  /** Stop sequences of nothing but white space. */
  | 'blank'
  /** None of the values it takes. */
  | 'value'
  | 'while-reasoning'
  | 'not-beside'

/** What a parameter stands among. */
export interface ParameterContext {
  readonly support: ModelParameterSupport
  /** Whether the model will reason. */
  readonly isReasoning: boolean
  /** The other parameters of the call. */
  readonly beside: ModelParameters
}

/** Of any parameter. */
export type ParameterValue = ModelParameters[ModelParameterName]

/** What is wrong with a value, whatever else is set; `undefined` when nothing is known to be. */
export function valueProblem(
  value: ParameterValue,
  support: ParameterSupport,
): ParameterProblem | undefined {
  if (support.support === 'unsupported') return 'unsupported'
  if (typeof value === 'number') return numberProblem(value, support)
  if (typeof value === 'string') {
    return support.values === undefined || support.values.includes(value) ? undefined : 'value'
  }
  return isStop(value) ? stopProblem(value, support) : undefined
}

/** The same, among the other parameters. */
export function problemOf(
  name: ModelParameterName,
  value: ParameterValue,
  { support, isReasoning, beside }: ParameterContext,
): ParameterProblem | undefined {
  const own = support.parameters[name]
  const problem = valueProblem(value, own)
  if (problem !== undefined) return asksForNothing(name, value, support) ? undefined : problem
  if (isReasoning && own.isTakenWhileReasoning === false) return 'while-reasoning'
  const { notBeside } = own
  return notBeside !== undefined && beside[notBeside] !== undefined ? 'not-beside' : undefined
}

/** Not to reason is what a model does that cannot; there is nothing to tell it. */
function asksForNothing(
  name: ModelParameterName,
  value: ParameterValue,
  { parameters, reasonsUnasked }: ModelParameterSupport,
): boolean {
  if (name !== 'reasoningEffort' || value !== 'none' || reasonsUnasked) return false
  return parameters.reasoningEffort.support === 'unsupported'
}

function numberProblem(
  value: number,
  { min, max }: ParameterSupport,
): ParameterProblem | undefined {
  if (max !== undefined && value > max) return 'too-high'
  return min !== undefined && value < min ? 'too-low' : undefined
}

function stopProblem(
  sequences: readonly string[],
  { max, takesBlank }: ParameterSupport,
): ParameterProblem | undefined {
  if (max !== undefined && sequences.length > max) return 'too-many'
  return takesBlank === false && sequences.some(isBlank) ? 'blank' : undefined
}

function isBlank(sequence: string): boolean {
  return sequence.trim() === ''
}

/** A value in which something may be wrong. */
export interface ProblematicValue {
  readonly name: ModelParameterName
  readonly value: ParameterValue
  readonly problem: ParameterProblem | undefined
}

/**
 * What can be sent in place of a value; `undefined` is nothing. For a limit of the answer that is the
 * model's own, for an effort the nearest that it takes, and of stop sequences those that are more than
 * white space; anything else is sent whole or not.
 */
export function fittedValue(
  { name, value, problem }: ProblematicValue,
  { max, values }: ParameterSupport,
): ParameterValue {
  if (problem === undefined) return value
  if (problem === 'value') return nearestEffort(value, values)
  if (problem === 'too-high' && name === 'maxOutputTokens') return max
  if (problem !== 'blank' || !isStop(value)) return undefined
  const sequences = value.filter((sequence) => !isBlank(sequence))
  return sequences.length === 0 ? undefined : sequences
}

/** The next higher that is taken, else the highest. */
function nearestEffort(
  asked: ParameterValue,
  taken: readonly ReasoningEffort[] = [],
): ReasoningEffort | undefined {
  const higher = REASONING_EFFORTS.slice(REASONING_EFFORTS.findIndex((level) => level === asked))
  return higher.find((level) => taken.includes(level)) ?? taken.at(-1)
}

function isStop(value: ParameterValue): value is readonly string[] {
  return Array.isArray(value)
}
