import type { ChatRequest, DetectedTask } from '@imrs/core'
import { GENERAL_TASK, textOf } from '@imrs/core'

import type { DecisionInput } from '../decide/decision-input.ts'
import type { RoutingSnapshot } from '../snapshot/routing-snapshot.ts'
import { lastUserIndex } from '../task/last-user-message.ts'
import type { RequestTexts } from '../text/request-texts.ts'
import { typeOfText } from './experience-type-of.ts'

export interface TaskSourceOf {
  readonly request: Pick<ChatRequest, 'messages'>
  /** What the detectors found. */
  readonly detected: DetectedTask
  readonly snapshot: Pick<RoutingSnapshot, 'strategy' | 'textGroups'>
  readonly texts: RequestTexts
}

/** Guesses that were right so often are of medium confidence. */
const MEDIUM_CONFIDENCE = 0.8

/**
 * The task of a request, and the type whose experience the decision rests on where that is another. A
 * strategy that learns would take all requests that show no task for one task, and settle on one
 * model for all of them. So such a request gets the task that texts like it had by the word of the
 * host's detectors; else it counts for a group of like texts, else for the bucket that it looks like.
 */
export function taskOf({
  request: { messages },
  detected,
  snapshot: { strategy, textGroups },
  texts,
}: TaskSourceOf): Pick<DecisionInput, 'task' | 'experienceType'> {
  if (strategy.learn === undefined) return { task: detected }
  const message = messages[lastUserIndex(messages)]
  const text = message === undefined ? '' : textOf(message)
  if (detected.source !== 'none' || detected.type !== GENERAL_TASK) {
    // Tables of keywords name only texts that hold a keyword: others would be judged by those.
    const isNamed = detected.source === 'detector' && detected.confidence !== 'low'
    if (isNamed) texts.learn(text, detected.type)
    return { task: detected }
  }
  const guess = texts.labelOf(text)
  if (guess === undefined) {
    return { task: detected, experienceType: typeOfText(text, texts.groupOf(text, textGroups)) }
  }
  const confidence = guess.confidence >= MEDIUM_CONFIDENCE ? 'medium' : 'low'
  return { task: { type: guess.label, source: 'classifier', confidence, matches: 1 } }
}
