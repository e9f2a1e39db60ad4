import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

import { readOutcomes } from '@imrs/router'
import type { ReadOutcomes } from '@imrs/router'

import { UsageError } from '../command/usage-error.ts'
import type { CommandContext } from '../context/command-context.ts'
import { DATA_VARIABLE } from './options.ts'

/** A file of outcomes and what it is called. */
export interface DataSet {
  readonly name: string
  readonly file: string
}

const FILE_NAME = 'outcomes.jsonl'

/**
 * The data sets in these folders, each once, in the order they are given and then of their names.
 *
 * @throws UsageError where there are none.
 */
export function findDataSets(
  folders: readonly string[],
  { folder: from, runtime }: Pick<CommandContext, 'folder' | 'runtime'>,
): readonly DataSet[] {
  const byDefault = runtime.environment(DATA_VARIABLE)
  const given = folders.length > 0 || byDefault === undefined ? folders : [byDefault]
  if (given.length === 0) {
    throw new UsageError(
      `No data: say --data <folder with an ${FILE_NAME}>, or put the folder into ${DATA_VARIABLE}`,
    )
  }
  const files = [...new Set(given.flatMap((each) => filesIn(from, each)))]
  const short = files.map((file) => basename(dirname(file)))
  return files.map((file, place) => {
    const name = short[place] ?? ''
    const isAlone = short.filter((other) => other === name).length === 1
    return { file, name: isAlone ? name : `${basename(dirname(dirname(file)))}/${name}` }
  })
}

/** Reads a data set line by line. */
export function readDataSet(
  { file, name }: DataSet,
  parts: { readonly split: string | undefined; readonly bench: string | undefined },
): Promise<ReadOutcomes> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })
  return readOutcomes(lines, { name, ...parts })
}

function filesIn(from: string, folder: string): readonly string[] {
  const path = resolve(from, folder)
  if (!existsSync(path)) throw new UsageError(`There is no folder ${folder}`)
  if (path.endsWith('.jsonl')) return [path]
  if (existsSync(join(path, FILE_NAME))) return [join(path, FILE_NAME)]
  const inside = readdirSync(path)
    .toSorted()
    .map((name) => join(path, name, FILE_NAME))
    .filter((file) => existsSync(file))
  if (inside.length > 0) return inside
  throw new UsageError(`There is no ${FILE_NAME} in ${folder}, nor in a folder in it`)
}
