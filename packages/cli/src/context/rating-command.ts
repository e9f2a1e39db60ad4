import type { RouterChoice } from '../setup/store-options.ts'
import type { RequestChoice } from './chat-request.ts'

/** What an answer was asked for with, as far as whoever rates it has to say it again. */
export type AskedWith = Pick<RequestChoice, 'userId' | 'tenantId'> & RouterChoice

/** The command that rates an answer, as it is typed into a shell: it finds the answer where it is. */
export function ratingCommand(messageId: string, askedWith: AskedWith): string {
  const { userId, tenantId, data, database, schema, config, simulator } = askedWith
  const values = Object.entries({ user: userId, tenant: tenantId, data, database, schema, config })
  const words = values.flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, quoted(value)],
  )
  const flags = simulator ? ['--simulator'] : []
  return ['imrs', 'feedback', messageId, 'thumbs-up', ...words, ...flags].join(' ')
}

/** One word to every POSIX shell. */
function quoted(value: string): string {
  return /^[\w./:@,+-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`
}
