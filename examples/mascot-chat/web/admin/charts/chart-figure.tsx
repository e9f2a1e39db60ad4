import type { ReactElement, ReactNode } from 'react'

export interface ChartFigureProps {
  readonly title: string
  /** What is drawn, in a sentence. */
  readonly note?: ReactNode
  readonly children: ReactNode
  /** The same numbers as a table. */
  readonly table: ReactElement
}

/** A chart, and behind it the table that says the same. */
export function ChartFigure({ title, note, children, table }: ChartFigureProps): ReactElement {
  return (
    <figure className="card chart">
      <figcaption>
        <h2>{title}</h2>
        {note !== undefined && <p className="quiet">{note}</p>}
      </figcaption>
      {children}
      <details>
        <summary>
          Show as a table<span className="only-read">: {title}</span>
        </summary>
        {table}
      </details>
    </figure>
  )
}
