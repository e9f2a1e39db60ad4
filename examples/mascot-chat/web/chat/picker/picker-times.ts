import type { PickerMeasure } from '@imrs/core'

import { pageFetch } from '../app/greeted-fetch.ts'

/** What the server takes at once. */
const MOST_AT_ONCE = 20
/** What comes within this long goes together. */
const GATHER_MS = 5000

interface Measured {
  readonly measure: PickerMeasure
  readonly durationMs: number
}

/** How long the picker took, told to the server for its figures. Nobody waits for it, and a loss is none. */
export class PickerTimes {
  #gathered: readonly Measured[] = []

  readonly add = (measure: PickerMeasure, durationMs: number): void => {
    if (this.#gathered.length === 0) setTimeout(this.send, GATHER_MS)
    if (this.#gathered.length === MOST_AT_ONCE) return
    this.#gathered = [...this.#gathered, { measure, durationMs: Math.round(durationMs * 10) / 10 }]
  }

  /** Sends what is gathered, also while the page ends. */
  readonly send = (): void => {
    const measures = this.#gathered
    if (measures.length === 0) return
    this.#gathered = []
    pageFetch('/api/metrics/picker', {
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ measures }),
    }).catch(() => {})
  }
}
