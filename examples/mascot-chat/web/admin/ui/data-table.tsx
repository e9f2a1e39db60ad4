import {
  createSortedRowModel,
  rowSortingFeature,
  sortFns,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import type { ColumnDef, RowData, SortingState } from '@tanstack/react-table'
import type { ReactElement } from 'react'

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns,
})

/** A column of a {@link DataTable}. Sortable only with `enableSorting: true`. */
export type Column<Row extends RowData> = ColumnDef<typeof features, Row>

/** The order that a server made. */
export interface ServerSorting {
  readonly by: string
  readonly isDescending: boolean
  readonly onChange: (by: string, isDescending: boolean) => void
}

export interface DataTableProps<Row extends RowData> {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => string
  /** Default: rows are sorted here, by the columns that allow it. */
  readonly sorting?: ServerSorting | undefined
  /** Whether the caption is only read out. Default: it is seen. */
  readonly isCaptionHidden?: boolean | undefined
}

/** A table whose columns sort: here, or where the rows come from. On a phone each row is a card. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>): ReactElement {
  const { caption, columns, rows, rowId, sorting, isCaptionHidden = false } = props
  const table = useTable({
    features,
    columns: columns as Column<Row>[],
    data: rows as Row[],
    getRowId: rowId,
    enableSortingRemoval: false,
    defaultColumn: { enableSorting: false },
    ...(sorting === undefined ? {} : serverSorted(sorting)),
  })
  return (
    <div className="table-frame" role="region" aria-label={caption} tabIndex={0}>
      <table className="data-table">
        <caption className={isCaptionHidden ? 'only-read' : undefined}>{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <HeaderCell
                  key={header.id}
                  order={header.column.getIsSorted()}
                  onSort={
                    header.column.getCanSort() ? () => header.column.toggleSorting() : undefined
                  }
                >
                  <table.FlexRender header={header} />
                </HeaderCell>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {row.getAllCells().map((cell) => (
                <td key={cell.id} data-label={labelOf(cell.column.columnDef.header)}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type Sorted = Pick<
  Parameters<typeof useTable<typeof features, RowData>>[0],
  'manualSorting' | 'state' | 'onSortingChange'
>

function serverSorted({ by, isDescending, onChange }: ServerSorting): Sorted {
  const sorting: SortingState = [{ id: by, desc: isDescending }]
  return {
    manualSorting: true,
    state: { sorting },
    onSortingChange: (update) => {
      const [next] = typeof update === 'function' ? update(sorting) : update
      if (next !== undefined) onChange(next.id, next.desc)
    },
  }
}

interface HeaderCellProps {
  readonly order: false | 'asc' | 'desc'
  /** Default: this column does not sort. */
  readonly onSort: (() => void) | undefined
  readonly children: ReactElement
}

const ORDERS = { asc: 'ascending', desc: 'descending' } as const
const ARROWS = { asc: '▲', desc: '▼' } as const

function HeaderCell({ order, onSort, children }: HeaderCellProps): ReactElement {
  if (onSort === undefined) return <th scope="col">{children}</th>
  return (
    <th scope="col" aria-sort={order === false ? 'none' : ORDERS[order]}>
      <button type="button" className="sort" onClick={() => onSort()}>
        {children}
        {/* The arrow stays with the last word. */}
        {'\u00a0'}
        <span aria-hidden="true">{order === false ? '↕' : ARROWS[order]}</span>
      </button>
    </th>
  )
}

/** What a cell is called where each row is a card. */
function labelOf(header: unknown): string {
  return typeof header === 'string' ? header : ''
}
