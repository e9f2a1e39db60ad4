import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

import OpenAI from 'openai'

import { startChild } from '../child-process.ts'
import { KEY } from '../contender.ts'
import type { Contender, Course } from '../contender.ts'
import { baseUrlOf } from '../server-mode.ts'
import { callSdk } from './plain-sdk.ts'

/** A gateway in a process of its own, as it is deployed, with no feature of it switched on; called with the provider's SDK. */
export async function gateway({ serverUrl, mode }: Course): Promise<Contender> {
  const port = await freePort()
  const { child } = await startChild(
    new URL(import.meta.resolve('@portkey-ai/gateway/build/start-server.js')),
    {
      parameters: [`--port=${port}`, '--headless'],
      execArgv: ['--import', new URL('../cpu-probe.ts', import.meta.url).href],
    },
  )
  const client = new OpenAI({
    apiKey: KEY,
    baseURL: `http://127.0.0.1:${port}/v1`,
    maxRetries: 0,
    defaultHeaders: {
      'x-portkey-provider': 'openai',
      'x-portkey-custom-host': baseUrlOf(serverUrl, mode),
    },
  })
  await untilListening(port)
  return {
    call: (onText) => callSdk(client, mode, onText),
    cpuOfOthers: async () => Number(await child.ask({})),
    close: () => child.stop(),
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** It says nothing when it is ready, so it is asked. */
async function untilListening(port: number): Promise<void> {
  const deadline = performance.now() + 20_000
  for (;;) {
    try {
      await (await fetch(`http://127.0.0.1:${port}/`)).text()
      return
    } catch (error) {
      if (performance.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
