/** One line of the text format with its number. */
export interface ParsedSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\[\\\\n"])*"'
const SAMPLE = new RegExp(`^(${NAME})(?:\\{((?:${LABEL})(?:,${LABEL})*)\\})? (\\S+)$`)

/**
 * Reads the text format of Prometheus, version 0.0.4, as strictly as its description is: every family has
 * its help and type before its samples, all of one family stand together, no sample comes twice, and
 * histograms have rising buckets that end with `+Inf` at their count.
 */
export function parsePrometheus(text: string): readonly ParsedSample[] {
  if (!text.endsWith('\n')) throw new Error('The last line must end')
  const types = new Map<string, string>()
  const helped = new Set<string>()
  const samples: ParsedSample[] = []
  const seen = new Set<string>()
  let family = ''
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`).exec(line)
    if (comment !== null) {
      const [, kind = '', name = '', rest = ''] = comment
      if (kind === 'HELP') {
        if (helped.has(name)) throw new Error(`A second HELP of ${name}`)
        helped.add(name)
      } else {
        if (types.has(name) || !helped.has(name)) throw new Error(`A stray TYPE of ${name}`)
        if (!['counter', 'gauge', 'histogram'].includes(rest)) throw new Error(`A type ${rest}`)
        types.set(name, rest)
        family = name
      }
      continue
    }
    const sample = parseSample(line)
    const isHistogram = types.get(family) === 'histogram'
    const allowed = isHistogram ? ['_bucket', '_sum', '_count'].map((end) => family + end) : [family]
    if (!allowed.includes(sample.name)) throw new Error(`${line} stands below ${family}`)
    const key = JSON.stringify([sample.name, Object.entries(sample.labels).toSorted()])
    if (seen.has(key)) throw new Error(`Twice: ${line}`)
    seen.add(key)
    samples.push(sample)
  }
  for (const [name, type] of types) if (type === 'histogram') assertHistogram(name, samples)
  return samples
}

/** The number of one sample; throws when there is none. */
export function sampleOf(
  samples: readonly ParsedSample[],
  name: string,
  labels: Readonly<Record<string, string>>,
): number {
  const wanted = JSON.stringify(Object.entries(labels).toSorted())
  const found = samples.find(
    (sample) =>
      sample.name === name && JSON.stringify(Object.entries(sample.labels).toSorted()) === wanted,
  )
  if (found === undefined) throw new Error(`There is no ${name} ${wanted}`)
  return found.value
}

function parseSample(line: string): ParsedSample {
  const match = SAMPLE.exec(line)
  if (match === null) throw new Error(`No sample: ${line}`)
  const [, name = '', labelText = '', number = ''] = match
  const labels: Record<string, string> = {}
  for (const [, label = '', value = ''] of labelText.matchAll(
    /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\n"])*)"/g,
  )) {
    if (label in labels) throw new Error(`Twice the label ${label}: ${line}`)
    labels[label] = value.replaceAll(/\\([\\n"])/g, (_, escaped: string) =>
      escaped === 'n' ? '\n' : escaped,
    )
  }
  return { name, labels, value: toNumber(number) }
}

function toNumber(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY
  if (text === 'NaN') return Number.NaN
  if (!/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(text)) throw new Error(`No number: ${text}`)
  return Number(text)
}

function assertHistogram(name: string, samples: readonly ParsedSample[]): void {
  const groups = new Map<string, ParsedSample[]>()
  for (const sample of samples) {
    if (sample.name !== `${name}_bucket`) continue
    const { le: _, ...labels } = sample.labels
    const key = JSON.stringify(labels)
    groups.set(key, [...(groups.get(key) ?? []), sample])
  }
  for (const [key, buckets] of groups) {
    const labels = JSON.parse(key) as Record<string, string>
    let [bound, count] = [Number.NEGATIVE_INFINITY, 0]
    for (const bucket of buckets) {
      const next = toNumber(bucket.labels['le'] ?? '')
      if (next <= bound || bucket.value < count) throw new Error(`Buckets of ${name} do not rise`)
      ;[bound, count] = [next, bucket.value]
    }
    if (bound !== Number.POSITIVE_INFINITY) throw new Error(`${name} has no bucket for all`)
    if (sampleOf(samples, `${name}_count`, labels) !== count) throw new Error(`${name} miscounts`)
    sampleOf(samples, `${name}_sum`, labels)
  }
}
