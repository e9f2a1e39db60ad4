import type { ExperienceCell } from '@imrs/core'

/** Ratings by how near they are to an agent; each rating is in one stratum only. */
export interface Strata {
  /** What the agent's own answers got. */
  readonly own: readonly ExperienceCell[]
  /** What its tenant's other agents got, then what other tenants got. */
  readonly others: readonly (readonly ExperienceCell[])[]
}

/** A wider scope holds the narrower ones: they are taken out of it again, cell by cell, in whole numbers. */
export function toStrata(cells: readonly ExperienceCell[]): Strata {
  const agent = cells.filter(({ scope }) => scope === 'agent')
  const tenant = cells.filter(({ scope }) => scope === 'tenant')
  const global = cells.filter(({ scope }) => scope === 'global')
  const beyondTenant = without(global, tenant.length > 0 ? tenant : agent)
  return { own: agent, others: [without(tenant, agent), beyondTenant] }
}

function without(
  wide: readonly ExperienceCell[],
  narrow: readonly ExperienceCell[],
): readonly ExperienceCell[] {
  if (wide.length === 0) return wide
  const inside = new Map(narrow.map((cell) => [nameOf(cell), cell]))
  return wide.map((cell) => {
    const taken = inside.get(nameOf(cell))
    if (taken === undefined) return cell
    return {
      ...cell,
      count: Math.max(0, cell.count - taken.count),
      sum: Math.max(0, cell.sum - taken.sum),
      sumOfSquares: Math.max(0, cell.sumOfSquares - taken.sumOfSquares),
    }
  })
}

function nameOf({ taskType, modelId, month, epoch }: ExperienceCell): string {
  return JSON.stringify([taskType, modelId, month, epoch])
}
