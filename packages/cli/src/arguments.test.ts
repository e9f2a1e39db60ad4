import fc from 'fast-check'
import { expect, it } from 'vitest'

import { imrs, newFolder } from './__fixtures__/imrs.ts'
import { longFlag } from './command/option.ts'
import { COMMANDS } from './commands/index.ts'

/** What would wait for somebody, or for its end. Their arguments are tried up to there. */
const STAYING = new Set(['serve', 'chat'])

const names = COMMANDS.map(({ name }) => name.split(' '))
const flags = COMMANDS.flatMap(({ options }) =>
  Object.values(options).map(({ flags: each }) => longFlag(each)),
)
const odd = fc.constantFrom(
  '',
  '-',
  '--',
  '--json',
  '--help',
  '-1',
  '0',
  '1e999',
  '\u0000',
  '../..',
  'sqlite:',
  'sqlite:/nowhere/at/all/a.db',
  'postgres://',
  'env:',
  'file:',
  '=',
  '--=',
  '--limit=',
  '__proto__',
  'constructor',
  '\u202E\u001B[31m',
  'x'.repeat(5000),
)
const argument = fc.oneof(
  { arbitrary: odd, weight: 3 },
  { arbitrary: fc.constantFrom(...flags), weight: 4 },
  { arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }), weight: 2 },
)

it(
  'answers any arguments with 0, 1 or 2, and never with a stack',
  { timeout: 120_000 },
  async () => {
    const folder = await newFolder()
    const stop = new AbortController()
    const commandLine = fc.tuple(
      fc.oneof(
        fc.constantFrom(...names.filter(([name = '']) => !STAYING.has(name))),
        fc.constantFrom(['providers'], ['help'], ['--help'], []),
        fc.string({ maxLength: 10 }).map((name) => [name]),
      ),
      fc.array(argument, { maxLength: 6 }),
    )
    await fc.assert(
      fc.asyncProperty(commandLine, async ([command, given]) => {
        // The completion of the shell writes to the process itself.
        fc.pre(command[0] !== 'complete' && !given.includes('complete'))
        fc.pre(!given.includes('--simulator'))
        const parameters = [...command, ...given]
        fc.pre(!parameters.some((each) => STAYING.has(each)))
        const { code, stdout, stderr } = await imrs(parameters, { folder, signal: stop.signal })
        expect([0, 1, 2]).toContain(code)
        expect(stderr).not.toMatch(/^ +at .*:\d+:\d+/m)
        expect(stderr).not.toContain('A fault of imrs')
        expect(stderr).not.toContain('\u001B')
        if (code === 0) return
        // What failed is told, or stands in the table.
        expect((stdout + stderr).trim()).not.toBe('')
      }),
      { numRuns: 400 },
    )
  },
)

it.each([...STAYING])('%s refuses what it does not know', async (name) => {
  const folder = await newFolder()
  await fc.assert(
    fc.asyncProperty(odd, async (value) => {
      fc.pre(!['--help', '--', '--json'].includes(value))
      const given = name === 'serve' ? ['--port', value, '--host', '0.0.0.0'] : ['--unknown', value]
      const { code, stderr } = await imrs([name, ...given], { folder })
      expect(code).toBe(2)
      expect(stderr.trim()).not.toBe('')
    }),
  )
})
