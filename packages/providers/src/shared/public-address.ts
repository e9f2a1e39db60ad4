import { BlockList, isIP } from 'node:net'

/**
 * Ranges that lead to this machine, its network or its host's metadata, or nowhere at all, after
 * IANA's registries of special addresses.
 */
const NOT_PUBLIC_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  // Azure's virtual machines find their host here, though the range is a public one.
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/** Inside {@link PUBLIC_IPV6}; tunnels among them, since they hide an IPv4 address. */
const NOT_PUBLIC_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

/** All that IANA has given out for the open internet. */
const PUBLIC_IPV6 = ['2000::/3']

const closedIpv4 = blockList(NOT_PUBLIC_IPV4, 'ipv4')
const closedIpv6 = blockList(NOT_PUBLIC_IPV6, 'ipv6')
const openIpv6 = blockList(PUBLIC_IPV6, 'ipv6')

/** IPv4 in IPv6: mapped, and NAT64's well-known prefix. What they hold decides. */
const EMBEDDED_IPV4 = /^(?:::ffff:|64:ff9b::)(?:([\da-f]{1,4}):)?([\da-f]{1,4})$/

/**
 * Whether an IP address belongs to the open internet. Anything else is `false`: loopback, private,
 * link-local, shared (CGNAT), multicast, unspecified, documentation and metadata addresses, an
 * address with a zone, and text that is no address.
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !closedIpv4.check(address, 'ipv4')
    case 6:
      return isPublicIpv6(address)
    default:
      return false
  }
}

function isPublicIpv6(address: string): boolean {
  const shortest = shortestForm(address)
  if (shortest === undefined) return false
  const embedded = EMBEDDED_IPV4.exec(shortest)
  if (embedded !== null) return isPublicAddress(ipv4Of(embedded[1], embedded[2]))
  return openIpv6.check(shortest, 'ipv6') && !closedIpv6.check(shortest, 'ipv6')
}

/** As the URL standard writes it, which is one form for every spelling. */
function shortestForm(address: string): string | undefined {
  const url = `http://[${address}]/`
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : undefined
}

function ipv4Of(high = '0', low = '0'): string {
  const value = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16)
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')
}

function blockList(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/')
    list.addSubnet(network, Number(prefix), family)
  }
  return list
}
