import { ImrsError } from '@imrs/core'

import { replyUnlessKnown, toSentJson } from '../../answers/sent-json.ts'
import type { SentJson } from '../../answers/sent-json.ts'
import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import { keptReads } from '../../guards/kept-reads.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { USERS } from '../../identity/access.ts'
import { authenticate } from '../../identity/authenticate.ts'
import { modelQualitiesWireSchema, toModelQualityWire } from './model-quality-wire.ts'
import type { ModelQualitiesWire } from './model-quality-wire.ts'

/** An answer is as old as this at most; users look at it often, and it changes slowly. */
const FRESH_MS = 60_000
/** Of so many tenants and bound callers answers are kept. */
const MOST_KEPT = 500

/** Whose ratings a caller is shown. */
interface Shown {
  readonly tenantId: string
  readonly agentIds: readonly string[] | undefined
}

/** `GET /api/models/quality`: how good models were found, for those who choose; none when the host says so. */
export function modelQualityEndpoints(options: ResolvedHttpOptions): readonly Endpoint[] {
  const { modelQuality, router, runtime } = options
  if (modelQuality === undefined) return []
  const { minRatings } = modelQuality
  const read = async (shown: Shown): Promise<SentJson> => {
    const found = await router.performance.quality({ ...shown, minRatings })
    const items = found.map(toModelQualityWire)
    return toSentJson({ min_ratings: minRatings, items } satisfies ModelQualitiesWire)
  }
  const reads = keptReads(read, { freshMs: FRESH_MS, most: MOST_KEPT, runtime })
  return [describe(options, reads)]
}

function describe(
  options: ResolvedHttpOptions,
  reads: (shown: Shown, signal: AbortSignal) => Promise<SentJson>,
): Endpoint {
  const { publicModels } = options
  return endpoint({
    operationId: 'getModelQuality',
    method: 'get',
    path: '/api/models/quality',
    tag: 'Catalogue',
    summary: 'How good models were found at each kind of task',
    description:
      'Ratings of the caller’s tenant alone, of the agents a credential is bound to, and only where there are enough of them; a minute old at most.',
    access: publicModels ? 'anyone' : USERS,
    rateClass: 'read',
    responses: {
      200: {
        description: 'By model and kind of task',
        schema: modelQualitiesWireSchema,
        headers: { etag: 'Names this answer; sent back as `if-none-match` it saves the next one.' },
      },
      304: { description: 'Nothing has changed since the answer that `if-none-match` names' },
    },
    errors: publicModels ? ['unauthenticated', 'authentication-unavailable'] : [],
    handle: async ({ identity, request, signal }) => {
      // Where anybody may read it nobody was asked who they are.
      const shown = publicModels ? await shownTo(request, options) : identity
      const { tenantId, agentIds } = shown
      return replyUnlessKnown(await reads({ tenantId, agentIds }, signal), {
        request,
        caching: 'private, max-age=60',
      })
    },
  })
}

/**
 * Who brings a credential sees the own tenant's ratings; who brings none those of the tenant that the
 * host shows to visitors.
 *
 * @throws ImrsError `unauthenticated` for a credential that is not good.
 */
async function shownTo(
  request: Request,
  { authentication, modelQuality }: ResolvedHttpOptions,
): Promise<Shown> {
  try {
    const { tenantId, agentIds } = (await authenticate(request, authentication)).identity
    return { tenantId, agentIds }
  } catch (error) {
    const isVisitor = !request.headers.has('authorization')
    if (!isVisitor || !ImrsError.is(error) || error.code !== 'unauthenticated') throw error
    return { tenantId: modelQuality?.visitorTenantId ?? '', agentIds: undefined }
  }
}
