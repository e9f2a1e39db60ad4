import { storableText } from '../rows/columns.ts'

/**
 * The parameters of a statement as both databases take them. For drivers: text that no database
 * column holds (NUL, lone surrogates) is changed to U+FFFD, so that one odd name in a provider's list
 * does not stop a whole sync.
 */
export function storableParameters(parameters: readonly unknown[]): unknown[] {
  return parameters.map((value) => (typeof value === 'string' ? storableText(value) : value))
}
