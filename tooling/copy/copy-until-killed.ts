// Copies a file of SQLite into PostgreSQL and kills itself after so many pages: `copy-until-killed.ts <from> <to> <pages>`.
import { copyStore } from '@imrs/store-kysely'
import { postgresStore } from '@imrs/store-postgres'
import { sqliteStore } from '@imrs/store-sqlite'

const [path = '', connectionString = '', pages = ''] = process.argv.slice(2)
let told = 0
await copyStore({
  from: sqliteStore({ path }),
  to: postgresStore({ connectionString }),
  onProgress: () => {
    told += 1
    if (told === Number(pages)) process.kill(process.pid, 'SIGKILL')
  },
})
