/** Names ordered by how much they have in common with the one asked for; equal ones keep their order. */
export function closestNames(asked: string, names: readonly string[]): readonly string[] {
  const wanted = pairsOf(asked)
  return names
    .map((name, index) => ({ name, index, likeness: likeness(wanted, pairsOf(name)) }))
    .sort((left, right) => right.likeness - left.likeness || left.index - right.index)
    .map(({ name }) => name)
}

/** Sørensen–Dice coefficient of two sets of letter pairs. */
function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  if (left.size + right.size === 0) return 0
  let shared = 0
  for (const pair of left) if (right.has(pair)) shared += 1
  return (2 * shared) / (left.size + right.size)
}

function pairsOf(text: string): ReadonlySet<string> {
  const lower = text.toLowerCase()
  const pairs = new Set<string>()
  for (let index = 0; index + 1 < lower.length; index += 1) pairs.add(lower.slice(index, index + 2))
  return pairs
}
