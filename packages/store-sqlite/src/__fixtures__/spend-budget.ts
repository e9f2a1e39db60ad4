// Makes attempts on one budget as fast as it can, four at a time, and says of each what became of it,
// a line each: `spend-budget.ts <file> <seed> <attempts> [kill]`. With `kill` it kills itself in one
// more attempt, between reserving and settling.
import { budgetWindow, seededRandom, systemRuntime } from '@imrs/core'

import { sqliteStore } from '../sqlite-store.ts'
import { BUDGET_LIMIT, LARGEST_AMOUNT, budgetRule } from './budget-rule.ts'

const [path = '', seed = '', attempts = '', kill] = process.argv.slice(2)
const random = seededRandom(Number(seed))
const upTo = (most: number): number => Math.floor(random() * (most + 1))
const store = sqliteStore({ path, busyTimeoutMs: 60_000 })
const { startMs: windowStartMs, endMs: windowEndMs } = budgetWindow('day', 0)
const { tenantId, id: ruleId, subject } = budgetRule

interface Reserved {
  readonly id: string
  readonly amount: number
}

async function reserve(): Promise<Reserved | undefined> {
  const amount = 1 + upTo(LARGEST_AMOUNT - 1)
  const id = systemRuntime.newId()
  const charge = { ruleId, subject, windowStartMs, windowEndMs, limit: BUDGET_LIMIT, amount }
  const request = { id, tenantId, charges: [charge], expiresAtMs: 1 }
  const { kind } = await store.budgets.reserve(request)
  return kind === 'reserved' ? { id, amount } : undefined
}

/** One in fifty is neither settled nor given back, and one in fifty is given back. */
async function carryOut({ id: reservationId, amount }: Reserved): Promise<string> {
  const fate = upTo(49)
  if (fate === 0) return `abandoned ${amount}`
  if (fate === 1) {
    await store.budgets.release({ tenantId, reservationId })
    return 'released 0'
  }
  const actual = upTo(amount)
  const settlements = [{ tenantId, reservationId, actual: [{ ruleId, amount: actual }] }]
  await store.ledger.append({ decisions: [], attempts: [], messages: [], settlements })
  return `settled ${actual}`
}

let left = Number(attempts)
async function spend(): Promise<void> {
  while (left > 0) {
    left -= 1
    const reserved = await reserve()
    const fate = reserved === undefined ? 'refused 0' : await carryOut(reserved)
    process.stdout.write(`${fate}\n`)
  }
}

await Promise.all(Array.from({ length: 4 }, spend))
if (kill !== undefined) {
  const reserved = await reserve()
  process.stdout.write(reserved === undefined ? 'refused 0\n' : `abandoned ${reserved.amount}\n`)
  process.kill(process.pid, 'SIGKILL')
}
await store.close()
