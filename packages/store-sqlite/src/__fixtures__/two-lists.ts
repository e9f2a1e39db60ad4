import type { Model } from '@imrs/core'

const SIZE = 3_000

/** One of two lists of one provider: every second model is in both, under another display name. */
export function listNumber(list: number): readonly Model[] {
  return Array.from({ length: SIZE }, (_, index) => {
    const name = index % 2 === 0 ? `both-${index}` : `only-${list}-${index}`
    return {
      id: `p/${name}`,
      providerId: 'p',
      externalId: name,
      displayName: `of list ${list}`,
      modelType: 'chat',
      capabilities: ['text'],
      pricing: {},
      isAvailable: true,
      metadata: {},
      priority: 50,
      domains: [],
      origin: 'sync',
      createdAtMs: 0,
      updatedAtMs: 0,
    }
  })
}
