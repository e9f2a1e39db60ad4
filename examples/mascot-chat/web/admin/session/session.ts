import { ImrsClientError, createImrsClient, memoryStorage } from '@imrs/react'
import type { ImrsClient } from '@imrs/react'

import { readAgents } from '../agents/read-agents.ts'
import { adminApi } from '../api/admin-api.ts'
import { firstDay } from '../performance/figures.ts'

/** What somebody may do here. */
export type AdminRole = 'platform_admin' | 'tenant_admin'

/** Somebody who is signed in. */
export interface Session {
  readonly role: AdminRole
  /** Whose figures alone they see. Default: those of every agent. */
  readonly agentIds: readonly string[] | undefined
  readonly client: ImrsClient
}

const KEY = 'imrs-admin-token'

/** The token of this tab, until the tab closes. It is in no address and no cookie. */
export function storedToken(): string | undefined {
  return sessionStorage.getItem(KEY) ?? undefined
}

export function forgetToken(): void {
  sessionStorage.removeItem(KEY)
}

/**
 * Finds out what the bearer of a token may do, and keeps the token for this tab.
 *
 * @throws ImrsClientError when it is no admin's, or the server cannot be reached.
 */
export async function signIn(token: string): Promise<Session> {
  const client = createImrsClient({
    credentials: 'omit',
    headers: () => ({ authorization: `Bearer ${token}` }),
    // Models of the chat are no business of the next person at this browser.
    storage: memoryStorage(),
  })
  const role = await roleOf(client)
  const agentIds = role === 'platform_admin' ? undefined : await boundAgents(client)
  sessionStorage.setItem(KEY, token)
  return { role, agentIds, client }
}

async function roleOf(client: ImrsClient): Promise<AdminRole> {
  const api = client.part(adminApi)
  try {
    await api.providers()
    return 'platform_admin'
  } catch (error) {
    if (!isForbidden(error)) throw error
  }
  try {
    await api.models({ per_page: 1 })
    return 'tenant_admin'
  } catch (error) {
    if (!isForbidden(error)) throw error
    const message = 'This token is good, but not an admin’s. Ask for one with an admin’s role.'
    throw new ImrsClientError('forbidden', message, { cause: error })
  }
}

/** Keys may be bound to some agents: the figures of all are refused to them then. */
async function boundAgents(client: ImrsClient): Promise<readonly string[] | undefined> {
  const api = client.part(adminApi)
  try {
    await api.performance({ from: firstDay(1, Date.now()) })
    return undefined
  } catch (error) {
    if (!isForbidden(error)) throw error
  }
  const { items } = await readAgents(api)
  return items.map(({ agent_id: id }) => id)
}

function isForbidden(error: unknown): boolean {
  return error instanceof ImrsClientError && error.code === 'forbidden'
}
