#!/usr/bin/env node
import process from 'node:process'

import { runCommandLine } from '@imrs/cli'

const stop = new AbortController()
// Once each: a second Ctrl-C ends the process as it always does.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => stop.abort(new Error(signal)))
}

process.exitCode = await runCommandLine({
  parameters: process.argv.slice(2),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  folder: process.cwd(),
  environment: process.env,
  signal: stop.signal,
})
