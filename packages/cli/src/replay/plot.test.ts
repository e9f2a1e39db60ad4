import { replayOutcomes, replayPolicy, toOutcomeSet } from '@imrs/router'
import type { ReplayResult } from '@imrs/router'
import { expect, it } from 'vitest'

import { spread } from './plot-style.ts'
import { plotResults } from './plot.ts'

async function results(): Promise<readonly ReplayResult[]> {
  const outcomes = Array.from({ length: 300 }, (_, index) => ({
    id: String(index),
    task: 'x',
    score: { 'a<b>&"c"': 1, d: index % 2 },
  }))
  return await replayOutcomes({
    outcomes: toOutcomeSet('R&D', outcomes),
    policies: [replayPolicy('weighted'), replayPolicy('random')],
    seeds: 2,
    degrade: { at: 0.5 },
    improve: { model: 'd', at: 0.25 },
  })
}

it('shows each policy, the lines, what happened, and what the axes are', async () => {
  const svg = plotResults(await results())
  expect(svg.match(/<path class="band /g)).toHaveLength(2)
  expect(svg.match(/<path class="line"/g)).toHaveLength(4)
  expect(svg.match(/<path class="event"/g)).toHaveLength(2)
  expect(svg).toContain('weighted (mean ')
  for (const shown of ['best per request', 'best per task', 'best single', 'any model']) {
    expect(svg).toContain(`>${shown} `)
  }
  expect(svg).toContain('mean score (0 worst, 1 best)')
  expect(svg).toContain('prefers-color-scheme:dark')
  expect(svg).not.toContain('NaN')
})

it('holds names that look like markup as text', async () => {
  const svg = plotResults(await results())
  expect(svg).toContain('a&lt;b&gt;&amp;&quot;c&quot; gets half as good')
  expect(svg).toContain('R&amp;D: score of the answers over time')
})

it('keeps labels apart, in their order', () => {
  expect(spread([100, 103, 50], 10)).toEqual([100, 110, 50])
  expect(spread([10, 10, 10], 5)).toEqual([10, 15, 20])
})
