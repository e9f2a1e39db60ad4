import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { CONFORMANCE_SCENARIOS } from '@imrs/testing/conformance'
import { expect, it } from 'vitest'

import { root } from './run.ts'
import { contractWithTable, promisesOf } from './scenario-table.ts'

const page = readFileSync(join(root, 'docs', 'failure-contract.md'), 'utf8')
const ids = CONFORMANCE_SCENARIOS.map(({ id }) => id)

/** `**P-1** … Held by: `a`, `b`.` */
const promises = promisesOf(page)
  .split(/^(?=\*\*P-\d+\*\*)/m)
  .slice(1)
  .map((text) => ({
    name: /^\*\*(P-\d+)\*\*/.exec(text)?.[1] ?? '',
    held: [...(/Held by: ([^\n]*)/.exec(text)?.[1] ?? '').matchAll(/`([a-z0-9-]+)`/g)].map(
      (match) => match[1] ?? '',
    ),
  }))

it('numbers its promises', () => {
  expect(promises.map(({ name }) => name)).toEqual(promises.map((_, index) => `P-${index + 1}`))
  expect(promises.length).toBeGreaterThan(15)
})

it('names for every promise scenarios that there are', () => {
  for (const { name, held } of promises) {
    expect(held.length, name).toBeGreaterThan(0)
    expect(new Set(held).size, name).toBe(held.length)
    expect(
      held.filter((id) => !ids.includes(id)),
      name,
    ).toEqual([])
  }
})

it('names every scenario for a promise', () => {
  const named = new Set(promises.flatMap(({ held }) => held))
  expect(ids.filter((id) => !named.has(id))).toEqual([])
})

it('has the table that the suite has', () => {
  expect(page, 'run: node --conditions=@imrs/source tooling/failure-contract.ts').toBe(
    contractWithTable(page),
  )
})
