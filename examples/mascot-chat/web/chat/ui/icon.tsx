import type { ReactElement } from 'react'

/** Outlines, drawn in a square of 24. */
const ICONS = {
  plus: ['M12 5v14M5 12h14'],
  up: ['M12 19V5m-6 6 6-6 6 6'],
  down: ['M12 5v14m-6-6 6 6 6-6'],
  stop: ['M7.5 7.5h9v9h-9z'],
  chevron: ['m6 9.5 6 6 6-6'],
  spark: ['M12 3.5 13.8 10 20.5 12l-6.7 2L12 20.5 10.2 14 3.5 12l6.7-2z'],
  model: [
    'M12 3.5 19.4 7.75v8.5L12 20.5l-7.4-4.25v-8.5z',
    'M12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  ],
  swap: ['M4 8h13m-3.5-4L17.5 8l-4 4', 'M20 16H7m3.5-4-4 4 4 4'],
  warn: ['M12 4 21 19.5H3z', 'M12 10v4m0 2.5v.01'],
  copy: ['M9 9h11v11H9z', 'M5.5 15H4V4h11v1.5'],
  again: ['M19.5 12a7.5 7.5 0 1 1-2.3-5.4', 'M19.5 3.5V8H15'],
  clip: [
    'm20 11.5-8 8a5 5 0 0 1-7-7l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6',
  ],
  file: ['M6 3.5h8l4.5 4.5v12.5H6z', 'M14 3.5V8h4.5'],
  cross: ['m6.5 6.5 11 11m0-11-11 11'],
  pen: ['M5 19l1-4L16 5l3 3L9 18z'],
  bin: ['M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7'],
  list: ['M5 7h14M5 12h14M5 17h14'],
  tool: [
    'M14.5 6.5a4 4 0 0 1 5-1l-2.7 2.7 1.5 1.5L21 7a4 4 0 0 1-5.5 5L9 18.5a2 2 0 0 1-3-3l6.5-6.5a4 4 0 0 1 2-2.5z',
  ],
} as const

export type IconName = keyof typeof ICONS

export function Icon({ name }: { readonly name: IconName }): ReactElement {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      {ICONS[name].map((outline) => (
        <path key={outline} d={outline} />
      ))}
    </svg>
  )
}
