/** How deep a schema is written out; what lies deeper is `…`. */
const MAX_DEPTH = 6

interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly $ref?: string
  readonly format?: string
  readonly description?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
}

/** A JSON schema as people write types: `{ id: string, roles?: ("a" | "b")[] }`. */
export function schemaText(schema: object, depth = 0): string {
  const given: Schema = schema
  if (depth > MAX_DEPTH) return '…'
  if (given.$ref !== undefined) return given.$ref.split('/').at(-1) ?? '…'
  if ('const' in given) return JSON.stringify(given.const)
  if (given.enum !== undefined) return given.enum.map((value) => JSON.stringify(value)).join(' | ')
  const either = given.anyOf ?? given.oneOf
  if (either !== undefined)
    return [...new Set(either.map((each) => schemaText(each, depth)))].join(' | ')
  if (given.type === 'array') return listText(given.items ?? {}, depth)
  if (given.type === 'object') return objectText(given, depth)
  return plainText(given)
}

function listText(items: Schema, depth: number): string {
  const text = schemaText(items, depth)
  return /[|&]/.test(text) && !text.startsWith('{') ? `(${text})[]` : `${text}[]`
}

function objectText(
  { properties = {}, required = [], additionalProperties }: Schema,
  depth: number,
): string {
  const indent = '  '.repeat(depth + 1)
  const lines = Object.entries(properties).map(([name, property]) => {
    const note =
      property.description === undefined ? '' : `  // ${property.description.replaceAll('\n', ' ')}`
    return `${indent}${name}${required.includes(name) ? '' : '?'}: ${schemaText(property, depth + 1)}${note}`
  })
  if (typeof additionalProperties === 'object') {
    lines.push(`${indent}[name]: ${schemaText(additionalProperties, depth + 1)}`)
  } else if (lines.length === 0) return 'object'
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`
}

function plainText({ type, format, minimum, maximum, maxLength }: Schema): string {
  if (type === undefined) return 'any'
  const name = typeof type === 'string' ? type : type.join(' | ')
  const isBounded = (bound: number | undefined): bound is number =>
    bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER
  const bounds = [
    ...(format === undefined ? [] : [format]),
    ...(isBounded(minimum) || isBounded(maximum)
      ? [`${isBounded(minimum) ? minimum : ''}–${isBounded(maximum) ? maximum : ''}`]
      : []),
    ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
  ]
  return bounds.length === 0 ? name : `${name} (${bounds.join(', ')})`
}
