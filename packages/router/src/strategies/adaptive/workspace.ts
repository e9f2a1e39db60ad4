import type { Beliefs } from './beliefs.ts'
import { NORMALS, NORMALS_MASK } from './normals.ts'

/** More standard deviations than any number of the table: a candidate that is left out could not have won. */
const REACH = 5

/** Arrays that one decision after another uses: thousands of candidates would leave as many numbers to collect each time. */
export class Workspace {
  beliefs: Beliefs = { location: new Float64Array(), deviation: new Float64Array() }
  #contenders: Uint32Array = new Uint32Array()
  scores: Float64Array = new Float64Array()

  makeRoom(size: number): void {
    if (this.scores.length >= size) return
    const room = 2 ** Math.ceil(Math.log2(size))
    this.beliefs = { location: new Float64Array(room), deviation: new Float64Array(room) }
    this.#contenders = new Uint32Array(room)
    this.scores = new Float64Array(room)
  }

  /** Raises what is expected of one candidate. */
  favour(place: number, bonus: number): void {
    const { location } = this.beliefs
    location[place] = (location[place] ?? 0) + bonus
  }

  /** The places that can win, even with the luckiest draw against the unluckiest of another. Good until the next decision. */
  findContenders(size: number): Readonly<Uint32Array> {
    const { location, deviation } = this.beliefs
    let floor = Number.NEGATIVE_INFINITY
    for (let place = 0; place < size; place += 1) {
      const low = (location[place] ?? 0) - REACH * (deviation[place] ?? 0)
      if (low > floor) floor = low
    }
    let found = 0
    for (let place = 0; place < size; place += 1) {
      if ((location[place] ?? 0) + REACH * (deviation[place] ?? 0) < floor) continue
      this.#contenders[found] = place
      found += 1
    }
    return this.#contenders.subarray(0, found)
  }

  /** What each candidate has in the draw that begins at an offset. Good until the next decision. */
  draw(size: number, offset: number): Float64Array {
    const { location, deviation } = this.beliefs
    for (let place = 0; place < size; place += 1) {
      const normal = NORMALS[(offset + place) & NORMALS_MASK] ?? 0
      this.scores[place] = (location[place] ?? 0) + (deviation[place] ?? 0) * normal
    }
    return this.scores.subarray(0, size)
  }
}
