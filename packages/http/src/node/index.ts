export { nodeListener } from './node-listener.ts'
export type { NodeListener } from './node-listener.ts'
