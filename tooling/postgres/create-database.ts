import { randomUUID } from 'node:crypto'

import { Client } from 'pg'

/** A database of its own for a test. */
export interface TestDatabase {
  readonly url: string
  readonly drop: () => Promise<void>
}

/** Makes an empty database on the server. */
export async function createDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `imrs_test_${randomUUID().replaceAll('-', '')}`
  await execute(serverUrl, `create database "${name}"`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => execute(serverUrl, `drop database if exists "${name}" with (force)`),
  }
}

async function execute(serverUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
