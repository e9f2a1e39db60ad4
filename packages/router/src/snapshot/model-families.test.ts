import { expect, it } from 'vitest'

import { familiesOf } from './model-families.ts'

const familiesIn = (...ids: readonly string[]) => [
  ...familiesOf(
    ids.map((id) => ({
      providerId: id.slice(0, id.indexOf(' ')),
      externalId: id.slice(id.indexOf(' ') + 1),
    })),
  ),
]

it.each([
  ['the same id at two providers', ['eu gpt-5', 'us gpt-5'], [0, 0]],
  ['with the maker’s name before it', ['openai gpt-5', 'openrouter openai/GPT-5'], [0, 0]],
  ['a maker that is no provider here', ['azure gpt-5', 'openrouter openai/gpt-5'], [0, 0]],
  ['in a folder', ['google models/gemini', 'fireworks accounts/fw/models/gemini'], [0, 0]],
  ['another version or variant', ['o gpt-5', 'o gpt-5-mini', 'r openai/gpt-5:free'], [0, 1, 2]],
  ['two makers of one name', ['r one/chat', 'r other/chat', 's one/chat'], [0, 1, 0]],
  ['two makers, and their own bare names', ['one chat', 'r one/chat', 'r two/chat'], [0, 0, 2]],
  [
    'two makers, and bare names of nobody',
    ['x chat', 'r one/chat', 'r two/chat', 'y chat'],
    [0, 1, 2, 0],
  ],
  ['nothing', [], []],
])('%s', (_, ids, families) => {
  expect(familiesIn(...ids)).toEqual(families)
})
