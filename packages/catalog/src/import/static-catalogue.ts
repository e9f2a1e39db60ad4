import type { ImportSource, ParseOptions } from './import-source.ts'
import type { Fields } from './read/fields.ts'
import { arrayOf, fieldsOf, firstName, isFields, nameOf, pick } from './read/fields.ts'
import { identify } from './read/identity.ts'
import { readMigrations } from './read/migrations.ts'
import type { PriceNames } from './read/prices.ts'
import { readPricing } from './read/prices.ts'
import { readModel, stated } from './read/read-model.ts'
import { SourceBuilder, idOf } from './read/source-builder.ts'

const PRICES: PriceNames = {
  perMillion: { input: ['pricing_input'], output: ['pricing_output'] },
  perToken: {},
}
const NESTED_PRICES: PriceNames = {
  perMillion: {},
  perToken: { input: ['input'], output: ['output'] },
}

/**
 * Reads a static catalogue: `{ MODELS, modelDetails, defaultModel }`, and `MODEL_MIGRATIONS` where
 * there are any. Ids are `provider/model`, or bare with a `provider` in the details; the old id
 * stays a name of the model. Prices are per token, as in `pricing: { input, output }`.
 *
 * Never throws: a row that cannot be used is in `refused`.
 */
export function parseStaticCatalogue(input: unknown, options: ParseOptions = {}): ImportSource {
  const builder = new SourceBuilder()
  const source = fieldsOf(input)
  const details = fieldsOf(source['modelDetails'])
  const listed = Array.isArray(source['MODELS']) || isFields(source['modelDetails'])
  if (!listed) builder.refuse('source', 'It has neither `MODELS` nor `modelDetails`.')
  for (const id of Object.keys(details)) {
    const row = `modelDetails[${JSON.stringify(id)}]`
    readEntry(builder, { row, id, value: details[id], options })
  }
  const seen = new Set<string>()
  for (const [index, value] of arrayOf(source['MODELS']).entries()) {
    readListed(builder, { row: `MODELS[${index}]`, value, options, seen, details })
  }
  const migrations = arrayOf(source['MODEL_MIGRATIONS'] ?? source['migrations'])
  readMigrations(builder, { label: 'MODEL_MIGRATIONS', rows: migrations, options })
  return builder.build('static-catalogue', nameOf(source['defaultModel']))
}

interface Entry {
  readonly row: string
  readonly id: string
  readonly value: unknown
  readonly options: ParseOptions
}

function readEntry(builder: SourceBuilder, { row, id, value, options }: Entry): void {
  const name = nameOf(id)
  if (name === undefined) return builder.refuse(row, 'Its id cannot be the name of a model.')
  if (!isFields(value)) return builder.refuse(row, 'Its details are no object.')
  const identity = identify({ name, provider: firstName(value, 'provider') }, options)
  if ('reason' in identity) return builder.refuse(row, identity.reason)
  const known = builder.modelOf(idOf(identity))
  if (known !== undefined) return builder.refuse(row, `It repeats ${known.row}, which is kept.`)
  const { fields, notes } = readModel(value, PRICES)
  const pricing = fields.pricing ?? readPricing(fieldsOf(pick(value, 'pricing')), NESTED_PRICES)
  const displayName = fields.displayName ?? firstName(value, 'name')
  builder.addModel(stated({ ...fields, row, ...identity, displayName, pricing }))
  builder.use(row, [...notes, ...builder.nameModel(row, name, idOf(identity))])
}

interface Listed {
  readonly row: string
  readonly value: unknown
  readonly options: ParseOptions
  /** Names that earlier places of the list had. */
  readonly seen: Set<string>
  readonly details: Fields
}

/** An entry of `MODELS`: an id whose details were read before, an id without any, or an object. */
function readListed(builder: SourceBuilder, listed: Listed): void {
  const { row, value, options, seen, details } = listed
  const id = isFields(value) ? firstName(value, 'id', 'name') : nameOf(value)
  if (id === undefined) return builder.refuse(row, 'It is no id and has none.')
  if (seen.has(id)) return builder.refuse(row, 'It is in the list twice.')
  seen.add(id)
  if (!Object.hasOwn(details, id)) {
    return readEntry(builder, { row, id, value: isFields(value) ? value : {}, options })
  }
  const isKnown = builder.modelOf(id) !== undefined || builder.aliasOf(id) !== undefined
  if (isKnown) builder.use(row)
  else builder.refuse(row, 'Its details could not be used.')
}
