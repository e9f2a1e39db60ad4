/** A number in [0, 1) that depends on the parts only. */
export function seededFraction(...parts: readonly (string | number)[]): number {
  return seededInteger(...parts) / 0x1_0000_0000
}

/** An unsigned 32-bit integer that depends on the parts only (FNV-1a with a final mix). */
export function seededInteger(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const unit of parts.join('\u0000')) {
    hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Letters and digits that depend on the parts only, for ids. */
export function seededText(length: number, ...parts: readonly (string | number)[]): string {
  let text = ''
  for (let block = 0; text.length < length; block += 1) {
    text += seededInteger(...parts, block)
      .toString(36)
      .padStart(7, '0')
  }
  return text.slice(0, length)
}

/** The element that the parts choose. */
export function seededPick<T>(from: readonly T[], ...parts: readonly (string | number)[]): T {
  const picked = from[seededInteger(...parts) % from.length]
  if (picked === undefined) throw new RangeError('Cannot pick from an empty list')
  return picked
}
