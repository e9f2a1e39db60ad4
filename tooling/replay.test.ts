import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

const root = resolve(import.meta.dirname, '..')
let folder = ''

/** A folder with 120 requests of two models, and a line that is none. */
function writeData(name: string, cost: boolean): string {
  const lines = Array.from({ length: 120 }, (_, index) =>
    JSON.stringify({
      id: String(index),
      task: index % 2 === 0 ? 'x' : 'y',
      bench: index % 2 === 0 ? 'even' : 'odd',
      score: { a: index % 2, b: 0.5 },
      ...(cost ? { cost: { a: 0.25, b: 0.25 } } : {}),
    }),
  )
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, 'outcomes.jsonl'), [...lines, 'garbage', ''].join('\n'))
  return join(folder, name)
}

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function replay(
  parameters: readonly string[],
  { data, stopWhen }: { readonly data?: string; readonly stopWhen?: RegExp } = {},
): Promise<Ended> {
  const { IMRS_ROUTING_DATA: _, ...environment } = process.env
  const child = spawn(
    process.execPath,
    ['--conditions=@imrs/source', join(root, 'tooling', 'replay.ts'), '--', ...parameters],
    {
      cwd: root,
      env: { ...environment, ...(data === undefined ? {} : { IMRS_ROUTING_DATA: data }) },
    },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  let [stdout, stderr] = ['', '']
  // A second one ends the process at once.
  let isStopped = false
  child.stderr.on('data', (text: Buffer) => {
    stderr += text.toString()
    if (isStopped || stopWhen?.test(stderr) !== true) return
    isStopped = true
    child.kill('SIGINT')
  })
  child.stdout.on('data', (text: Buffer) => {
    stdout += text.toString()
  })
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (status) => done({ status, stdout, stderr }))
  })
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'imrs-replay-'))
  writeData('first', false)
  writeData('second', true)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const LONG = { timeout: 60_000 }

describe('npm run replay', () => {
  it(
    'prints one object for each data set and policy, with these fields and nothing else',
    LONG,
    async () => {
      const { status, stdout, stderr } = await replay([
        '--data',
        join(folder, 'first'),
        '--data',
        join(folder, 'second'),
        '--policy',
        'adaptive,weighted',
        '--seeds',
        '2',
        '--feedback',
        '0.5',
        '--json',
      ])
      expect(status).toBe(0)
      expect(stderr).toContain('left out 1 line\n  line 121: is not JSON')
      const objects = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
      expect(objects.map(({ dataset, policy }) => `${String(dataset)} ${String(policy)}`)).toEqual([
        'first adaptive',
        'first weighted',
        'second adaptive',
        'second weighted',
      ])
      const fields = ['dataset', 'policy', 'feedback', 'seeds', 'mean', 'lastQuarter', 'meanSd']
      const lines = ['random', 'bestSingle', 'taskOracle', 'queryOracle']
      expect(Object.keys(objects[0] ?? {})).toEqual([...fields, ...lines])
      expect(Object.keys(objects[2] ?? {})).toEqual([...fields, 'costMean', ...lines])
      expect(objects[2]).toMatchObject({
        feedback: 0.5,
        seeds: 2,
        costMean: 0.25,
        random: 0.5,
        bestSingle: 0.5,
        taskOracle: 0.75,
        queryOracle: 0.75,
      })
    },
  )

  it('reads the folder in the environment, and prints tables and plots', LONG, async () => {
    const svg = join(folder, 'plot.svg')
    const parameters = ['--policy', 'weighted', '--seeds', '3', '--degrade', 'b@0.5', '--svg', svg]
    const { status, stdout } = await replay(parameters, { data: folder })
    expect(status).toBe(0)
    expect(stdout).toContain('first: 120 requests, 3 seeds, all rated')
    expect(stdout).toContain('second: 120 requests, 3 seeds, all rated')
    expect(stdout).toMatch(/best per request +0\.\d{4}/)
    for (const name of ['first', 'second']) {
      const plot = readFileSync(join(folder, `plot-${name}.svg`), 'utf8')
      expect(plot).toContain('b gets half as good')
    }
  })

  it('takes priorities, a part of the data and the length of streams', LONG, async () => {
    const priorities = join(folder, 'priorities.json')
    writeFileSync(priorities, JSON.stringify({ a: 90, 'of another data set': 1 }))
    const { stdout } = await replay([
      '--data',
      join(folder, 'first'),
      '--policy',
      'priority',
      '--json',
      '--limit',
      '10',
      '--priorities',
      priorities,
      '--bench',
      'odd',
    ])
    expect(JSON.parse(stdout)).toMatchObject({ mean: 1, seeds: 20, bestSingle: 1, random: 0.75 })
  })

  it('stops at Ctrl-C', LONG, async () => {
    // The line that is left out is told before the first stream.
    const parameters = ['--data', join(folder, 'first'), '--seeds', '20000', '--policy', 'weighted']
    const { status, stderr } = await replay(parameters, { stopWhen: /left out/ })
    expect(status).toBe(130)
    expect(stderr).toContain('Stopped')
  })

  it.each([
    [[], 'No data: say --data'],
    [['--data', 'no-such-folder'], 'There is no folder no-such-folder'],
    [['--data', 'tooling'], 'There is no outcomes.jsonl in tooling'],
    [['--policy', 'best'], '--policy takes adaptive'],
    [['--seeds', 'many'], '--seeds takes a number, got "many"'],
    [['--label', 'wrong'], '--label takes task, none, noisy'],
    [['--degrade', 'best'], '--degrade takes <model>@<share'],
    [['--protocol', 'mine'], '--protocol takes replay or routellm'],
    [['--what'], '--what'],
  ])('says what is wrong: %j', LONG, async (parameters, message) => {
    const { status, stdout, stderr } = await replay(parameters)
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('    at ')
    expect([status, stdout]).toEqual([2, ''])
  })

  it('says what is wrong with what it read', LONG, async () => {
    const first = ['--data', join(folder, 'first')]
    expect((await replay([...first, '--split', 'test'])).stderr).toContain(
      'no outcomes of split test',
    )
    expect((await replay([...first, '--feedback', '3'])).stderr).toContain('`feedback`')
    expect((await replay([...first, '--degrade', 'z@0.5'])).stderr).toContain('`degrade.model`')
    const help = await replay(['--help'])
    expect(help).toMatchObject({ status: 0, stderr: '' })
    expect(help.stdout).toContain('--cost-quality')
  })
})
