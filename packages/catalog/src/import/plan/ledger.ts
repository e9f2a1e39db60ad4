import type { LeftAlone } from '../import-plan.ts'
import type { ImportSource, RefusedRow } from '../import-source.ts'

/** Keeps, while a plan is made, what becomes of each row. */
export class RowLedger {
  readonly #rows: number
  readonly #refused = new Map<string, string>()
  readonly #leftAlone: LeftAlone[] = []
  readonly #notes: { readonly row: string; readonly note: string }[] = []
  /** Rows of which at least one thing was taken. */
  readonly #taken = new Set<string>()

  constructor(source: ImportSource) {
    this.#rows = source.used.length + source.refused.length
    for (const { row, reason } of source.refused) this.#refused.set(row, reason)
    for (const { row, notes } of source.used) for (const note of notes) this.note(row, note)
  }

  take(row: string): void {
    this.#taken.add(row)
  }

  leaveAlone(entry: LeftAlone): void {
    this.take(entry.row)
    this.#leftAlone.push(entry)
  }

  note(row: string, note: string): void {
    this.#notes.push({ row, note })
  }

  /** Refuses the row; where something else of it was taken, that is only worth a note. */
  refuse(row: string, reason: string): void {
    if (this.#taken.has(row)) this.note(row, reason)
    else if (!this.#refused.has(row)) this.#refused.set(row, reason)
  }

  result(): {
    readonly leftAlone: readonly LeftAlone[]
    readonly refused: readonly RefusedRow[]
    readonly notes: readonly { readonly row: string; readonly note: string }[]
    readonly counts: { readonly rows: number; readonly used: number; readonly refused: number }
  } {
    const refused = [...this.#refused].map(([row, reason]) => ({ row, reason }))
    return {
      leftAlone: this.#leftAlone,
      refused,
      notes: this.#notes,
      counts: { rows: this.#rows, used: this.#rows - refused.length, refused: refused.length },
    }
  }
}
