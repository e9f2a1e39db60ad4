import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'

import { startOwnPostgres } from '../../../tooling/postgres/index.ts'
import type { OwnPostgres } from '../../../tooling/postgres/index.ts'
import { hasOpenssl, makeCertificates } from './__fixtures__/certificates.ts'
import type { Certificates } from './__fixtures__/certificates.ts'
import type { PostgresTls } from './connection-options.ts'
import type { PostgresStoreOptions } from './options.ts'
import { postgresStore } from './postgres-store.ts'

// Each test migrates a database of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const PASSWORD = 'wrong-9xQ'

// Node makes no certificates, and these are too short-lived to be kept.
describe.skipIf(!hasOpenssl())('TLS', () => {
  let certificates: Certificates
  let server: OwnPostgres

  beforeAll(async () => {
    certificates = makeCertificates()
    server = await startOwnPostgres({
      settings: {
        ssl: 'on',
        ssl_cert_file: '{folder}/server.pem',
        ssl_key_file: '{folder}/server.key',
      },
      files: { 'server.pem': certificates.certificate, 'server.key': certificates.key },
      // Nobody comes in without TLS, but over the name by which no store here asks.
      hba: ['hostnossl all all 127.0.0.1/32 reject'],
    })
  }, 30_000)
  afterAll(() => server.stop())

  const urlOf = (query = '', host = 'localhost'): string => {
    const url = new URL(server.url)
    url.password = PASSWORD
    return `postgres://postgres:${PASSWORD}@${host}:${url.port}/postgres${query}`
  }

  /** What comes of connecting. */
  async function outcomeOf(options: PostgresStoreOptions): Promise<unknown> {
    const store = postgresStore(options)
    onTestFinished(() => store.close())
    try {
      return await store.migrationStatus().then(() => 'connected')
    } catch (error) {
      expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(PASSWORD)
      expect(String((error as Error).cause)).not.toContain(PASSWORD)
      return error
    }
  }
  const withTls = (tls: PostgresTls, url = urlOf()): Promise<unknown> =>
    outcomeOf({ connectionString: url, tls })

  const untrusted = {
    code: 'store-unavailable',
    message: expect.stringContaining('give its authority in `tls.ca`') as string,
  }

  it('connects to a server whose authority it is told', async () => {
    const { authority: ca } = certificates
    expect(await withTls({ ca })).toBe('connected')
    expect(await withTls({ ca: [makeCertificates().authority, ca] })).toBe('connected')
  })

  it('refuses a server of another authority, or of none it knows', async () => {
    expect(await withTls({ ca: makeCertificates().authority })).toMatchObject(untrusted)
    expect(await withTls({})).toMatchObject(untrusted)
  })

  it('refuses a server of another name, unless it is told that name', async () => {
    const { authority: ca } = certificates
    expect(await withTls({ ca }, urlOf('', '127.0.0.1'))).toMatchObject(untrusted)
    const told = { ca, servername: 'localhost' }
    expect(await withTls(told, urlOf('', '127.0.0.1'))).toBe('connected')
  })

  it('connects without asking who it is only when it is told so', async () => {
    expect(await withTls({ rejectUnauthorized: false })).toBe('connected')
  })

  it('takes the option and not what the string says, where there is one', async () => {
    const { authority: ca } = certificates
    for (const query of ['?sslmode=disable', '?sslmode=no-verify', '?ssl=0']) {
      expect(await withTls({ ca }, urlOf(query))).toBe('connected')
      expect(await withTls({}, urlOf(query))).toMatchObject(untrusted)
    }
  })

  it.each(['prefer', 'require', 'verify-ca', 'verify-full'])(
    'asks who the server is with sslmode=%s alone',
    async (mode) => {
      expect(await outcomeOf({ connectionString: urlOf(`?sslmode=${mode}`) })).toMatchObject(
        untrusted,
      )
    },
  )

  it('does as sslmode says: no-verify asks nothing, disable and nothing mean no TLS', async () => {
    expect(await outcomeOf({ connectionString: urlOf('?sslmode=no-verify') })).toBe('connected')
    for (const query of ['?sslmode=disable', '']) {
      expect(await outcomeOf({ connectionString: urlOf(query) })).toMatchObject({
        code: 'store-unavailable',
        message: expect.stringContaining('refuses the user') as string,
      })
    }
  })
})
