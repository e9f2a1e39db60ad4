import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'

/** Starts a script of this folder in a process of its own. */
export function runNode(script: string, ...parameters: string[]): ChildProcess {
  const flags = ['--conditions=@imrs/source', join(import.meta.dirname, script)]
  return spawn(process.execPath, [...flags, ...parameters], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}
