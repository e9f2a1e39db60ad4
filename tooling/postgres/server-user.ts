import { spawnSync } from 'node:child_process'

/** Who the server runs as; PostgreSQL refuses to run as root. */
export interface ServerUser {
  readonly uid?: number
  readonly gid?: number
}

/** `nobody` for root, else whoever we are. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {}
  return { uid: idOf('-u'), gid: idOf('-g') }
}

function idOf(flag: '-u' | '-g'): number {
  const { stdout } = spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' })
  const id = Number.parseInt(stdout, 10)
  if (Number.isInteger(id)) return id
  throw new Error('Root needs a user `nobody` to run PostgreSQL as; there is none')
}
