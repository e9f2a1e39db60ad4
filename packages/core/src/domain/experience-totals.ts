import { monthOf } from '../ids.ts'
import {
  NO_EXPERIENCE,
  NO_TALLY,
  addExperience,
  plainShare,
  replaceRating,
  weightedShare,
} from './experience-share.ts'
import type { ExperienceSums, UserTally } from './experience-share.ts'
import { EXPERIENCE_SCOPES } from './experience.ts'
import type { ExperienceCellKey, ExperienceScope, StoredExperienceCell } from './experience.ts'
import { effectiveFeedback, learnedFeedback } from './feedback.ts'
import type { StoredFeedbackEvent } from './feedback.ts'
import type { MessageRecord } from './ledger.ts'

/** What of an answer says which cells it counts in. */
export type CreditedAnswer = Pick<
  MessageRecord,
  'tenantId' | 'agentId' | 'userId' | 'creditedTaskType' | 'model' | 'createdAtMs'
>

/** The cell of one scope that an answer counts in. */
export function experienceCellOf(
  answer: CreditedAnswer,
  { scope, epoch }: { readonly scope: ExperienceScope; readonly epoch: number },
): ExperienceCellKey {
  return {
    scope,
    tenantId: scope === 'global' ? '' : answer.tenantId,
    agentId: scope === 'agent' ? answer.agentId : '',
    taskType: answer.creditedTaskType,
    modelId: answer.model,
    month: monthOf(answer.createdAtMs),
    epoch,
  }
}

/** One text for each cell; no two share it. */
export function experienceCellName(key: ExperienceCellKey): string {
  const { scope, tenantId, agentId, taskType, modelId, month, epoch } = key
  return JSON.stringify([scope, tenantId, agentId, taskType, modelId, month, epoch])
}

/** What one user's ratings come to in one cell of an agent. */
export interface UserExperience {
  readonly cell: ExperienceCellKey
  readonly userId: string
  readonly tally: UserTally
}

/** The plain sums of a cell. */
export type PlainSums = Pick<ExperienceSums, 'count' | 'sum' | 'sumOfSquares'>

/** Where stored sums are not what they should be. */
export interface ExperienceMismatch {
  readonly cell: ExperienceCellKey
  readonly stored: ExperienceSums
  readonly expected: ExperienceSums
}

/** Experience counted from its beginning: checkpoints and the events after them. Changed in place. */
export class ExperienceTotals {
  readonly #plain: CellMap = new Map()
  readonly #users = new Map<string, CountedUser>()

  /** Adds one answer, given all its events in `seq` order. */
  addAnswer(answer: CreditedAnswer, events: readonly StoredFeedbackEvent[]): void {
    const [first, last] = [events[0], events.at(-1)]
    if (first === undefined || last === undefined) return
    const own = experienceCellOf(answer, { scope: 'agent', epoch: first.epoch })
    this.addPlain(own, plainShare(effectiveFeedback(events)?.ratingMilli))
    const user = this.#userOf(own, answer.userId ?? '')
    const to = learnedFeedback(events)?.ratingMilli
    user.tally = replaceRating(user.tally, { from: undefined, to })
    if (last.seq < user.seq) return
    user.seq = last.seq
    user.tally = { ...user.tally, weightMilli: last.weightMilli }
  }

  /** Adds plain sums to a cell of an agent. */
  addPlain(own: ExperienceCellKey, { count, sum, sumOfSquares }: PlainSums): void {
    add(this.#plain, own, { ...NO_EXPERIENCE, count, sum, sumOfSquares })
  }

  /** Puts in what a user's ratings came to before any event that is added. */
  addUser({ cell, userId, tally }: UserExperience): void {
    this.#userOf(cell, userId).tally = tally
  }

  /** The plain sums of the cells of agents. */
  plainCells(): readonly (ExperienceCellKey & PlainSums)[] {
    return [...this.#plain.values()].map(({ cell, sums }) => ({ ...cell, ...sums }))
  }

  users(): readonly UserExperience[] {
    return [...this.#users.values()]
  }

  /** The cells of the agents and of their tenant. */
  cells(): readonly StoredExperienceCell[] {
    return [...this.#allCells().values()].map(({ cell, sums }) => ({ ...cell, ...sums }))
  }

  /** Where the stored cells of the tenant and its agents say something else. A cell of zeros is as good as none. */
  mismatches(stored: readonly StoredExperienceCell[]): readonly ExperienceMismatch[] {
    const all = this.#allCells()
    const found = new Map(stored.map((cell) => [experienceCellName(cell), cell]))
    const expected = [...all].map(([name, { cell, sums }]) => ({
      cell,
      stored: sumsOf(found.get(name)),
      expected: sums,
    }))
    const unexpected = stored
      .filter((cell) => !all.has(experienceCellName(cell)))
      .map((cell) => ({ cell: keyOf(cell), stored: sumsOf(cell), expected: NO_EXPERIENCE }))
    return [...expected, ...unexpected].filter(
      ({ stored: left, expected: right }) => !areEqual(left, right),
    )
  }

  #userOf(cell: ExperienceCellKey, userId: string): CountedUser {
    const name = JSON.stringify([experienceCellName(cell), userId])
    const known = this.#users.get(name) ?? { cell: keyOf(cell), userId, tally: NO_TALLY, seq: -1 }
    this.#users.set(name, known)
    return known
  }

  #allCells(): CellMap {
    const cells: CellMap = new Map()
    const addBoth = (own: ExperienceCellKey, sums: ExperienceSums): void => {
      add(cells, own, sums)
      add(cells, { ...own, scope: 'tenant', agentId: '' }, sums)
    }
    for (const { cell, sums } of this.#plain.values()) addBoth(cell, sums)
    for (const { cell, tally } of this.#users.values()) addBoth(cell, weightedShare(tally))
    return cells
  }
}

type CellMap = Map<string, { readonly cell: ExperienceCellKey; sums: ExperienceSums }>

interface CountedUser extends UserExperience {
  tally: UserTally
  /** Of the newest event that was added: what the user weighs was decided last with it. */
  seq: number
}

function add(cells: CellMap, cell: ExperienceCellKey, sums: ExperienceSums): void {
  const name = experienceCellName(cell)
  const known = cells.get(name)
  if (known === undefined) cells.set(name, { cell: keyOf(cell), sums: sumsOf(sums) })
  else known.sums = addExperience(known.sums, sums)
}

/** The cells of every scope that an answer counts in, from the narrowest to the widest. */
export function experienceCellsOf(
  answer: CreditedAnswer,
  epoch: number,
): readonly ExperienceCellKey[] {
  return EXPERIENCE_SCOPES.map((scope) => experienceCellOf(answer, { scope, epoch }))
}

const SUMS = Object.keys(NO_EXPERIENCE) as readonly (keyof ExperienceSums)[]

function areEqual(left: ExperienceSums, right: ExperienceSums): boolean {
  return SUMS.every((name) => left[name] === right[name])
}

function sumsOf(cell: ExperienceSums | undefined): ExperienceSums {
  const { count, sum, sumOfSquares, weightMilli, weightedSum, weightedSumOfSquares } =
    cell ?? NO_EXPERIENCE
  return { count, sum, sumOfSquares, weightMilli, weightedSum, weightedSumOfSquares }
}

function keyOf(cell: ExperienceCellKey): ExperienceCellKey {
  const { scope, tenantId, agentId, taskType, modelId, month, epoch } = cell
  return { scope, tenantId, agentId, taskType, modelId, month, epoch }
}
