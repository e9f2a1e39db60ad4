import type { ExperienceCell } from '@imrs/core'

import { groupOfType } from '../prepare/experience-type-of.ts'
import type { TextGroup } from '../text/text-group.ts'
import type { OwnRating } from './own-ratings.ts'

/** Two processes may have found groups at once; of more, the least known are left out. */
const MAX_GROUPS = 64

/** The groups that cells are named after, most ratings first: they outlive the process that found them. */
export function textGroupsOf(cells: readonly ExperienceCell[]): readonly TextGroup[] {
  const ratings = new Map<string, number>()
  for (const { taskType, count } of cells) {
    if (count > 0) ratings.set(taskType, (ratings.get(taskType) ?? 0) + count)
  }
  const found = [...ratings].flatMap(([taskType, count]) => {
    const group = groupOfType(taskType)
    return group === undefined ? [] : [{ group, count }]
  })
  found.sort(
    (left, right) => right.count - left.count || (left.group.name < right.group.name ? -1 : 1),
  )
  return found.slice(0, MAX_GROUPS).map(({ group }) => group)
}

/** The same with groups that ratings since were the first of; they are the least known. */
export function addTextGroups(
  groups: readonly TextGroup[],
  ratings: readonly OwnRating[],
): readonly TextGroup[] {
  let all = groups
  for (const { message, moved } of ratings) {
    const group = groupOfType(message.creditedTaskType)
    if (group === undefined || moved.change.count <= 0 || all.length >= MAX_GROUPS) continue
    if (!all.some(({ name }) => name === group.name)) all = [...all, group]
  }
  return all
}
