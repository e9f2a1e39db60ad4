/** The numbers below `size` in an order that every order is as likely as. */
export function shuffledIndexes(size: number, random: () => number): Uint32Array {
  const indexes = Uint32Array.from({ length: size }, (_, index) => index)
  for (let last = size - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    const index = indexes[last] ?? 0
    indexes[last] = indexes[other] ?? 0
    indexes[other] = index
  }
  return indexes
}
