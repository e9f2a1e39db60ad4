/**
 * Says what other strategies would have earned, from the rated decisions of a database.
 * `npm run evaluate -- --help` says how.
 */
import { runImrs } from './run-imrs.ts'

await runImrs('evaluate')
