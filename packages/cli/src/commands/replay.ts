import { REPLAY_LABELS, REPLAY_POLICIES } from '@imrs/router'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { flag, number, oneOf, paths, text, texts } from '../command/option.ts'
import { DATA_VARIABLE, changeOf, policyOf } from '../replay/options.ts'
import { runReplay } from '../replay/run-replay.ts'

/** `imrs replay`: recorded outcomes through the router's strategies. */
export const replayCommand: Command = defineCommand({
  name: 'replay',
  summary: 'replays recorded outcomes through the strategies of the router',
  details: `Requests come in random order, one at a time; a policy picks a model and is shown that model's score only. With --json, one line of JSON is printed for each data set and policy.`,
  options: {
    data: paths(
      '--data <folder>',
      `a folder with an outcomes.jsonl, or one with such folders in it; may be repeated. Default: the folder in ${DATA_VARIABLE}`,
    ),
    split: text('--split <name>', 'only lines whose `split` is this'),
    bench: text('--bench <name>', 'only lines whose `bench` is this'),
    limit: number('--limit <n>', 'the most requests of a stream'),
    policies: texts(
      '--policy <names>',
      `${REPLAY_POLICIES.join(', ')}, and experiment:<a>+<b> of two strategies; with commas between, or repeated. Default: adaptive,weighted,random`,
    ),
    priorities: text('--priorities <file>', 'JSON, { "model": 0 to 100, … }. Default: 50 for all'),
    costQuality: number(
      '--cost-quality <d>',
      'the dial of adaptive: 0 is quality only, 1 price only',
    ),
    seeds: number('--seeds <n>', 'random orders. Default: 20'),
    feedback: number('--feedback <share>', 'of answers that are rated. Default: 1'),
    delay: number('--delay <n>', 'ratings come so many requests later. Default: 0'),
    label: oneOf('--label <kind>', 'what is known of the task. Default: task', REPLAY_LABELS),
    noise: number('--noise <share>', 'of wrong labels, with --label noisy. Default: 0.2'),
    days: number('--days <n>', 'how long a stream lasts, for ratings that fade. Default: 28'),
    isCold: flag('--cold', 'half of the models join one by one'),
    degrade: text(
      '--degrade <model@share>',
      'its scores halve silently at that share of the stream: best@0.5',
    ),
    improve: flag('--improve', 'the best model joins at half of the stream'),
    svg: text('--svg <file>', 'plots reward over time; with several data sets, one file for each'),
    protocol: oneOf(
      '--protocol <name>',
      'routellm: a text model against prompt length, as RouteLLM measured. Default: replay',
      ['replay', 'routellm'],
    ),
  },
  run: async (context, { options }) => {
    const { policies, degrade, improve, protocol = 'replay', ...others } = options
    const names = policies.length === 0 ? ['adaptive', 'weighted', 'random'] : policies
    await runReplay(context, {
      ...others,
      protocol,
      policies: names.map(policyOf),
      degrade: degrade === undefined ? undefined : changeOf('--degrade', degrade),
      improve: improve ? { model: 'best', at: 0.5 } : undefined,
    })
  },
})
