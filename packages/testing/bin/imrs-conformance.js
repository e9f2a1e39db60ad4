#!/usr/bin/env node
import process from 'node:process'

import { runConformanceCommand } from '@imrs/testing/conformance'

const stop = new AbortController()
// Once: a second Ctrl-C ends the process as it always does.
process.once('SIGINT', () => stop.abort(new Error('Stopped by Ctrl-C')))

process.exitCode = await runConformanceCommand({
  parameters: process.argv.slice(2),
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop.signal,
})
