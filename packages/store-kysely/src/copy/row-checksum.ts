import { createHash } from 'node:crypto'

const WORDS = 4

/**
 * A checksum of rows in any order: the sum of the hashes of their canonical texts, so that it can be
 * put down in the middle of a table and taken up again.
 */
export class RowChecksum {
  readonly #words = new Uint32Array(WORDS)

  /** @param text What {@link text} of an earlier one gave; empty for none. */
  constructor(text = '') {
    for (let word = 0; word < WORDS && text !== ''; word += 1) {
      this.#words[word] = Number.parseInt(text.slice(word * 8, word * 8 + 8), 16)
    }
  }

  add(canonicalRow: string): void {
    const hash = createHash('sha256').update(canonicalRow).digest()
    for (let word = 0; word < WORDS; word += 1) {
      // A typed array of 32 bits keeps the sum within them.
      this.#words[word] = (this.#words[word] ?? 0) + hash.readUInt32BE(word * 4)
    }
  }

  /** 32 hexadecimal digits. */
  get text(): string {
    return [...this.#words].map((word) => word.toString(16).padStart(8, '0')).join('')
  }
}
