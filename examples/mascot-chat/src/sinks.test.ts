import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { startSinkReceiver } from '@imrs/testing/simulator'
import type { SinkKind, SinkReceiver } from '@imrs/testing/simulator'
import { expect, it, onTestFinished, vi } from 'vitest'

import { failingChatProcess, startChatProcess } from './__fixtures__/chat-process.ts'
import { temporaryFolder } from './__fixtures__/test-chat.ts'
import { Visitor } from './__fixtures__/visitor.ts'

const SECRETS = { somabrain: 'a-token', webhook: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' } as const

async function receiverOf(kind: SinkKind, port = 0): Promise<SinkReceiver> {
  const receiver = await startSinkReceiver({ kind, secret: SECRETS[kind], port })
  onTestFinished(() => receiver.close())
  return receiver
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

it('sends thumbs to the SomaBrain and the webhook that the environment names', async () => {
  const [brain, hook] = [await receiverOf('somabrain'), await receiverOf('webhook')]
  const chat = await startChatProcess({
    IMRS_DATA: await temporaryFolder(),
    SOMABRAIN_URL: brain.url,
    SOMABRAIN_TOKEN: SECRETS.somabrain,
    WEBHOOK_URL: `${hook.url}/feedback`,
    WEBHOOK_SECRET: SECRETS.webhook,
  })
  const visitor = new Visitor(chat.url)
  const { decision } = await visitor.ask('Write a function in python that adds two numbers')
  await visitor.rate(decision.messageId, 1)
  await Promise.all([brain, hook].map((each) => each.until(() => each.received.length === 1)))
  expect(brain.received[0]?.body).toMatchObject({ utility: 1, reward: 1, response_text: '' })
  expect(hook.received[0]?.body).toMatchObject({
    type: 'feedback.recorded',
    data: { message_id: decision.messageId, user_id: expect.any(String) as string, rating: 1 },
  })
  expect(hook.refusals).toEqual([])
}, 60_000)

it('sends thumbs of a chat that was killed when it runs again', async () => {
  const port = await freePort()
  const environment = {
    IMRS_DATA: await temporaryFolder(),
    WEBHOOK_URL: `http://127.0.0.1:${port}`,
    WEBHOOK_SECRET: SECRETS.webhook,
  }
  const chat = await startChatProcess(environment)
  const visitor = new Visitor(chat.url)
  const { decision } = await visitor.ask('Write a function in python that adds two numbers')
  await visitor.rate(decision.messageId, 0)
  await vi.waitFor(() => expect(chat.output()).toContain('webhook takes no feedback'), 30_000)
  chat.kill('SIGKILL')
  await chat.ended
  const hook = await receiverOf('webhook', port)
  await startChatProcess(environment)
  await hook.until(() => hook.received.length === 1)
  expect(hook.received[0]?.body).toMatchObject({
    data: { message_id: decision.messageId, rating: 0 },
  })
}, 120_000)

it('does not begin with an address that has no credential', async () => {
  const failed = await failingChatProcess({
    IMRS_DATA: await temporaryFolder(),
    WEBHOOK_URL: 'http://127.0.0.1:9',
  })
  expect(failed.code).toBe(1)
  expect(failed.output).toContain('`WEBHOOK_SECRET` must be set, since `WEBHOOK_URL` is')
}, 60_000)
