export { nodeListener } from './node-listener.ts'
export type { NodeListener } from './node-listener.ts'
export { serveHttp } from './serve-http.ts'
export type { ServeHttpOptions, ServedHttp } from './serve-http.ts'
