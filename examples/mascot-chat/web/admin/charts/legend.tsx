import type { ReactElement } from 'react'

export interface LegendProps {
  readonly names: readonly string[]
}

/** Which line is whose: by colour, and by the shape of its marks. */
export function Legend({ names }: LegendProps): ReactElement {
  return (
    <ul className="legend">
      {names.map((name, index) => (
        <li key={name} className={`series-${index}`}>
          <svg width="22" height="12" aria-hidden="true">
            <line x1="0" x2="22" y1="6" y2="6" className="series-line" />
            <path d={markPath(index)} transform="translate(11 6)" className="series-mark" />
          </svg>{' '}
          {name}
        </li>
      ))}
    </ul>
  )
}

/** A small shape around 0, 0: another one for each of the first four series. */
export function markPath(index: number): string {
  const shapes = [
    'M-3.5,0a3.5,3.5 0 1,0 7,0a3.5,3.5 0 1,0 -7,0',
    'M-3.2,-3.2h6.4v6.4h-6.4z',
    'M0,-4.2L4,3.2H-4z',
    'M0,-4.6L4.6,0L0,4.6L-4.6,0z',
  ]
  return shapes[index % shapes.length] ?? ''
}
