import type { ReactElement } from 'react'

import type { Route } from '../app/route.ts'
import { AuditChanges } from './audit-changes.tsx'
import { CatalogueChanges } from './catalogue-changes.tsx'

/** What syncs changed in the catalogue, and who changed what. */
export function Changes({ route }: { readonly route: Route }): ReactElement {
  return (
    <>
      <h1>Changes</h1>
      <CatalogueChanges route={route} />
      <AuditChanges />
    </>
  )
}
