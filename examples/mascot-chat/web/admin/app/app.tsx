import { ModelProvider } from '@imrs/react'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'

import { SessionContext } from '../session/session-context.tsx'
import { forgetToken, signIn, storedToken } from '../session/session.ts'
import type { Session } from '../session/session.ts'
import { SignIn } from '../session/sign-in.tsx'
import { Toasts } from '../ui/toasts.tsx'
import { Shell } from './shell.tsx'

/** The admin: signed in, or asking for the token. */
export function App(): ReactElement {
  const [session, setSession] = useState<Session>()
  const [isResuming, setResuming] = useState(() => storedToken() !== undefined)
  const [notice, setNotice] = useState<string>()
  useEffect(() => {
    const token = storedToken()
    if (token === undefined) return
    signIn(token)
      .then(setSession, (error: Error) => setNotice(error.message))
      .finally(() => setResuming(false))
  }, [])
  if (isResuming) return <main className="sign-in" aria-busy="true" aria-label="Signing in" />
  if (session === undefined) return <SignIn onSignedIn={setSession} notice={notice} />
  const signOut = (): void => {
    forgetToken()
    setNotice(undefined)
    setSession(undefined)
  }
  return (
    <SessionContext value={{ role: session.role, agentIds: session.agentIds, signOut }}>
      <ModelProvider client={session.client}>
        <Toasts>
          <Shell />
        </Toasts>
      </ModelProvider>
    </SessionContext>
  )
}
