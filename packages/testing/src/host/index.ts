export { createTestRuntime } from './test-runtime.ts'
export type { TestRuntime, TestRuntimeOptions } from './test-runtime.ts'
export { memoryStore } from './memory-store.ts'
export type { MemoryStore } from './memory-store.ts'
export { fakeProvider } from './fake-provider.ts'
export type {
  FakeAnswer,
  FakeCall,
  FakeModel,
  FakeProvider,
  FakeProviderOptions,
} from './fake-provider.ts'
