/** The part of a stream that the command line writes to. */
export interface OutputStream {
  write(text: string, done: (error?: Error | null) => void): boolean
  /** Whether a person looks at it. */
  readonly isTTY?: boolean | undefined
  on(event: 'error', listener: (error: Error) => void): unknown
  off(event: 'error', listener: (error: Error) => void): unknown
}

/** Whoever read the output has enough: `imrs models | head -1`. The command ends quietly. */
export class BrokenPipeError extends Error {
  override readonly name: string = 'BrokenPipeError'
}

/** Where the command line writes. A write is done when the stream has taken it. */
export interface Output {
  readonly isTerminal: boolean
  /** @throws BrokenPipeError when nobody reads any more. */
  write(text: string): Promise<void>
}

export function createOutput(stream: OutputStream): Output {
  return {
    isTerminal: stream.isTTY === true,
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (error === undefined || error === null) resolve()
          else reject(isBrokenPipe(error) ? new BrokenPipeError() : error)
        })
      }),
  }
}

/** A failed write is told to its writer; without a listener Node would end the process as well. */
export function ignoreErrors(streams: readonly OutputStream[]): () => void {
  const nothing = (): void => {}
  for (const stream of streams) stream.on('error', nothing)
  return () => {
    for (const stream of streams) stream.off('error', nothing)
  }
}

function isBrokenPipe(error: Error): boolean {
  return (
    'code' in error &&
    (error.code === 'EPIPE' ||
      error.code === 'ERR_STREAM_DESTROYED' ||
      error.code === 'ERR_STREAM_WRITE_AFTER_END')
  )
}
