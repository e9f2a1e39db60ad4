import Table from 'cli-table3'

import type { CommandContext } from '../context/command-context.ts'
import { printable } from './printable.ts'

/** One column: its heading, and what stands in it. Numbers stand to the right. */
export interface Column<Row> {
  readonly heading: string
  readonly cell: (row: Row) => string | number | boolean | undefined
}

const NO_BORDERS = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
  ].map((place) => [place, '']),
)

/** Rows under headings, without borders, so that other programs can read them as well. */
export function tableOf<Row>(
  { isLive }: Pick<CommandContext, 'isLive'>,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string {
  const isNumber = columns.map(({ cell }) => rows.some((row) => typeof cell(row) === 'number'))
  const table = new Table({
    chars: { ...NO_BORDERS, middle: '  ' },
    head: columns.map(({ heading }) => heading),
    colAligns: isNumber.map((is) => (is ? 'right' : 'left')),
    style: { head: isLive ? ['bold'] : [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  table.push(...rows.map((row) => columns.map(({ cell }) => shown(cell(row)))))
  return `${table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`
}

function shown(value: string | number | boolean | undefined): string {
  if (value === undefined) return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return printable(String(value)).replaceAll(/\s+/g, ' ')
}

/** `1 model`, `2 models`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
