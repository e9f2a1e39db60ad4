import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, it, onTestFinished } from 'vitest'

import { load } from './__fixtures__/load.ts'
import type { Load, LoadFigures } from './__fixtures__/load.ts'
import type { Held } from './__fixtures__/soak-door.ts'

const PER_SECOND = Number(process.env['IMRS_SOAK_PER_SECOND'] ?? 500)
const ROUND_MS = 8_000
const ROUNDS = Number(process.env['IMRS_SOAK_ROUNDS'] ?? 8)

const CALM = { durationMs: ROUND_MS, good: PER_SECOND, leaving: 0, malformed: 0, loris: 0 }
const MIXED = { ...CALM, leaving: PER_SECOND / 25, malformed: PER_SECOND / 25, loris: 200 }

it('good clients wait at most twice as long beside slow, leaving and wrong ones, and nothing is left', async () => {
  const door = await startDoor()
  const all = { calm: new Array<LoadFigures>(), mixed: new Array<LoadFigures>() }
  await load({ ...CALM, ...door, durationMs: 5_000 })
  const before = await settled(door.held)
  for (let round = 0; round < ROUNDS; round += 1) {
    // Taking turns: what else the machine does meets both alike.
    all.calm.push(await played('calm', { ...CALM, ...door }))
    all.mixed.push(await played('mixed', { ...MIXED, ...door }))
  }
  const after = await settled(door.held)
  const ratio = p99(all.mixed) / p99(all.calm)
  say(
    `p99 calm ${p99(all.calm).toFixed(1)} ms, mixed ${p99(all.mixed).toFixed(1)} ms, ${ratio.toFixed(2)} times`,
  )
  say(`heap ${mega(before.heapBytes)} MB before, ${mega(after.heapBytes)} MB after`)
  for (const figures of [...all.calm, ...all.mixed]) {
    expect(figures.problems).toEqual([])
    expect(figures.answered).toBe(figures.sent)
  }
  expect(after).toMatchObject({ connections: 0, sleeps: 0, openAnswers: 0, openCalls: 0 })
  expect(after.heapBytes - before.heapBytes).toBeLessThan(20_000_000)
  expect(ratio).toBeLessThanOrEqual(2)
})

interface DoorProcess {
  readonly baseUrl: string
  readonly held: () => Promise<Held>
}

async function startDoor(): Promise<DoorProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'imrs-soak-'))
  const file = fileURLToPath(new URL('__fixtures__/soak-process.ts', import.meta.url))
  const child = fork(file, [join(folder, 'imrs.db')], { execArgv: ['--conditions=@imrs/source'] })
  onTestFinished(async () => {
    const exited = once(child, 'exit')
    child.kill()
    await exited
    await rm(folder, { recursive: true })
  })
  const [{ baseUrl }] = (await once(child, 'message')) as [{ readonly baseUrl: string }]
  const held = async (): Promise<Held> => {
    const answer = once(child, 'message')
    child.send('What do you hold?')
    return ((await answer) as [Held])[0]
  }
  return { baseUrl, held }
}

async function played(name: string, plan: Load): Promise<LoadFigures> {
  const figures = await load(plan)
  const { answered, left, malformed, cut, latencies, problems } = figures
  say(
    `${name}: ${answered} answers in ${plan.durationMs / 1000} s, p50 ${quantile(latencies, 0.5)} ms, p99 ${quantile(latencies, 0.99)} ms, ` +
      `${left} left, ${malformed} wrong, ${cut} slow ones cut, ${problems.length} problems`,
  )
  return figures
}

/** Asked again for a while: what is on its way to its end ends in a few turns. */
async function settled(heldNow: () => Promise<Held>): Promise<Held> {
  let held = await heldNow()
  for (let round = 0; round < 20 && held.openAnswers + held.connections > 0; round += 1) {
    held = await heldNow()
  }
  return held
}

/** Of the rounds the one in the middle: on a machine that others use too, the worst is theirs. */
function p99(figures: readonly LoadFigures[]): number {
  const ofRounds = figures.map(({ latencies }) => Number(quantile(latencies, 0.99)))
  return Number(quantile(ofRounds, 0.5))
}

function quantile(samples: readonly number[], share: number): string {
  const sorted = samples.toSorted((left, right) => left - right)
  return (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1)
}

const mega = (bytes: number): string => (bytes / 1_000_000).toFixed(1)

const say = (text: string): void => void process.stdout.write(`${text}\n`)
