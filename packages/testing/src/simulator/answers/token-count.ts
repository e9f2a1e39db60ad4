const CHARACTERS_PER_TOKEN = 4
const TOKENS_PER_IMAGE = 258

/** Tokens of a text: a quarter of its characters, rounded up; none for an empty text. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN)
}

/** Tokens of attached images, each counted the same whatever its size. */
export function countImageTokens(images: number): number {
  return images * TOKENS_PER_IMAGE
}

/**
 * Cuts a text into the pieces in which a stream sends it: `words` words each, white space kept, so
 * that the pieces joined are the text.
 */
export function splitIntoChunks(text: string, words: number): readonly string[] {
  const tokens = text.match(/\s*\S+\s*?(?=\s|$)|\s+$/g) ?? []
  const chunks: string[] = []
  for (let start = 0; start < tokens.length; start += words) {
    chunks.push(tokens.slice(start, start + words).join(''))
  }
  return chunks
}
