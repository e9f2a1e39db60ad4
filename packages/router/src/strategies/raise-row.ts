import type { Ranking } from '@imrs/core'

/** A ranking with a row put first and those before it moved down; one from beyond its end takes the last place. */
export function raiseRow(
  { rows, scores }: Pick<Ranking, 'rows' | 'scores'>,
  row: number,
  scoreOf: () => number,
): Pick<Ranking, 'rows' | 'scores'> {
  const found = rows.indexOf(row)
  const place = found < 0 ? rows.length - 1 : found
  const raised = { rows: rows.slice(), scores: scores.slice() }
  raised.rows.copyWithin(1, 0, place)
  raised.scores.copyWithin(1, 0, place)
  raised.rows[0] = row
  raised.scores[0] = found < 0 ? scoreOf() : (scores[found] ?? 0)
  return raised
}
