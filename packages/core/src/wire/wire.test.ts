import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { chatRequestSchema } from '../chat/chat-request.ts'
import { FEEDBACK_REASONS } from '../domain/feedback-reasons.ts'
import { modelSchema } from '../domain/model.ts'
import { ERROR_CODES, ERROR_STATUS } from '../errors/error-codes.ts'
import { ImrsError } from '../errors/imrs-error.ts'
import { ProviderError } from '../errors/provider-error.ts'
import { chatBodySchema } from './chat-body.ts'
import type { ChatBody } from './chat-body.ts'
import { feedbackBodySchema } from './feedback-body.ts'
import { parseBody } from './parse-body.ts'
import { preferenceBodySchema } from './preference-body.ts'
import { toErrorAnswer } from './to-error-body.ts'

function failureOf(work: () => unknown): ImrsError {
  try {
    work()
  } catch (error) {
    if (ImrsError.is(error)) return error
    throw error
  }
  throw new Error('it did not fail')
}

describe('parsing a body', () => {
  const schema = z.strictObject({
    text: z.string(),
    count: z.int(),
    list: z.array(z.string()).optional(),
    mode: z.enum(['drop', 'warn']).optional(),
    only: z.literal('it').optional(),
    either: z.union([z.string(), z.number()]).optional(),
    own: z.string('must be a name').optional(),
  })

  it.each([
    [{ count: 1 }, '`text`: is missing'],
    [{ text: 'x', count: 1.5 }, '`count`: must be a whole number, not a number'],
    [{ text: 7 }, '`text`: must be a string, not a number'],
    [{ text: null }, '`text`: must be a string, not null'],
    [{ text: 'x', count: 1, list: {} }, '`list`: must be an array, not an object'],
    [{ text: 'x', count: 1, mode: 'sell' }, '`mode`: must be "drop" or "warn"'],
    [{ text: 'x', count: 1, only: 'that' }, '`only`: must be "it"'],
    [{ text: 'x', count: 1, either: true }, '`either`: has none of the forms that are known'],
    [{ text: 'x', count: 1, own: 7 }, '`own`: must be a name'],
    [undefined, '`body`: is missing'],
  ])('says of %j what is wrong in plain words', (value, message) => {
    expect(failureOf(() => parseBody(schema, value)).message).toBe(message)
  })

  it('gives the value, and drops what nobody knows', () => {
    const body: Required<ChatBody> = {
      messages: [{ role: 'user', content: 'Hello' }],
      model: 'auto',
      provider: 'openai',
      agentId: 'mascot',
      sessionId: 's1',
      costQuality: 0.3,
      maxOutputTokens: 100,
      temperature: 0.5,
      topP: 1,
      stop: ['END'],
      seed: 7,
      reasoningEffort: 'low',
    }
    const hostsAlone = { userId: 'someone else', providerOptions: { openai: { store: true } } }
    expect(parseBody(chatBodySchema, { ...body, ...hostsAlone })).toEqual(body)
    expect(parseBody(feedbackBodySchema, { rating: 1 })).toEqual({ rating: 1 })
    expect(parseBody(feedbackBodySchema, { signal: 'retract' })).toEqual({ signal: 'retract' })
    const reasons = ['incorrect', 'too-long', 'slow', 'unsafe', 'other'] as const
    for (const given of [{ rating: 0.2 }, { signal: 'thumbs-down' as const }]) {
      expect(parseBody(feedbackBodySchema, { ...given, reasons })).toEqual({ ...given, reasons })
    }
    expect(parseBody(preferenceBodySchema, { model: 'auto' })).toEqual({ model: 'auto' })
  })

  const message = (part: object): object => ({ messages: [{ role: 'user', content: 'x' }, part] })

  it.each([
    ['body', chatBodySchema, null],
    ['body', chatBodySchema, 'secret-text'],
    ['messages', chatBodySchema, {}],
    ['messages', chatBodySchema, { messages: 'secret-text' }],
    ['messages[1].role', chatBodySchema, message({ role: 'secret-text', content: 'x' })],
    [
      'messages[1].content',
      chatBodySchema,
      message({ role: 'assistant', content: { a: 'secret-text' } }),
    ],
    ['messages[1].content', chatBodySchema, message({ role: 'user', content: 7 })],
    [
      'messages[1].content[0].mediaType',
      chatBodySchema,
      message({
        role: 'user',
        content: [{ type: 'file', mediaType: 'secret-text', data: 'AAAA' }],
      }),
    ],
    [
      'messages[1].content[0].data',
      chatBodySchema,
      message({
        role: 'user',
        content: [{ type: 'file', mediaType: 'a/b', data: 'secret-text!' }],
      }),
    ],
    [
      'model',
      chatBodySchema,
      { ...message({ role: 'tool', toolCallId: '1', content: '' }), model: '' },
    ],
    [
      'temperature',
      chatBodySchema,
      { ...message({ role: 'user', content: 'x' }), temperature: 'secret-text' },
    ],
    [
      'costQuality',
      chatBodySchema,
      { ...message({ role: 'user', content: 'x' }), costQuality: 1.1 },
    ],
    ['rating', feedbackBodySchema, { rating: 1.5 }],
    ['rating', feedbackBodySchema, { rating: 'secret-text' }],
    ['rating', feedbackBodySchema, { rating: Number.NaN }],
    ['rating', feedbackBodySchema, {}],
    ['rating', feedbackBodySchema, { rating: 1, signal: 'copy' }],
    ['signal', feedbackBodySchema, { signal: 'secret-text' }],
    ['feedback_type', feedbackBodySchema, { rating: 1, feedback_type: 'secret-text' }],
    ['reasons[0]', feedbackBodySchema, { rating: 1, reasons: ['secret-text'] }],
    ['reasons', feedbackBodySchema, { rating: 1, reasons: 'secret-text' }],
    ['reasons', feedbackBodySchema, { rating: 1, reasons: [] }],
    ['reasons', feedbackBodySchema, { rating: 1, reasons: ['clear', 'clear'] }],
    ['reasons', feedbackBodySchema, { rating: 1, reasons: FEEDBACK_REASONS.slice(0, 6) }],
    ['reasons', feedbackBodySchema, { signal: 'retract', reasons: ['clear'] }],
    ['reasons', feedbackBodySchema, { signal: 'copy', reasons: ['clear'] }],
    ['model', preferenceBodySchema, { provider: 'secret-text' }],
  ] as const)('names the field %s and not the value', (field, schema, value) => {
    const error = failureOf(() => parseBody<unknown>(schema, value))
    expect(error).toMatchObject({ code: 'invalid-request', field })
    expect(error.message).toContain(`\`${field}\``)
    expect(error.message).not.toContain('secret-text')
  })

  it('never says a value, wherever it stands', () => {
    const secret = 'sk-4f9a1c7e'
    const json = fc.jsonValue().map((value) => JSON.stringify(value))
    fc.assert(
      fc.property(
        json,
        fc.constantFrom('messages', 'tools', 'model', 'stop', 'seed'),
        (text, key) => {
          const planted = JSON.parse(text, (_, value: unknown) =>
            typeof value === 'string' || typeof value === 'number' ? secret : value,
          ) as unknown
          for (const schema of [chatRequestSchema, modelSchema]) {
            const result = schema.safeParse({ [key]: planted })
            if (result.success) continue
            const error = failureOf(() => parseBody<unknown>(schema, { [key]: planted }))
            expect(error.message).not.toContain(secret)
          }
        },
      ),
    )
  })
})

describe('answering an error', () => {
  it('of ours says code, message, field and when to come back', () => {
    const error = new ImrsError('rate-limited', 'Too many requests.', {
      field: 'model',
      retryAfterMs: 1_500,
      cause: new Error('secret-text'),
    })
    expect(toErrorAnswer(error, 'request-1')).toEqual({
      status: 429,
      body: {
        error: {
          code: 'rate-limited',
          message: 'Too many requests.',
          field: 'model',
          request_id: 'request-1',
          retry_after_ms: 1_500,
        },
      },
    })
  })

  it('leaves out what is not there', () => {
    const { error } = toErrorAnswer(new ImrsError('closed', 'It is closed.'), 'request-1').body
    expect(Object.keys(error)).toEqual(['code', 'message', 'request_id'])
  })

  it.each(ERROR_CODES)('%s has the status of its code', (code) => {
    expect(toErrorAnswer(new ImrsError(code, 'x'), 'request-1').status).toBe(ERROR_STATUS[code])
  })

  it.each([
    new Error('secret-text'),
    'secret-text',
    { message: 'secret-text', code: 'not-found' },
    Object.assign(new Error('secret-text'), { code: 'not-found', field: 'secret-text' }),
    undefined,
    null,
  ])('of anybody else’s gives nothing away: %s', (error) => {
    const answer = toErrorAnswer(error, 'request-1')
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 'internal' } } })
    expect(JSON.stringify(answer)).not.toContain('secret-text')
  })

  it('does not show the cause, nor what a provider answered', () => {
    const error = new ProviderError(
      { kind: 'credentials', message: 'The key was refused.', providerCode: 'secret-text' },
      { providerId: 'openai', cause: new Error('secret-text') },
    )
    expect(JSON.stringify(toErrorAnswer(error, 'request-1'))).not.toContain('secret-text')
  })

  it('is internal when a newer version of this code has codes that this one does not know', () => {
    const error = new ImrsError('closed', 'From the future.')
    Object.defineProperty(error, 'code', { value: 'from-the-future' })
    expect(toErrorAnswer(error, 'request-1')).toMatchObject({
      status: 500,
      body: { error: { code: 'internal' } },
    })
  })
})
