import { inspect } from 'node:util'

import { ImrsError, vaultPathOf } from '@imrs/core'
import type { SecretReference, SecretStore } from '@imrs/core'
import { describe, expect, it, onTestFinished } from 'vitest'

/** A store under test. */
export interface SecretStoreContractSetup {
  readonly name: string
  /** Opens a store of its own that holds these keys, by provider id; they lie where {@link vaultPathOf} says. */
  readonly open: (secrets: Readonly<Record<string, string>>) => Promise<SecretStore>
  /**
   * Puts what the store reads from out of reach; the function it gives puts it back, with all that
   * was in it. For stores that read from elsewhere.
   */
  readonly breakDown?: ((store: SecretStore) => Promise<() => Promise<void>>) | undefined
  /**
   * Keeps what the store reads from from answering. `reached` resolves as soon as something waits
   * for it, `resume` lets it answer. For stores that read from elsewhere.
   */
  readonly stall?: ((store: SecretStore) => SecretStoreStall) | undefined
}

/** What a store waits at. */
export interface SecretStoreStall {
  readonly reached: Promise<void>
  readonly resume: () => void
}

const SECRET = 'sk-contract-4f9a1c7e'
const OTHER_SECRET = 'sk-contract-0b22d86d'

function referenceTo(providerId: string): SecretReference {
  return { providerId, path: vaultPathOf(providerId) }
}

const openai = referenceTo('openai')

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  )
}

/** Everything a log, a serializer or a debugger could show of a value. */
function traces(value: unknown, visited: Set<unknown> = new Set()): string {
  if (visited.has(value)) return ''
  visited.add(value)
  const shown = inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true })
  const texts = [shown, String(value), JSON.stringify(value) ?? '']
  if (typeof value !== 'object' || value === null) return texts.join('\n')
  const fields = Reflect.ownKeys(value).map((key) => traces(Reflect.get(value, key), visited))
  return [...texts, ...fields].join('\n')
}

function expectCode(error: unknown, code: string): void {
  expect(ImrsError.is(error) ? error.code : error).toBe(code)
}

/** What every {@link SecretStore} does, whether it can be written or not. */
export function secretStoreContract(setup: SecretStoreContractSetup): void {
  const { name, open } = setup
  const opened = async (secrets: Readonly<Record<string, string>> = {}): Promise<SecretStore> => {
    const store = await open(secrets)
    onTestFinished(() => store.close())
    return store
  }

  describe(`secret store contract: ${name}`, () => {
    describeReading(opened)
    describeChanging(opened)
    describeSecrecy(opened)
    describeAborting(opened, setup)
    describeFailingClosed(opened, setup)
    describeClosing(open)
  })
}

type Open = (secrets?: Readonly<Record<string, string>>) => Promise<SecretStore>

function describeReading(opened: Open): void {
  it('says what it is', async () => {
    const store = await opened()
    expect(store.specVersion).toBe('v1')
    expect(store.name).not.toBe('')
  })

  it('gives each provider its own key', async () => {
    const store = await opened({ openai: SECRET, openrouter: OTHER_SECRET })
    expect(await store.read(openai)).toBe(SECRET)
    expect(await store.read(referenceTo('openrouter'))).toBe(OTHER_SECRET)
  })

  it.each(['open', 'constructor', 'openai2', 'to-string'])(
    'gives undefined when there is certainly none: %s',
    async (providerId) => {
      const store = await opened({ openai: SECRET })
      expect(await store.read(referenceTo(providerId))).toBeUndefined()
    },
  )

  it('can be read concurrently', async () => {
    const store = await opened({ openai: SECRET })
    const reads = await Promise.all(Array.from({ length: 20 }, () => store.read(openai)))
    expect(new Set(reads)).toEqual(new Set([SECRET]))
  })
}

function describeChanging(opened: Open): void {
  it('refuses every change when it is read-only, and says what to do instead', async ({ skip }) => {
    const store = await opened({ openai: SECRET })
    skip(!store.isReadOnly, 'this store can be written')
    for (const work of [store.write(openai, OTHER_SECRET), store.remove(openai)]) {
      const error = await failureOf(work)
      expectCode(error, 'read-only')
      expect(String(error)).toContain(store.instruction(openai))
    }
    expect(await store.read(openai)).toBe(SECRET)
  })

  it('reads what was written last, when it can be written', async ({ skip }) => {
    const store = await opened()
    skip(store.isReadOnly, 'this store is read-only')
    await store.write(openai, SECRET)
    expect(await store.read(openai)).toBe(SECRET)
    await store.write(openai, OTHER_SECRET)
    expect(await store.read(openai)).toBe(OTHER_SECRET)
    expect(await store.read(referenceTo('openrouter'))).toBeUndefined()
  })

  it('drops the space that copying puts around a key', async ({ skip }) => {
    const store = await opened()
    skip(store.isReadOnly, 'this store is read-only')
    await store.write(openai, `  ${SECRET}\r\n`)
    expect(await store.read(openai)).toBe(SECRET)
  })

  it('refuses a key that cannot be sent, and keeps the one it has', async ({ skip }) => {
    const store = await opened({ openai: SECRET })
    skip(store.isReadOnly, 'this store is read-only')
    for (const secret of ['', ' \n', `${OTHER_SECRET}\nX-Header: 1`, `${OTHER_SECRET}\u2028x`]) {
      const error = await failureOf(store.write(openai, secret))
      expectCode(error, 'invalid-request')
      expect(traces(error)).not.toContain(OTHER_SECRET)
    }
    expect(await store.read(openai)).toBe(SECRET)
  })

  it('removes a key, and what is not there without complaint', async ({ skip }) => {
    const store = await opened({ openai: SECRET })
    skip(store.isReadOnly, 'this store is read-only')
    await store.remove(openai)
    await store.remove(openai)
    await store.remove(referenceTo('openrouter'))
    expect(await store.read(openai)).toBeUndefined()
  })
}

function describeAborting(opened: Open, { stall }: SecretStoreContractSetup): void {
  it('stops with the signal’s reason', async () => {
    const store = await opened({ openai: SECRET })
    const reason = new Error('gone')
    expect(await failureOf(store.read(openai, { signal: AbortSignal.abort(reason) }))).toBe(reason)
  })

  it('changes nothing for a caller that has aborted already', async ({ skip }) => {
    const store = await opened({ openai: SECRET })
    skip(store.isReadOnly, 'this store is read-only')
    const reason = new Error('gone')
    const options = { signal: AbortSignal.abort(reason) }
    expect(await failureOf(store.write(openai, OTHER_SECRET, options))).toBe(reason)
    expect(await failureOf(store.remove(openai, options))).toBe(reason)
    expect(await store.read(openai)).toBe(SECRET)
  })

  it('stops one reader in the middle, and the others read on', async ({ skip }) => {
    const store = await opened({ openai: SECRET })
    if (stall === undefined) return skip('this store waits for nothing')
    const { reached, resume } = stall(store)
    const abort = new AbortController()
    const stopped = failureOf(store.read(openai, { signal: abort.signal }))
    const going = store.read(openai)
    await reached
    const reason = new Error('gone')
    abort.abort(reason)
    expect(await stopped).toBe(reason)
    resume()
    expect(await going).toBe(SECRET)
    expect(await store.read(openai)).toBe(SECRET)
  })
}

function describeFailingClosed(opened: Open, { breakDown }: SecretStoreContractSetup): void {
  it('gives out no key when it cannot tell, and says nothing of keys', async ({ skip }) => {
    const store = await opened({ openai: SECRET })
    if (breakDown === undefined) return skip('this store reads from nothing that can break down')
    const restore = await breakDown(store)
    for (const providerId of ['openai', 'openrouter']) {
      const error = await failureOf(store.read(referenceTo(providerId)))
      expectCode(error, 'secret-store-unavailable')
      expect(traces([store, error])).not.toContain(SECRET)
    }
    await restore()
    expect(await store.read(openai)).toBe(SECRET)
  })

  it('gives out no key any more once it cannot tell', async ({ skip }) => {
    const store = await opened({ openai: SECRET })
    if (breakDown === undefined) return skip('this store reads from nothing that can break down')
    expect(await store.read(openai)).toBe(SECRET)
    const restore = await breakDown(store)
    const reads = Array.from({ length: 5 }, () => failureOf(store.read(openai)))
    for (const error of await Promise.all(reads)) expectCode(error, 'secret-store-unavailable')
    await restore()
    expect(await store.read(openai)).toBe(SECRET)
  })

  it('says so when a change did not take place', async ({ skip }) => {
    const store = await opened({ openai: SECRET })
    skip(store.isReadOnly, 'this store is read-only')
    if (breakDown === undefined) return skip('this store reads from nothing that can break down')
    const restore = await breakDown(store)
    for (const work of [store.write(openai, OTHER_SECRET), store.remove(openai)]) {
      const error = await failureOf(work)
      expectCode(error, 'secret-store-unavailable')
      expect(traces(error)).not.toContain(OTHER_SECRET)
    }
    await restore()
    expect(await store.read(openai)).toBe(SECRET)
  })
}

function describeSecrecy(opened: Open): void {
  it('shows no key when it is printed or serialized', async () => {
    const store = await opened({ openai: SECRET })
    await store.read(openai)
    expect(traces(store)).not.toContain(SECRET)
    expect(traces({ ...store })).not.toContain(SECRET)
  })

  it('shows no key in its errors', async () => {
    const store = await opened({ openai: SECRET })
    const errors = await Promise.all([
      failureOf(store.write(openai, OTHER_SECRET, { signal: AbortSignal.abort() })),
      failureOf(store.read(openai, { signal: AbortSignal.abort() })),
    ])
    for (const error of errors) {
      expect(traces(error)).not.toContain(SECRET)
      expect(traces(error)).not.toContain(OTHER_SECRET)
    }
  })

  it('says what to do so that a key is there, never which it is', async () => {
    const store = await opened({ openai: SECRET })
    for (const reference of [openai, referenceTo('openrouter')]) {
      expect(store.instruction(reference)).toMatch(/open/i)
      expect(store.instruction(reference)).not.toContain(SECRET)
    }
  })
}

function describeClosing(open: SecretStoreContractSetup['open']): void {
  it('gives nothing out once it is closed', async () => {
    const store = await open({ openai: SECRET })
    await store.close()
    await store.close()
    const error = await failureOf(store.read(openai))
    expectCode(error, 'secret-store-unavailable')
    expect(traces([store, error])).not.toContain(SECRET)
  })

  it('changes nothing once it is closed', async ({ skip }) => {
    const store = await open({ openai: SECRET })
    await store.close()
    skip(store.isReadOnly, 'this store is read-only')
    for (const work of [store.write(openai, OTHER_SECRET), store.remove(openai)]) {
      expectCode(await failureOf(work), 'secret-store-unavailable')
    }
  })

  it('leaves no read behind that it was closed over', async () => {
    const store = await open({ openai: SECRET })
    const reading = store.read(openai).catch((error: unknown) => error)
    await store.close()
    const result = await reading
    if (result !== SECRET) expectCode(result, 'secret-store-unavailable')
  })
}
