import { createInterface } from 'node:readline'

import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { fakeProvider } from '@imrs/testing/host'

import { createRouter } from '../create-router.ts'

/** What the process says on a line of its own after each answer. */
export interface AnsweredLine {
  readonly messageId: string
  /** Codes of the warnings in the answer. */
  readonly warnings: readonly string[]
  readonly last: string
}

const [path = '', directory = ''] = process.argv.slice(2)

const router = await createRouter({
  store: sqliteStore({ path, busyTimeoutMs: 20 }),
  secrets: memorySecrets(),
  providers: [fakeProvider({ models: ['one'] }).definition],
  unconfiguredAgents: 'all',
  spool: { directory },
})

// One answer for each line that comes in; it lives until it is killed.
for await (const text of createInterface({ input: process.stdin })) {
  const messages = [{ role: 'user', content: text }] as const
  const answer = await router.chat({ userId: 'u1', model: 'auto', messages })
  const warnings: string[] = []
  let last = ''
  for await (const part of answer.parts) {
    if (part.type === 'warning') warnings.push(part.code)
    last = part.type
  }
  const line: AnsweredLine = { messageId: answer.messageId, warnings, last }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
