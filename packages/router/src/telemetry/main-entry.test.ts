import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { expect, it } from 'vitest'

const source = resolve(import.meta.dirname, '..')

/** Every file that a file leads to by imports that are there at run time. */
function reachedFrom(entry: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(entry)) return seen
  seen.add(entry)
  const text = readFileSync(entry, 'utf8')
  for (const [, target = ''] of text.matchAll(
    /^(?:import|export) (?!type)[^'"]*?from '(\.[^']+)'/gm,
  )) {
    reachedFrom(resolve(dirname(entry), target), seen)
  }
  return seen
}

it('costs those nothing who do not use it: the main entry never reaches OpenTelemetry', () => {
  const reached = [...reachedFrom(join(source, 'index.ts'))]
  expect(reached.length).toBeGreaterThan(100)
  expect(reached.filter((file) => !existsSync(file))).toEqual([])
  const telling = reached.filter((file) => readFileSync(file, 'utf8').includes('@opentelemetry'))
  expect(telling).toEqual([])
  const own = [...reachedFrom(join(source, 'telemetry/index.ts'))]
  expect(own.some((file) => readFileSync(file, 'utf8').includes('@opentelemetry/api'))).toBe(true)
})
