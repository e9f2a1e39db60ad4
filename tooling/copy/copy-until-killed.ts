// Copies a store into another one and kills itself after so many pages: `copy-until-killed.ts <from> <to> <pages>`.
import { copyStore } from '@imrs/store-kysely'

import { storeOf } from './addresses.ts'

const [from = '', to = '', pages = ''] = process.argv.slice(2)
let told = 0
await copyStore({
  from: storeOf('--from', from, undefined),
  to: storeOf('--to', to, undefined),
  onProgress: () => {
    told += 1
    if (told === Number(pages)) process.kill(process.pid, 'SIGKILL')
  },
})
