import { createContext, useContext } from 'react'

import type { AdminRole } from './session.ts'

/** The role of whoever is signed in, and the way out. */
export interface SignedIn {
  readonly role: AdminRole
  readonly signOut: () => void
}

export const SessionContext = createContext<SignedIn>({
  role: 'tenant_admin',
  signOut: () => {},
})

export function useSession(): SignedIn {
  return useContext(SessionContext)
}

/** Whether providers and the catalogue are theirs to change. */
export function useIsPlatformAdmin(): boolean {
  return useSession().role === 'platform_admin'
}
