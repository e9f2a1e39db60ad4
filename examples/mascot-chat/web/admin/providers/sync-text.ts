import { countOf, countText } from '../ui/format.ts'
import type { Sync } from './use-sync.ts'

export type ErrorOrReport = Pick<Sync, 'error' | 'report'>

/** What was heard so far: `12 added, 3 updated, 0 removed so far · 1.3 s`. */
export function progressText({ counts, elapsedMs, isRunning }: Sync): string {
  if (counts === undefined) return ''
  const { added, updated, removed, priceChanges } = counts
  const prices = priceChanges === 0 ? '' : `, ${countOf(priceChanges, 'price change')}`
  const heard = `${countText(added)} added, ${countText(updated)} updated, ${countText(removed)} removed`
  const when = isRunning ? 'so far' : 'heard as it went'
  return `Events: ${heard}${prices} ${when} · ${(elapsedMs / 1000).toFixed(1)} s`
}

/** How it ended; empty before any. */
export function outcomeText({ error, report }: ErrorOrReport): string {
  if (error !== undefined) return `The sync failed; the models stay as they were. ${error.message}`
  if (report === undefined) return ''
  const unreadable =
    report.models_unreadable === 0 ? '' : ` ${countText(report.models_unreadable)} were unreadable.`
  return (
    `Found ${countOf(report.models_discovered, 'model')}: ${countText(report.models_added)} added, ` +
    `${countText(report.models_updated)} updated, ${countText(report.models_unchanged)} unchanged, ` +
    `${countText(report.models_removed)} removed.${unreadable}`
  )
}
