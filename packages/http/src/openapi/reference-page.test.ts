import { createHash } from 'node:crypto'

import { expect, it } from 'vitest'

import { bodyOf, openDoor } from '../__fixtures__/open-door.ts'
import { referencePage } from './reference-page.ts'

it('shows every operation to people, and runs and loads nothing', async () => {
  const { send } = await openDoor()
  const response = await send({ path: '/api/docs', as: null })
  const page = await response.text()
  const { paths } = await bodyOf<{
    paths: Record<string, Record<string, { operationId: string }>>
  }>(await send({ path: '/api/openapi.json', as: null }))
  for (const [path, methods] of Object.entries(paths)) {
    expect(page).toContain(`<code>${path}</code>`)
    for (const { operationId } of Object.values(methods))
      expect(page).toContain(`id="${operationId}"`)
  }
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page).not.toMatch(/<script|<link|<img|\son\w+=|javascript:|https?:\/\//i)
  const policy = response.headers.get('content-security-policy') ?? ''
  const [, style = ''] = /<style>(.*)<\/style>/s.exec(page) ?? []
  expect(policy).toContain(
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  )
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/script-src|unsafe/)
})

it('takes nothing of a document for markup', () => {
  const evil = '<script>alert(1)</script>"\'&'
  const operation = {
    operationId: 'x',
    tags: [evil],
    summary: evil,
    description: evil,
    parameters: [
      { name: evil, in: 'query', required: true, description: evil, schema: { enum: [evil] } },
    ],
    requestBody: {
      content: {
        'application/json': { schema: { type: 'object', properties: { [evil]: { const: evil } } } },
      },
    },
    responses: { 200: { description: evil } },
  }
  expect(referencePage({ paths: { [`/${evil}`]: { get: operation } } })).not.toContain('<script')
})
