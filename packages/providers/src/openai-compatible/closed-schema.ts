import { asList, asObject } from '@imrs/core'

const CHILDREN = ['properties', '$defs', 'definitions'] as const
const CHILD_LISTS = ['anyOf', 'prefixItems'] as const
/** OpenAI's strict form knows none of them. */
const UNSUPPORTED = [
  'oneOf',
  'allOf',
  'not',
  'if',
  'patternProperties',
  'dependentSchemas',
] as const

/** One of these says what a value may be. */
const SAYING = ['type', '$ref', 'anyOf', 'enum', 'const'] as const

/** Deeper than OpenAI takes; and a schema from somewhere may be a ring in all but name. */
const MAX_DEPTH = 10

/**
 * Whether a JSON Schema leaves nothing open: every object names all its properties as required and
 * allows no others, as OpenAI's `strict` demands.
 */
export function isClosedSchema(schema: unknown, depth = 0): boolean {
  const fields = asObject(schema)
  if (fields === undefined || depth > MAX_DEPTH) return false
  if (depth === 0 && fields['type'] !== 'object') return false
  if (UNSUPPORTED.some((keyword) => keyword in fields)) return false
  if (!SAYING.some((keyword) => keyword in fields)) return false
  if (!isClosedObject(fields)) return false
  const children = [
    ...CHILDREN.flatMap((keyword) => Object.values(asObject(fields[keyword]) ?? {})),
    ...CHILD_LISTS.flatMap((keyword) => asList(fields[keyword]) ?? []),
    ...(fields['items'] === undefined ? [] : [fields['items']]),
  ]
  return children.every((child) => isClosedSchema(child, depth + 1))
}

function isClosedObject(fields: Readonly<Record<string, unknown>>): boolean {
  const types = asList(fields['type']) ?? [fields['type']]
  if (!types.includes('object') && fields['properties'] === undefined) return true
  const required = asList(fields['required']) ?? []
  const names = Object.keys(asObject(fields['properties']) ?? {})
  return fields['additionalProperties'] === false && names.every((name) => required.includes(name))
}
