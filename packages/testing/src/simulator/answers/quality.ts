import type { SimulatedModel, SimulatedTask } from '../models.ts'
import type { SimulatedPrompt } from './guess-task.ts'
import { guessTask, promptText } from './guess-task.ts'
import { seededFraction } from './seeded.ts'

/** The three sorts of answers that a reader can tell apart. */
export type AnswerLevel = 'good' | 'fair' | 'poor'

const SPREAD = 0.25

/** The model's skill for a task. */
export function skillOf(model: Pick<SimulatedModel, 'skill'>, task: SimulatedTask): number {
  return model.skill[task] ?? model.skill.default
}

/**
 * The quality, 0 to 1, of the answer that a model gives to a prompt.
 *
 * Depends on its arguments only: the model's skill for the guessed task, moved by at most 0.25 (a
 * triangle, so mostly by less). A driver that plays the user calls it to decide on the thumb.
 */
export function qualityOf(
  model: Pick<SimulatedModel, 'id' | 'skill'>,
  prompt: SimulatedPrompt,
  seed: number,
): number {
  const text = promptText(prompt)
  const noise =
    seededFraction(seed, model.id, text, 'first') + seededFraction(seed, model.id, text, 'second')
  const quality = skillOf(model, guessTask(prompt)) + (noise - 1) * SPREAD
  return Math.min(1, Math.max(0, quality))
}

/** Which sort of answer a quality gives: `good` from 0.62, `poor` below 0.42. */
export function answerLevel(quality: number): AnswerLevel {
  if (quality >= 0.62) return 'good'
  return quality >= 0.42 ? 'fair' : 'poor'
}
