import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

import type { Runtime } from '@imrs/core'

/** What is known of the open connections of one server. */
export interface Connections {
  opened(socket: Socket): void
  asked(request: IncomingMessage, response: ServerResponse): void
  /** Nothing came in or went out for a while. */
  wasSilent(socket: Socket): void
  /** Cuts connections without a request, now and as soon as their answers have ended. */
  leave(): void
  /** Cuts all of them. */
  cut(): void
}

interface ConnectionsOptions {
  readonly stalledMs: number
  readonly requestTimeoutMs: number
  readonly runtime: Pick<Runtime, 'sleep'>
}

/** The answers that are open on a connection; more than one when requests were sent ahead. */
type Open = Map<ServerResponse, IncomingMessage>

/** Keeps the connections of a server apart: those that wait for an answer, and those that do not. */
export function createConnections(options: ConnectionsOptions): Connections {
  const sockets = new Map<Socket, Open>()
  let isLeaving = false
  const ended = (socket: Socket, response: ServerResponse): void => {
    const open = sockets.get(socket)
    open?.delete(response)
    // What was written last is still on its way.
    if (isLeaving && open?.size === 0) socket.destroySoon()
  }
  return {
    opened: (socket) => {
      sockets.set(socket, new Map())
      socket.once('close', () => sockets.delete(socket))
    },
    asked: (request, response) => {
      const { socket } = request
      sockets.get(socket)?.set(response, request)
      if (isLeaving) response.setHeader('connection', 'close')
      response.once('close', () => ended(socket, response))
    },
    wasSilent: (socket) => {
      if (isHeldUp(socket, sockets.get(socket))) socket.destroy()
      // An answer that is being made takes as long as it takes.
      else socket.setTimeout(options.stalledMs)
    },
    leave: () => {
      isLeaving = true
      for (const [socket, open] of sockets) {
        if (open.size === 0) socket.destroy()
        else void cutUnlessRead(socket, open, options)
      }
    },
    cut: () => {
      for (const socket of sockets.keys()) socket.destroy()
    },
  }
}

/** Whether it is the client that nothing comes from or goes to. */
function isHeldUp(socket: Socket, open: Open | undefined): boolean {
  if (open === undefined || open.size === 0) return true
  return socket.writableLength > 0 || [...open.values()].some((request) => !request.complete)
}

/** A server that closes does not look for late requests any more, so they are looked for here. */
async function cutUnlessRead(
  socket: Socket,
  open: Open,
  { runtime, requestTimeoutMs }: ConnectionsOptions,
): Promise<void> {
  if ([...open.values()].every((request) => request.complete)) return
  await runtime.sleep(requestTimeoutMs, undefined, { isBackground: true })
  if ([...open.values()].some((request) => !request.complete)) socket.destroy()
}
