import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { root } from './run.ts'

const docs = join(root, 'docs')

/** Folders of the repository that a path may begin with; every other path is below `packages/`. */
const OTHER_FOLDERS = ['bench', 'docs', 'examples', 'tooling']

/** What holds a requirement: a test, a benchmark, or a contract that the tests of the stores run. */
const HOLDS = /(?:\.(?:test|test-d|bench)\.tsx?|-contract\.ts)$/

interface Row {
  readonly name: string
  readonly status: string
  readonly text: string
  readonly code: readonly string[]
  readonly tests: readonly string[]
}

const rows = readFileSync(join(docs, 'requirements.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-Z]\d/.test(line))
  .map(toRow)

function toRow(text: string): Row {
  const [name = '', status = '', code = '', tests = '', ...rest] = text.split('|').slice(1, -1)
  if (rest.length > 0) throw new Error(`The row of ${name.trim()} has more than four cells`)
  return {
    name: name.trim(),
    status: status.trim(),
    text,
    code: quoted(code),
    tests: quoted(tests),
  }
}

function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path)
}

function placeOf(path: string): string {
  const isElsewhere = OTHER_FOLDERS.includes(path.split('/')[0] ?? '')
  return isElsewhere ? join(root, path) : join(root, 'packages', path)
}

function holds(path: string): boolean {
  const place = placeOf(path)
  return [place, ...globSync('**/*.{ts,tsx}', { cwd: place })].some((file) => HOLDS.test(file))
}

/** The anchors of a page: its headings as GitHub spells them. */
function anchorsOf(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function leadsNowhere(link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const page = join(docs, path)
  return !existsSync(page) || (anchor !== undefined && !anchorsOf(page).includes(anchor))
}

it('reads the table', () => {
  expect(rows.length).toBeGreaterThan(50)
  for (const { name, status } of rows) expect(status, name).toMatch(/^[☑◐☐]/u)
})

describe.each(rows)('$name', ({ status, text, code, tests }) => {
  it.runIf(status.startsWith('☑'))('is done: names its code, and what holds it', () => {
    expect(code.filter((path) => !HOLDS.test(path))).not.toEqual([])
    expect(tests.filter(holds)).not.toEqual([])
  })

  it.runIf(status.startsWith('◐'))('is partly done: says what is missing', () => {
    expect(status).toMatch(/\p{L}/u)
  })

  it('names only paths that there are', () => {
    const ofStatus = quoted(status).filter((path) => path.includes('/'))
    const paths = [...ofStatus, ...code, ...tests]
    expect(paths.filter((path) => !existsSync(placeOf(path)))).toEqual([])
  })

  it('links only to what there is', () => {
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
    expect(links.filter(leadsNowhere)).toEqual([])
  })
})
