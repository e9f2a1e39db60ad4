import type { AdminApi, Sending } from '../api/admin-api.ts'
import type { AgentSummaryWire } from '../api/wire.ts'

/** The agents of the tenant. */
export interface AgentsRead {
  readonly items: readonly AgentSummaryWire[]
  /** Whether there are more than were read. */
  readonly isCut: boolean
}

const PAGE_SIZE = 200
/** Ten thousand agents. */
const MOST_PAGES = 50

/** Reads all agents, so that they can be searched and put in order here. */
export async function readAgents(api: AdminApi, sending: Sending = {}): Promise<AgentsRead> {
  const items: AgentSummaryWire[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const read = await api.agents({ cursor, limit: PAGE_SIZE }, sending)
    items.push(...read.items)
    if (read.next_cursor === null) return { items, isCut: false }
    cursor = read.next_cursor
  }
  return { items, isCut: true }
}
