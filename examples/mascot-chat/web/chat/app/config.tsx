import { useModels } from '@imrs/react'
import { createContext, useContext, useMemo } from 'react'
import type { ReactElement, ReactNode } from 'react'

import type { PageConfig } from '../../../src/page-config.ts'
import { createDirectory } from './directory.ts'
import type { Directory } from './directory.ts'

/** `GET /config.json`. */
export async function readConfig(): Promise<PageConfig> {
  const response = await fetch('/config.json').catch(() => undefined)
  if (response?.ok === true) return (await response.json()) as PageConfig
  const reason =
    response === undefined
      ? 'The chat server does not answer.'
      : `The server answered with status ${response.status}.`
  throw new Error(`${reason} Reload the page to try again.`)
}

export const ConfigContext = createContext<PageConfig | undefined>(undefined)

/** What the server said of the page when it began. */
export function useConfig(): PageConfig {
  const config = useContext(ConfigContext)
  if (config === undefined) throw new Error('There is no ConfigContext above.')
  return config
}

const DirectoryContext = createContext<Directory | undefined>(undefined)

/** Makes the directory anew as the list changes, once for all answers of a long conversation. */
export function DirectoryProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const config = useConfig()
  const { models, metadata } = useModels()
  const directory = useMemo(
    () => createDirectory(config, { models, metadata }),
    [config, models, metadata],
  )
  return <DirectoryContext value={directory}>{children}</DirectoryContext>
}

/** The names and the state of all models, as of now. */
export function useDirectory(): Directory {
  const directory = useContext(DirectoryContext)
  if (directory === undefined) throw new Error('There is no DirectoryProvider above.')
  return directory
}
