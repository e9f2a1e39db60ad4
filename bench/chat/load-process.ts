/**
 * One contender alone in a process: calls as fast as they come, at a fixed concurrency, and the CPU
 * time they took. Started with the course and the contender's name; answers each load with its slices.
 */
import type { Course } from './contender.ts'
import { CONTENDERS } from './contenders/index.ts'
import type { Load, LoadSlice } from './load.ts'
import { timedCall } from './timed-call.ts'

const [name = '', given = '{}'] = process.argv.slice(2)
const course = JSON.parse(given) as Course
const contender = await CONTENDERS[name]?.(course)
if (contender === undefined) throw new Error(`${name} cannot run here`)

async function cpuTime(): Promise<number> {
  const { user, system } = process.cpuUsage()
  return user + system + ((await contender?.cpuOfOthers?.()) ?? 0)
}

async function run({ concurrency, slices, sliceMs }: Load): Promise<LoadSlice[]> {
  let done = 0
  let isOver = false
  const callers = Array.from({ length: concurrency }, async () => {
    while (!isOver) {
      await timedCall(contender as NonNullable<typeof contender>, course.mode)
      done += 1
    }
  })
  const results: LoadSlice[] = []
  for (let slice = 0; slice < slices; slice += 1) {
    const before = { done, cpu: await cpuTime(), at: performance.now() }
    await new Promise((resolve) => setTimeout(resolve, sliceMs))
    const cpu = await cpuTime()
    const requests = done - before.done
    const seconds = (performance.now() - before.at) / 1000
    results.push({ requests, seconds, cpuMicroseconds: cpu - before.cpu })
  }
  isOver = true
  await Promise.all(callers)
  return results
}

process.on('message', (load: Load) => {
  void run(load).then((results) => process.send?.(results))
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
