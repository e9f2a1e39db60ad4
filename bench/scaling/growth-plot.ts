import { STYLE, colourClass, escapeText } from '../../packages/cli/src/replay/plot-style.ts'

/** One line of the plot: milliseconds over rows. */
export interface GrowthCurve {
  readonly name: string
  readonly points: readonly { readonly rows: number; readonly p50: number; readonly p99: number }[]
}

export interface GrowthPanel {
  readonly title: string
  readonly curves: readonly GrowthCurve[]
}

const PANEL = { width: 490, height: 380, left: 74, top: 70, plotWidth: 380, plotHeight: 260 }
const LEGEND = { top: 400, line: 18 }

/** Milliseconds over rows, both in powers of ten: a flat line does not mind growth. Solid: median; dashed: p99. */
export function growthPlot(title: string, panels: readonly GrowthPanel[]): string {
  const points = panels.flatMap(({ curves }) => curves.flatMap((curve) => curve.points))
  const rows = points.map((point) => point.rows)
  const times = points.flatMap(({ p50, p99 }) => [p50, p99])
  const scales: Scales = {
    x: logScale([Math.min(...rows), Math.max(...rows)], [0, PANEL.plotWidth]),
    y: logScale(decades(times), [PANEL.plotHeight, 0]),
    decades: decades(times),
    rows: [...new Set(rows)],
  }
  const names = panels[0]?.curves.map(({ name }) => name) ?? []
  const width = PANEL.width * panels.length
  const height = LEGEND.top + names.length * LEGEND.line + 20
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(title)}">`,
    `<style>${STYLE}.far{stroke-dasharray:5 4}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="20" y="30">${escapeText(title)}</text>`,
    ...panels.map((panel, place) => panelOf(panel, place, scales)),
    ...names.map((name, place) => legendOf(name, place)),
    '</svg>\n',
  ].join('\n')
}

interface Scales {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  readonly decades: readonly [number, number]
  readonly rows: readonly number[]
}

function decades(values: readonly number[]): readonly [number, number] {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.ceil(Math.log10(Math.max(...values)))
  return [10 ** low, 10 ** Math.max(high, low + 1)]
}

function logScale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
): (value: number) => number {
  const span = Math.log10(high) - Math.log10(low)
  return (value) => from + ((Math.log10(value) - Math.log10(low)) / span) * (to - from)
}

function panelOf({ title, curves }: GrowthPanel, place: number, scales: Scales): string {
  const { x, y } = scales
  const lines = curves.map(({ points }, index) => {
    const path = (of: 'p50' | 'p99'): string =>
      `M${points.map((point) => `${at(x(point.rows))},${at(y(point[of]))}`).join('L')}`
    const ink = colourClass(index)
    return `<path class="curve ${ink}" d="${path('p50')}"/><path class="curve far ${ink}" d="${path('p99')}"/>`
  })
  return [
    `<g transform="translate(${place * PANEL.width + PANEL.left},${PANEL.top})">`,
    `<text class="label" y="-10">${escapeText(title)}</text>`,
    ...axes(scales),
    ...lines,
    '</g>',
  ].join('\n')
}

function axes({ x, y, decades: [low, high], rows }: Scales): readonly string[] {
  const steps = Array.from(
    { length: Math.round(Math.log10(high / low)) + 1 },
    (_, step) => low * 10 ** step,
  )
  return [
    ...steps.map(
      (step) =>
        `<path class="grid" d="M0,${at(y(step))}H${PANEL.plotWidth}"/><text class="note end" x="-6" y="${at(y(step) + 4)}">${Number(step.toPrecision(1))} ms</text>`,
    ),
    ...rows.map(
      (count) =>
        `<path class="axis" d="M${at(x(count))},${PANEL.plotHeight}v5"/><text class="note middle" x="${at(x(count))}" y="${PANEL.plotHeight + 20}">${count.toLocaleString('en')}</text>`,
    ),
    `<path class="axis" d="M0,0V${PANEL.plotHeight}H${PANEL.plotWidth}"/>`,
    `<text class="note middle" x="${PANEL.plotWidth / 2}" y="${PANEL.plotHeight + 40}">rows in each of the big tables; dashed: p99</text>`,
  ]
}

function legendOf(name: string, place: number): string {
  const y = LEGEND.top + place * LEGEND.line
  return `<path class="curve ${colourClass(place)}" d="M${PANEL.left},${y}h22"/><text x="${PANEL.left + 30}" y="${y + 4}">${escapeText(name)}</text>`
}

function at(value: number): string {
  return String(Number(value.toFixed(1)))
}
