import type { ReferenceLines, ReplayResult } from '@imrs/router'
import { scaleLinear } from 'd3-scale'
import type { ScaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'

import { STYLE, colourClass, escapeText, spread } from './plot-style.ts'

/** Where things are, in pixels. */
const SIZE = { width: 960, height: 560 }
const PLOT = { left: 68, right: 800, bottom: 500 }
const LEGEND_TOP = 96
/** Where the plot begins below the legend, and what each event takes above it. */
const TOP = { bare: 120, event: 16 }

const LINES: readonly (readonly [keyof ReferenceLines, string])[] = [
  ['random', 'any model'],
  ['bestSingle', 'best single'],
  ['taskOracle', 'best per task'],
  ['queryOracle', 'best per request'],
]

interface Scales {
  /** The upper end of the plot. */
  readonly top: number
  readonly x: ScaleLinear<number, number>
  readonly y: ScaleLinear<number, number>
}

/**
 * Reward over time as an SVG: the moving mean of each policy with a band of one standard deviation
 * over the seeds, the reference lines, and what happened to models. Colours follow the reader's
 * light or dark scheme.
 */
export function plotResults(results: readonly ReplayResult[]): string {
  const [first] = results
  if (first === undefined) throw new TypeError('There is nothing to plot')
  const scales = makeScales(results)
  const title = `${first.dataset}: score of the answers over time`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" width="${SIZE.width}" height="${SIZE.height}" role="img" aria-label="${escapeText(title)}">`,
    `<title>${escapeText(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${SIZE.width}" height="${SIZE.height}"/>`,
    text({ x: PLOT.left, y: 34, shown: title, name: 'title' }),
    ...subtitle(first).map((shown, place) =>
      text({ x: PLOT.left, y: 54 + place * 18, shown, name: 'note' }),
    ),
    legend(results),
    axes(first, scales),
    events(first, scales),
    ...LINES.map(([key]) => referencePath(first, key, scales)),
    lineLabels(first, scales),
    ...results.map((result, place) => curve(result, place, scales)),
    '</svg>\n',
  ].join('\n')
}

function makeScales(results: readonly ReplayResult[]): Scales {
  const values = results.flatMap(({ curve: { points }, sections }) => [
    ...points.flatMap(({ mean, deviation }) => [mean - deviation, mean + deviation]),
    ...sections.flatMap(({ lines }) => LINES.map(([key]) => lines[key])),
  ])
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = Math.max(0.02, (high - low) * 0.04)
  const top = TOP.bare + TOP.event * Math.max(...results.map(({ events: all }) => all.length))
  const ends = results.flatMap(({ sections }) => sections.map(({ to }) => to))
  return {
    top,
    x: scaleLinear([0, Math.max(...ends)], [PLOT.left, PLOT.right]),
    y: scaleLinear([Math.max(0, low - room), Math.min(1, high + room)], [PLOT.bottom, top]),
  }
}

function subtitle({ seeds, feedback, curve: { window } }: ReplayResult): readonly string[] {
  const rated = `${Number((feedback * 100).toFixed(1))} % of the answers rated`
  const orders =
    seeds === 1 ? '1 random order' : `${seeds} random orders, band: ±1 standard deviation over them`
  return [
    `Mean of the last ${window} answers; ${orders}; ${rated}`,
    'Dashed: what is earned without learning, in hindsight for each part of the stream',
  ]
}

function legend(results: readonly ReplayResult[]): string {
  let x = PLOT.left
  const entries = results.map(({ policy, mean }, place) => {
    const shown = `${policy} (mean ${mean.toFixed(3)})`
    const entry = `<path class="curve ${colourClass(place)}" d="M${x},${LEGEND_TOP}h22"/>${text({ x: x + 28, y: LEGEND_TOP + 4, shown, name: 'note' })}`
    x += 52 + shown.length * 7
    return entry
  })
  return entries.join('\n')
}

function axes({ dataset }: ReplayResult, { top, x, y }: Scales): string {
  const rows = y
    .ticks(6)
    .map(
      (value) =>
        `<path class="grid" d="M${PLOT.left},${at(y(value))}H${PLOT.right}"/>` +
        text({ x: PLOT.left - 8, y: y(value) + 4, shown: value.toFixed(2), name: 'note end' }),
    )
  const columns = x.ticks(7).map(
    (value) =>
      `<path class="axis" d="M${at(x(value))},${PLOT.bottom}v5"/>` +
      text({
        x: x(value),
        y: PLOT.bottom + 20,
        shown: value.toLocaleString('en'),
        name: 'note middle',
      }),
  )
  const middle = (top + PLOT.bottom) / 2
  return [
    ...rows,
    ...columns,
    `<path class="axis" d="M${PLOT.left},${top}V${PLOT.bottom}H${PLOT.right}"/>`,
    text({
      x: (PLOT.left + PLOT.right) / 2,
      y: PLOT.bottom + 44,
      shown: `requests of ${dataset}, counted from the start of the stream`,
      name: 'label middle',
    }),
    `<text class="label middle" transform="translate(20,${middle}) rotate(-90)">mean score (0 worst, 1 best)</text>`,
  ].join('\n')
}

function events({ events: all }: ReplayResult, { top, x }: Scales): string {
  return all
    .map(({ from, to, text: shown }, place) => {
      const [start, width] = [x(from), Math.max(0, x(to) - x(from))]
      const y = top - 8 - place * 16
      // Where the text would leave the plot, it stands on the other side.
      const isLate = start + shown.length * 7 > PLOT.right
      const label = text({
        x: start + (isLate ? -6 : 6),
        y,
        shown,
        name: isLate ? 'event-text end' : 'event-text',
      })
      return `<rect class="span" x="${at(start)}" y="${top}" width="${at(width)}" height="${PLOT.bottom - top}"/><path class="event" d="M${at(start)},${y - 10}V${PLOT.bottom}"/>${label}`
    })
    .join('\n')
}

function referencePath(
  { sections }: ReplayResult,
  key: keyof ReferenceLines,
  { x, y }: Scales,
): string {
  const pieces = sections.map(
    ({ from, to, lines }) => `M${at(x(from))},${at(y(lines[key]))}H${at(x(to))}`,
  )
  return `<path class="line" d="${pieces.join('')}"/>`
}

function lineLabels({ sections }: ReplayResult, { y }: Scales): string {
  const last = sections.at(-1)?.lines
  if (last === undefined) return ''
  const places = spread(
    LINES.map(([key]) => y(last[key])),
    15,
  )
  return LINES.map(([key, name], index) =>
    text({
      x: PLOT.right + 8,
      y: (places[index] ?? 0) + 4,
      shown: `${name} ${last[key].toFixed(3)}`,
      name: 'note',
    }),
  ).join('\n')
}

type Point = ReplayResult['curve']['points'][number]

function curve({ curve: { points } }: ReplayResult, place: number, { x, y }: Scales): string {
  const band = area<Point>()
    .x(({ request }) => x(request))
    .y0(({ mean, deviation }) => y(mean - deviation))
    .y1(({ mean, deviation }) => y(mean + deviation))
    .digits(1)
  const path = line<Point>()
    .x(({ request }) => x(request))
    .y(({ mean }) => y(mean))
    .digits(1)
  const colour = colourClass(place)
  return `<path class="band ${colour}" d="${band([...points]) ?? ''}"/><path class="curve ${colour}" d="${path([...points]) ?? ''}"/>`
}

interface Text {
  readonly x: number
  readonly y: number
  readonly shown: string
  readonly name: string
}

function text({ x, y, shown, name }: Text): string {
  return `<text class="${name}" x="${at(x)}" y="${at(y)}">${escapeText(shown)}</text>`
}

function at(value: number): string {
  return String(Number(value.toFixed(1)))
}
