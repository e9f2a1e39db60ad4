import { createContext, createElement, useContext, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'

import { createImrsClient } from '../client/imrs-client.ts'
import type { ImrsClient, ImrsClientOptions } from '../client/imrs-client.ts'

const Context = createContext<ImrsClient | undefined>(undefined)

export interface ModelProviderProps extends ImrsClientOptions {
  /** A client made elsewhere; the other options are not looked at then. */
  readonly client?: ImrsClient | undefined
  readonly children?: ReactNode
}

/**
 * Gives the hooks below it one client. Without `client` it makes one of its options, once: later
 * changes of them are not seen; give it a `key` to begin anew, for another user for example.
 */
export function ModelProvider({ client, children, ...options }: ModelProviderProps): ReactElement {
  const [own] = useState(() => client ?? createImrsClient(options))
  // It is the only element of the entry, which needs no JSX runtime then.
  return createElement(Context.Provider, { value: client ?? own }, children)
}

/**
 * The client of the `ModelProvider` above.
 *
 * @throws Error when there is none.
 */
export function useImrsClient(): ImrsClient {
  const client = useContext(Context)
  if (client === undefined) throw new Error('This hook needs a <ModelProvider> above it.')
  return client
}
