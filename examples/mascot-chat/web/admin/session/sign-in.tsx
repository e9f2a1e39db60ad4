import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'

import { useAction } from '../api/use-api.ts'
import { Field } from '../ui/field.tsx'
import { signIn } from './session.ts'
import type { Session } from './session.ts'

export interface SignInProps {
  readonly onSignedIn: (session: Session) => void
  /** Why one must sign in again. Default: nothing is said. */
  readonly notice?: string | undefined
}

/** Asks for the token. */
export function SignIn({ onSignedIn, notice }: SignInProps): ReactElement {
  const [token, setToken] = useState('')
  const action = useAction(async () => onSignedIn(await signIn(token.trim())))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void action.run()
  }
  return (
    <main className="sign-in">
      <form className="card" onSubmit={submit}>
        <h1>IMRS admin</h1>
        <p className="quiet">
          Sign in with the admin token, or with an API key of an admin. It stays in this tab, and is
          forgotten when the tab closes.
        </p>
        {notice !== undefined && <p className="notice">{notice}</p>}
        <Field label="Token" error={action.error?.message}>
          {(field) => (
            <input
              {...field}
              type="password"
              autoComplete="off"
              spellCheck={false}
              value={token}
              required
              onChange={(event) => setToken(event.target.value)}
            />
          )}
        </Field>
        <button type="submit" className="primary" disabled={token.trim() === ''}>
          {action.isRunning ? 'Signing in …' : 'Sign in'}
        </button>
      </form>
    </main>
  )
}
