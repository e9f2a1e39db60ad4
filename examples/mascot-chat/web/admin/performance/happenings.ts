import type { AdminApi } from '../api/admin-api.ts'
import type { Cancellable } from '../api/use-api.ts'
import type { CatalogueEventWire, DriftAlarmWire } from '../api/wire.ts'
import { scopeQuery } from './period-filters.tsx'
import type { Scope } from './period-filters.tsx'

/** What happened in a period, and may be why a line bends. */
export interface Happenings {
  /** Of the kinds that a chart marks, the newest first. */
  readonly events: readonly CatalogueEventWire[]
  /** Alarms of the learning strategy, the newest first. */
  readonly drift: readonly DriftAlarmWire[]
  /** Before this time not all events were read. Default: all were. */
  readonly isWholeSince: string | undefined
}

const MARKED: readonly CatalogueEventWire['type'][] = [
  'price-changed',
  'model-added',
  'model-removed',
  'model-deprecated',
]
const PAGE_SIZE = 1000
/** Of each kind: the first sync of a large provider alone tells of every model. */
const MOST_PAGES = 5

/** Reads what happened since a day, and nothing from before it. */
export async function readHappenings(
  api: AdminApi,
  scope: Scope,
  sending: Cancellable,
): Promise<Happenings> {
  const { from = '', agent_id: agent } = scopeQuery(scope)
  const [drift, ...kinds] = await Promise.all([
    api.drift({ agent_id: agent, from }, sending),
    ...MARKED.map((type) => readKind(api, { type, from }, sending)),
  ])
  const cuts = kinds.flatMap(({ isCut, events }) => (isCut ? (events.at(-1)?.at ?? []) : []))
  return {
    events: kinds.flatMap(({ events }) => events).toSorted((one, other) => other.seq - one.seq),
    drift: drift.items,
    isWholeSince: cuts.toSorted().at(-1),
  }
}

interface KindRequest {
  readonly type: CatalogueEventWire['type']
  /** A UTC day. */
  readonly from: string
}

interface KindRead {
  readonly events: readonly CatalogueEventWire[]
  readonly isCut: boolean
}

async function readKind(
  api: AdminApi,
  { type, from }: KindRequest,
  sending: Cancellable,
): Promise<KindRead> {
  const events: CatalogueEventWire[] = []
  let before: number | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const read = await api.catalogueEvents({ type, before, limit: PAGE_SIZE }, sending)
    const inPeriod = read.items.filter(({ at }) => at >= from)
    events.push(...inPeriod)
    if (read.next === null || inPeriod.length < read.items.length) return { events, isCut: false }
    before = read.next
  }
  return { events, isCut: true }
}
