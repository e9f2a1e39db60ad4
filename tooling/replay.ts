/** Replays recorded outcomes through the router's strategies. `npm run replay -- --help` says how. */
import { runImrs } from './run-imrs.ts'

await runImrs('replay')
