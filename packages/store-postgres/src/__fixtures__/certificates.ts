import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An authority, and a certificate for `localhost` that it has signed; PEM. */
export interface Certificates {
  readonly authority: string
  readonly certificate: string
  readonly key: string
}

/** Whether certificates can be made here: Node has no function for it. */
export function hasOpenssl(): boolean {
  return spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0
}

/** Makes an authority of its own, and signs a certificate for `localhost`, good for a day. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-certificates-'))
  try {
    const openssl = (...parameters: readonly string[]): void => {
      const { status, stderr } = spawnSync('openssl', parameters, { cwd: folder, encoding: 'utf8' })
      if (status !== 0) throw new Error(`openssl failed: ${stderr}`)
    }
    const keyOf = ['-newkey', 'rsa:2048', '-nodes']
    const days = ['-days', '1']
    openssl('req', '-x509', ...keyOf, ...days, '-subj', '/CN=test authority', '-keyout', 'ca.key', '-out', 'ca.pem')
    openssl('req', ...keyOf, '-subj', '/CN=localhost', '-keyout', 'server.key', '-out', 'server.csr')
    writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost')
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names']
    openssl('x509', '-req', '-in', 'server.csr', ...signed, ...days, '-out', 'server.pem')
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
    return { authority: read('ca.pem'), certificate: read('server.pem'), key: read('server.key') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
