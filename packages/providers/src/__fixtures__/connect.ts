import type {
  ModelCall,
  ModelPart,
  Provider,
  ProviderAdapter,
  ProviderDefinition,
  Runtime,
} from '@imrs/core'
import { systemRuntime, vaultPathOf } from '@imrs/core'

export interface ConnectOptions {
  readonly credential?: string | undefined
  readonly runtime?: Runtime | undefined
}

/** The row that a definition stands for. */
export function rowOf({ provider }: ProviderDefinition): Provider {
  return {
    ...provider,
    apiKeyVaultPath: vaultPathOf(provider.id),
    isActive: true,
    origin: 'code',
    createdAtMs: 0,
    updatedAtMs: 0,
  }
}

export function connect(
  definition: ProviderDefinition,
  { credential, runtime = systemRuntime }: ConnectOptions = {},
): ProviderAdapter {
  return definition.family.connect({ provider: rowOf(definition), credential, runtime })
}

export function callOf(externalId: string, changes: Partial<ModelCall> = {}): ModelCall {
  return {
    externalId,
    stream: true,
    messages: [{ role: 'user', content: 'Write a Python function that sorts a list' }],
    ...changes,
  }
}

export async function readParts(parts: AsyncIterable<ModelPart>): Promise<ModelPart[]> {
  const read: ModelPart[] = []
  for await (const part of parts) read.push(part)
  return read
}

export function textOfParts(parts: readonly ModelPart[]): string {
  return parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('')
}
