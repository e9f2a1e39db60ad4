import { open, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

import { ifThere } from './spool-files.ts'

export interface SegmentWriterOptions {
  readonly path: string
  /** What a written record survives: the death of the process, or a power cut too. */
  readonly durability: 'process' | 'power'
}

/** A segment being written: records are added at its end and nothing is ever changed. */
export class SegmentWriter {
  readonly #options: SegmentWriterOptions
  readonly #handle: FileHandle
  /** Which file the path meant when it was made. */
  readonly #inode: bigint
  #bytes = 0

  private constructor(options: SegmentWriterOptions, handle: FileHandle, inode: bigint) {
    this.#options = options
    this.#handle = handle
    this.#inode = inode
  }

  /** Makes the file, readable by its owner only. */
  static async create(options: SegmentWriterOptions): Promise<SegmentWriter> {
    const handle = await open(options.path, 'ax', 0o600)
    try {
      const { ino } = await handle.stat({ bigint: true })
      if (options.durability === 'power') await syncDirectory(dirname(options.path))
      return new SegmentWriter(options, handle, ino)
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  get bytes(): number {
    return this.#bytes
  }

  /**
   * Adds all of the data or none of it. When it resolves, the operating system has it, and with
   * `power` the disk.
   *
   * @throws the file system's error, or one that says that the file has been moved or deleted. Then
   * the segment is to be closed: that nothing is left of the data is not certain.
   */
  async append(data: Buffer): Promise<void> {
    try {
      await this.#handle.appendFile(data)
      if (this.#options.durability === 'power') await this.#handle.datasync()
      await this.#assertInPlace()
      this.#bytes += data.length
    } catch (error) {
      // What was written of it must not stay: it was not promised, and what follows must be readable.
      await this.#handle.truncate(this.#bytes).catch(() => undefined)
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }

  /** Somebody who empties the directory, or takes this process for dead, would take the record along. */
  async #assertInPlace(): Promise<void> {
    const { path } = this.#options
    const there = await ifThere(() => stat(path, { bigint: true }))
    if (there?.ino === this.#inode) return
    throw new Error(`${path} is not there any more: it was moved or deleted while it was written`)
  }
}

/** A new file's name is on the disk only when its directory is. */
async function syncDirectory(directory: string): Promise<void> {
  // Windows cannot, and does not need it.
  if (process.platform === 'win32') return
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
