import { STATUS_CODES } from 'node:http'
import type { ServerResponse } from 'node:http'

import type { DisconnectBehaviour } from './behaviour.ts'
import type { Reply } from './reply.ts'

/**
 * Sends as much of a reply's head as is scripted, past Node's own writer, and lets the connection go.
 */
export async function cutHead(
  response: ServerResponse,
  reply: Reply,
  { after = 'nothing', form = 'close' }: DisconnectBehaviour,
): Promise<void> {
  const { socket } = response
  if (socket === null) return
  const head = headOf(reply, after)
  if (head !== '') {
    const { promise, resolve } = Promise.withResolvers<void>()
    socket.write(head, () => resolve())
    await promise
  }
  if (form === 'reset') socket.resetAndDestroy()
  else socket.destroy()
}

function headOf(
  { status, headers }: Reply,
  after: NonNullable<DisconnectBehaviour['after']>,
): string {
  if (after === 'nothing') return ''
  const statusLine = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`
  if (after === 'status-line') return statusLine
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  // The name of the next header, and nothing after it.
  return `${statusLine}${lines.join('')}x-request-`
}
