import { readFigures } from './read-figures.ts'
import type { Figures, Rating } from './read-figures.ts'

/** What the thumbs of everybody say of a model; `null`: nobody gave one. */
export type Score = Rating | null

/** Read once for all answers of the page, and again after each thumb. */
let latest: Promise<Figures | undefined> | undefined

/** As it was when somebody looked last; `undefined` when it could not be read. */
export async function knownScore(model: string): Promise<Score | undefined> {
  latest ??= readFigures().catch(() => undefined)
  return scoreIn(await latest, model)
}

/** As the server has it now. */
export async function newScore(model: string): Promise<Score | undefined> {
  latest = readFigures().catch(() => undefined)
  return scoreIn(await latest, model)
}

export function scoreText(score: Score): string {
  return score === null ? 'none' : `${score.mean.toFixed(2)} from ${score.count}`
}

function scoreIn(figures: Figures | undefined, model: string): Score | undefined {
  if (figures === undefined) return undefined
  return figures.models.find((each) => each.model === model)?.rating ?? null
}
