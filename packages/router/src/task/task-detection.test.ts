import type { DetectedTask, TaskConfidence, TaskDetector, TaskEvidence } from '@imrs/core'
import { TASK_CONFIDENCES } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  createBuiltInDetector,
  createTaskDetection,
  KEYWORD_TO_TASK_TYPE,
  MEDIA_TYPE_TO_TASK_TYPE,
  TOOL_TO_TASK_TYPE,
} from './index.ts'

const NOTHING: TaskEvidence = { messages: [{ role: 'user', content: '' }], tools: [] }

function guess(type: string, confidence: TaskConfidence = 'medium', matches = 1): DetectedTask {
  return { type, source: 'detector', confidence, matches }
}

function detector(name: string, detect: TaskDetector['detect']): TaskDetector {
  return { specVersion: 'v1', name, detect }
}

function answering(...guesses: readonly DetectedTask[]): TaskDetector {
  return detector(`answers ${guesses.map(({ type }) => type).join()}`, () => guesses)
}

function detectWith(...detectors: readonly TaskDetector[]): Promise<DetectedTask> {
  return createTaskDetection({ detectors }).detect(NOTHING)
}

describe('without evidence', () => {
  it('is general, of low confidence', async () => {
    const general = { type: 'general', source: 'none', confidence: 'low', matches: 0 }
    expect(await createTaskDetection().detect(NOTHING)).toEqual(general)
    expect(await createTaskDetection().detect({ messages: [], tools: [] })).toEqual(general)
    expect(await detectWith()).toEqual(general)
  })
})

describe('between guesses', () => {
  it.each<{ name: string; guesses: readonly DetectedTask[]; wins: string }>([
    {
      name: 'confidence comes first',
      guesses: [guess('a', 'medium', 9), guess('b', 'high'), guess('c', 'low', 99)],
      wins: 'b',
    },
    {
      name: 'then the number of matches',
      guesses: [guess('a', 'high', 1), guess('b', 'high', 2)],
      wins: 'b',
    },
    {
      name: 'then the order',
      guesses: [guess('b', 'high', 2), guess('a', 'high', 2)],
      wins: 'b',
    },
    {
      name: 'guesses of one type add up',
      guesses: [guess('a', 'high', 2), guess('b', 'high', 1), guess('b', 'low', 2)],
      wins: 'b',
    },
  ])('$name', async ({ guesses, wins }) => {
    expect((await detectWith(answering(...guesses))).type).toBe(wins)
    expect((await detectWith(...guesses.map((one) => answering(one)))).type).toBe(wins)
  })

  it('names the source of the strongest', async () => {
    const strong: DetectedTask = { type: 'a', source: 'tool', confidence: 'high', matches: 1 }
    expect(await detectWith(answering(guess('a')), answering(strong))).toEqual({
      ...strong,
      matches: 2,
    })
  })

  it('does not depend on the order of the detectors, ties apart', async () => {
    const anyGuess = fc.record({
      type: fc.constantFrom('a', 'b', 'c'),
      source: fc.constant('detector' as const),
      confidence: fc.constantFrom(...TASK_CONFIDENCES),
      matches: fc.integer({ min: 1, max: 9 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(anyGuess, { minLength: 1, maxLength: 8 }), async (guesses) => {
        const detectors = guesses.map((one) => answering(one))
        const forwards = await detectWith(...detectors)
        const backwards = await detectWith(...detectors.toReversed())
        expect(backwards.confidence).toBe(forwards.confidence)
        expect(backwards.matches).toBe(forwards.matches)
        const sums = new Map<string, number>()
        for (const { type, matches } of guesses) sums.set(type, (sums.get(type) ?? 0) + matches)
        const tied = [...sums.values()].filter((sum) => sum === forwards.matches).length > 1
        if (!tied) expect(backwards.type).toBe(forwards.type)
      }),
    )
  })
})

describe('a detector that fails', () => {
  const failing: readonly (readonly [string, TaskDetector['detect']])[] = [
    [
      'throws',
      () => {
        throw new Error('broken')
      },
    ],
    [
      'throws no Error',
      () => {
        throw 'broken' as unknown as Error
      },
    ],
    ['rejects', () => Promise.reject(new Error('broken'))],
    ['answers nothing', () => undefined as unknown as []],
    ['answers a type that is too long', () => [guess('x'.repeat(51))]],
    ['answers an empty type', () => [guess('')]],
    ['answers an unknown confidence', () => [guess('a', 'sure' as TaskConfidence)]],
    ['answers matches that are no number', () => [guess('a', 'high', Number.NaN)]],
    ['answers null', () => [null as unknown as DetectedTask]],
  ]

  it.each(failing)('and %s is passed over and reported', async (name, detect) => {
    const reported: (readonly [boolean, string])[] = []
    const detection = createTaskDetection({
      detectors: [detector(name, detect), answering(guess('legal'))],
      onDetectorError: (error, detectorName) => {
        reported.push([error instanceof Error, detectorName])
      },
    })
    expect((await detection.detect(NOTHING)).type).toBe('legal')
    expect(reported).toEqual([[true, name]])
  })

  it('breaks nothing when the one who is told fails too', async () => {
    const detection = createTaskDetection({
      detectors: [detector('broken', () => Promise.reject(new Error('broken')))],
      onDetectorError: () => {
        throw new Error('also broken')
      },
    })
    expect((await detection.detect(NOTHING)).type).toBe('general')
  })
})

describe('aborting', () => {
  it('rejects before anything is asked', async () => {
    let asked = 0
    const counting = detector('counts', () => {
      asked += 1
      return []
    })
    const detection = createTaskDetection({ detectors: [counting] })
    const reason = new Error('gone')
    const signal = AbortSignal.abort(reason)
    await expect(detection.detect(NOTHING, { signal })).rejects.toBe(reason)
    expect(asked).toBe(0)
  })

  it('does not wait for a detector that goes on, and blames none', async () => {
    const reported: string[] = []
    const started = Promise.withResolvers<void>()
    const detection = createTaskDetection({
      detectors: [
        detector('never ends', () => {
          started.resolve()
          return new Promise(() => {})
        }),
      ],
      onDetectorError: (_, name) => reported.push(name),
    })
    const controller = new AbortController()
    const detecting = detection.detect(NOTHING, { signal: controller.signal })
    await started.promise
    const reason = new Error('gone')
    controller.abort(reason)
    await expect(detecting).rejects.toBe(reason)
    expect(reported).toEqual([])
  })

  it('sees an abort that happens while a detector is asked', async () => {
    const controller = new AbortController()
    const aborts = detector('aborts', () => {
      controller.abort(new Error('gone'))
      return new Promise(() => {})
    })
    const detection = createTaskDetection({ detectors: [aborts] })
    await expect(detection.detect(NOTHING, { signal: controller.signal })).rejects.toThrow('gone')
  })

  it('hands the signal on', async () => {
    const { signal } = new AbortController()
    const seen: unknown[] = []
    const looks = detector('looks', (_, options) => {
      seen.push(options?.signal)
      return []
    })
    await createTaskDetection({ detectors: [looks] }).detect(NOTHING, { signal })
    expect(seen).toEqual([signal])
  })
})

describe('the built-in detector', () => {
  const known = new Set([
    'general',
    ...Object.values(TOOL_TO_TASK_TYPE),
    ...Object.values(MEDIA_TYPE_TO_TASK_TYPE),
    ...Object.keys(KEYWORD_TO_TASK_TYPE),
  ])

  it.each([
    ['any text', fc.string({ unit: 'binary', maxLength: 300 })],
    ['text of graphemes', fc.string({ unit: 'grapheme', maxLength: 300 })],
    [
      'fences and words',
      fc
        .array(fc.constantFrom('```', '\n', 'code', 'ts', ' ', 'コード', '翻译', 'إ'))
        .map((words) => words.join('')),
    ],
  ])('takes %s and answers a known type', async (_, arbitrary) => {
    const detection = createTaskDetection({ detectors: [createBuiltInDetector()] })
    await fc.assert(
      fc.asyncProperty(arbitrary, fc.string(), async (text, name) => {
        const task = await detection.detect({
          messages: [
            {
              role: 'user',
              content: [
                { type: 'text', text },
                { type: 'file', mediaType: name, data: text, name },
              ],
            },
          ],
          tools: [{ name, parameters: {} }],
        })
        expect(known).toContain(task.type)
      }),
    )
  })

  it('reads a megabyte of any script', async () => {
    const detection = createTaskDetection()
    for (const piece of ['report ', 'コード', '```', 'a', '\u0301', 'ﷺ']) {
      const content = piece.repeat(Math.ceil(1_000_000 / piece.length))
      const task = await detection.detect({ messages: [{ role: 'user', content }], tools: [] })
      expect(known).toContain(task.type)
    }
  })
})
