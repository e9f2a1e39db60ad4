import type { SubscribeToRouter } from '../observe/request-observer.ts'
import type { Instruments } from './instruments.ts'

/** Measures what routers tell beside their answers. */
export function measureEvents(on: SubscribeToRouter, instruments: Instruments): void {
  const { listReads, healthChecks, cacheReads, picker, selections, alerts, refusals } = instruments
  on('model-list-read', ({ providerId, outcome, failureKind, durationMs }) => {
    listReads.record(durationMs / 1000, facts(providerId, outcome, failureKind))
  })
  on('health-checked', ({ providerId, outcome, failureKind, durationMs }) => {
    healthChecks.record(durationMs / 1000, facts(providerId, outcome, failureKind))
  })
  on('cache-read', ({ cache, result }) => {
    cacheReads.add(1, { 'imrs.cache': cache, 'imrs.result': result })
  })
  on('picker-measured', ({ measure, durationMs }) => {
    picker.record(durationMs / 1000, { 'imrs.measure': measure })
  })
  on('request-refused', ({ code }) => refusals.add(1, { 'error.type': code }))
  on('selection-changed', () => selections.add(1))
  on('alert-raised', ({ alert }) => alerts.add(1, { 'imrs.alert': alert }))
  on('alert-cleared', ({ alert }) => alerts.add(-1, { 'imrs.alert': alert }))
}

function facts(
  providerId: string,
  outcome: string,
  failureKind: string | undefined,
): Record<string, string> {
  return {
    'imrs.provider.id': providerId,
    'imrs.outcome': outcome,
    ...(failureKind === undefined ? {} : { 'error.type': failureKind }),
  }
}
