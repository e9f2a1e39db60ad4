import { ERROR_CODES } from '@imrs/core'
import { z } from 'zod'

import type { ErrorShape } from '../endpoint/endpoint.ts'

type JsonSchema = Readonly<Record<string, unknown>>

/** The schemas of a document: each is written where it stands; what refers to itself is a component. */
export interface Schemas {
  /** `input`: what is taken; `output`: what is given. */
  inline(schema: z.ZodType, side: 'input' | 'output'): JsonSchema
  error(shape: ErrorShape): JsonSchema
  components(): Readonly<Record<string, JsonSchema>>
}

const errorCode = z.enum(ERROR_CODES as [string, ...string[]])

const errorSchemas: Readonly<Record<ErrorShape, z.ZodType>> = {
  imrs: z.object({
    error: z.object({
      code: errorCode,
      message: z.string(),
      field: z.string().optional(),
      request_id: z.string(),
      retry_after_ms: z.number().optional(),
    }),
  }),
  openai: z.object({
    error: z.object({
      message: z.string(),
      type: z.string(),
      param: z.string().nullable(),
      code: errorCode,
      request_id: z.string(),
    }),
  }),
}

const ERROR_NAMES: Readonly<Record<ErrorShape, string>> = { imrs: 'Error', openai: 'OpenAIError' }

export function createSchemas(): Schemas {
  const components = new Map<string, JsonSchema>()
  const inline = (schema: z.ZodType, side: 'input' | 'output'): JsonSchema => {
    const {
      $schema: _,
      $defs,
      ...rest
    } = z.toJSONSchema(schema, { io: side, unrepresentable: 'any' })
    // Definitions that belong to one schema get names that no other schema's have.
    const names = new Map<string, string>()
    for (const name of Object.keys($defs ?? {}))
      names.set(name, `Shared${components.size + names.size + 1}`)
    for (const [name, definition] of Object.entries($defs ?? {})) {
      components.set(names.get(name) ?? name, renamed(definition, names) as JsonSchema)
    }
    return renamed(rest, names) as JsonSchema
  }
  return {
    inline,
    error: (shape) => {
      const name = ERROR_NAMES[shape]
      if (!components.has(name)) components.set(name, inline(errorSchemas[shape], 'output'))
      return { $ref: `#/components/schemas/${name}` }
    },
    components: () => Object.fromEntries(components),
  }
}

/** The same schema, with references that lead into the document's components. */
function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === '$ref' && typeof member === 'string'
        ? reference(member, names)
        : renamed(member, names),
    ]),
  )
}

function reference(target: string, names: ReadonlyMap<string, string>): string {
  const name = target.replace('#/$defs/', '')
  return `#/components/schemas/${names.get(name) ?? name}`
}
