// Adds up the reports that .ci/run collected. Plain JavaScript: it also runs when the install failed.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [directory = '', ...statuses] = process.argv.slice(2)
let passed = 0
let failed = 0

function read(name) {
  const file = join(directory, `${name}.json`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

for (const [index, name] of ['test', 'check', 'browser'].entries()) {
  const report = read(name)
  let failures = 0
  if (Array.isArray(report)) {
    failures = report.filter(({ ok }) => !ok).length
    passed += report.length - failures
  } else if (report !== undefined) {
    // A file that cannot be loaded has no failed test in it, but is a failure.
    const broken = report.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    )
    failures = report.numFailedTests + broken.length
    passed += report.numPassedTests
    if (name === 'test' && report.numPassedTests === 0) failures += 1
  }
  // A step that ended badly without a failure in its report has failed as a whole.
  if (statuses[index] !== '0' && failures === 0) failures = 1
  failed += failures
}

if (failed > 0) process.exitCode = 1
process.stdout.write(`${passed} passed, ${failed} failed\n`)
