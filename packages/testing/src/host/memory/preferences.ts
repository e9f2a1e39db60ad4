import type { ModelSelection, PreferenceKey, PreferenceRepository } from '@imrs/core'

import { frozenCopy } from './frozen-copy.ts'
import { begin, keyOf } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'

export function memoryPreferences(data: MemoryData): PreferenceRepository {
  const put = (
    { tenantId, userId }: PreferenceKey,
    field: 'selection' | 'lastValid',
    selection: ModelSelection,
  ): void => {
    const stored = data.preferences.get(keyOf(tenantId, userId))
    if ((stored?.[field]?.atMs ?? -Infinity) > selection.atMs) return
    const row = frozenCopy({ ...stored, tenantId, userId, [field]: selection })
    data.preferences.set(keyOf(tenantId, userId), row)
  }
  return {
    get: async (key, options) => {
      begin(data, options)
      return data.preferences.get(keyOf(key.tenantId, key.userId))
    },
    putSelection: async (key, selection, options) => {
      begin(data, options)
      put(key, 'selection', selection)
    },
    putLastValid: async (key, selection, options) => {
      begin(data, options)
      put(key, 'lastValid', selection)
    },
  }
}
