import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { durationText } from '../dialects/durations.ts'
import { costOf } from '../price.ts'
import { guessTask } from './guess-task.ts'
import { answerLevel } from './quality.ts'
import { sampleSchema } from './sample-schema.ts'
import { splitIntoChunks } from './token-count.ts'
import { writeText } from './write-text.ts'

describe('guessTask', () => {
  it.each([
    ['Write a Python function', 'code'],
    ['How do you say hello in French?', 'translation'],
    ['Summarize this text', 'summarization'],
    ['Compare cats and dogs', 'analysis'],
    ['What is 12 * 7?', 'math'],
    ['A short story about a fox', 'creative'],
    ['Make slides on bees', 'slides'],
    ['Draft a memo', 'document'],
    ['Good morning', 'general'],
  ])('takes “%s” for %s', (prompt, task) => {
    expect(guessTask(prompt)).toBe(task)
  })

  it('lets an image decide', () => {
    expect(guessTask({ text: 'Write code', images: 1 })).toBe('image')
  })
})

describe('writeText', () => {
  const order = { modelName: 'Model', seed: 1 }

  it('calculates, well or badly', () => {
    const prompt = 'What is 15% of 240?'
    const good = writeText({ ...order, prompt, task: 'math', level: 'good' })
    expect(good).toContain('15 % of 240 = 36')
    const poor = writeText({ ...order, prompt, task: 'math', level: 'poor' })
    expect(poor).not.toContain('= 36')
  })

  it('translates phrases, or words, or not at all', () => {
    const prompt = 'Translate "thank you very much" to Spanish'
    const write = (level: 'good' | 'poor'): string =>
      writeText({ ...order, prompt, task: 'translation', level })
    expect(write('good')).toContain('Muchas gracias')
    expect(write('poor')).not.toMatch(/gracias/i)
  })

  it('writes something for every prompt, task and level', () => {
    const tasks = fc.constantFrom('code', 'creative', 'summarization', 'general', 'translation')
    const levels = fc.constantFrom('good', 'fair', 'poor')
    fc.assert(
      fc.property(fc.string(), tasks, levels, (prompt, task, level) => {
        const text = writeText({ ...order, prompt, task, level } as Parameters<typeof writeText>[0])
        expect(text).not.toBe('')
      }),
    )
  })
})

describe('small parts', () => {
  it('cuts a text into chunks that make it up again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 9 }), (text, words) => {
        expect(splitIntoChunks(text, words).join('')).toBe(text)
      }),
    )
  })

  it('samples what a schema allows', () => {
    const schema = {
      type: 'OBJECT',
      properties: {
        when: { type: 'STRING', format: 'date' },
        mood: { type: 'string', enum: ['calm', 'wild'] },
        size: { anyOf: [{ type: 'integer', minimum: 5 }, { type: 'null' }] },
        name: { type: ['string', 'null'], maxLength: 4 },
        open: { type: 'boolean' },
        fixed: { const: 7 },
        list: { type: 'array', items: { type: 'number', maximum: 2 }, minItems: 3 },
      },
    }
    expect(sampleSchema({ schema, prompt: 'A wild river' })).toEqual({
      when: '2026-03-14',
      mood: 'wild',
      size: 5,
      name: expect.stringMatching(/^.{1,4}$/),
      open: true,
      fixed: 7,
      list: [2, 2, 2],
    })
  })

  it('ends on a schema that contains itself', () => {
    const schema = { type: 'object', properties: { child: { $ref: '#' } } }
    expect(JSON.stringify(sampleSchema({ schema, prompt: 'x' })).length).toBeLessThan(500)
  })

  it('writes durations as Go does', () => {
    expect([6, 1500, 360_000, 3_600_000].map(durationText)).toEqual([
      '6ms',
      '1.5s',
      '6m0s',
      '1h0m0s',
    ])
  })

  it('prices cached tokens apart, and a router at nothing', () => {
    const usage = { inputTokens: 10, cachedInputTokens: 4, outputTokens: 2, reasoningTokens: 1 }
    expect(costOf({ input: '0.01', output: '0.1', cachedInput: '0.001' }, usage)).toBe(0.264)
    expect(costOf({ input: '-1', output: '-1' }, usage)).toBe(0)
  })

  it('sorts qualities into levels', () => {
    expect([0, 0.41, 0.42, 0.61, 0.62, 1].map(answerLevel)).toEqual([
      'poor',
      'poor',
      'fair',
      'fair',
      'good',
      'good',
    ])
  })
})
