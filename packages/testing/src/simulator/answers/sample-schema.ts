import { isRecord } from '../wire.ts'
import { subjectOf } from './excerpt.ts'

/** What a sample is made from. */
export interface SampleSource {
  readonly schema: unknown
  readonly prompt: string
}

type Sampler = (schema: Readonly<Record<string, unknown>>, context: SampleContext) => unknown

interface SampleContext {
  readonly root: unknown
  readonly prompt: string
  readonly depth: number
  readonly name: string
}

const MAX_DEPTH = 8
const MOST_ITEMS = 100
const MOST_CHARACTERS = 10_000

const formats: Readonly<Record<string, string>> = {
  date: '2026-03-14',
  'date-time': '2026-03-14T09:26:53Z',
  email: 'ada@example.org',
  uri: 'https://example.org/',
  uuid: '3f2c1b7a-9d4e-4c1a-8b6f-5e0d2a7c9b13',
}

const samplers: Readonly<Record<string, Sampler>> = {
  object: sampleObject,
  array: sampleArray,
  string: sampleString,
  integer: (schema, context) => Math.ceil(sampleNumber(schema, context)),
  number: sampleNumber,
  boolean: () => true,
  null: () => null,
}

/**
 * A value that is valid under a simple JSON schema (or Gemini's upper-case variant of one), with
 * words and numbers of the prompt in it. Follows `$ref` inside the document and the first branch of
 * `anyOf`, `oneOf` and `allOf`; recursion stops at depth 8 with the required parts missing.
 */
export function sampleSchema({ schema, prompt }: SampleSource): unknown {
  return sample(schema, { root: schema, prompt, depth: 0, name: '' })
}

function sample(schema: unknown, context: SampleContext): unknown {
  if (!isRecord(schema) || context.depth > MAX_DEPTH) return null
  const deeper = { ...context, depth: context.depth + 1 }
  const reference = schema['$ref']
  if (typeof reference === 'string')
    return sample(resolveReference(context.root, reference), deeper)
  if ('const' in schema) return schema['const']
  if (Array.isArray(schema['enum'])) return pickMentioned(schema['enum'], context.prompt)
  const branch = firstBranch(schema)
  if (branch !== undefined) return sample(branch, deeper)
  return samplers[typeOf(schema)]?.(schema, deeper) ?? null
}

function typeOf(schema: Readonly<Record<string, unknown>>): string {
  const declared = Array.isArray(schema['type']) ? schema['type'][0] : schema['type']
  if (typeof declared === 'string') return declared.toLowerCase()
  return isRecord(schema['properties']) ? 'object' : 'string'
}

function firstBranch(schema: Readonly<Record<string, unknown>>): unknown {
  const branches = schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf']
  return Array.isArray(branches) ? branches[0] : undefined
}

function resolveReference(root: unknown, reference: string): unknown {
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>((node, key) => (isRecord(node) ? node[key] : undefined), root)
}

function sampleObject(schema: Readonly<Record<string, unknown>>, context: SampleContext): unknown {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {}
  const entries = Object.entries(properties).map(([name, property]) => [
    name,
    sample(property, { ...context, name }),
  ])
  return Object.fromEntries(entries)
}

function sampleArray(schema: Readonly<Record<string, unknown>>, context: SampleContext): unknown {
  const fewest = Number(schema['minItems'] ?? 1)
  const most = Number(schema['maxItems'] ?? Math.max(2, fewest))
  const length = Math.min(most, Math.max(2, fewest), MOST_ITEMS)
  return Array.from({ length }, () => sample(schema['items'] ?? {}, context))
}

function sampleString(schema: Readonly<Record<string, unknown>>, context: SampleContext): string {
  const format = schema['format']
  if (typeof format === 'string' && formats[format] !== undefined) return formats[format]
  const text = /language/i.test(context.name) ? 'French' : subjectOf(context.prompt)
  const longEnough = text.padEnd(Math.min(MOST_CHARACTERS, Number(schema['minLength'] ?? 1)), '.')
  return longEnough.slice(0, Number(schema['maxLength'] ?? longEnough.length))
}

function sampleNumber(schema: Readonly<Record<string, unknown>>, context: SampleContext): number {
  const mentioned = Number(/\d+/.exec(context.prompt)?.[0] ?? 3)
  const lowest = Number(schema['minimum'] ?? Number(schema['exclusiveMinimum'] ?? -Infinity) + 1)
  const highest = Number(schema['maximum'] ?? Number(schema['exclusiveMaximum'] ?? Infinity) - 1)
  return Math.min(highest, Math.max(lowest, mentioned))
}

function pickMentioned(values: readonly unknown[], prompt: string): unknown {
  const lowered = prompt.toLowerCase()
  return (
    values.find((value) => typeof value === 'string' && lowered.includes(value.toLowerCase())) ??
    values[0]
  )
}
