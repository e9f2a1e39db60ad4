import type { ReactElement } from 'react'

import type { Route } from '../app/route.ts'
import { useSession } from '../session/session-context.tsx'
import { AuditChanges } from './audit-changes.tsx'
import { CatalogueChanges } from './catalogue-changes.tsx'

/** What syncs changed in the catalogue, and who changed what; the latter is of whole tenants. */
export function Changes({ route }: { readonly route: Route }): ReactElement {
  const { agentIds } = useSession()
  return (
    <>
      <h1>Changes</h1>
      <CatalogueChanges route={route} />
      {agentIds === undefined && <AuditChanges />}
    </>
  )
}
