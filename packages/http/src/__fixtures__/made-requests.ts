import fc from 'fast-check'

import type { SentRequest } from './open-door.ts'

/** The parts of an OpenAPI document that requests are made from. */
export interface DescribedApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

export interface DescribedOperation {
  readonly operationId: string
  readonly parameters: readonly {
    readonly name: string
    readonly in: 'path' | 'query'
    readonly required: boolean
    readonly schema: Schema
  }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<Record<string, unknown>>
}

interface Schema {
  readonly [keyword: string]: unknown
}

/** A request for one operation: as it is described, or with something wrong in it. */
export interface MadeRequest {
  readonly operationId: string
  readonly sent: SentRequest
}

/** Values that mean something to the door that is asked, by the name of their field. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  provider_id: ['fake', 'mine', 'none'],
  provider: ['fake', 'none'],
  model_id: ['fake/small', 'fake/large', 'small', 'none/none'],
  model: ['auto', 'auto:cheap', 'preset:best', 'fake/small', 'fake/gone'],
  external_id: ['small', 'new'],
  agent_id: ['own', 'default'],
  agentId: ['own', 'default'],
  tenant_id: ['default', 'other'],
  preset_id: ['cheap', 'p1'],
  budget_id: ['b1'],
  api_base: ['https://203.0.113.7/v1', 'http://127.0.0.1/v1', 'https://a:b@203.0.113.7/'],
  sink: ['brain'],
  strategies: ['priority', 'weighted,cheapest', 'none'],
  role: ['user', 'assistant', 'system'],
  content: ['Hello', ''],
}

/** Where what a schema describes is hard to hit, by the name of the field. */
const WHOLE: Readonly<Record<string, readonly unknown[]>> = {
  messages: [[{ role: 'user', content: 'Hello' }]],
  model: ['auto', 'auto:cheap', 'fake/small'],
  limit: [1e9],
  bulk_filter: [{ provider: 'fake' }, {}],
}

const ODD_VALUES = [null, -1, 1.5, 1e300, '', ' ', '\uD83D', 'a'.repeat(3000), '../..', '%00', "';--", [], {}, [[]], true, '__proto__', 9007199254740992]

/** Requests for every operation of a document. */
export function madeRequests(api: DescribedApi): fc.Arbitrary<MadeRequest> {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const asked = fc.tuple(fc.constantFrom(...operations), fc.boolean())
  return asked.chain(([{ path, method, operation }, isCalm]) => {
    const maker = new Maker(api.components.schemas, isCalm)
    const parameters = fc.tuple(
      ...operation.parameters.map((parameter) =>
        maker.parameter(parameter).map((value) => ({ ...parameter, value })),
      ),
    )
    const [content] = Object.values(operation.requestBody?.content ?? {})
    const body = content === undefined ? fc.constant(undefined) : maker.value(content.schema, '')
    const accept = fc.constantFrom('application/json', 'text/event-stream', '*/*')
    return fc.record({ parameters, body, accept }).map((made) => ({
      operationId: operation.operationId,
      sent: {
        method: method.toUpperCase(),
        path: writePath(path, made.parameters),
        // `send` leaves a body out that is undefined; anything else is JSON.
        body: made.body === undefined ? undefined : JSON.stringify(made.body),
        headers: { accept: made.accept },
      },
    }))
  })
}

interface MadeParameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly value: unknown
}

function writePath(path: string, parameters: readonly MadeParameter[]): string {
  const query = new URLSearchParams()
  let written = path
  for (const { name, in: place, value } of parameters) {
    if (value === undefined) continue
    const text = (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed()
    if (place === 'query') query.append(name, text)
    // An empty part would be another path.
    else written = written.replace(`{${name}}`, encodeURIComponent(text === '' ? '-' : text))
  }
  return query.size === 0 ? written : `${written}?${query.toString()}`
}

/** Makes values of schemas; now and then another one, unless it is calm: then they fit, and are short. */
class Maker {
  readonly #components: Readonly<Record<string, Schema>>
  readonly #isCalm: boolean

  constructor(components: Readonly<Record<string, Schema>>, isCalm: boolean) {
    this.#components = components
    this.#isCalm = isCalm
  }

  parameter({ name, required, schema }: DescribedOperation['parameters'][number]): fc.Arbitrary<unknown> {
    const value = this.value(schema, name)
    return required ? value : fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: value })
  }

  value(schema: Schema, name: string, depth = 0): fc.Arbitrary<unknown> {
    const fitting = this.#fitting(schema, name, depth)
    const whole = WHOLE[name]
    if (this.#isCalm) return whole === undefined ? fitting : fc.constantFrom(...whole)
    return fc.oneof({ weight: 24, arbitrary: fitting }, { weight: 1, arbitrary: fc.constantFrom(...ODD_VALUES) })
  }

  #fitting(schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    if (depth > 6) return fc.constant('deep')
    const reference = schema['$ref']
    if (typeof reference === 'string') {
      const target = this.#components[reference.replace('#/components/schemas/', '')]
      return this.value(target ?? {}, name, depth + 1)
    }
    if ('const' in schema) return fc.constant(schema['const'])
    const options = (schema['enum'] ?? undefined) as readonly unknown[] | undefined
    if (options !== undefined) return fc.constantFrom(...options)
    const either = (schema['anyOf'] ?? schema['oneOf']) as readonly Schema[] | undefined
    if (either !== undefined) return fc.oneof(...either.map((each) => this.value(each, name, depth + 1)))
    return this.#ofType(schema, name, depth)
  }

  #ofType(schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    switch (schema['type']) {
      case 'object':
        return this.#object(schema, depth)
      case 'array':
        return fc.array(this.value((schema['items'] ?? {}) as Schema, name, depth + 1), { maxLength: 3 })
      case 'integer':
        return fc.integer({ min: numberOf(schema['minimum'], -5), max: numberOf(schema['maximum'], 200) })
      case 'number':
        return fc.double({ min: numberOf(schema['minimum'], -1), max: numberOf(schema['maximum'], 5), noNaN: true })
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case 'string':
        return textOf(schema, name)
      default:
        return fc.jsonValue({ maxDepth: 2 })
    }
  }

  #object(schema: Schema, depth: number): fc.Arbitrary<object> {
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>
    const required = new Set((schema['required'] ?? []) as readonly string[])
    const entries = Object.entries(properties).map(([name, property]) => {
      const made = this.value(property, name, depth + 1)
      const present = this.#isCalm
        ? fc.integer({ max: 30, min: 0 }).map((number) => required.has(name) || number > 28)
        : fc.integer({ max: 20, min: 0 }).map((number) => (required.has(name) ? number > 0 : number > 13))
      return fc.tuple(fc.constant(name), present, made)
    })
    const nothing = fc.constant({})
    const extra = this.#isCalm ? nothing : fc.oneof(
      { weight: 20, arbitrary: nothing },
      { weight: 1, arbitrary: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 }) },
    )
    return fc.tuple(fc.tuple(...entries), extra).map(([made, more]) => ({
      ...Object.fromEntries(made.flatMap(([name, isPresent, value]) => (isPresent ? [[name, value]] : []))),
      ...more,
    }))
  }
}

function numberOf(value: unknown, byDefault: number): number {
  return typeof value === 'number' && Math.abs(value) < 2 ** 31 ? value : byDefault
}

function textOf(schema: Schema, name: string): fc.Arbitrary<string> {
  const meant = MEANT[name] ?? MEANT[`${name}_id`]
  if (meant !== undefined) return fc.constantFrom(...meant)
  if (schema['format'] === 'date-time') return fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01', '2999-01-01T00:00:00+02:00')
  const max = Math.min(numberOf(schema['maxLength'], 30), 30)
  const min = Math.min(numberOf(schema['minLength'], 0), max)
  return fc.oneof(
    fc.string({ minLength: min, maxLength: max }),
    fc.string({ unit: 'grapheme', minLength: min, maxLength: max }),
    fc.constantFrom('a', '1', '0.5', 'p1'),
  )
}
