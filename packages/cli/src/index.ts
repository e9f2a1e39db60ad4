export { runCommandLine } from './run-command-line.ts'
export type { CommandLine, InputStream } from './context/command-context.ts'
export type { OutputStream } from './context/output.ts'
export type { RouterConfig } from './setup/config-file.ts'
