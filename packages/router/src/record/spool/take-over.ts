import { rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'

import { ifThere, listSpoolFiles, lockName, segmentName } from './spool-files.ts'
import type { SpoolFile } from './spool-files.ts'
import type { SpoolLock } from './spool-lock.ts'

export interface TakenOver {
  /** Origins of the segments that are ours now, by age. */
  readonly origins: readonly string[]
  /** Whether others have segments who live, or of whom that cannot be seen: look again later. */
  readonly hasOthers: boolean
}

/**
 * Takes the segments of owners that have ended, by renaming them: of several processes that try, one
 * gets the file and the others find it gone. Locks of the dead go last.
 */
export async function takeOver(directory: string, lock: SpoolLock): Promise<TakenOver> {
  await lock.touch()
  const files = (await listSpoolFiles(directory)).filter(({ owner }) => owner !== lock.owner)
  const origins: string[] = []
  let hasOthers = false
  for (const owner of new Set(files.map((file) => file.owner))) {
    const segments = files.filter((file) => file.owner === owner && file.kind === 'segment')
    const state = await lock.stateOf(owner)
    if (state !== 'ended') {
      hasOthers ||= segments.length > 0
      continue
    }
    origins.push(...(await takeSegments(directory, lock, segments)))
    await ifThere(() => unlink(join(directory, lockName(owner))))
  }
  return { origins: origins.sort(), hasOthers }
}

async function takeSegments(
  directory: string,
  lock: SpoolLock,
  segments: readonly SpoolFile[],
): Promise<readonly string[]> {
  const taken: string[] = []
  for (const { name, origin } of segments) {
    const target = join(directory, segmentName(origin, lock.owner))
    const isTaken = await ifThere(async () => {
      await rename(join(directory, name), target)
      return true
    })
    if (isTaken === true) taken.push(origin)
  }
  return taken
}
