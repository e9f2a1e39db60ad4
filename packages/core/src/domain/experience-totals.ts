import { monthOf } from '../ids.ts'
import { NO_EXPERIENCE, addExperience, experienceShareOf } from './experience-share.ts'
import type { ExperienceSums } from './experience-share.ts'
import { EXPERIENCE_SCOPES } from './experience.ts'
import type { ExperienceCellKey, ExperienceScope, StoredExperienceCell } from './experience.ts'
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

/** What one user weighs in one cell of an agent. */
export interface ExperienceUserWeight {
  readonly cell: ExperienceCellKey
  readonly userId: string
  readonly weightMilli: number
}

/** Where stored sums are not what they should be. */
export interface ExperienceMismatch {
  readonly cell: ExperienceCellKey
  readonly stored: ExperienceSums
  readonly expected: ExperienceSums
}

/** Experience counted from its beginning: checkpoints and the events after them. Changed in place. */
export class ExperienceTotals {
  readonly #cells = new Map<string, { readonly cell: ExperienceCellKey; sums: ExperienceSums }>()
  readonly #users = new Map<string, ExperienceUserWeight>()

  /** Adds one answer, given all its events in `seq` order, to the cells of its agent and its tenant. */
  addAnswer(answer: CreditedAnswer, events: readonly StoredFeedbackEvent[]): void {
    const share = experienceShareOf(events)
    const epoch = events[0]?.epoch ?? 0
    const own = experienceCellOf(answer, { scope: 'agent', epoch })
    this.addCell(own, share)
    const { userId } = answer
    if (userId === undefined || share.weightMilli === 0) return
    const name = JSON.stringify([experienceCellName(own), userId])
    const weightMilli = (this.#users.get(name)?.weightMilli ?? 0) + share.weightMilli
    this.#users.set(name, { cell: own, userId, weightMilli })
  }

  /** Adds sums to a cell of an agent, and to its tenant's. */
  addCell(own: ExperienceCellKey, sums: ExperienceSums): void {
    this.#add(own, sums)
    this.#add({ ...own, scope: 'tenant', agentId: '' }, sums)
  }

  cells(scope: ExperienceScope): readonly StoredExperienceCell[] {
    const all = [...this.#cells.values()].filter(({ cell }) => cell.scope === scope)
    return all.map(({ cell, sums }) => ({ ...cell, ...sums }))
  }

  userWeights(): readonly ExperienceUserWeight[] {
    return [...this.#users.values()]
  }

  get size(): number {
    return this.#cells.size
  }

  /** Where the stored cells of the tenant and its agents say something else. A cell of zeros is as good as none. */
  mismatches(stored: readonly StoredExperienceCell[]): readonly ExperienceMismatch[] {
    const found = new Map(stored.map((cell) => [experienceCellName(cell), cell]))
    const expected = [...this.#cells].map(([name, { cell, sums }]) => ({
      cell,
      stored: sumsOf(found.get(name)),
      expected: sums,
    }))
    const unexpected = stored
      .filter((cell) => !this.#cells.has(experienceCellName(cell)))
      .map((cell) => ({ cell: keyOf(cell), stored: sumsOf(cell), expected: NO_EXPERIENCE }))
    return [...expected, ...unexpected].filter(
      ({ stored: left, expected: right }) => !areEqual(left, right),
    )
  }

  #add(cell: ExperienceCellKey, sums: ExperienceSums): void {
    const name = experienceCellName(cell)
    const known = this.#cells.get(name)
    if (known === undefined) this.#cells.set(name, { cell: keyOf(cell), sums: sumsOf(sums) })
    else known.sums = addExperience(known.sums, sums)
  }
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
