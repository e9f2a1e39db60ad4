import { publishedPackages, run, twoAtATime } from './run.ts'

const results = await twoAtATime(publishedPackages(), async ({ name, directory }) => {
  const { ok, output } = await run('tsup', ['--silent'], directory)
  console.log(ok ? `built @imrs/${name}` : `@imrs/${name} does not build:\n${output}`)
  return ok
})
if (results.includes(false)) process.exitCode = 1
