import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

import { describe, expect, it, onTestFinished } from 'vitest'

import { createGate, startSimulator } from '../simulator/index.ts'
import type { Simulator } from '../simulator/index.ts'
import { startPipeEndpoint } from './__fixtures__/pipe-endpoint.ts'
import { CONFORMANCE_SCENARIOS, runConformanceCommand } from './index.ts'
import type { ConformanceReport } from './index.ts'

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

interface CommandSetup {
  readonly key?: string | undefined
  readonly isTTY?: boolean
  readonly signal?: AbortSignal
}

async function command(parameters: readonly string[], setup: CommandSetup = {}): Promise<Ended> {
  let [stdout, stderr] = ['', '']
  const code = await runConformanceCommand({
    parameters,
    stdout: { write: (text) => (stdout += text), isTTY: setup.isTTY },
    stderr: { write: (text) => (stderr += text) },
    signal: setup.signal,
    environment: (name) => (name === 'IMRS_CONFORMANCE_KEY' ? setup.key : undefined),
  })
  return { code, stdout, stderr }
}

async function start(): Promise<Simulator> {
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  return simulator
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('an endpoint that is asked as it is', () => {
  it('keeps every promise that needs no fault, and says why the others were skipped', async () => {
    const { baseUrls, keys } = await start()
    const { code, stdout } = await command([baseUrls.openai], { key: keys.openai })
    expect(stdout).toContain('no provider was started (--upstream-port)')
    expect(stdout).toContain('ok       http-done: A stream ends with `[DONE]`, once')
    expect(stdout).toMatch(/skipped {2}ended-after-text/)
    expect(stdout).toMatch(/ \d+ skipped: needs a subject that calls the simulator/)
    expect(stdout).toMatch(/^16 passed, 0 failed, \d+ skipped$/m)
    expect(code).toBe(0)
  })

  it('fails where it breaks one, with code 1', async () => {
    const simulator = await start()
    simulator.always({}, { type: 'truncate', afterChunks: 2 })
    const { code, stdout } = await command([simulator.baseUrls.openai, '--only', 'http-done'], {
      key: simulator.keys.openai,
    })
    expect(stdout).toContain('FAILED   http-done')
    expect(stdout).toContain('where `[DONE]` stands: expected')
    expect(stdout).toContain('0 passed, 1 failed, 0 skipped')
    expect(code).toBe(1)
  })

  it('is told a key only by the environment', async () => {
    const { baseUrls, keys } = await start()
    const refused = await command([baseUrls.openai, '--api-key', keys.openai])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('IMRS_CONFORMANCE_KEY')
    expect(refused.stderr).not.toContain(keys.openai)
    const without = await command([
      baseUrls.openai,
      '--model',
      'gpt-4o',
      '--only',
      'http-wrong-key',
    ])
    expect(without.stdout).toContain('1 skipped: the endpoint was given no key')
  })
})

describe('an endpoint that calls the provider of the command', () => {
  it('is shown every fault', async () => {
    const port = await freePort()
    const endpoint = await startPipeEndpoint(() => `http://127.0.0.1:${port}/openai/v1`)
    onTestFinished(() => endpoint.close())
    const { code, stdout, stderr } = await command(
      [endpoint.url, '--upstream-port', String(port), '--json', '--deadline-ms', '5000'],
      { key: 'sk-proj-simulator' },
    )
    expect(stderr).toContain(`http://127.0.0.1:${port}/openai/v1  key sk-proj-simulator`)
    expect(stderr).toContain('it calls gpt-4o of the provider started here, in the form of openai')
    const report = JSON.parse(stdout) as ConformanceReport
    const failed = report.scenarios.filter(({ status }) => status === 'failed')
    // What a pipe does not do: it judges no answer, and hides nothing of what a provider says.
    expect(failed.map(({ id }) => id)).toEqual([
      'empty-answer',
      'white-space-answer',
      'answer-filtered',
      'no-key-in-message',
    ])
    expect(report.passed).toBeGreaterThan(140)
    expect(report.scenarios).toHaveLength(CONFORMANCE_SCENARIOS.length)
    expect(report.passed + report.failed + report.skipped).toBe(CONFORMANCE_SCENARIOS.length)
    expect(code).toBe(1)
  }, 60_000)

  it('is said not to when it does not', async () => {
    const { baseUrls, keys } = await start()
    const port = String(await freePort())
    const parameters = [baseUrls.openai, '--upstream-port', port, '--only', 'plain-answer']
    const { code, stdout } = await command(parameters, { key: keys.openai })
    expect(stdout).toContain('it did not call the provider started here')
    expect(stdout).toContain('0 passed, 0 failed, 1 skipped')
    expect(code).toBe(0)
  })
})

describe('the output', () => {
  it('is one JSON object with --json, the rest is told beside it', async () => {
    const { baseUrls, keys } = await start()
    const parameters = [baseUrls.openai, '--json', '--only', 'http-whole', '--only', 'http-done']
    const { stdout, stderr } = await command(parameters, { key: keys.openai })
    expect(JSON.parse(stdout)).toMatchObject({
      passed: 2,
      failed: 0,
      scenarios: [
        { id: 'http-done', status: 'passed', durationMs: expect.any(Number) },
        { id: 'http-whole', status: 'passed', group: 'endpoint' },
      ],
    })
    expect(stderr).toContain('2 passed, 0 failed, 0 skipped')
  })

  it('is one line that changes on a terminal, on which failures stay', async () => {
    const simulator = await start()
    simulator.script({}, { type: 'truncate', afterChunks: 2 })
    const parameters = [simulator.baseUrls.openai, '--only', 'http-done', '--only', 'http-whole']
    const setup = { key: simulator.keys.openai, isTTY: true }
    const { stdout } = await command(parameters, setup)
    const seen = stdout.split('\r\u001B[2K')
    expect(seen).toContain('[2/2] http-whole')
    expect(seen.filter((text) => text.startsWith('FAILED   http-done'))).toHaveLength(1)
    expect(stdout).not.toContain('ok       ')
  })

  it('says what there is', async () => {
    const help = await command(['--help'])
    expect(help).toMatchObject({ code: 0, stderr: '' })
    for (const option of ['--model', '--upstream-port', '--with', '--only', '--json', '--list']) {
      expect(help.stdout).toContain(option)
    }
    expect(help.stdout.split('\n').filter((line) => line.length > 100)).toEqual([])
    const { stdout } = await command(['--list'])
    expect(stdout.trim().split('\n')).toHaveLength(CONFORMANCE_SCENARIOS.length)
    const some = await command(['--list', '--only', 'clock', '--only', 'plain-answer'])
    expect(some.stdout).toContain('clock      clock-back: ')
    expect(some.stdout).toContain('reading    plain-answer: ')
  })
})

describe('a command line that makes no sense', () => {
  it.each([
    [[], 'Which endpoint?'],
    [['http://a', 'http://b'], 'One endpoint at a time'],
    [['ftp://a'], 'must be an http: or https: address, got ftp://a'],
    [['http://a', '--only', 'nothing'], 'No scenario and no group is called "nothing"'],
    [['http://a', '--with', 'flying'], '--with takes failover, timeouts, retries, got "flying"'],
    [
      ['http://a', '--upstream-port', 'x'],
      '--upstream-port must be a whole number from 1 to 65535',
    ],
    [['http://a', '--deadline-ms', '0'], '--deadline-ms must be a whole number'],
    [['http://a', '--nonsense'], '--nonsense'],
  ])('%j is refused with code 2', async (parameters, message) => {
    const ended = await command(parameters)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain(message)
  })

  it('names an address at which nobody answers, and a port that is taken', async () => {
    const url = `http://127.0.0.1:${await freePort()}/v1`
    const nobody = await command([url])
    expect(nobody.code).toBe(2)
    expect(nobody.stderr).toContain(`${url}/models could not be read: connect ECONNREFUSED`)
    const { url: taken } = await start()
    const busy = await command([url, '--upstream-port', new URL(taken).port])
    expect(busy.code).toBe(2)
    expect(busy.stderr).toMatch(/--upstream-port \d+ cannot be used: .*EADDRINUSE/)
  })
})

describe('stopping', () => {
  it('ends what runs, and has code 130', async () => {
    const simulator = await start()
    const abort = new AbortController()
    simulator.always({}, { type: 'stall', stage: 'headers', gate: createGate() })
    const arriving = simulator.nextCall()
    const parameters = [simulator.baseUrls.openai, '--only', 'http-stream']
    const running = command(parameters, { key: simulator.keys.openai, signal: abort.signal })
    const call = await arriving
    abort.abort(new Error('enough'))
    expect(await running).toMatchObject({ code: 130, stderr: '\nStopped\n' })
    expect(await call.closed).toBe('aborted-by-client')
  })

  it('works by Ctrl-C', async () => {
    const simulator = await start()
    simulator.always({}, { type: 'stall', stage: 'headers', gate: createGate() })
    const arriving = simulator.nextCall()
    const file = join(import.meta.dirname, '../../bin/imrs-conformance.js')
    const child = spawn(
      process.execPath,
      ['--conditions=@imrs/source', file, simulator.baseUrls.openai, '--only', 'http-stream'],
      { env: { ...process.env, IMRS_CONFORMANCE_KEY: simulator.keys.openai } },
    )
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
    await arriving
    child.kill('SIGINT')
    expect(await exited).toBe(130)
  }, 20_000)
})
