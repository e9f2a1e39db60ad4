import { chmod } from 'node:fs/promises'

import { onTestFinished } from 'vitest'

const NOBODY = 65_534

/** Makes a folder one that this process cannot write, also when it runs as root; until the test ends. */
export async function takeRights(folder: string): Promise<void> {
  await chmod(folder, 0o500)
  if (process.geteuid?.() !== 0 || process.seteuid === undefined) return
  process.seteuid(NOBODY)
  onTestFinished(() => process.seteuid?.(0))
}
