import type { ExperienceCell, Store } from '@imrs/core'

import { memoryAgentModels } from './memory/agent-models.ts'
import { memoryApiKeys } from './memory/api-keys.ts'
import { memoryAudit } from './memory/audit.ts'
import { memoryBudgets } from './memory/budgets.ts'
import { freeLocks, memoryCoordination } from './memory/coordination.ts'
import { memoryFeedback } from './memory/feedback.ts'
import { memoryLedger } from './memory/ledger.ts'
import { begin, createMemoryData } from './memory/memory-data.ts'
import { memoryModels } from './memory/models.ts'
import { memoryOutbox } from './memory/outbox.ts'
import { memoryParameters } from './memory/parameters.ts'
import { memoryPerformance } from './memory/performance.ts'
import { memoryPreferences } from './memory/preferences.ts'
import { memoryPresets } from './memory/presets.ts'
import { memoryProviders } from './memory/providers.ts'

/** A store, and what a test may see of it that the contract does not show. */
export interface MemoryStore extends Store {
  /** The experience of every scope, in no order. */
  readonly allExperience: () => readonly ExperienceCell[]
}

/**
 * Makes a store that keeps everything in this process: the reference implementation of the contract,
 * and the store of tests. Nothing outlives the object.
 */
export function memoryStore(): MemoryStore {
  const data = createMemoryData()
  return {
    specVersion: 'v1',
    name: 'memory',
    providers: memoryProviders(data),
    models: memoryModels(data),
    agentModels: memoryAgentModels(data),
    preferences: memoryPreferences(data),
    ledger: memoryLedger(data),
    performance: memoryPerformance(data),
    budgets: memoryBudgets(data),
    parameters: memoryParameters(data),
    presets: memoryPresets(data),
    feedback: memoryFeedback(data),
    outbox: memoryOutbox(data),
    changes: {
      versions: async (topics, options) => {
        begin(data, options)
        return topics.map((topic) => data.versions.get(topic) ?? 0)
      },
      watch: async (watcher) => {
        begin(data, undefined)
        data.watchers.add(watcher)
        // Copies may be older than the watching.
        const old = watcher.topics().filter((topic) => {
          const known = watcher.versionOf(topic)
          return known !== undefined && known !== (data.versions.get(topic) ?? 0)
        })
        if (old.length > 0) watcher.moved(old)
        return async () => void data.watchers.delete(watcher)
      },
    },
    coordination: memoryCoordination(data),
    audit: memoryAudit(data),
    apiKeys: memoryApiKeys(data),
    migrate: async (options) => begin(data, options),
    migrationStatus: async (options) => {
      begin(data, options)
      return { applied: [], pending: [], unknown: [] }
    },
    close: async () => {
      data.isClosed = true
      data.watchers.clear()
      freeLocks(data)
    },
    allExperience: () => [...data.experience.values()],
  }
}
