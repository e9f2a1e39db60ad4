import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'

import { useSession } from '../session/session-context.tsx'
import { linkTo, useRoute } from './route.ts'
import type { Route } from './route.ts'
import { screenOf, screensFor } from './screens.tsx'

const ROLE_NAMES = { platform_admin: 'Platform admin', tenant_admin: 'Tenant admin' } as const

/** The frame of every screen: where one can go, and where one is. */
export function Shell(): ReactElement {
  const route = useRoute()
  const session = useSession()
  const { role, signOut } = session
  const screen = screenOf(route, session)
  const main = useFocusOnArrival(route, screen.name)
  return (
    <div className="shell">
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          // The hash is the route.
          event.preventDefault()
          main.current?.focus()
        }}
      >
        Skip to the content
      </a>
      <header className="side">
        <p className="brand">IMRS admin</p>
        <nav aria-label="Screens">
          <ul>
            {screensFor(session).map(({ id, name }) => (
              <li key={id}>
                <a href={linkTo([id])} aria-current={screen.id === id ? 'page' : undefined}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="who">
          <span className="quiet">{ROLE_NAMES[role]}</span>
          <button type="button" onClick={signOut}>
            Sign out
          </button>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {screen.render(route)}
      </main>
    </div>
  )
}

/** Moves the focus to a screen one went to, so that it is read out and the keyboard begins there. */
function useFocusOnArrival({ path }: Route, name: string): React.RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null)
  const place = path.join('/')
  const last = useRef(place)
  useEffect(() => {
    document.title = `${name} · IMRS admin`
    if (last.current === place) return
    last.current = place
    main.current?.focus({ preventScroll: true })
    scrollTo({ top: 0 })
  }, [place, name])
  return main
}
