import type * as core from '@imrs/core'

// The lists of core, name by name: importing them would bring its schemas along, a quarter of this page.
// They cannot differ from core's, whose types they have.

export const CAPABILITIES: typeof core.CAPABILITIES = [
  'text',
  'vision',
  'code',
  'audio',
  'long_context',
  'function_calling',
  'video',
  'document',
  'reasoning',
  'structured_output',
  'image_generation',
]

export const CATALOG_EVENT_TYPES: typeof core.CATALOG_EVENT_TYPES = [
  'model-added',
  'model-updated',
  'model-removed',
  'model-deprecated',
  'price-changed',
]

export const COST_TIERS: typeof core.COST_TIERS = ['free', 'low', 'standard', 'premium']

export const MODEL_TYPES: typeof core.MODEL_TYPES = [
  'chat',
  'batch',
  'embedding',
  'image',
  'video',
  'speech',
  'transcription',
  'moderation',
  'rerank',
  'realtime',
  'unknown',
]

export const PROVIDER_TYPES: typeof core.PROVIDER_TYPES = [
  'openrouter',
  'openai',
  'anthropic',
  'azure',
  'google',
  'requesty',
  'custom',
]
