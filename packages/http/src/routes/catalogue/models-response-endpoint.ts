import type { ModelsResponse } from '@imrs/core'
import { z } from 'zod'

import { replyUnlessKnown, toSentJson } from '../../answers/sent-json.ts'
import type { SentJson } from '../../answers/sent-json.ts'
import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { USERS } from '../../identity/access.ts'
import type { Identity } from '../../identity/identity.ts'
import { isSameSecret } from '../../identity/same-secret.ts'
import { userKeysOf } from '../../identity/user-keys.ts'
import { flag, isoSchema } from '../../wire/values.ts'

/** The header that lets lists be read again without limit. */
const FORCE_KEY = 'x-force-refresh-key'

const modelInfo = z.object({
  id: z.string(),
  provider: z.string(),
  name: z.string(),
  description: z.string().optional(),
  capabilities: z.array(z.string()),
  premium: z.boolean(),
  vision: z.boolean(),
  contextMax: z.int().optional(),
  apiVersion: z.string().optional(),
  status: z.enum(['available', 'limited', 'deprecated', 'unavailable']),
  lastChecked: isoSchema,
  addedAt: isoSchema
    .optional()
    .describe('When it appeared in its provider’s list, if not when that was first read.'),
  errorMessage: z.string().optional(),
  providerHealth: z.enum(['healthy', 'degraded', 'down']).optional(),
  pricing: z
    .object({
      input: z.number().optional(),
      output: z.number().optional(),
      currency: z.string().optional(),
    })
    .optional(),
  rateLimit: z
    .object({ requestsPerMinute: z.int().optional(), tokensPerMinute: z.int().optional() })
    .optional(),
})

const responseSchema: z.ZodType<ModelsResponse> = z.object({
  models: z.array(modelInfo),
  metadata: z.object({
    lastUpdated: isoSchema,
    providers: z.record(
      z.string(),
      z.object({
        status: z.enum(['healthy', 'degraded', 'error']),
        lastChecked: isoSchema,
        modelCount: z.int(),
        error: z.string().optional(),
      }),
    ),
    totalModels: z.int(),
    cacheHit: z.boolean(),
    userProvidedKeys: z.array(z.string()).optional(),
  }),
})

/** `GET /api/models`: every chat model of every provider, for a picker. */
export function modelsResponseEndpoint(options: ResolvedHttpOptions): Endpoint {
  const { router, publicModels } = options
  return endpoint({
    operationId: 'getModels',
    method: 'get',
    path: '/api/models',
    tag: 'Catalogue',
    summary: 'Every chat model of every provider, with its status',
    description:
      '`force=true` reads the providers’ lists again first: a few times a minute for users; without limit for platform admins and for the bearer of the header `x-force-refresh-key`.',
    access: publicModels ? 'anyone' : USERS,
    rateClass: (request, identity) => rateClassOf(options, { request, identity }),
    query: z.strictObject({ force: flag.optional() }),
    responses: {
      200: {
        description: 'The models and how fresh they are',
        schema: responseSchema,
        headers: { etag: 'Names this answer; sent back as `if-none-match` it saves the next one.' },
      },
      304: { description: 'Nothing has changed since the answer that `if-none-match` names' },
    },
    handle: async ({ query: { force = false }, request, signal }) => {
      const userKeys = userKeysOf(request, options)
      const list = await router.models.response({ force }, { signal, userKeys })
      const isOwn = force || userKeys !== undefined
      return replyUnlessKnown(sentListOf(list), {
        request,
        caching: cachingOf({ isOwn, publicModels }),
      })
    },
  })
}

function rateClassOf(
  { forceRefreshKey }: ResolvedHttpOptions,
  { request, identity }: { readonly request: Request; readonly identity: Identity | undefined },
): 'read' | 'refresh' | undefined {
  if (new URL(request.url).searchParams.get('force') !== 'true') return 'read'
  const isAdmin = identity?.roles.includes('platform_admin') === true
  return isAdmin || isForceKey(request, forceRefreshKey) ? undefined : 'refresh'
}

function isForceKey({ headers }: Request, expected: string | undefined): boolean {
  const given = headers.get(FORCE_KEY)
  if (given === null || expected === undefined) return false
  return isSameSecret(given, expected)
}

/** What is made with a user's keys, or asked for anew, is kept by nobody. */
function cachingOf({
  isOwn,
  publicModels,
}: {
  readonly isOwn: boolean
  readonly publicModels: boolean
}): string {
  if (isOwn) return 'private, no-store'
  if (!publicModels) return 'private, max-age=60'
  return 'public, max-age=60, s-maxage=60, stale-while-revalidate=60'
}

/** The catalogue gives the same object while nothing changes: it is written out once. */
const sentLists = new WeakMap<ModelsResponse, SentJson>()

function sentListOf(list: ModelsResponse): SentJson {
  const known = sentLists.get(list)
  if (known !== undefined) return known
  // How it was come by is no matter of what it says.
  const { cacheHit: _, ...metadata } = list.metadata
  const sent = toSentJson(list, { ...list, metadata })
  sentLists.set(list, sent)
  return sent
}
