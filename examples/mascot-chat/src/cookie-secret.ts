import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The secret that signs the cookies: made once, kept in the data folder, readable by its owner only. */
export async function cookieSecretIn(dataFolder: string): Promise<string> {
  const file = join(dataFolder, 'cookie-secret')
  const fresh = randomBytes(32).toString('base64url')
  try {
    await writeFile(file, fresh, { flag: 'wx', mode: 0o600, flush: true })
    return fresh
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return readSecret(file)
  }
}

async function readSecret(file: string): Promise<string> {
  const secret = (await readFile(file, 'utf8')).trim()
  if (secret.length >= 32) return secret
  throw new Error(`${file} is damaged. Delete it: visitors then begin as new ones.`)
}
