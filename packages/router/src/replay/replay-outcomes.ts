import { playStream } from './play-stream.ts'
import type { PlayedStream } from './play-stream.ts'
import { resolveReplayOptions } from './replay-options.ts'
import type { ReplayOptions } from './replay-options.ts'
import { toReplayResult } from './replay-result.ts'
import type { ReplayResult } from './replay-result.ts'
import { makeScene } from './replay-scene.ts'

/**
 * Replays recorded outcomes: requests in random order, one at a time; the policy picks a model, and
 * only that model's score comes back, as a rating. The strategies are those of the router.
 *
 * The same options give the same results. Every policy is shown the same streams.
 *
 * @throws ConfigError for options that make no sense; rejects with the signal's reason when aborted.
 */
export async function replayOutcomes(options: ReplayOptions): Promise<readonly ReplayResult[]> {
  const resolved = resolveReplayOptions(options)
  const { outcomes: set, policies, runtime, signal } = resolved
  const scene = await makeScene(resolved)
  const { streams } = scene
  const results: ReplayResult[] = []
  for (const policy of policies) {
    const played: PlayedStream[] = []
    for (const stream of streams) {
      await runtime.sleep(0, signal)
      const { priorities, published, delay, days } = resolved
      played.push(playStream({ set, stream, policy, priorities, published, delay, days }))
      const done = results.length * streams.length + played.length
      resolved.onProgress?.(done, policies.length * streams.length)
    }
    results.push(toReplayResult(scene, policy, played))
  }
  return results
}
