import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, chmod, mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

import { ConfigError, systemRuntime } from '@imrs/core'
import { describe, expect, it, onTestFinished } from 'vitest'

import type { FilledSpool } from '../../__fixtures__/fill-spool.ts'
import { messageIdsOf, recordOf, recordsOf } from '../../__fixtures__/records.ts'
import { temporaryFolder } from '../../__fixtures__/temporary-folder.ts'
import { takeRights } from '../../__fixtures__/without-rights.ts'
import { ownIdentity } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'
import { toRecordLine } from './record-line.ts'
import { resolveSpoolOptions } from './spool-options.ts'
import type { SpoolOptions } from './spool-options.ts'
import { Spool } from './spool.ts'

type Options = Partial<SpoolOptions> & { readonly segmentBytes?: number }

interface Opened {
  readonly spool: Spool
  readonly troubles: readonly string[]
}

async function open(directory: string, options: Options = {}): Promise<Opened> {
  const { segmentBytes, ...rest } = options
  const resolved = resolveSpoolOptions({ directory, ...rest })
  const troubles: string[] = []
  const spool = await Spool.open(
    { ...resolved, segmentBytes: segmentBytes ?? resolved.segmentBytes },
    { runtime: systemRuntime, report: (error) => troubles.push(error.message) },
  )
  onTestFinished(() => spool.close().catch(() => undefined))
  return { spool, troubles }
}

/** Replays all that is there, as the replayer would. */
async function drain(spool: Spool): Promise<readonly string[]> {
  const ids: string[] = []
  for (;;) {
    const segment = await spool.oldest()
    if (segment === undefined) return ids
    const lines = (await spool.read(segment)) ?? []
    ids.push(...messageIdsOf(lines.flatMap(({ batch }) => (batch === undefined ? [] : [batch]))))
    spool.advance(segment, lines)
    await spool.finish(segment)
  }
}

async function bytesIn(directory: string): Promise<number> {
  const names = await readdir(directory)
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(directory, name))).size),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function segmentsIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory)
  return names.filter((name) => name.endsWith('.segment')).toSorted()
}

/** What an owner leaves who died: segments of three records, and its lock. */
async function leaveOf(
  directory: string,
  { owner, identity }: { readonly owner: string; readonly identity: string | undefined },
): Promise<void> {
  if (identity !== undefined) await writeFile(join(directory, `${owner}.lock`), identity)
  for (const position of [1, 2, 3]) {
    const name = `${owner}-0000000${position}.${owner}.segment`
    await writeFile(join(directory, name), toRecordLine(recordOf(position)))
  }
}

const DEAD = '01900000-0000-7000-8000-000000000001'

describe('a spool', () => {
  it('gives back what it took, in order, over segments, and leaves an empty folder', async () => {
    const directory = join(await temporaryFolder(), 'made', 'for it')
    const { spool } = await open(directory, { segmentBytes: 500 })
    expect(await spool.append(recordsOf(1, 4))).toEqual({ accepted: 4, refusal: undefined })
    for (const batch of recordsOf(5, 6)) await spool.append([batch])
    expect(spool.waiting).toBe(10)
    expect((await segmentsIn(directory)).length).toBeGreaterThan(2)
    expect(await drain(spool)).toEqual(messageIdsOf(recordsOf(1, 10)))
    expect([spool.waiting, spool.isEmpty]).toEqual([0, true])
    await spool.close()
    expect(await readdir(directory)).toEqual([])
  })

  it('lets nobody else read its files', async () => {
    const directory = join(await temporaryFolder(), 'spool')
    const { spool } = await open(directory)
    await spool.append([recordOf(1)])
    const segment = await spool.oldest()
    await spool.setAside((segment && (await spool.read(segment))) ?? [])
    const names = await readdir(directory)
    expect(new Set(names.map((name) => name.split('.').at(-1)))).toEqual(
      new Set(['lock', 'rejected', 'segment']),
    )
    for (const name of names) expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600)
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
  })

  it('takes as much as there is room for, never more, and again when there is room', async () => {
    const directory = await temporaryFolder()
    const maxBytes = 64 * 1024
    const { spool } = await open(directory, { maxBytes })
    const line = toRecordLine(recordOf(100)).length
    const room = Math.floor((maxBytes - (await bytesIn(directory))) / line)
    const first = await spool.append(recordsOf(100, 100))
    expect(first.accepted).toBe(100)
    const { accepted, refusal } = await spool.append(recordsOf(200, 800))
    expect(accepted).toBe(room - 100)
    expect(refusal?.message).toContain(`of ${maxBytes} bytes`)
    expect(await spool.append([recordOf(999)])).toMatchObject({ accepted: 0 })
    expect(await bytesIn(directory)).toBeLessThanOrEqual(maxBytes)
    const ids = await drain(spool)
    expect(ids).toHaveLength(room)
    expect(await spool.append([recordOf(999)])).toMatchObject({ accepted: 1 })
  })

  it('drops a last line that was cut off, and reads on behind garbage', async () => {
    const directory = await temporaryFolder()
    const { spool } = await open(directory)
    await spool.append([recordOf(1)])
    await spool.close()
    const [name = ''] = await segmentsIn(directory)
    await appendFile(join(directory, name), 'garbage\n')
    await appendFile(join(directory, name), toRecordLine(recordOf(2)))
    await appendFile(join(directory, name), toRecordLine(recordOf(3)).subarray(0, 40))
    const next = await open(directory)
    expect(next.spool.waiting).toBe(2)
    expect(await drain(next.spool)).toEqual(['message-1', 'message-2'])
  })

  it.skipIf(process.platform === 'win32').each([
    ['in the middle of a record', 9, { accepted: 280, waiting: 280 }],
    ['before the first group is whole', 1, { accepted: 0, waiting: 0 }],
  ])('takes all or nothing of a group when the disk ends %s', async (_, kilobytes, expected) => {
    const directory = await temporaryFolder()
    const script = join(import.meta.dirname, '..', '..', '__fixtures__', 'fill-spool.ts')
    // No file may grow above this; writes are cut off there, as on a disk that is full.
    const command = `ulimit -f ${kilobytes} && exec "$0" --conditions=@imrs/source "$1" "$2"`
    const child = spawn('bash', ['-c', command, process.execPath, script, directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const filled = JSON.parse(await text(child.stdout)) as FilledSpool
    expect(filled).toMatchObject(expected)
    expect(filled.ids).toEqual(messageIdsOf(recordsOf(0, expected.accepted)))
    expect(filled.refusals.every((message) => message.startsWith('EFBIG'))).toBe(true)
  })

  it('survives a power cut when it is asked to, in the same files', async () => {
    const directory = await temporaryFolder()
    const { spool } = await open(directory, { durability: 'power' })
    expect(await spool.append(recordsOf(1, 3))).toMatchObject({ accepted: 3 })
    expect(await drain(spool)).toHaveLength(3)
  })
})

describe('a folder that', () => {
  it('cannot be used is a mistake of the configuration, which says why', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'file'), '')
    const made = open(join(folder, 'file'))
    await expect(made).rejects.toThrow(ConfigError)
    await expect(made).rejects.toThrow(/`spool\.directory` .*file cannot be used: EEXIST/)
    await expect(open(join(folder, 'file', 'in it'))).rejects.toThrow(/ENOTDIR/)
  })

  it('may not be written is one too', async () => {
    const folder = await temporaryFolder()
    await chmod(join(folder), 0o700)
    await takeRights(folder)
    await expect(open(folder)).rejects.toThrow(/cannot be used: EACCES/)
  })

  it('is removed and made again loses what was in it, says so, and takes what comes', async () => {
    const directory = join(await temporaryFolder(), 'spool')
    const { spool, troubles } = await open(directory)
    await spool.append(recordsOf(1, 2))
    await rm(directory, { recursive: true })
    const { accepted, refusal } = await spool.append([recordOf(3)])
    expect([accepted, refusal?.message]).toEqual([0, expect.stringContaining('ENOENT')])
    expect(troubles).toEqual(['2 records were in a file that is gone'])
    expect(spool.waiting).toBe(0)
    await mkdir(directory)
    expect(await spool.append([recordOf(4)])).toMatchObject({ accepted: 1 })
    expect(await drain(spool)).toEqual(['message-4'])
  })

  it('loses one file loses what was in that, and no record more', async () => {
    const directory = await temporaryFolder()
    const { spool, troubles } = await open(directory)
    await spool.append([recordOf(1)])
    const [name = ''] = await segmentsIn(directory)
    await rm(join(directory, name))
    expect(await spool.append([recordOf(2)])).toMatchObject({ accepted: 1 })
    expect(troubles).toHaveLength(1)
    expect(await drain(spool)).toEqual(['message-2'])
  })

  it('holds files of others leaves them alone', async () => {
    const directory = await temporaryFolder()
    await writeFile(join(directory, 'notes.segment'), 'mine')
    const { spool } = await open(directory)
    expect(spool.isEmpty).toBe(true)
    await spool.close()
    expect(await readdir(directory)).toEqual(['notes.segment'])
  })
})

describe('processes that share a folder', () => {
  it('leave each other’s records alone while they live', async () => {
    const directory = await temporaryFolder()
    const first = await open(directory)
    await first.spool.append(recordsOf(1, 2))
    const second = await open(directory)
    await second.spool.append([recordOf(3)])
    expect([second.spool.waiting, second.spool.hasOthers]).toEqual([1, true])
    expect(await drain(second.spool)).toEqual(['message-3'])
    await first.spool.close()
    await second.spool.takeOver()
    expect(await drain(second.spool)).toEqual(['message-1', 'message-2'])
  })

  it('share its bound', async () => {
    const directory = await temporaryFolder()
    const maxBytes = 64 * 1024
    const first = await open(directory, { maxBytes })
    const { accepted } = await first.spool.append(recordsOf(100, 150))
    const second = await open(directory, { maxBytes })
    const more = await second.spool.append(recordsOf(300, 400))
    const line = toRecordLine(recordOf(100)).length
    // What the locks hold counts too.
    expect(accepted + more.accepted).toBeGreaterThan(maxBytes / line - 4)
    expect(await bytesIn(directory)).toBeLessThanOrEqual(maxBytes)
  })

  const own = (change: Partial<ProcessIdentity>) => async () =>
    JSON.stringify({ ...(await ownIdentity()), ...change })
  // Linux gives no process an id as high as this.
  const NO_PROCESS = 2 ** 30

  it.each([
    ['whose process is gone', own({ pid: NO_PROCESS })],
    ['whose process id belongs to a later process', own({ startedAt: '1' })],
    ['that closed and left records', async () => undefined],
  ])('take over from an owner %s', async (_, identityOf) => {
    const directory = await temporaryFolder()
    await leaveOf(directory, { owner: DEAD, identity: await identityOf() })
    const { spool } = await open(directory)
    await spool.append([recordOf(4)])
    expect(spool.waiting).toBe(4)
    expect((await readdir(directory)).filter((name) => name.endsWith(`${DEAD}.lock`))).toEqual([])
    expect(await drain(spool)).toEqual(messageIdsOf(recordsOf(1, 4)))
  })

  it.each([
    ['in another container', own({ machine: 'elsewhere' })],
    ['whose lock is just being written', async () => ''],
    ['whose lock is damaged', async () => '{"pid":'],
  ])('wait with an owner %s until it gave no sign of life for long', async (_, identityOf) => {
    const directory = await temporaryFolder()
    await leaveOf(directory, { owner: DEAD, identity: await identityOf() })
    const { spool } = await open(directory)
    expect([spool.waiting, spool.hasOthers]).toEqual([0, true])
    const { mtimeMs } = await stat(join(directory, `${DEAD}.lock`))
    const before = (mtimeMs - 301_000) / 1000
    await utimes(join(directory, `${DEAD}.lock`), before, before)
    await spool.takeOver()
    expect([spool.waiting, spool.hasOthers]).toEqual([3, false])
  })

  it('that start together take every segment once', async () => {
    const directory = await temporaryFolder()
    const identity = await own({ pid: NO_PROCESS })()
    const owners = Array.from({ length: 5 }, (_, index) => DEAD.replace(/1$/, String(index)))
    for (const owner of owners) await leaveOf(directory, { owner, identity })
    const opened = await Promise.all(Array.from({ length: 4 }, () => open(directory)))
    const waiting = opened.reduce((sum, { spool }) => sum + spool.waiting, 0)
    const left = await open(directory)
    expect(waiting + left.spool.waiting).toBe(15)
    for (const { spool } of [...opened, left]) await drain(spool)
    expect(await segmentsIn(directory)).toEqual([])
  })

  it('that are killed lose nothing that they had accepted', async () => {
    const directory = await temporaryFolder()
    const script = join(import.meta.dirname, '..', '..', '__fixtures__', 'append-forever.ts')
    const flags = ['--conditions=@imrs/source', script, directory]
    const accepted: string[] = []
    for (const [round, untilLine] of [1, 20, 90].entries()) {
      const first = round * 100_000
      const child = spawn(process.execPath, [...flags, String(first)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const lines: string[] = []
      for await (const line of createInterface({ input: child.stdout })) {
        lines.push(line)
        // In the middle of whatever it is doing then.
        if (lines.length === untilLine) child.kill('SIGKILL')
      }
      // What it wrote may be read to its end before it is gone.
      if (child.signalCode === null) await once(child, 'exit')
      expect(lines.length).toBeGreaterThanOrEqual(untilLine)
      accepted.push(...messageIdsOf(recordsOf(first, Number(lines.at(-1)) - first)))
    }
    const { spool, troubles } = await open(directory)
    const ids = await drain(spool)
    expect(ids.filter((id) => accepted.includes(id))).toEqual(accepted)
    // Of each, at most the group that was being written when it died.
    expect(ids.length - accepted.length).toBeLessThanOrEqual(9)
    expect(troubles).toEqual([])
    await spool.close()
    expect(await readdir(directory)).toEqual([])
  }, 30_000)

  it('notice that a segment was taken from under them, and lose nothing', async () => {
    const directory = await temporaryFolder()
    const first = await open(directory)
    await first.spool.append([recordOf(1)])
    // What happens to a process that was asleep for longer than the others waited.
    const [lock = ''] = (await readdir(directory)).filter((name) => name.endsWith('.lock'))
    await writeFile(join(directory, lock), await own({ pid: NO_PROCESS })())
    const second = await open(directory)
    expect(await first.spool.append([recordOf(2)])).toMatchObject({ accepted: 1 })
    expect(await drain(second.spool)).toEqual(['message-1'])
    expect(await drain(first.spool)).toEqual(['message-2'])
  })
})

it.each([
  [{ directory: '' }, '`spool.directory`'],
  [{ directory: 7 as unknown as string }, '`spool.directory`'],
  [
    { directory: 'x', maxBytes: 65_535 },
    '`spool.maxBytes` must be a whole number from 65536, got 65535',
  ],
  [{ directory: 'x', maxBytes: Number.NaN }, '`spool.maxBytes`'],
  [{ directory: 'x', durability: 'ever' as 'power' }, '`spool.durability`'],
  [{ directory: 'x', storeTimeoutMs: 0 }, '`spool.storeTimeoutMs`'],
])('the options %j are refused by name', (options, message) => {
  expect(() => resolveSpoolOptions(options)).toThrow(ConfigError)
  expect(() => resolveSpoolOptions(options)).toThrow(message)
})
