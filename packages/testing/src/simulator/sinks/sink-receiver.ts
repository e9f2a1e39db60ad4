import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'

import type { ReceivedRecord, SinkRequest } from './received-record.ts'
import type { SinkFault } from './sink-fault.ts'
import { SINK_PROTOCOLS } from './sink-protocol.ts'
import type { SinkKind, SinkProtocol } from './sink-protocol.ts'

export interface SinkReceiverOptions {
  /** What it speaks. */
  readonly kind: SinkKind
  /** The bearer token, or the key of signatures (`whsec_…`). Others are answered 401. */
  readonly secret: string
  /** Default: one that is free. */
  readonly port?: number | undefined
  /** Whose clock signatures are checked by. Default: the real one. */
  readonly runtime?: Pick<Runtime, 'now'> | undefined
}

/** Decides what goes wrong with a request; `undefined`: nothing. */
export type DecideSinkFault = (request: SinkRequest) => SinkFault | undefined

/** A running receiver of feedback, on loopback. */
export interface SinkReceiver {
  /** What a sink is given as its `url`. */
  readonly url: string
  readonly port: number
  /** What was taken, in order, repeats included. */
  readonly received: readonly ReceivedRecord[]
  /** Every request that was well formed, taken or not. */
  readonly requests: readonly SinkRequest[]
  /** How many requests hang now. */
  readonly hanging: number
  /** Statuses of requests that were not. */
  readonly refusals: readonly number[]
  /** Decides on every request from now on, in place of what decided before. Default: nothing goes wrong. */
  decide(fault: DecideSinkFault | undefined): void
  /** Resolves when the condition holds; asked again after each request. */
  until(condition: () => boolean): Promise<void>
  /** Breaks what is open. Idempotent. */
  close(): Promise<void>
}

/** Starts a receiver of SomaBrain's kind or of webhooks, which records what comes. */
export async function startSinkReceiver(options: SinkReceiverOptions): Promise<SinkReceiver> {
  const receiver = new Receiver(options)
  await receiver.listen(options.port ?? 0)
  return receiver
}

class Receiver implements SinkReceiver {
  readonly received: ReceivedRecord[] = []
  readonly requests: SinkRequest[] = []
  readonly refusals: number[] = []
  readonly #protocol: SinkProtocol
  readonly #options: SinkReceiverOptions
  readonly #server: Server
  readonly #closing = new AbortController()
  readonly #waiting = new Set<() => void>()
  readonly #hanging = new Set<ServerResponse>()
  #decide: DecideSinkFault | undefined
  #port = 0

  constructor(options: SinkReceiverOptions) {
    this.#options = options
    this.#protocol = SINK_PROTOCOLS[options.kind]
    this.#server = createServer((request, response) => {
      // A client that leaves in the middle is no failure of this server.
      this.#serve(request, response).catch(() => response.destroy())
    })
  }

  get port(): number {
    return this.#port
  }

  get hanging(): number {
    return this.#hanging.size
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
    // A server that listens on TCP has such an address.
    this.#port = (this.#server.address() as AddressInfo).port
  }

  decide(fault: DecideSinkFault | undefined): void {
    this.#decide = fault
  }

  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!condition()) return
        this.#waiting.delete(check)
        resolve()
      }
      this.#waiting.add(check)
      check()
    })
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return
    this.#closing.abort(new Error('The receiver closes'))
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { secret, runtime = systemRuntime } = this.#options
    const text = await textOf(request)
    const { method = 'GET', url = '/', headers } = request
    const judged = this.#protocol.judge(
      { method, path: url, headers, text },
      { secret, nowMs: runtime.now() },
    )
    if (judged.kind === 'bad') {
      this.refusals.push(judged.status)
      end(response, judged.status, JSON.stringify({ detail: judged.detail }))
    } else {
      const asked = { ...judged.record, number: this.requests.length + 1 }
      this.requests.push(asked)
      await this.#answer(response, judged.record, this.#decide?.(asked))
    }
    this.#tell()
  }

  async #answer(
    response: ServerResponse,
    record: ReceivedRecord,
    fault: SinkFault | undefined,
  ): Promise<void> {
    if (fault === undefined || fault.isTaken === true) this.received.push(record)
    switch (fault?.type) {
      case undefined:
        end(response, 200, this.#protocol.answer)
        return
      case 'status':
        if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter)
        end(response, fault.status, JSON.stringify({ detail: 'as scripted' }))
        return
      case 'garbage':
        end(response, 200, '<html>Welcome to the hotel')
        return
      case 'cut':
        await cut(response, fault.place)
        return
      case 'hang':
        await this.#hang(response, record, fault)
    }
  }

  async #hang(
    response: ServerResponse,
    record: ReceivedRecord,
    { gate, isTaken = false }: SinkFault & { readonly type: 'hang' },
  ): Promise<void> {
    const left = new AbortController()
    this.#hanging.add(response)
    response.once('close', () => {
      this.#hanging.delete(response)
      left.abort(new Error('The client has left'))
      this.#tell()
    })
    this.#tell()
    if (gate === undefined) return
    await gate.pass(AbortSignal.any([left.signal, this.#closing.signal]))
    this.#hanging.delete(response)
    if (!isTaken) this.received.push(record)
    end(response, 200, this.#protocol.answer)
  }

  #tell(): void {
    for (const check of this.#waiting) check()
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function end(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}

async function cut(response: ServerResponse, place: 'head' | 'body'): Promise<void> {
  if (place === 'body') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    await new Promise<void>((resolve) => {
      response.write('{"accep', () => resolve())
    })
  }
  response.destroy()
}
