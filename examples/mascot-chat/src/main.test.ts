import { once } from 'node:events'
import { readdir, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import type { AnswerPart, PreferenceResponse } from '@imrs/core'
import { describe, expect, it, onTestFinished } from 'vitest'

import { failingChatProcess, startChatProcess } from './__fixtures__/chat-process.ts'
import { temporaryFolder } from './__fixtures__/test-chat.ts'
import { Visitor } from './__fixtures__/visitor.ts'
import type { Explanation } from './__fixtures__/visitor.ts'

const QUESTION = 'Write a function in python that adds two numbers'

describe('the demo in a process of its own', { timeout: 60_000 }, () => {
  it('says where it listens and that a simulator answers, and ends with 0 on SIGTERM', async () => {
    const chat = await startChatProcess({ IMRS_DATA: await temporaryFolder() })
    expect(chat.output()).toMatch(/^Mascot chat: http:\/\/localhost:\d+$/m)
    expect(chat.output()).toMatch(/simulator answers/)
    expect((await new Visitor(chat.url).ask(QUESTION)).last.type).toBe('end')
    chat.kill('SIGTERM')
    expect(await chat.ended).toEqual({ code: 0, signal: null })
  })

  it('lets an answer in flight end before it stops', async () => {
    const chat = await startChatProcess({
      IMRS_DATA: await temporaryFolder(),
      IMRS_GRACE_MS: '60000',
    })
    const parts: AnswerPart[] = []
    for await (const part of new Visitor(chat.url).parts(QUESTION)) {
      if (part.type === 'decision') chat.kill('SIGTERM')
      parts.push(part)
    }
    expect(parts.at(-1)?.type).toBe('end')
    expect(await chat.ended).toEqual({ code: 0, signal: null })
  })

  it('ends answers that take too long, and still stops with 0', async () => {
    const chat = await startChatProcess({ IMRS_DATA: await temporaryFolder(), IMRS_GRACE_MS: '0' })
    const parts: AnswerPart[] = []
    for await (const part of new Visitor(chat.url).parts(QUESTION)) {
      if (part.type === 'decision') chat.kill('SIGTERM')
      parts.push(part)
    }
    expect(parts.at(-1)).toMatchObject({
      type: 'error',
      code: 'closed',
      message: 'The server is shutting down. Try again in a moment.',
    })
    expect(await chat.ended).toEqual({ code: 0, signal: null })
  })

  it('stops at once on a second signal', async () => {
    const chat = await startChatProcess({
      IMRS_DATA: await temporaryFolder(),
      IMRS_GRACE_MS: '60000',
    })
    const parts = new Visitor(chat.url).parts(QUESTION)
    await parts.next()
    chat.kill('SIGINT')
    chat.kill('SIGINT')
    // Two signals that arrive together may count as one; then the answer ends first.
    expect([0, 130]).toContain((await chat.ended).code)
  })

  it('keeps selection, ratings and the cookie secret when it is killed', async () => {
    const dataFolder = await temporaryFolder()
    const before = await startChatProcess({ IMRS_DATA: dataFolder })
    const visitor = new Visitor(before.url)
    const { decision } = await visitor.ask(QUESTION, { model: 'xiaomi/mimo-v2-flash' })
    expect((await visitor.rate(decision.messageId, 1)).status).toBe(200)
    await visitor.send('PUT', '/api/preferences', { model: 'auto' })
    before.kill('SIGKILL')
    await before.ended

    const after = await startChatProcess({ IMRS_DATA: dataFolder })
    const same = new Visitor(after.url, visitor.cookie)
    const { body } = await same.get<PreferenceResponse>('/api/preferences')
    expect(body.model).toBe('auto')
    const next = await same.ask(QUESTION)
    expect(next.decision).toMatchObject({
      model: 'openrouter/xiaomi/mimo-v2-flash',
      source: 'auto',
    })
    const why = await same.get<Explanation>(`/api/decisions/${next.decision.decisionId}`)
    expect(why.body.candidates[0]).toMatchObject({ ratings: 1, experience: 1 })
    const secret = await stat(join(dataFolder, 'cookie-secret'))
    expect(secret.mode & 0o777).toBe(0o600)
  })

  it('loses no answer when it is killed while its database cannot be written', async () => {
    const dataFolder = await temporaryFolder()
    const before = await startChatProcess({ IMRS_DATA: dataFolder })
    const visitor = new Visitor(before.url)
    await visitor.ask(QUESTION, { model: 'auto' })
    const other = new DatabaseSync(join(dataFolder, 'imrs.db'))
    onTestFinished(() => other.close())
    other.exec('begin immediate')
    const { decision, parts, last } = await visitor.ask(QUESTION, { model: 'auto' })
    expect(last.type).toBe('end')
    expect(parts.find(({ type }) => type === 'warning')).toMatchObject({ code: 'record-delayed' })
    before.kill('SIGKILL')
    await before.ended
    expect((await readdir(join(dataFolder, 'spool'))).length).toBeGreaterThan(0)
    other.exec('rollback')

    // It has brought the answer in when it has closed.
    const between = await startChatProcess({ IMRS_DATA: dataFolder })
    between.kill('SIGTERM')
    expect((await between.ended).code).toBe(0)
    expect(await readdir(join(dataFolder, 'spool'))).toEqual([])
    const after = await startChatProcess({ IMRS_DATA: dataFolder })
    const same = new Visitor(after.url, visitor.cookie)
    expect((await same.rate(decision.messageId, 1)).status).toBe(200)
  })
})

describe('what the demo cannot work with', { timeout: 60_000 }, () => {
  it('is told in one sentence when the port is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    // A server that listens on a TCP port has an address of this form.
    const { port } = server.address() as AddressInfo
    const failed = await failingChatProcess({
      IMRS_DATA: await temporaryFolder(),
      PORT: String(port),
    })
    expect(failed.code).toBe(1)
    expect(failed.output.trim()).toBe(
      `Port ${port} is in use. Set PORT to another one, or to 0 for any free one.`,
    )
  })

  it.each([
    [{ PORT: 'http' }, '`PORT` must be a whole number from 0 to 65535, got http'],
    [
      { IMRS_BUDGET_USD_PER_DAY: '$5' },
      '`IMRS_BUDGET_USD_PER_DAY` must be dollars, such as 5 or 0.50, got $5',
    ],
    [{ IMRS_COOKIE_SECRET: 'short' }, '`IMRS_COOKIE_SECRET` must have at least 32 characters'],
  ])('is named: %j', async (environment, sentence) => {
    const failed = await failingChatProcess({ IMRS_DATA: await temporaryFolder(), ...environment })
    expect(failed.code).toBe(1)
    expect(failed.output).toContain(sentence)
    expect(failed.output.trim().split('\n')).toHaveLength(1)
  })
})
