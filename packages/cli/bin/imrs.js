#!/usr/bin/env node
import process from 'node:process'

// Before the rest is loaded: an older Node fails at that, and may not say why.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `imrs: This needs Node 22.18 or newer, but runs under ${process.versions.node} (${process.execPath}).\n`,
  )
  process.exit(1)
}
const { runCommandLine } = await import('@imrs/cli')

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
