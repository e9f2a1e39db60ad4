import { TASK_PATTERNS } from '../data/task-words.ts'
import type { SimulatedTask } from '../models.ts'

/** What a user asked: the text, and how many images came with it. */
export type SimulatedPrompt = string | { readonly text: string; readonly images?: number }

/** The text of a prompt. */
export function promptText(prompt: SimulatedPrompt): string {
  return typeof prompt === 'string' ? prompt : prompt.text
}

/**
 * Guesses what kind of task a prompt is, from a short table of words. Images make it `image`.
 *
 * It is the simulator's own idea of a task and deliberately not the router's: a router has to learn
 * which model is good at what it calls a task from the ratings alone.
 */
export function guessTask(prompt: SimulatedPrompt): SimulatedTask {
  if (typeof prompt !== 'string' && (prompt.images ?? 0) > 0) return 'image'
  const text = promptText(prompt)
  return TASK_PATTERNS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'general'
}
