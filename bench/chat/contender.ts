import type { ServerMode } from './server-mode.ts'

/** Where a contender makes its calls. */
export interface Course {
  readonly serverUrl: string
  readonly mode: ServerMode
  /** Absent where no PostgreSQL can be started. */
  readonly postgresUrl?: string | undefined
}

/** One way to get an answer of the same server. */
export interface Contender {
  /** Makes one call and reads it to its end; gives on each piece of text when it comes. */
  call(onText: (text: string) => void): Promise<void>
  /** CPU time so far of a process of its own, microseconds. */
  cpuOfOthers?(): Promise<number>
  close(): Promise<void>
}

/** `undefined` when it cannot run here. */
export type OpenContender = (course: Course) => Promise<Contender | undefined>

export const QUESTION = 'Which rivers flow into the North Sea?'
export const KEY = 'sk-bench'
