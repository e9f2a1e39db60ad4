/**
 * Writes the table of scenarios in `docs/failure-contract.md` anew, from the suite:
 * `node --conditions=@imrs/source tooling/failure-contract.ts`
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from './run.ts'
import { contractWithTable } from './scenario-table.ts'

const file = join(root, 'docs', 'failure-contract.md')
writeFileSync(file, contractWithTable(readFileSync(file, 'utf8')))
