import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'

import { expect, it, onTestFinished } from 'vitest'

import { BUDGET_LIMIT, budgetRule } from './__fixtures__/budget-rule.ts'
import { runNode } from './__fixtures__/run-node.ts'
import { temporaryFolder } from './__fixtures__/temporary-folder.ts'
import { sqliteStore } from './sqlite-store.ts'

const PROCESSES = 8
const ATTEMPTS = 10_000
/** So many of the processes are killed again and again, and another one takes their place. */
const KILLED = 3
/** After how many attempts. */
const LIVES = [40, 90, 160]

interface Fate {
  readonly kind: string
  readonly amount: number
}

interface Run {
  readonly path: string
  readonly seed: number
  readonly attempts: number
  readonly isKilled: boolean
}

/** Runs attempts in a process of their own. A killed one makes one more, and dies in it. */
async function fatesOf({ path, seed, attempts, isKilled }: Run): Promise<readonly Fate[]> {
  const count = isKilled ? attempts - 1 : attempts
  const given = [path, String(seed), String(count), ...(isKilled ? ['kill'] : [])]
  const child = runNode('spend-budget.ts', ...given)
  if (child.stdout === null) throw new Error('The process has no output')
  const [output, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  expect([code, signal]).toEqual(isKilled ? [null, 'SIGKILL'] : [0, null])
  const lines = output.trimEnd().split('\n')
  return lines.map((line) => {
    const [kind = '', amount] = line.split(' ')
    return { kind, amount: Number(amount) }
  })
}

/** The attempts of one of the processes, and of those that took its place. */
async function spend(path: string, index: number): Promise<readonly Fate[]> {
  const fates: Fate[] = []
  for (const [life, attempts] of (index < KILLED ? LIVES : []).entries()) {
    const seed = 100 + index * 10 + life
    fates.push(...(await fatesOf({ path, seed, attempts, isKilled: true })))
  }
  const attempts = ATTEMPTS / PROCESSES - fates.length
  return [...fates, ...(await fatesOf({ path, seed: index, attempts, isKilled: false }))]
}

it('is not overspent by a unit by eight processes with 10,000 attempts, some of them killed', async () => {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const path = join(folder.path, 'imrs.db')
  const store = sqliteStore({ path, busyTimeoutMs: 60_000 })
  onTestFinished(() => store.close())
  await store.migrate()
  await store.budgets.put(budgetRule)
  const usage = async (): Promise<{ used: number; reserved: number; assumed: number }> => {
    const [row] = await store.budgets.usage({ tenantId: budgetRule.tenantId, atMs: 0 })
    return { used: row?.used ?? 0, reserved: row?.reserved ?? 0, assumed: row?.assumed ?? 0 }
  }

  let isOver = false
  const spending = Promise.all(
    Array.from({ length: PROCESSES }, (_, index) => spend(path, index)),
  ).finally(() => {
    isOver = true
  })
  let most = 0
  while (!isOver) {
    const { used, reserved } = await usage()
    most = Math.max(most, used + reserved)
    await nextTurn()
  }
  const fates = (await spending).flat()
  const sumOf = (kind: string): number =>
    fates.filter((fate) => fate.kind === kind).reduce((sum, { amount }) => sum + amount, 0)
  const abandoned = sumOf('abandoned')

  expect(fates).toHaveLength(ATTEMPTS)
  expect(most).toBe(BUDGET_LIMIT)
  expect(abandoned).toBeGreaterThan(0)
  expect(sumOf('settled') + abandoned).toBe(BUDGET_LIMIT)
  const used = sumOf('settled')
  expect(await usage()).toEqual({ used, reserved: abandoned, assumed: 0 })
  await store.budgets.expire({ atMs: 1, limit: 1_000 })
  expect(await usage()).toEqual({ used: BUDGET_LIMIT, reserved: 0, assumed: abandoned })
}, 120_000)
