import type { Beliefs } from './beliefs.ts'

/** Arrays that one decision after another uses: thousands of candidates would leave as many numbers to collect each time. */
export class Workspace {
  beliefs: Beliefs = { location: new Float64Array(), deviation: new Float64Array() }
  contenders: Uint32Array = new Uint32Array()
  scores: Float64Array = new Float64Array()

  makeRoom(size: number): void {
    if (this.scores.length >= size) return
    const room = 2 ** Math.ceil(Math.log2(size))
    this.beliefs = { location: new Float64Array(room), deviation: new Float64Array(room) }
    this.contenders = new Uint32Array(room)
    this.scores = new Float64Array(room)
  }
}
