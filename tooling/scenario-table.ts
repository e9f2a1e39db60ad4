import { CONFORMANCE_SCENARIOS, SCENARIO_GROUPS } from '@imrs/testing/conformance'
import type { ConformanceScenario, ScenarioGroup } from '@imrs/testing/conformance'

const START = '<!-- scenarios: written by tooling/failure-contract.ts -->'
const END = '<!-- /scenarios -->'

/** The page with its table of scenarios as the suite has them. */
export function contractWithTable(page: string): string {
  const [start, end] = [page.indexOf(START), page.indexOf(END)]
  if (start < 0 || end < start) throw new Error(`The page lacks ${START} or ${END}`)
  return `${page.slice(0, start)}${START}\n\n${scenarioTables()}\n${page.slice(end)}`
}

/** What stands above the table. */
export function promisesOf(page: string): string {
  return page.slice(0, page.indexOf(START))
}

function scenarioTables(): string {
  const groups = Object.keys(SCENARIO_GROUPS) as ScenarioGroup[]
  return groups.map(tableOf).join('\n')
}

function tableOf(group: ScenarioGroup): string {
  const rows = CONFORMANCE_SCENARIOS.filter((scenario) => scenario.group === group).map(rowOf)
  const head = '| scenario | promise | needs |\n| --- | --- | --- |'
  return `### ${SCENARIO_GROUPS[group]}\n\n${head}\n${rows.join('\n')}\n`
}

function rowOf({ id, title, needs, dialects }: ConformanceScenario): string {
  const abilities = needs.filter((need) => need !== 'faults')
  const only = dialects === undefined ? [] : [`format ${dialects.join(', ')}`]
  return `| \`${id}\` | ${title.replaceAll('|', '\\|')} | ${[...abilities, ...only].join('; ')} |`
}
