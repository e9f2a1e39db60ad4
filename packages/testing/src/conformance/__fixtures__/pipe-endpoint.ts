import { createServer, request as httpRequest } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An endpoint that passes everything through, errors of the connection too. */
export interface PipeEndpoint {
  readonly url: string
  close(): Promise<void>
}

/** What passes through: requests to any path go to the same path below `target`. */
export async function startPipeEndpoint(target: () => string): Promise<PipeEndpoint> {
  const server = createServer((incoming, outgoing) => pipe(target(), incoming, outgoing))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function pipe(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, headers, url = '' } = incoming
  const asked = httpRequest(target + url.replace(/^\/v1/, ''), { method, headers })
  asked.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
    outgoing.flushHeaders()
    answer.on('error', () => outgoing.socket?.resetAndDestroy())
    answer.pipe(outgoing)
  })
  asked.on('error', () => outgoing.socket?.resetAndDestroy())
  outgoing.on('close', () => asked.destroy())
  incoming.pipe(asked)
}
