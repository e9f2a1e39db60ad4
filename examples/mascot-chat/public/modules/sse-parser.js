/** Cuts a stream of server-sent events into the JSON of their `data:` lines, whatever way it arrives. */
export class EventParser {
  #rest = ''
  #data = []

  /** The values of the events that are complete with this piece. */
  push(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r/)
    this.#rest = lines.pop() ?? ''
    return lines.flatMap((line) => this.#take(line))
  }

  #take(line) {
    if (line.startsWith('data:')) {
      this.#data.push(line.slice(line.startsWith('data: ') ? 6 : 5))
      return []
    }
    if (line !== '' || this.#data.length === 0) return []
    const data = this.#data.join('\n')
    this.#data = []
    return [JSON.parse(data)]
  }
}
