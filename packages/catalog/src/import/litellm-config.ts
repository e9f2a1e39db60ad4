import type { ImportSource, ParseOptions } from './import-source.ts'
import { readDeployment } from './litellm/deployment.ts'
import { readFallbacks, setPriorities } from './litellm/fallbacks.ts'
import type { Fields } from './read/fields.ts'
import { arrayOf, fieldsOf, isFields, nameOf } from './read/fields.ts'
import { SourceBuilder } from './read/source-builder.ts'

/** LiteLLM reads these from either section. */
const SECTIONS = ['router_settings', 'litellm_settings'] as const

/**
 * Reads a LiteLLM proxy configuration: the object that a YAML parser made of `config.yaml`.
 * `model_list` gives models and providers, `model_name` and `model_group_alias` give aliases,
 * `fallbacks` give priorities. Keys are never read: a row that holds one is imported without it.
 *
 * Never throws: a row that cannot be used is in `refused`.
 */
export function parseLiteLlmConfig(input: unknown, options: ParseOptions = {}): ImportSource {
  const builder = new SourceBuilder()
  const config = fieldsOf(input)
  if (!Array.isArray(config['model_list'])) {
    builder.refuse('source', 'It has no `model_list`: give the parsed object, not the YAML text.')
  }
  const groups = new Map<string, string>()
  for (const [index, value] of arrayOf(config['model_list']).entries()) {
    readDeployment(builder, { row: `model_list[${index}]`, value, options, groups })
  }
  readGroupAliases(builder, fieldsOf(config['router_settings']), groups)
  readAllFallbacks(builder, config, groups)
  return builder.build('litellm')
}

/** Reads `model_group_alias: { name: group }` and `{ name: { model: group, hidden } }`. */
function readGroupAliases(
  builder: SourceBuilder,
  settings: Fields,
  groups: Map<string, string>,
): void {
  const aliases = fieldsOf(settings['model_group_alias'])
  for (const key of Object.keys(aliases)) {
    const row = `router_settings.model_group_alias[${JSON.stringify(key)}]`
    const value = aliases[key]
    const name = nameOf(key)
    const target = groups.get(nameOf(isFields(value) ? value['model'] : value) ?? '')
    if (name === undefined || target === undefined) {
      builder.refuse(row, 'It means no group of `model_list` that was imported.')
      continue
    }
    builder.use(row, builder.nameModel(row, name, target))
    if (!groups.has(name)) groups.set(name, target)
  }
}

function readAllFallbacks(
  builder: SourceBuilder,
  config: Fields,
  groups: ReadonlyMap<string, string>,
): void {
  const steps = new Map<string, readonly string[]>()
  for (const section of SECTIONS) {
    const rows = arrayOf(fieldsOf(config[section])['fallbacks'])
    const context = { modelOf: (group: string) => groups.get(group), steps }
    readFallbacks(builder, { label: `${section}.fallbacks`, rows }, context)
  }
  setPriorities(builder, steps)
}
