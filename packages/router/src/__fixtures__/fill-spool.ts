import { systemRuntime } from '@imrs/core'

import { resolveSpoolOptions } from '../record/spool/spool-options.ts'
import { Spool } from '../record/spool/spool.ts'
import { messageIdsOf, recordsOf } from './records.ts'

/** What became of forty groups of seven records. */
export interface FilledSpool {
  readonly accepted: number
  readonly refusals: readonly string[]
  readonly waiting: number
  /** What is read from the disk afterwards, in order. */
  readonly ids: readonly string[]
}

const [directory = ''] = process.argv.slice(2)
const report = (error: Error): void => void process.stderr.write(`${error.message}\n`)
const options = resolveSpoolOptions({ directory })
const spool = await Spool.open(options, { runtime: systemRuntime, report })

let accepted = 0
const refusals: string[] = []
for (let group = 0; group < 40; group += 1) {
  const result = await spool.append(recordsOf(group * 7, 7))
  accepted += result.accepted
  if (result.refusal !== undefined) refusals.push(result.refusal.message)
}
const { waiting } = spool
const ids: string[] = []
for (let segment = await spool.oldest(); segment !== undefined; segment = await spool.oldest()) {
  const lines = (await spool.read(segment)) ?? []
  ids.push(...messageIdsOf(lines.flatMap(({ batch }) => (batch === undefined ? [] : [batch]))))
  await spool.finish(segment)
}
await spool.close()
process.stdout.write(JSON.stringify({ accepted, refusals, waiting, ids } satisfies FilledSpool))
