import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

import { describe, expect, it } from 'vitest'

import { newFolder, startImrs } from './__fixtures__/imrs.ts'

const BIN = join(resolve(import.meta.dirname, '..'), 'bin', 'imrs.js')
const IMRS = `'${process.execPath}' --conditions=@imrs/source '${BIN}'`

/** Runs a line of bash, with `imrs` in it. */
async function bash(
  line: string,
  folder: string,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return promisify(execFile)('bash', ['--norc', '-c', `imrs() { ${IMRS} "$@"; }; ${line}`], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
  })
}

describe('the process', () => {
  it('ends quietly when nobody reads on', async () => {
    const folder = await newFolder()
    const line = 'imrs models --simulator --json | head -1; echo "${PIPESTATUS[0]}"'
    const { stdout, stderr } = await bash(line, folder)
    expect([stdout, stderr]).toEqual(['{\n0\n', ''])
    // Closed before the first word.
    const closed = await bash('imrs models --simulator | true; echo "${PIPESTATUS[0]}"', folder)
    expect([closed.stdout, closed.stderr]).toEqual(['0\n', ''])
  })

  it('answers out of a pipe into a pipe, with the text alone', async () => {
    const folder = await newFolder()
    const line = 'echo "Write a haiku" | imrs chat --simulator 2>said | cat'
    const { stdout } = await bash(line, folder)
    expect(stdout.trim()).not.toBe('')
    expect(stdout).not.toContain('Answered by')
    expect(stdout).not.toContain('\u001B')
  })

  it('exits with 0, 1 and 2', async () => {
    const folder = await newFolder()
    const codes =
      'imrs --version >v; echo $?; imrs chat hello 2>e; echo $?; imrs nothing 2>u; echo $?'
    expect((await bash(codes, folder)).stdout).toBe('0\n1\n2\n')
    expect((await bash('cat v', folder)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect((await bash('cat u', folder)).stdout).toContain("unknown command 'nothing'")
    const wrong = await bash('imrs providers add || true; imrs models --nope || true', folder)
    expect(wrong.stderr).toContain('(imrs providers add --help says what it takes)')
    expect(wrong.stderr).toContain('(imrs models --help says what it takes)')
  })

  it('says how to rate an answer, and that works as typed', async () => {
    const folder = await newFolder()
    const asks = `imrs chat --simulator --data my.db --user "it's me" hello 2>said`
    const { stdout } = await bash(
      `${asks} >answer; eval "$(grep -o 'imrs feedback.*' said)"`,
      folder,
    )
    expect(stdout).toBe('Recorded: 1 counts (explicit)\n')
  })

  it.each(['20.20.2', '22.17.1'])('does not begin under Node %s, and says so', async (version) => {
    const fake = `Object.defineProperty(process.versions,'node',{value:'${version}'})`
    const started = promisify(execFile)(
      process.execPath,
      ['--conditions=@imrs/source', '--import', `data:text/javascript,${fake}`, BIN, '--version'],
      { env: { PATH: process.env['PATH'] } },
    )
    await expect(started).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: `imrs: This needs Node 22.18 or newer, but runs under ${version} (${process.execPath}).\n`,
    })
  })

  it('ends a chat that waits for its question', async () => {
    const { child, ended, until } = startImrs(['chat', '--simulator'], {
      folder: await newFolder(),
    })
    // It reads the pipe to its end before it opens anything.
    child.stdin.write('half a question')
    const listening = until('stderr', /Stopped/).catch(() => {})
    const isReady = new Promise((done) => {
      child.stdin.once('drain', done)
      child.stdin.write('x'.repeat(200_000), done)
    })
    await isReady
    child.kill('SIGINT')
    await listening
    const { code, stdout, stderr } = await ended
    expect([code, stdout, stderr]).toEqual([130, '', 'Stopped\n'])
  })
})

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('has a script for %s', async (shell) => {
    const { stdout } = await bash(`imrs complete ${shell}`, await newFolder())
    expect(stdout).toContain('imrs')
    expect(stdout.length).toBeGreaterThan(500)
    if (shell === 'bash') {
      const checked = await bash('imrs complete bash | bash -n && echo fine', await newFolder())
      expect(checked.stdout).toBe('fine\n')
    }
  })

  it('completes commands, options and what they take', async () => {
    const folder = await newFolder()
    const complete = async (words: string): Promise<readonly string[]> =>
      (await bash(`imrs complete -- ${words}`, folder)).stdout
        .split('\n')
        .map((line) => line.split('\t')[0] ?? '')
    expect(await complete('pro')).toContain('providers')
    expect(await complete('providers ""')).toEqual(expect.arrayContaining(['add', 'list', 'test']))
    expect(await complete('models --so')).toContain('--sort')
    expect(await complete('models --sort ""')).toContain('inputPrice')
  })
})
