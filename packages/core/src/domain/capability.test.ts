import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { CAPABILITIES, fromCapabilityMask, isCapability, toCapabilityMask } from './capability.ts'

describe('capability masks', () => {
  it('have these bits for ever: they are compared with stored ones', () => {
    expect(CAPABILITIES.map((capability) => toCapabilityMask([capability]))).toEqual([
      1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024,
    ])
    expect(CAPABILITIES).toEqual([
      'text',
      'vision',
      'code',
      'audio',
      'long_context',
      'function_calling',
      'video',
      'document',
      'reasoning',
      'structured_output',
      'image_generation',
    ])
  })

  it('have room in 32 unsigned bits', () => {
    expect(CAPABILITIES.length).toBeLessThanOrEqual(31)
  })

  it('come back as the set they were made of, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...CAPABILITIES)), (capabilities) => {
        expect(fromCapabilityMask(toCapabilityMask(capabilities))).toEqual(
          CAPABILITIES.filter((capability) => capabilities.includes(capability)),
        )
      }),
    )
  })

  it('ignore bits nobody knows yet', () => {
    expect(fromCapabilityMask(1 | (1 << 30))).toEqual(['text'])
    expect(fromCapabilityMask(0)).toEqual([])
  })
})

it('knows its names and nothing an object inherits', () => {
  expect(CAPABILITIES.every(isCapability)).toBe(true)
  expect(['Text', '', 'constructor', 'toString'].some(isCapability)).toBe(false)
})
