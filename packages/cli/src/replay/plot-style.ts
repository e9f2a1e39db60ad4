/** Told apart by readers who see few colours, on light paper and on dark. */
const COLOURS: readonly (readonly [light: string, dark: string])[] = [
  ['#0067a5', '#5ab4f0'],
  ['#c44e00', '#ff9d57'],
  ['#00795c', '#3fd0a6'],
  ['#a2437f', '#e79ac4'],
  ['#6b6100', '#d8cb4a'],
]

const inks = (scheme: 0 | 1): string =>
  COLOURS.map((colours, place) => `.ink${place}{--ink:${colours[scheme]}}`).join('')

/** Light unless the reader's scheme is dark. */
export const STYLE: string = [
  'svg{--paper:#fff;--text:#1f2328;--quiet:#59636e;--grid:#e4e7eb;--axis:#818b98;--line:#59636e;--event:#a40e26;font:13px system-ui,sans-serif}',
  inks(0),
  `@media(prefers-color-scheme:dark){svg{--paper:#0d1117;--text:#f0f6fc;--quiet:#a9b1ba;--grid:#262c36;--axis:#6e7681;--line:#a9b1ba;--event:#ff8e97}${inks(1)}}`,
  '.paper{fill:var(--paper)}text{fill:var(--quiet)}.title{font-size:19px;font-weight:600;fill:var(--text)}.label{fill:var(--text)}',
  '.end{text-anchor:end}.middle{text-anchor:middle}',
  '.grid{stroke:var(--grid)}.axis{stroke:var(--axis);fill:none}',
  '.line{stroke:var(--line);stroke-dasharray:6 4;fill:none}',
  '.event{stroke:var(--event);stroke-dasharray:2 3}.event-text{fill:var(--event)}.span{fill:var(--event);opacity:.07}',
  '.curve{stroke:var(--ink);stroke-width:2.2;fill:none;stroke-linejoin:round}.band{fill:var(--ink);opacity:.18}',
].join('')

/** The class with a policy's colour. */
export function colourClass(place: number): string {
  return `ink${place % COLOURS.length}`
}

export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Moves heights apart so that texts there do not cover each other; their order stays. */
export function spread(heights: readonly number[], least: number): readonly number[] {
  const order = [...heights.keys()].toSorted((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0))
  const moved = [...heights]
  for (const [place, index] of order.entries()) {
    const above = order[place - 1]
    if (above === undefined) continue
    moved[index] = Math.max(moved[index] ?? 0, (moved[above] ?? 0) + least)
  }
  return moved
}
