import { writeSync } from 'node:fs'

import { systemRuntime } from '@imrs/core'

import { resolveSpoolOptions } from '../record/spool/spool-options.ts'
import { Spool } from '../record/spool/spool.ts'
import { recordsOf } from './records.ts'

const [directory = '', first = '0'] = process.argv.slice(2)
const report = (error: Error): void => void process.stderr.write(`${error.message}\n`)
const options = { ...resolveSpoolOptions({ directory }), segmentBytes: 4096 }
const spool = await Spool.open(options, { runtime: systemRuntime, report })

// Says how far it came, each time that is safe, until it is killed.
for (let next = Number(first); ; next += 3) {
  const { refusal } = await spool.append(recordsOf(next, 3))
  if (refusal !== undefined) throw refusal
  writeSync(1, `${next + 3}\n`)
}
