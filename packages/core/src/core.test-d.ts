import { describe, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'

import {
  chatRequestSchema,
  FAILURE_RULES,
  ImrsError,
  isCapability,
  parseBody,
  toErrorAnswer,
} from './index.ts'
import type {
  ANSWER_PART_TYPES,
  AnswerPart,
  AnswerPartType,
  Capability,
  ChatBody,
  ChatMessage,
  ChatRequest,
  ERROR_STATUS,
  ErrorAnswer,
  ErrorBody,
  ErrorCode,
  FailureKind,
  FailureRule,
  FeedbackBody,
  FeedbackReason,
  FeedbackSignal,
  ModelParameterName,
  ModelsResponse,
  RouterEventOf,
  RouterListener,
  SecretStore,
  TaskDetector,
} from './index.ts'

describe('wire types', () => {
  it('write snake_case where the specification does', () => {
    expectTypeOf<FeedbackBody>().toEqualTypeOf<{
      readonly rating?: number | undefined
      readonly signal?: FeedbackSignal | undefined
      readonly feedback_type?: 'explicit' | 'implicit' | 'self_eval' | undefined
      readonly reasons?: readonly FeedbackReason[] | undefined
    }>()
    expectTypeOf<ErrorBody['error']['request_id']>().toEqualTypeOf<string>()
    expectTypeOf<ErrorBody['error']['code']>().toEqualTypeOf<ErrorCode>()
  })

  it('hold nothing that JSON has no form for', () => {
    expectTypeOf<ModelsResponse['metadata']['lastUpdated']>().toEqualTypeOf<string>()
    expectTypeOf<ModelsResponse['models'][number]['lastChecked']>().toEqualTypeOf<string>()
  })

  it('take messages as the request does, and no identity', () => {
    expectTypeOf<ChatBody['messages']>().toEqualTypeOf<ChatRequest['messages']>()
    expectTypeOf<keyof ChatBody>().toEqualTypeOf<
      | 'messages'
      | 'model'
      | 'provider'
      | 'agentId'
      | 'sessionId'
      | 'costQuality'
      | Exclude<ModelParameterName, 'providerOptions'>
    >()
  })

  it('parse to what the schema says', () => {
    expectTypeOf(parseBody(chatRequestSchema, {})).toEqualTypeOf<ChatRequest>()
    expectTypeOf<z.infer<typeof chatRequestSchema>>().toEqualTypeOf<ChatRequest>()
    expectTypeOf(toErrorAnswer).returns.toEqualTypeOf<ErrorAnswer>()
  })
})

describe('closed lists', () => {
  it('name every part of an answer', () => {
    expectTypeOf<(typeof ANSWER_PART_TYPES)[number]>().toEqualTypeOf<AnswerPartType>()
    expectTypeOf<Extract<AnswerPart, { type: 'end' }>>().toHaveProperty('finishReason')
  })

  it('have a status for every code and a rule for every failure', () => {
    expectTypeOf<keyof typeof ERROR_STATUS>().toEqualTypeOf<ErrorCode>()
    expectTypeOf(FAILURE_RULES).toEqualTypeOf<Readonly<Record<FailureKind, FailureRule>>>()
  })

  it('refuse what is not in them', () => {
    // @ts-expect-error: no such code
    void new ImrsError('oops', 'x')
    // @ts-expect-error: no such role
    void ({ role: 'robot', content: '' } satisfies ChatMessage)
  })
})

it('guards narrow', () => {
  const value: string = 'text'
  if (isCapability(value)) expectTypeOf(value).toEqualTypeOf<Capability>()
  const error: unknown = undefined
  if (ImrsError.is(error)) expectTypeOf(error).toEqualTypeOf<ImrsError>()
})

it('events are chosen by their type', () => {
  expectTypeOf<RouterEventOf<'feedback-recorded'>>().toHaveProperty('rating')
  expectTypeOf<RouterListener<'model-added'>>().parameter(0).toHaveProperty('modelId')
})

it('contracts carry their version and take a signal', () => {
  expectTypeOf<SecretStore['specVersion']>().toEqualTypeOf<'v1'>()
  expectTypeOf<TaskDetector['detect']>()
    .parameter(1)
    .toEqualTypeOf<{ readonly signal?: AbortSignal | undefined } | undefined>()
})
