import { createContext, useContext } from 'react'

import type { Session } from './session.ts'

/** What whoever is signed in may see, and the way out. */
export interface SignedIn extends Pick<Session, 'role' | 'agentIds'> {
  readonly signOut: () => void
}

export const SessionContext = createContext<SignedIn>({
  role: 'tenant_admin',
  agentIds: undefined,
  signOut: () => {},
})

export function useSession(): SignedIn {
  return useContext(SessionContext)
}

/** Whether providers and the catalogue are theirs to change. */
export function useIsPlatformAdmin(): boolean {
  return useSession().role === 'platform_admin'
}
