import type { ModelInfo } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { ENGLISH_LABELS } from '../shared/labels.ts'
import { optionsOf } from './picker-options.ts'
import type { DescribeModel } from './picker-options.ts'
import { fitsSearch } from './search.ts'

const GONE: ModelInfo = {
  id: 'openrouter/x/old-flash',
  provider: 'OpenRouter',
  name: 'Old Flash',
  status: 'unavailable',
  capabilities: ['text'],
  premium: false,
  vision: false,
  lastChecked: '2026-01-01T00:00:00.000Z',
}

function optionOf(describeModel?: DescribeModel) {
  const sources = { models: [GONE], newModelIds: new Set<string>(), presets: [] }
  const [option] = optionsOf({
    ...sources,
    offersAuto: false,
    describeModel,
    labels: ENGLISH_LABELS,
  })
  if (option === undefined) throw new Error('There is no option')
  return option
}

describe('what a host says of a model', () => {
  it('takes the place of what the list says', () => {
    const option = optionOf(() => ({
      name: 'ye-olde',
      note: 'Another answers.',
      isDisabled: false,
    }))
    expect(option).toMatchObject({ name: 'ye-olde', note: 'Another answers.', isDisabled: false })
  })

  it('is found by either name', () => {
    const { words } = optionOf(() => ({ name: 'ye-olde' }))
    expect([fitsSearch(words, 'ye olde'), fitsSearch(words, 'flash old')]).toEqual([true, true])
  })

  it('leaves what it does not say', () => {
    for (const option of [optionOf(), optionOf(() => undefined), optionOf(() => ({}))]) {
      expect(option).toMatchObject({ name: 'Old Flash', note: undefined, isDisabled: true })
    }
  })
})
