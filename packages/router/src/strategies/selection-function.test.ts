import type { CandidateTable, RankRequest } from '@imrs/core'
import { toCapabilityMask } from '@imrs/core'
import { strategyContract } from '@imrs/testing/contracts'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { priority } from './priority.ts'
import { selectionFunction } from './selection-function.ts'
import type { SelectionCandidate, SelectModelFunction } from './selection-function.ts'

const wrap = (select: SelectModelFunction) =>
  selectionFunction({ name: 'old', version: '7', select })

strategyContract({ name: 'selection function: none', make: () => wrap(() => undefined) })
strategyContract({
  name: 'selection function: one',
  make: () => wrap((_, candidates) => candidates[2]?.modelId),
})
strategyContract({
  name: 'selection function: many',
  make: () => wrap((_, candidates) => candidates.map(({ modelId }) => modelId).toReversed()),
})

const PRIORITIES = [0.1, 0.29, 1, 0.5]
const table: CandidateTable = {
  size: 4,
  modelIds: ['p/a', 'p/b', 'p/c', 'p/d'],
  capabilities: new Uint32Array(4).fill(toCapabilityMask(['text', 'vision'])),
  priority: Float64Array.from(PRIORITIES),
  price: Float64Array.from([1, Number.NaN, 3, 4]),
  contextLength: Float64Array.from([0, 8000, 8000, 8000]),
  cacheSaving: new Float64Array(4),
  createdAtMs: new Float64Array(4),
}
const request: RankRequest = {
  input: { taskType: 'code', requiredCapabilities: toCapabilityMask(['vision']), atMs: 5 },
  table,
  rows: Uint32Array.of(0, 1, 3),
  experience: { count: Float64Array.of(0, 4, 0, 0), sum: Float64Array.of(0, 3, 0, 0) },
  limit: 10,
  random: () => 0,
}
const ranked = (select: SelectModelFunction) =>
  [...wrap(select).rank(request).rows].map((row) => table.modelIds[row])

it('puts the chosen first and the others after it by priority', () => {
  expect(ranked(() => 'p/a')).toEqual(['p/a', 'p/d', 'p/b'])
  expect(ranked(() => ['p/b', 'p/a'])).toEqual(['p/b', 'p/a', 'p/d'])
})

it('orders by priority when nothing is chosen', () => {
  expect(ranked(() => undefined)).toEqual(['p/d', 'p/b', 'p/a'])
  expect(ranked(() => [])).toEqual(['p/d', 'p/b', 'p/a'])
})

it('passes over ids that are unknown, excluded or there twice', () => {
  expect(ranked(() => ['p/c', 'nobody/x', '', 'p/b', 'p/b'])).toEqual(['p/b', 'p/d', 'p/a'])
})

it('shows plain candidates: what is unknown is undefined', () => {
  const seen: SelectionCandidate[] = []
  wrap((input, candidates) => {
    expect(input).toEqual({ taskType: 'code', requiredCapabilities: ['vision'], atMs: 5 })
    seen.push(...candidates)
    return undefined
  }).rank(request)
  expect(seen.slice(0, 2)).toEqual([
    {
      modelId: 'p/a',
      capabilities: ['text', 'vision'],
      priority: 10,
      price: 1,
      contextLength: undefined,
      experience: undefined,
      ratings: 0,
    },
    {
      modelId: 'p/b',
      capabilities: ['text', 'vision'],
      priority: 29,
      price: undefined,
      contextLength: 8000,
      experience: 0.75,
      ratings: 4,
    },
  ])
})

it('whatever is returned, ranks every row once, the chosen in their order and then as priority does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom<string[]>('p/a', 'p/b', 'p/c', 'p/d', 'x'), { maxLength: 8 }),
      (answer) => {
        const valid = [...new Set(answer)].filter((id) => ['p/a', 'p/b', 'p/d'].includes(id))
        const byPriority = [...priority().rank(request).rows].map(
          (row) => table.modelIds[row] ?? '',
        )
        const rest = byPriority.filter((id) => !valid.includes(id))
        expect(ranked(() => answer)).toEqual([...valid, ...rest])
      },
    ),
  )
})

it('carries its name and version, and refuses to be without', () => {
  expect(wrap(() => undefined)).toMatchObject({ name: 'old', version: '7' })
  expect(() => selectionFunction({ name: '', version: '1', select: () => undefined })).toThrow(
    '`name`',
  )
  expect(() => selectionFunction({ name: 'x', version: '', select: () => undefined })).toThrow(
    '`version`',
  )
})
