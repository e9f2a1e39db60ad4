import type { CallOptions, DetectedTask, TaskDetector, TaskEvidence } from '@imrs/core'
import { GENERAL_TASK, TASK_CONFIDENCES, TASK_SOURCES } from '@imrs/core'

import { createBuiltInDetector } from './built-in-detector.ts'
import { mergeGuesses } from './merge-guesses.ts'

/** What {@link createTaskDetection} takes. */
export interface TaskDetectionOptions {
  /** Asked together, on every request; the order breaks ties. Default: `[createBuiltInDetector()]`. */
  readonly detectors?: readonly TaskDetector[] | undefined
  /** Told of a detector that threw, rejected or answered nonsense; what it throws itself is dropped. */
  readonly onDetectorError?: ((error: Error, detectorName: string) => void) | undefined
}

/** Finds out what kind of task a request is. */
export interface TaskDetection {
  /**
   * The best guess of all detectors: confidence, then matches, then the detectors' order. Guesses of
   * the same type add up. Without evidence it is `general`, of low confidence.
   *
   * Rejects only with the signal's reason, and then at once, also when a detector goes on working.
   */
  detect(evidence: TaskEvidence, options?: CallOptions): Promise<DetectedTask>
}

/** The guess when nothing points anywhere. */
export const NO_EVIDENCE: DetectedTask = Object.freeze({
  type: GENERAL_TASK,
  source: 'none',
  confidence: 'low',
  matches: 0,
})

/** The column is `VARCHAR(50)`. */
const TASK_TYPE_MAX_LENGTH = 50

/** Asks several detectors and weighs their guesses. Stateless; calls may run concurrently. */
export function createTaskDetection(options: TaskDetectionOptions = {}): TaskDetection {
  const detectors = Object.freeze([...(options.detectors ?? [createBuiltInDetector()])])
  const report = reporter(options.onDetectorError)
  return {
    detect: async (evidence, call = {}) => {
      call.signal?.throwIfAborted()
      const asked = detectors.map((detector) => ask(detector, evidence, call))
      const answers = await untilAborted(Promise.all(asked), call.signal)
      const guesses = answers.flatMap((answer) => {
        if (answer.ok) return answer.guesses
        report(answer.error, answer.detectorName)
        return []
      })
      return mergeGuesses(guesses)[0] ?? NO_EVIDENCE
    },
  }
}

type DetectorAnswer =
  | { readonly ok: true; readonly guesses: readonly DetectedTask[] }
  | { readonly ok: false; readonly error: Error; readonly detectorName: string }

async function ask(
  detector: TaskDetector,
  evidence: TaskEvidence,
  call: CallOptions,
): Promise<DetectorAnswer> {
  try {
    const guesses = await detector.detect(evidence, call)
    assertGuesses(guesses)
    return { ok: true, guesses }
  } catch (thrown) {
    const error =
      thrown instanceof Error ? thrown : new Error('it threw no Error', { cause: thrown })
    return { ok: false, error, detectorName: detector.name }
  }
}

/** A detector is foreign code, often plain JavaScript: what it answers ends up in the database. */
function assertGuesses(guesses: readonly DetectedTask[]): void {
  if (!Array.isArray(guesses) || !guesses.every(isGuess)) {
    throw new TypeError('a detector must answer a list of { type, source, confidence, matches }')
  }
}

function isGuess(guess: Partial<DetectedTask> | null | undefined): boolean {
  const { type, source, confidence, matches } = guess ?? {}
  return (
    typeof type === 'string' &&
    type.length > 0 &&
    type.length <= TASK_TYPE_MAX_LENGTH &&
    (TASK_SOURCES as readonly unknown[]).includes(source) &&
    (TASK_CONFIDENCES as readonly unknown[]).includes(confidence) &&
    Number.isSafeInteger(matches)
  )
}

function reporter(onDetectorError: TaskDetectionOptions['onDetectorError']) {
  return (error: Error, detectorName: string): void => {
    try {
      onDetectorError?.(error, detectorName)
    } catch {
      // A listener that fails must not break the request it was told about.
    }
  }
}

function untilAborted<Value>(
  work: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
