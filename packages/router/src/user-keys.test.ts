import { inspect } from 'node:util'

import type { ProviderFailure, RouterEvent } from '@imrs/core'
import { memorySecrets } from '@imrs/secrets'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, read, textOfParts } from './__fixtures__/make-router.ts'

const canary = 'sk-user-canary-0123456789'
const locked = { id: 'locked', models: ['theirs'], needsCredential: true }
const open = { id: 'open', models: ['ours'] }
const userKeys = { locked: canary }

describe('keys of users', () => {
  it('are refused unless the host allows them', async () => {
    const { router } = await makeRouter({ providers: [locked, open] })
    for (const call of [
      router.chat(hello, { userKeys }),
      router.decide(hello, { userKeys }),
      router.models.response({}, { userKeys }),
    ]) {
      await expect(call).rejects.toMatchObject({ code: 'invalid-request', field: 'userKeys' })
    }
  })

  it.each(['', 'short', 'with space in it', 'ünïcödé-key', `x${'y'.repeat(600)}`, 'new\nline-key'])(
    'that are none (%j) are refused without being repeated',
    async (key) => {
      const { router } = await makeRouter({ providers: [locked, open], allowUserKeys: true })
      const refused = router.chat(hello, { userKeys: { locked: key } })
      await expect(refused).rejects.toMatchObject({
        code: 'invalid-request',
        field: 'userKeys.locked',
      })
      if (key !== '') await expect(refused).rejects.not.toThrow(key)
    },
  )

  it('open what the host has no key for: in the list, for Auto and by name', async () => {
    const { router, providers } = await makeRouter({
      providers: [locked, open],
      allowUserKeys: true,
    })
    const { models, metadata } = await router.models.response({}, { userKeys })
    expect(models.map(({ id, status }) => [id, status])).toEqual([
      ['locked/theirs', 'available'],
      ['open/ours', 'available'],
    ])
    expect(metadata.userProvidedKeys).toEqual(['locked'])

    const auto = await router.chat({ ...hello, model: 'auto' }, { userKeys })
    expect(auto.decision.candidates.map(({ modelId }) => modelId)).toContain('locked/theirs')
    const answer = await router.chat({ ...hello, model: 'locked/theirs' }, { userKeys })
    expect(textOfParts(await read(answer))).toBe('theirs')
    expect(providers[0]?.calls.map((call) => call.credential)).toEqual([canary])
  })

  it('are of one call alone: nothing of them is there for the next caller', async () => {
    const { router, store } = await makeRouter({ providers: [locked, open], allowUserKeys: true })
    await read(await router.chat({ ...hello, model: 'locked/theirs' }, { userKeys }))
    const { models, metadata } = await router.models.response()
    expect(models.map(({ id }) => id)).toEqual(['open/ours'])
    expect(metadata.userProvidedKeys).toBeUndefined()
    await expect(router.chat({ ...hello, model: 'locked/theirs' })).rejects.toMatchObject({
      code: 'unknown-model',
    })
    expect(await store.models.get('locked/theirs')).toBeUndefined()
  })

  it('give way to the host’s own', async () => {
    const { router, providers } = await makeRouter({
      providers: [locked],
      secrets: memorySecrets({ locked: 'the-host-key' }),
      allowUserKeys: true,
    })
    await read(await router.chat({ ...hello, model: 'locked/theirs' }, { userKeys }))
    expect(providers[0]?.calls.map((call) => call.credential)).toEqual(['the-host-key'])
    const { metadata } = await router.models.response({}, { userKeys })
    expect(metadata.userProvidedKeys).toBeUndefined()
  })

  it('open nothing for an agent whose models are configured', async () => {
    const { router } = await makeRouter({ providers: [locked, open], allowUserKeys: true })
    await router.agents.enable({ models: ['open/ours'] })
    const { decision } = await router.chat({ ...hello, model: 'auto' }, { userKeys })
    expect(decision.candidates.map(({ modelId }) => modelId)).toEqual(['open/ours'])
  })

  it('that do not work show nothing and say why, and keep nothing else back', async () => {
    const refused: ProviderFailure = { kind: 'credentials', message: 'Locked refused the key.' }
    const { router } = await makeRouter({
      providers: [{ ...locked, listFailure: () => refused }, open],
      allowUserKeys: true,
    })
    const { models, metadata } = await router.models.response({}, { userKeys })
    expect(models.map(({ id }) => id)).toEqual(['open/ours'])
    expect(metadata.providers['locked']?.error).toContain('Locked refused the key.')
  })

  it('read a list once in ten minutes', async () => {
    let reads = 0
    const count = (): undefined => {
      reads += 1
    }
    const { router, runtime } = await makeRouter({
      providers: [{ ...locked, listFailure: count }],
      allowUserKeys: true,
    })
    const look = () => router.models.response({}, { userKeys })
    await Promise.all([look(), look()])
    await look()
    expect(reads).toBe(1)
    await router.models.response({}, { userKeys: { locked: `${canary}-of-another` } })
    expect(reads).toBe(2)
    await runtime.advance(600_001)
    await look()
    expect(reads).toBe(3)
  })

  it('are in nothing that is told, stored, answered or shown', async () => {
    const { router, store } = await makeRouter({
      providers: [
        { ...locked, answer: () => ({ failure: { kind: 'unavailable', message: 'Down.' } }) },
      ],
      allowUserKeys: true,
    })
    const events: RouterEvent[] = []
    for (const type of ['decision-made', 'attempt-ended', 'internal-failed'] as const) {
      router.on(type, (event) => events.push(event))
    }
    const answer = await router.chat({ ...hello, model: 'locked/theirs' }, { userKeys })
    const parts = await read(answer)
    const key = { tenantId: 'default', messageId: answer.messageId }
    const seen = inspect(
      [
        events,
        parts,
        answer,
        await store.ledger.listAttempts(key),
        await router.explain(answer.decision.id),
        await router.models.response({}, { userKeys }),
        router,
      ],
      { depth: 20, showHidden: true },
    )
    expect(seen).not.toContain(canary)
  })
})
