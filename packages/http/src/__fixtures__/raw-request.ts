import { createServer, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'

import { onTestFinished } from 'vitest'

import type { HttpHandler } from '../create-handler.ts'
import { nodeListener } from '../node/node-listener.ts'

/** A request as it is written on the wire. */
export interface RawRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | undefined
}

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly text: string
}

/** Serves a handler on a port of this machine until the test ends. */
export async function listenOn(handler: HttpHandler): Promise<number> {
  const server = createServer(nodeListener(handler))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Asks a handler without a connection. */
export async function askHandler(handler: HttpHandler, sent: RawRequest): Promise<RawAnswer> {
  const { method, path, headers, body } = sent
  const response = await handler(
    new Request(`http://localhost${path}`, { method, headers, body: body ?? null }),
  )
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: await response.text(),
  }
}

/** Asks over a socket, with a length, or in chunks where the headers say so. */
export async function askPort(port: number, sent: RawRequest): Promise<RawAnswer> {
  const { method, path, headers, body } = sent
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ port, method, path, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** Writes bytes to the port and gives everything that comes back until the other side closes. */
export async function writeTo(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (chunk) => (text += String(chunk)))
    socket.on('error', () => resolve(text))
    socket.on('close', () => resolve(text))
  })
}
