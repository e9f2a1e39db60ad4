import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { imrs, newFolder } from './__fixtures__/imrs.ts'
import { longFlag } from './command/option.ts'
import { COMMANDS } from './commands/index.ts'

const ROOT = resolve(import.meta.dirname, '..', '..', '..')
const readme = readFileSync(join(ROOT, 'packages', 'cli', 'README.md'), 'utf8')
const page = readFileSync(join(ROOT, 'docs', 'cli.md'), 'utf8')

/** What a command takes, as its row in the README shows it. */
function rowOf({ name, parameters = [], summary }: (typeof COMMANDS)[number]): string {
  const taken = parameters.map((parameter) => ` ${parameter.name}`).join('')
  return `| \`imrs ${name}${taken}\` | ${summary} |`
}

it('the README lists every command, in the words of the code', () => {
  const table = readme.split('\n').filter((line) => line.startsWith('| `imrs '))
  expect(table).toEqual(COMMANDS.map(rowOf))
})

it('README and documentation name no option that there is not', () => {
  const known = new Set([
    ...COMMANDS.flatMap(({ options }) =>
      Object.values(options).map(({ flags }) => longFlag(flags)),
    ),
    '--json',
    '--help',
    '--version',
  ])
  const named = [...`${readme}\n${page}`.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(
    ([flag]) => flag,
  )
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((flag) => !known.has(flag))).toEqual([])
})

describe('--help', () => {
  it('names every command', async () => {
    const { code, stdout, stderr } = await imrs(['--help'], { folder: await newFolder() })
    expect([code, stderr]).toEqual([0, ''])
    for (const { name } of COMMANDS) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name.split(' ')[0] ?? ''} `, 'm'))
    }
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([])
  })

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'of %s names what it takes',
    async (name, { options, parameters = [] }) => {
      const { code, stdout } = await imrs([...name.split(' '), '--help'], {
        folder: await newFolder(),
      })
      expect(code).toBe(0)
      for (const { flags } of Object.values(options)) expect(stdout).toContain(flags)
      for (const parameter of parameters) expect(stdout).toContain(parameter.name)
      expect(stdout).toContain('--json')
    },
  )
})
