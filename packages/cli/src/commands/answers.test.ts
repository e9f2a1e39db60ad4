import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'

import { imrs, newFolder, terminal } from '../__fixtures__/imrs.ts'
import type { Ended } from '../__fixtures__/imrs.ts'
import { runCommandLine } from '../run-command-line.ts'

const answerSchema = z.object({
  messageId: z.uuid(),
  model: z.string(),
  text: z.string().min(1),
  notes: z.array(z.string()),
  decision: z.object({ type: z.literal('decision'), decisionId: z.uuid() }),
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }),
  costUsd: z.number().optional(),
  end: z.object({ finishReason: z.literal('stop') }),
})

describe('imrs route', () => {
  const question = ['route', '--simulator', 'write', 'a', 'Python', 'function']

  it('says which model would answer and why, and what was left out', async () => {
    const { code, stdout } = await imrs(question, { folder: await newFolder() })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Code: .+ from priority 0\.50/)
    expect(stdout).toMatch(/^ *# +model +score +priority +experience +ratings$/m)
    expect(stdout).toMatch(/^ *1 +\S+\/\S+ +0\.\d+/m)
    expect(stdout).toMatch(/^1 model +unavailable +anthropic\/claude-2\.1$/m)
  })

  it('gives the decision as JSON, and stores nothing', async () => {
    const folder = await newFolder()
    const { stdout } = await imrs([...question, '--json'], { folder })
    const { explanation, decision } = JSON.parse(stdout) as {
      explanation: string
      decision: { task: { type: string }; candidates: readonly unknown[] }
    }
    expect(explanation).toContain('Code: ')
    expect(decision.task.type).toBe('code')
    expect(decision.candidates.length).toBeGreaterThan(5)
    const report = await imrs(['performance', '--simulator', '--json'], { folder })
    expect(JSON.parse(report.stdout)).toMatchObject({ rows: [] })
  })

  it('brings a dial', async () => {
    const folder = await newFolder()
    const { stdout } = await imrs([...question, '--cost-quality', '0.3', '--json'], { folder })
    // `weighted`, the strategy of a router that names none, has no dial.
    expect(JSON.parse(stdout)).toMatchObject({ decision: { ignoredCostQuality: 0.3 } })
  })

  it('fails for a model that there is not', async () => {
    const given = [...question, '--model', 'gpt-9']
    const { code, stderr } = await imrs(given, { folder: await newFolder() })
    expect([code, stderr]).toEqual([1, expect.stringMatching(/gpt-9.*imrs models/)])
  })
})

describe('imrs chat, feedback and performance', () => {
  it('answers, takes a rating, and shows both in the report', async () => {
    const folder = await newFolder()
    const run = async (...parameters: string[]): Promise<Ended> =>
      imrs([...parameters, '--simulator'], { folder })
    const { code, stdout, stderr } = await run('chat', 'Write a haiku about rivers')
    expect(code).toBe(0)
    expect(stdout.trim().length).toBeGreaterThan(10)
    const id = /imrs feedback (\S+) thumbs-up/.exec(stderr)?.[1] ?? ''
    const rated = await run('feedback', id, 'thumbs-up')
    expect(rated).toMatchObject({ code: 0, stdout: 'Recorded: 1 counts (explicit)\n' })
    const better = await run('feedback', id, '0.25', '--json')
    expect(JSON.parse(better.stdout)).toMatchObject({ messageId: id, rating: 0.25, changed: true })
    const report = await run('performance', '--by', 'model,task-type')
    expect(report.stdout).toMatch(/^model +task +requests +failures +rating/)
    expect(report.stdout).toMatch(/^\S+\/\S+ +\S+ +1 +0 +\(0\.25 of 1\)/m)
    const month = JSON.parse((await run('performance', '--by', 'month', '--json')).stdout) as {
      rows: readonly object[]
    }
    expect(month.rows).toMatchObject([{ requests: 1, failures: 0 }])
    const why = await run('feedback', id, 'thumbs-down', '--reasons', 'too-long,slow')
    expect(why.stdout).toBe('Recorded: 0 counts (explicit, too-long, slow)\n')
    const back = await run('feedback', id, 'retract')
    expect(back.stdout).toBe('Recorded: nothing counts\n')
  })

  it('gives one JSON object', async () => {
    const given = ['chat', '--simulator', '--json', 'hello']
    const { code, stdout, stderr } = await imrs(given, { folder: await newFolder() })
    expect([code, stderr]).toEqual([0, ''])
    expect(answerSchema.parse(JSON.parse(stdout)).text).not.toBe('')
  })

  it('reads a pipe, alone and within a text', async () => {
    const world = { folder: await newFolder(), stdin: 'What is a monad?\n' }
    const alone = await imrs(['chat', '--simulator'], world)
    expect([alone.code, alone.stdout.trim() === '']).toEqual([0, false])
    const within = await imrs(['chat', '--simulator', 'Shorten:', '-'], world)
    expect(within.code).toBe(0)
    const empty = await imrs(['chat', '--simulator'], { ...world, stdin: '  \n' })
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('nothing to ask')])
    const bytes = await imrs(['chat', '--simulator'], { ...world, stdin: new Uint8Array([0xff]) })
    expect([bytes.code, bytes.stderr]).toEqual([2, expect.stringContaining('UTF-8')])
  })

  it('talks at a terminal until the input ends, with what was said before', async () => {
    const stdin = terminal()
    const said = { stdout: '', stderr: '' }
    const place = (name: 'stdout' | 'stderr') => {
      const stream = terminal()
      stream.on('data', (text: Buffer) => {
        said[name] += text.toString()
        // The second line is typed when the first was answered.
        if (name === 'stderr' && text.toString() === '> ') lines.shift()?.()
      })
      return stream
    }
    const lines = [
      () => void stdin.write('hello\n'),
      () => void stdin.write('\n'),
      () => void stdin.write('and again\n'),
      () => void stdin.end(),
    ]
    const code = await runCommandLine({
      parameters: ['chat', '--simulator'],
      folder: await newFolder(),
      environment: {},
      stdin,
      stdout: place('stdout'),
      stderr: place('stderr'),
    })
    expect(code).toBe(0)
    expect(said.stderr.match(/Answered by/g)).toHaveLength(2)
    expect(said.stderr).toMatch(/> \n$/)
    expect(said.stdout.trim().split('\n').length).toBeGreaterThanOrEqual(2)
  })

  it('ends a talk at Ctrl-C, cleanly', async () => {
    const stop = new AbortController()
    const [stdout, stderr] = [terminal().resume(), terminal()]
    stderr.on('data', (text: Buffer) => {
      if (text.toString() === '> ') stop.abort(new Error('SIGINT'))
    })
    const code = await runCommandLine({
      parameters: ['chat', '--simulator'],
      folder: await newFolder(),
      environment: {},
      stdin: terminal(),
      stdout,
      stderr,
      signal: stop.signal,
    })
    expect(code).toBe(0)
  })

  it('ends quietly when whoever reads the answer goes away', async () => {
    const stdout = terminal()
    stdout.once('data', () => stdout.destroy())
    const said = terminal()
    const code = await runCommandLine({
      parameters: ['chat', '--simulator', 'Tell me a long story'],
      folder: await newFolder(),
      environment: {},
      stdin: terminal(),
      stdout,
      stderr: said,
    })
    expect(code).toBe(0)
    expect(String(said.read())).not.toContain('Answered by')
  })

  it('fails when nobody can answer, and says what to do', async () => {
    const { code, stdout, stderr } = await imrs(['chat', 'hello'], { folder: await newFolder() })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^imrs: There is no provider\. Set one of .*--simulator/)
    const json = await imrs(['chat', 'hello', '--json'], { folder: await newFolder() })
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'failed' } })
  })

  it('ends at once when it is stopped', async () => {
    const stop = new AbortController()
    stop.abort(new Error('SIGINT'))
    onTestFinished(() => stop.abort())
    const world = { folder: await newFolder(), signal: stop.signal }
    expect(await imrs(['chat', 'hello', '--simulator'], world)).toMatchObject({
      code: 130,
      stderr: 'Stopped\n',
    })
  })

  it.each([
    [['feedback', 'x', '2'], 'A rating is a number from 0 to 1'],
    [['feedback', 'x', '1', '--reasons', 'clear,dull'], '--reasons takes incorrect'],
    [['feedback', 'x'], "missing required argument 'rating'"],
    [['performance', '--by', 'mood'], '--by takes model, task-type'],
    [['performance', '--from', 'soon'], '--from takes a time such as 2026-11-01'],
    [
      ['route', 'hi', '--cost-quality', '1.1'],
      '--cost-quality takes a number from 0 to 1, got "1.1"',
    ],
    [['route'], "missing required argument 'text'"],
  ])('refuses %j with 2', async (parameters, message) => {
    const given = [...parameters, '--simulator']
    const { code, stderr } = await imrs(given, { folder: await newFolder() })
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  })

  it('knows no answer of another user', async () => {
    const folder = await newFolder()
    const asked = await imrs(['chat', '--simulator', '--json', 'hello'], { folder })
    const { messageId } = answerSchema.parse(JSON.parse(asked.stdout))
    const given = ['feedback', messageId, 'thumbs-up', '--user', 'somebody', '--simulator']
    expect((await imrs(given, { folder })).code).toBe(1)
  })
})
