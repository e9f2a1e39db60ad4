import {
  NO_EXPERIENCE,
  NO_TALLY,
  addExperience,
  experienceCellName,
  experienceCellOf,
  experienceCellsOf,
} from '@imrs/core'
import type {
  CreditedAnswer,
  ExperienceCellKey,
  ExperienceSums,
  RecordedFeedback,
  UserExperience,
  UserTally,
} from '@imrs/core'

import { frozenCopy } from './frozen-copy.ts'
import { keyOf } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'

/** An answer, and the epoch of its model that it counts in. */
export interface CountedAnswer {
  readonly answer: CreditedAnswer
  readonly epoch: number
}

/** What the ratings of the answer's user in the agent's cell come to. */
export function tallyOf(data: MemoryData, counted: CountedAnswer): UserTally {
  return data.experienceUsers.get(userKey(userOf(counted, NO_TALLY)))?.tally ?? NO_TALLY
}

/** The sums of the agent's cell. */
export function cellSums(data: MemoryData, { answer, epoch }: CountedAnswer): ExperienceSums {
  const name = experienceCellName(experienceCellOf(answer, { scope: 'agent', epoch }))
  return data.experience.get(name) ?? NO_EXPERIENCE
}

/** Adds what a signal changed to the cell of every scope, and keeps what its user's ratings come to. */
export function moveExperience(
  data: MemoryData,
  counted: CountedAnswer,
  { change, tally }: Pick<RecordedFeedback, 'change' | 'tally'>,
): void {
  for (const cell of experienceCellsOf(counted.answer, counted.epoch)) addToCell(data, cell, change)
  putUser(data, userOf(counted, tally))
}

export function addToCell(data: MemoryData, cell: ExperienceCellKey, change: ExperienceSums): void {
  const name = experienceCellName(cell)
  const sums = addExperience(data.experience.get(name) ?? NO_EXPERIENCE, change)
  data.experience.set(name, Object.freeze({ ...cell, ...sums }))
}

/** Puts these in place of all that was known of the tenant's users. */
export function putUsers(
  data: MemoryData,
  tenantId: string,
  users: readonly UserExperience[],
): void {
  for (const [key, { cell }] of data.experienceUsers) {
    if (cell.tenantId === tenantId) data.experienceUsers.delete(key)
  }
  for (const user of users) putUser(data, user)
}

function putUser(data: MemoryData, user: UserExperience): void {
  data.experienceUsers.set(userKey(user), frozenCopy(user))
}

function userKey({ cell, userId }: UserExperience): string {
  return keyOf(experienceCellName(cell), userId)
}

function userOf({ answer, epoch }: CountedAnswer, tally: UserTally): UserExperience {
  const cell = experienceCellOf(answer, { scope: 'agent', epoch })
  return { cell, userId: answer.userId ?? '', tally }
}
