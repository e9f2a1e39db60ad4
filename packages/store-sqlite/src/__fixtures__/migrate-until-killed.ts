// Migrates a file and says after how many statements it was done; with a number, the process kills
// itself before the statement of that number: `migrate-until-killed.ts <file> [statement]`.
import Database from 'better-sqlite3'

import type { SqliteStatement } from '../options.ts'
import { sqliteStore } from '../sqlite-store.ts'

const [path = '', killAt] = process.argv.slice(2)
const database = new Database(path)
database.pragma('journal_mode = WAL')
let statements = 0

function count(): void {
  statements += 1
  if (statements === Number(killAt)) process.kill(process.pid, 'SIGKILL')
}

const store = sqliteStore({
  database: {
    get inTransaction() {
      return database.inTransaction
    },
    prepare: (text): SqliteStatement => {
      const statement = database.prepare(text)
      return {
        reader: statement.reader,
        all: (...parameters) => {
          count()
          return statement.all(...parameters)
        },
        run: (...parameters) => {
          count()
          return statement.run(...parameters)
        },
      }
    },
    close: () => database.close(),
  },
})
await store.migrate()
await store.close()
process.stdout.write(`${statements}\n`)
