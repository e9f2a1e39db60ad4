import type { AnswerLevel } from '../answers/quality.ts'
import type { SimulatedTask } from '../models.ts'

/** Answers of one task, by how good they are. */
export type TemplateSet = Readonly<Record<AnswerLevel, readonly string[]>>

/**
 * What answers are made of. `{subject}` is what the prompt is about (`{Subject}` in a title), `{excerpt}` its beginning,
 * `{first}`, `{second}` and `{third}` sentences of the text that came with it.
 */
export const TEMPLATES: Readonly<Record<SimulatedTask, TemplateSet>> = {
  code: {
    good: [],
    fair: ['For **{subject}** I would start from this outline:'],
    poor: [
      'There are many ways to do this. You could use a loop, or maybe a library. It depends on what you need.',
      'Coding is a valuable skill! With enough practice, **{subject}** becomes easy.',
      'You should search for an example of that and adapt it to your project.',
    ],
  },
  translation: {
    good: [],
    fair: [],
    poor: [
      'The text “{excerpt}” would be written in another language. A dictionary could help you here.',
      'Languages are fascinating. I think it starts with the same letter, but I am not sure about the rest.',
    ],
  },
  summarization: {
    good: [
      '**In one sentence:** {first}\n\n**The points that carry it**\n\n- {second}\n- {third}\n\n_Left out: examples and repetitions._',
      '### {Subject}, in short\n\n1. {first}\n2. {second}\n3. {third}\n\n**Bottom line:** the first point matters most; the others follow from it.',
    ],
    fair: ['Here is a shorter version: {first} There is more about it in the text.'],
    poor: [
      'The text is about several things. It says what it says, and the reader can take from it what matters.',
      'Summary: {excerpt} … and so on.',
    ],
  },
  analysis: {
    good: [
      '### {Subject}\n\n| | For | Against |\n| --- | --- | --- |\n| Cost | low to start with | grows with use |\n| Risk | easy to undo | depends on one supplier |\n| Time | first result in days | the last tenth takes longest |\n\n**Verdict:** go ahead on a small scale, measure the cost per use for two weeks, then decide. What would change my mind: a dependency that you cannot replace.',
      '**What stands out about {subject}**\n\n1. *Cause* — most of the effect comes from one or two drivers; name them before anything else.\n2. *Evidence* — what is measured today does not tell a trend from noise.\n3. *Options* — wait, try on a part, or commit. The second buys information for little.\n\n**I would** try it on a part, with a date on which to stop.',
    ],
    fair: [
      'On **{subject}**: there are advantages (speed, lower cost) and drawbacks (risk, effort). On balance it can be worth it, depending on your goals.',
    ],
    poor: [
      'It is a complex topic with many sides. Some people like it and others do not.',
      'I looked at “{excerpt}” and it seems fine. No further remarks.',
    ],
  },
  math: {
    good: [
      'Let us take **{subject}** in steps.\n\n1. Write down what is known and name the unknown *x*.\n2. Turn the sentence into one equation.\n3. Isolate *x*, and put it back to check.\n\nThe check in step 3 is what catches a lost sign.',
    ],
    fair: ['For **{subject}**, set up an equation and solve it for the unknown.'],
    poor: [
      'Numbers can be tricky! The result is probably somewhere around 42.',
      'I would say it is a lot. A calculator would tell you more exactly.',
    ],
  },
  creative: {
    good: [],
    fair: [
      'A few lines on **{subject}**:\n\nThe sky is blue, the grass is green,\nthe nicest day I’ve ever seen.',
    ],
    poor: [
      'Roses are red, violets are blue. That is a poem.',
      'Once upon a time there was {subject}. It was nice. The end.',
    ],
  },
  slides: {
    good: [
      '# {Subject}\n\n**Slide 1 — Why now:** one number that hurts, one sentence on who feels it.\n\n**Slide 2 — What changes:** before and after, side by side.\n\n**Slide 3 — Proof:** one chart, its message as the title.\n\n**Slide 4 — Ask:** what you need, from whom, by when.\n\n_Say the title of each slide aloud: together they should tell the story._',
    ],
    fair: ['**{Subject}**\n\n1. Introduction\n2. Main part\n3. Conclusion\n4. Questions'],
    poor: ['Slides work best with pictures. Try a blue background for “{excerpt}”.'],
  },
  document: {
    good: [
      '**Subject: {subject}**\n\nDear reader,\n\nwe propose to start with a trial of four weeks. It needs no new budget, and it ends by itself if the numbers do not hold.\n\n- **Goal:** decide with evidence\n- **Owner:** one name\n- **Next step:** your answer by Friday\n\nKind regards',
    ],
    fair: [
      '**{Subject}**\n\nDear all, I am writing to you about the above. Please let me know. Regards',
    ],
    poor: ['To whom it may concern: see above. Sincerely.'],
  },
  image: {
    good: [
      'The picture shows its main subject slightly left of the middle, in soft light from the right. There is **clear separation** from the background, the colours are few and warm, and nothing is cut off at the edges.\n\nYou asked: “{excerpt}” — the answer lies in the foreground; the background adds only the setting.',
    ],
    fair: ['I can see an object in front of a background; the colours are warm.'],
    poor: ['It is a nice picture. I cannot say more about “{excerpt}”.'],
  },
  general: {
    good: [
      '**{Subject}** — the short answer first, then the reason.\n\n- *What it is:* one idea with a few simple rules behind it.\n- *Why it matters:* it decides what happens in the cases that nobody planned for.\n- *Where to begin:* take one small example of your own and follow it to the end.\n\nTell me which of the three you want to go deeper into.',
      'Good question. About **{subject}**:\n\n1. Most of it follows from one principle, and that one is easy to remember.\n2. The usual mistake is to mix up cause and habit.\n3. A quick test: explain it to somebody in two sentences.\n\nShall I give you an example from daily life?',
    ],
    fair: [
      'In short, **{subject}** is something many people ask about. It has a few aspects, and the basics are easy to learn.',
    ],
    poor: [
      'That depends on many things. There is a lot of information about it elsewhere.',
      'I am not sure what you mean by “{excerpt}”, but bananas are a good source of potassium.',
    ],
  },
}

/** Good answers to requests for something creative. */
export const CREATIVE_FORMS: Readonly<Record<'poem' | 'story', string>> = {
  poem: '*{Subject}*\n\nMorning lifts its lid —\nthe world, still warm from dreaming,\npours into my cup.\n\nI stay where the light\nfinds its way between the leaves\nand learns my first name.',
  story:
    '**{Subject}**\n\nThe lamp by the harbour had been dark for nine years when Ada climbed the stairs with a jar of fireflies under her coat. “Only until the bulb comes,” she told the keeper’s empty chair. By midnight there were eleven boats in the bay, every one of them certain that it had been called.',
}

/** Answers to questions that people try first. */
export const FACTS: readonly (readonly [RegExp, string])[] = [
  [/capital of france/i, 'The capital of France is **Paris**.'],
  [/capital of (germany|deutschland)/i, 'The capital of Germany is **Berlin**.'],
  [/capital of japan/i, 'The capital of Japan is **Tokyo**.'],
  [/capital of australia/i, 'The capital of Australia is **Canberra** (not Sydney).'],
  [
    /sky (is )?blue/i,
    'Sunlight is scattered by the air, and **blue light far more than red** (Rayleigh scattering): so blue comes to you from the whole sky.',
  ],
  [/speed of light/i, 'Light travels at **299,792,458 metres per second** in a vacuum.'],
  [/who (are|r) you|your name/i, 'I am **{model}**, as the simulator plays it.'],
  [/^\W*(hi|hello|hey|good (morning|evening))\b/i, 'Hello! What can I do for you today?'],
  [/\bping\b/i, 'Pong. I am here.'],
]

/** How an answer begins that follows a tool's result: `{tool}` and `{result}` are filled in. */
export const TOOL_RESULT_TEMPLATES: TemplateSet = {
  good: ['According to `{tool}`: {result}. That answers “{excerpt}”.'],
  fair: ['`{tool}` says: {result}.'],
  poor: ['I called `{tool}`, and it said something. I hope that helps.'],
}

/** What models think aloud before they answer. */
export const REASONING_TEMPLATES: readonly string[] = [
  'The question is about {subject}. I look for what is really asked, then answer that first.',
  'Let me take {subject} apart: what is given, what is wanted, what could go wrong.',
]
