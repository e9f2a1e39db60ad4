import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TemporaryFolder {
  readonly path: string
  readonly remove: () => Promise<void>
}

export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'imrs-sqlite-'))
  return { path, remove: async () => rmSync(path, { recursive: true, force: true }) }
}
