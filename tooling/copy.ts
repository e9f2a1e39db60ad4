/** Copies a store into another one. `npm run copy -- --help` says how. */
import { runImrs } from './run-imrs.ts'

await runImrs('copy')
