import type { ReactElement } from 'react'

import { usePages } from '../api/use-pages.ts'
import type { AuditEntryWire } from '../api/wire.ts'
import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { wordsOf } from '../ui/format.ts'
import { Empty, Loaded } from '../ui/loaded.tsx'
import { BY_AGE, Pager } from '../ui/pager.tsx'
import { When } from './when.tsx'

const PAGE_SIZE = 50

/** Who changed what, the newest first, a page at a time. */
export function AuditChanges(): ReactElement {
  const pages = usePages('audit', {
    read: (api, sending, before) => api.audit({ before_seq: before, per_page: PAGE_SIZE }, sending),
    // The answer does not say whether there is more: a page that is not full is the last.
    nextOf: ({ items }) => (items.length < PAGE_SIZE ? undefined : items.at(-1)?.seq),
  })
  return (
    <section className="card" aria-label="By people">
      <h2>By people and programs</h2>
      <Loaded of={pages.page} what="the audit">
        {({ items }) =>
          items.length === 0 && pages.number === 1 ? (
            <Empty>Nothing yet.</Empty>
          ) : (
            <>
              <DataTable
                caption="Changes by people and programs"
                isCaptionHidden
                columns={COLUMNS}
                rows={items}
                rowId={({ seq }) => String(seq)}
              />
              {(pages.number > 1 || items.length === PAGE_SIZE) && (
                <Pager {...pages} of="the audit" names={BY_AGE} />
              )}
            </>
          )
        }
      </Loaded>
    </section>
  )
}

const COLUMNS: readonly Column<AuditEntryWire>[] = [
  { id: 'at', header: 'When', cell: ({ row: { original } }) => <When at={original.at} /> },
  { id: 'actor', header: 'Who', cell: ({ row: { original } }) => original.actor ?? 'the host' },
  { id: 'action', header: 'What', cell: ({ row: { original } }) => wordsOf(original.action) },
  { id: 'subject', accessorKey: 'subject', header: 'Of what' },
  {
    id: 'tenant',
    header: 'Tenant',
    cell: ({ row: { original } }) => original.tenant_id ?? 'all',
  },
]
