import { isAllowed } from './policies.ts'
import type { VaultCapability, VaultPolicyRule } from './policies.ts'
import { errorReply, noHandlerReply } from './reply.ts'
import type { VaultReply } from './reply.ts'
import { answerLogin, answerSelf } from './routes/auth-routes.ts'
import { answerKv } from './routes/kv-routes.ts'
import { answerMounts, answerSys } from './routes/sys-routes.ts'
import type { VaultRequest, VaultState } from './state.ts'
import type { VaultToken } from './tokens.ts'

/** Answers a request in Vault's order: node, login, token, policy, then what is asked for. */
export function answerRequest(state: VaultState, request: VaultRequest): VaultReply {
  const sys = answerSys(state, request)
  if (sys !== undefined) return sys
  if (state.isSealed) return errorReply(503, 'Vault is sealed')
  if (state.role === 'leaderless') {
    return errorReply(500, 'local node not active but active cluster node not found')
  }
  const login = loginMountOf(state, request)
  if (login !== undefined) return answerLogin(state, request, login)
  const { token } = request
  if (token === undefined) return deniedReply('invalid token')
  const place = placeOf(state, request)
  if (!mayDo(state, { request, token, place })) return deniedReply()
  if (!state.namespaces.has(request.namespace)) return noHandlerReply(request.path)
  const own = answerSelf(state, request, token) ?? answerMounts(state, request)
  if (own !== undefined) return own
  if (place === undefined) return noHandlerReply(request.path)
  return answerKv(state.engineOf(place.mount, request.namespace), request, place.rest)
}

function deniedReply(detail?: string): VaultReply {
  return detail === undefined
    ? errorReply(403, '1 error occurred:\n\t* permission denied\n\n')
    : errorReply(403, `2 errors occurred:\n\t* permission denied\n\t* ${detail}\n\n`)
}

function loginMountOf({ appRoles }: VaultState, request: VaultRequest): string | undefined {
  const mount = /^auth\/(.+)\/login$/.exec(request.path)?.[1]
  if (mount === undefined || !appRoles.isMount(mount, request.namespace)) return undefined
  return mount
}

interface Place {
  readonly mount: string
  readonly rest: string
}

function placeOf({ mounts }: VaultState, { path }: VaultRequest): Place | undefined {
  const mount = [...mounts]
    .filter((candidate) => path.startsWith(`${candidate}/`))
    .toSorted((one, two) => two.length - one.length)[0]
  return mount === undefined ? undefined : { mount, rest: path.slice(mount.length + 1) }
}

interface Wish {
  readonly request: VaultRequest
  readonly token: VaultToken
  readonly place: Place | undefined
}

function mayDo(state: VaultState, { request, token, place }: Wish): boolean {
  if (token.isRoot) return true
  const rules: VaultPolicyRule[] = token.policies.flatMap((name) => [
    ...(state.policies.get(name) ?? []),
  ])
  return isAllowed(rules, request.path, capabilitiesFor(state, request, place))
}

function capabilitiesFor(
  state: VaultState,
  { method, query, namespace, path }: VaultRequest,
  place: Place | undefined,
): readonly VaultCapability[] {
  if (method === 'GET') return [query.has('list') ? 'list' : 'read']
  if (method === 'DELETE') return ['delete']
  if (place === undefined) return path.startsWith('auth/') ? ['update'] : ['create', 'update']
  const secretPath = place.rest.slice(place.rest.indexOf('/') + 1)
  const exists = state.engineOf(place.mount, namespace).get(secretPath) !== undefined
  return place.rest.startsWith('data/') && !exists ? ['create'] : ['update']
}
