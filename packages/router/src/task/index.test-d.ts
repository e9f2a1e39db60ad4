import type { CapabilityMask, ChatRequest, TaskDetector } from '@imrs/core'
import { expectTypeOf, it } from 'vitest'

import type { TaskDetection } from './index.ts'
import { createBuiltInDetector, createTaskDetection, requiredCapabilities } from './index.ts'

it('gives core’s types', () => {
  expectTypeOf(createBuiltInDetector()).toEqualTypeOf<TaskDetector>()
  expectTypeOf(requiredCapabilities).toEqualTypeOf<(request: ChatRequest) => CapabilityMask>()
  expectTypeOf(createTaskDetection()).toEqualTypeOf<TaskDetection>()
})

it('takes forms of a word, and no empty list of them', () => {
  createBuiltInDetector({ keywords: { legal: ['contract', ['lawsuit', 'lawsuits']] } })
  // @ts-expect-error: a word has at least one form
  createBuiltInDetector({ keywords: { legal: [[]] } })
})
