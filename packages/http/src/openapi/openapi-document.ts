import { ERROR_STATUS } from '@imrs/core'
import type { ErrorCode } from '@imrs/core'
import type { z } from 'zod'

import type { Endpoint, ErrorShape, ResponseSpec } from '../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../http-options.ts'
import { SESSION_COOKIE } from '../identity/sessions/anonymous-sessions.ts'
import { createSchemas } from './schemas.ts'
import type { Schemas } from './schemas.ts'

/** An OpenAPI 3.1 document as JSON. */
export type OpenApiDocument = Readonly<Record<string, unknown>>

/** What every endpoint may answer. */
const COMMON_ERRORS: readonly ErrorCode[] = [
  'invalid-request',
  'rate-limited',
  'internal',
  'store-unavailable',
  'closed',
]
const CREDENTIAL_ERRORS: readonly ErrorCode[] = [
  'unauthenticated',
  'authentication-unavailable',
  'forbidden',
]

/** Describes endpoints by the schemas that check their requests. */
export function openApiDocument(
  endpoints: readonly Endpoint[],
  { basePath, authentication }: Pick<ResolvedHttpOptions, 'basePath' | 'authentication'>,
): OpenApiDocument {
  const schemas = createSchemas()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const spec of endpoints) {
    const path = (paths[spec.path] ??= {})
    path[spec.method] = operationOf(spec, schemas)
  }
  const hasCookies = authentication.some(({ kind }) => kind === 'cookie')
  return {
    openapi: '3.1.0',
    info: {
      title: 'IMRS',
      version: '2',
      description:
        'Picks the best model for every request, carries it out and learns from feedback.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: basePath === '' ? '/' : basePath }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A JWT or an API key.' },
        ...(hasCookies ? { session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE } } : {}),
      },
    },
    security: [{ bearer: [] }, ...(hasCookies ? [{ session: [] }] : [])],
  }
}

function operationOf(spec: Endpoint, schemas: Schemas): object {
  const roles = spec.access === 'anyone' ? 'Anyone.' : `Roles: ${spec.access.join(', ')}.`
  return {
    operationId: spec.operationId,
    tags: [spec.tag],
    summary: spec.summary,
    description: spec.description === undefined ? roles : `${spec.description}\n\n${roles}`,
    ...(spec.access === 'anyone' ? { security: [] } : {}),
    parameters: [
      ...parametersOf(spec.params, 'path', schemas),
      ...parametersOf(spec.query, 'query', schemas),
    ],
    ...(spec.body === undefined ? {} : { requestBody: bodyOf(spec.body, schemas) }),
    responses: { ...answersOf(spec, schemas), ...errorsOf(spec, schemas) },
  }
}

function parametersOf(
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
  schemas: Schemas,
): object[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemas.inline(schema, 'input') as {
    readonly properties?: Readonly<Record<string, { readonly description?: string }>>
    readonly required?: readonly string[]
  }
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: property,
  }))
}

function bodyOf(schema: z.ZodType, schemas: Schemas): object {
  return {
    required: true,
    content: { 'application/json': { schema: schemas.inline(schema, 'input') } },
  }
}

function answersOf({ responses }: Endpoint, schemas: Schemas): Record<string, object> {
  return Object.fromEntries(
    Object.entries(responses).map(([status, spec]) => [status, answerOf(spec, schemas)]),
  )
}

function answerOf(
  { description, schema, contentType, headers, alternatives }: ResponseSpec,
  schemas: Schemas,
): object {
  const bodies = {
    ...(schema === undefined ? {} : { [contentType ?? 'application/json']: schema }),
    ...alternatives,
  }
  const content = Object.entries(bodies).map(([type, body]) => [
    type,
    { schema: schemas.inline(body, 'output') },
  ])
  const named = Object.entries(headers ?? {}).map(([name, text]) => [
    name,
    { description: text, schema: { type: 'string' } },
  ])
  return {
    description,
    ...(named.length === 0 ? {} : { headers: Object.fromEntries(named) }),
    ...(content.length === 0 ? {} : { content: Object.fromEntries(content) }),
  }
}

function errorsOf(spec: Endpoint, schemas: Schemas): Record<string, object> {
  const shape = spec.errorShape ?? 'imrs'
  const codes = new Map<number, ErrorCode[]>()
  for (const code of errorCodesOf(spec)) {
    const status = ERROR_STATUS[code]
    if (Object.hasOwn(spec.responses, status)) continue
    codes.set(status, [...(codes.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...codes].map(([status, names]) => [status, errorOf(names, { shape, schemas })]),
  )
}

function errorCodesOf({ access, body, errors = [] }: Endpoint): Set<ErrorCode> {
  return new Set([
    ...COMMON_ERRORS,
    ...(access === 'anyone' ? [] : CREDENTIAL_ERRORS),
    ...(body === undefined ? [] : (['payload-too-large'] as const)),
    ...errors,
  ])
}

function errorOf(
  codes: readonly ErrorCode[],
  { shape, schemas }: { readonly shape: ErrorShape; readonly schemas: Schemas },
): object {
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    content: { 'application/json': { schema: schemas.error(shape) } },
  }
}
