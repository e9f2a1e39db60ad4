import { describe, expect, it } from 'vitest'

import { linkTo, parseRoute } from './route.ts'

describe('the address of a screen', () => {
  it.each([
    [['models', 'openrouter/google/gemma-2-9b:free'], {}],
    [['models'], { search: 'ä & b', sort: 'priority' }],
    [['agents', '100%'], {}],
  ])('leads to where it came from: %j', (path, query) => {
    expect(parseRoute(linkTo(path, query))).toEqual({ path, query })
  })

  it('leaves out what is empty, and takes what somebody typed', () => {
    expect(linkTo(['models'], { search: '', provider: undefined })).toBe('#/models')
    expect(parseRoute('')).toEqual({ path: [], query: {} })
    expect(parseRoute('#/agents/100%')).toEqual({ path: ['agents', '100%'], query: {} })
  })
})
