import type { LookupAddress } from 'node:dns'
import { lookup as systemLookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'

import type { Runtime } from '@imrs/core'
import { Agent, fetch as undiciFetch } from 'undici'
import type { RequestInit as UndiciRequestInit } from 'undici'

import { isPublicAddress } from './public-address.ts'

/** All addresses of a host name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>

/** How addresses are found and which may be used; tests bring their own. */
export interface Network {
  readonly resolve: Resolve
  readonly isAllowed: (address: string) => boolean
}

/** The system's names, and only addresses of the open internet. */
export const publicNetwork: Network = Object.freeze({
  resolve: (hostname: string) => systemLookup(hostname, { all: true }),
  isAllowed: isPublicAddress,
})

/** A host is, or has among its addresses, one that may not be used. Which one is not told. */
export class ForbiddenAddressError extends Error {
  readonly hostname: string

  constructor(hostname: string) {
    super(`${hostname} is not on the public internet`)
    this.hostname = hostname
  }
}

/**
 * The addresses of a host, all of them allowed.
 *
 * @throws ForbiddenAddressError when one of them is not.
 */
export async function checkedAddresses(
  { resolve, isAllowed }: Network,
  hostname: string,
): Promise<readonly LookupAddress[]> {
  const literal = hostname.replace(/^\[|\]$/g, '')
  const family = isIP(literal)
  const addresses = family === 0 ? await resolve(hostname) : [{ address: literal, family }]
  if (!addresses.every(({ address }) => isAllowed(address))) {
    throw new ForbiddenAddressError(hostname)
  }
  return addresses
}

/**
 * A `fetch` that resolves each name itself, once for a connection, and connects to the very
 * addresses it has checked: a name that answers differently the second time gains nothing.
 *
 * Not Node's own `fetch` with a dispatcher, since that accepts only the release of undici it was
 * built with.
 */
export function connectingFetch(network: Network): Runtime['fetch'] {
  const dispatcher = new Agent({ connect: { lookup: checkedLookup(network) } })
  return async (input, init) => {
    // An address without a name is never looked up.
    const url = new URL(input instanceof Request ? input.url : input)
    if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0)
      await checkedAddresses(network, url.hostname)
    const options = { ...init, dispatcher } as unknown as UndiciRequestInit
    return (await undiciFetch(url, options)) as unknown as Response
  }
}

/** What `net.connect` asks for the addresses of a name. */
export function checkedLookup(network: Network): LookupFunction {
  return (hostname, options, callback) => {
    checkedAddresses(network, hostname).then(
      (addresses) => {
        const [first] = addresses
        if (options.all === true) callback(null, [...addresses])
        else callback(null, first?.address ?? '', first?.family)
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, '', 0),
    )
  }
}
