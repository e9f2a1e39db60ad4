import cliProgress from 'cli-progress'

import type { OutputStream } from './output.ts'

/** How far something is; seen on a terminal only. */
export interface Progress {
  show(done: number, total: number, what: string): void
  /** Takes it away again. */
  end(): void
}

/** A bar on the terminal, or nothing where there is none. */
export function createProgress(isLive: boolean, stream: OutputStream): Progress {
  if (!isLive) return { show: () => {}, end: () => {} }
  const bar = new cliProgress.SingleBar({
    format: '[{bar}] {percentage} % {what}',
    barCompleteChar: '#',
    barIncompleteChar: '.',
    hideCursor: true,
    clearOnComplete: true,
    stream: stream as NodeJS.WritableStream & OutputStream,
  })
  let isStarted = false
  return {
    show: (done, total, what) => {
      if (!isStarted) bar.start(total, done, { what })
      isStarted = true
      bar.setTotal(total)
      bar.update(done, { what })
    },
    end: () => {
      if (isStarted) bar.stop()
    },
  }
}
