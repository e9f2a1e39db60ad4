import { describe, expect, it } from 'vitest'

import { isClosedSchema } from './closed-schema.ts'

const text = { type: 'string' }
const closed = (properties: object) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
})

describe('a closed schema', () => {
  it.each([
    closed({ city: text }),
    closed({}),
    closed({ list: { type: 'array', items: closed({ city: text }) } }),
    closed({ either: { anyOf: [text, { type: 'null' }] }, kind: { enum: ['a', 'b'] } }),
    { ...closed({ node: { $ref: '#/$defs/node' } }), $defs: { node: closed({ name: text }) } },
  ])('is %j', (schema) => {
    expect(isClosedSchema(schema)).toBe(true)
  })

  it.each([
    {},
    text,
    { type: 'object', properties: { city: text } },
    { ...closed({ city: text }), required: [] },
    { ...closed({ city: text }), additionalProperties: true },
    closed({ list: { type: 'array', items: { type: 'object', properties: {} } } }),
    closed({ anything: {} }),
    closed({ either: { oneOf: [text, { type: 'null' }] } }),
    { ...closed({}), $defs: { node: { type: 'object' } } },
    closed({ nullable: { type: ['object', 'null'] } }),
  ])('is not %j', (schema) => {
    expect(isClosedSchema(schema)).toBe(false)
  })
})
