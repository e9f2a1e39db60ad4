import { expect, it } from 'vitest'

import { asList, asObject, asText } from './foreign-json.ts'

it('takes a field of the wrong kind for an absent one', () => {
  expect([{}, [], null, 'text', 1].map((value) => asObject(value) !== undefined)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
  expect([asList([1]), asList({}), asList(undefined)]).toEqual([[1], undefined, undefined])
  expect([asText('text'), asText(''), asText(1)]).toEqual(['text', undefined, undefined])
})
