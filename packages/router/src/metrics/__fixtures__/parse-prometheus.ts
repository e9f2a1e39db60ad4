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
  const families = new Families()
  const samples = new Map<string, ParsedSample>()
  for (const line of text.slice(0, -1).split('\n')) {
    if (families.takes(line)) continue
    const sample = parseSample(line)
    families.assertOwn(sample)
    const key = `${sample.name} ${keyOf(sample.labels)}`
    if (samples.has(key)) throw new Error(`Twice: ${line}`)
    samples.set(key, sample)
  }
  const all = [...samples.values()]
  for (const name of families.histograms()) assertHistogram(name, all)
  return all
}

const COMMENT = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`)

/** What comments have said of families. */
class Families {
  readonly #types = new Map<string, string>()
  readonly #helped = new Set<string>()
  #current = ''

  /** Whether the line was a comment. */
  takes(line: string): boolean {
    const match = COMMENT.exec(line)
    if (match === null) return false
    const [, kind = '', name = '', rest = ''] = match
    if (kind === 'HELP') this.#help(name)
    else this.#type(name, rest)
    return true
  }

  assertOwn({ name }: ParsedSample): void {
    const current = this.#current
    const isHistogram = this.#types.get(current) === 'histogram'
    const ends = isHistogram ? ['_bucket', '_sum', '_count'] : ['']
    if (!ends.some((end) => name === current + end)) {
      throw new Error(`${name} stands below ${current}`)
    }
  }

  histograms(): readonly string[] {
    return [...this.#types].filter(([, type]) => type === 'histogram').map(([name]) => name)
  }

  #help(name: string): void {
    if (this.#helped.has(name)) throw new Error(`A second HELP of ${name}`)
    this.#helped.add(name)
  }

  #type(name: string, type: string): void {
    if (this.#types.has(name) || !this.#helped.has(name)) throw new Error(`A stray TYPE of ${name}`)
    if (!['counter', 'gauge', 'histogram'].includes(type)) throw new Error(`A type ${type}`)
    this.#types.set(name, type)
    this.#current = name
  }
}

/** The same for the same labels, in whatever order. */
function keyOf(labels: Readonly<Record<string, string>>): string {
  const names = Object.keys(labels).toSorted((left, right) => (left < right ? -1 : 1))
  return JSON.stringify(names.map((name) => [name, labels[name]]))
}

/** The number of one sample; throws when there is none. */
export function sampleOf(
  samples: readonly ParsedSample[],
  name: string,
  labels: Readonly<Record<string, string>>,
): number {
  const wanted = keyOf(labels)
  const found = samples.find(
    (sample) => sample.name === name && keyOf(sample.labels) === wanted,
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
