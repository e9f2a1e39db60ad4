// Migrates a database and says after how many statements it was done; with a number, the process kills
// itself before the statement of that number: `migrate-until-killed.ts <url> [statement]`.
import { Pool } from 'pg'

import type { PostgresClient, PostgresPool } from '../options.ts'
import { postgresStore } from '../postgres-store.ts'

const [url = '', killAt] = process.argv.slice(2)
const pool = new Pool({ connectionString: url })
let statements = 0

function counting(client: PostgresClient): PostgresClient {
  return new Proxy(client, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...parameters: unknown[]): unknown => {
        if (name === 'query') statements += 1
        if (name === 'query' && statements === Number(killAt)) process.kill(process.pid, 'SIGKILL')
        return Reflect.apply(member, target, parameters) as unknown
      }
    },
  })
}

const counted: PostgresPool = {
  connect: async () => counting(await pool.connect()),
}
const store = postgresStore({ pool: counted })
await store.migrate()
await store.close()
await pool.end()
process.stdout.write(`${statements}\n`)
