import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'

import { bodyOf, openDoor } from '../__fixtures__/open-door.ts'

interface Document {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, { operationId: string }>>>>
}

describe('the OpenAPI document', () => {
  it('is a valid description of version 3.1', async () => {
    const { send } = await openDoor()
    const document = await bodyOf<Document>(await send({ path: '/api/openapi.json', as: null }))
    const result = await new Validator().validate({ ...document })
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
    expect(document.openapi).toBe('3.1.0')
  })

  it('names every operation once, and leads nowhere that is not there', async () => {
    const { send } = await openDoor()
    const document = await bodyOf<Document>(await send({ path: '/api/openapi.json', as: null }))
    const names = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    )
    expect(new Set(names).size).toBe(names.length)
    const text = JSON.stringify(document)
    expect(text).not.toContain('#/$defs/')
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      expect(document).toHaveProperty(['components', 'schemas', name ?? ''])
    }
  })
})
