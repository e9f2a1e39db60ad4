import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isPublicAddress } from './public-address.ts'

const CLOSED: readonly (readonly [string, ...string[]])[] = [
  ['unspecified', '0.0.0.0', '0.1.2.3', '::', '0:0:0:0:0:0:0:0'],
  ['loopback', '127.0.0.1', '127.255.255.254', '::1', '0000::0001'],
  ['private', '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1'],
  ['shared by a carrier', '100.64.0.1', '100.127.255.255', '100.100.100.200'],
  ['link-local', '169.254.0.1', '169.254.169.254', '169.254.170.2', 'fe80::1', 'febf::1'],
  ['unique local', 'fc00::1', 'fd00:ec2::254', 'fdff::1'],
  ['site-local', 'fec0::1'],
  ['metadata', '169.254.169.254', '168.63.129.16', '192.0.0.192', 'fd00:ec2::254'],
  ['multicast', '224.0.0.1', '239.255.255.255', 'ff02::1'],
  ['reserved', '240.0.0.1', '255.255.255.255', '192.0.0.8', '198.18.0.1', '5f00::1'],
  ['documentation', '192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  ['mapped IPv4', '::ffff:127.0.0.1', '::ffff:7f00:1', '::FFFF:10.0.0.1', '::ffff:0:0'],
  ['NAT64', '64:ff9b::7f00:1', '64:ff9b::169.254.169.254', '64:ff9b::a', '64:ff9b:1::808:808'],
  ['tunnels', '2002:7f00:1::', '2001:0:7f00:1::', '::127.0.0.1', '::8.8.8.8'],
  ['discard', '100::1'],
  ['with a zone', 'fe80::1%eth0', '2606:4700::1%1'],
  ['no address', '', 'localhost', '127.1', '0x7f000001', '2130706433', '8.8.8.8.', '[::1]'],
]

const OPEN = [
  '8.8.8.8',
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '168.63.129.15',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '192.169.0.0',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2A00:1450:4001:0000::200E',
  '2001:4860:4860::8888',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
]

describe('an address', () => {
  it.each(CLOSED)('is not public when it is %s', (_name, ...addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([])
  })

  it.each(OPEN)('is public: %s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it('is judged alike in IPv4 and wherever IPv6 holds it', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const isPublic = isPublicAddress(address)
        expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublic)
        expect(isPublicAddress(`64:ff9b::${address}`)).toBe(isPublic)
      }),
      { numRuns: 1000 },
    )
  })

  it('is judged alike in every spelling', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }), (groups) => {
        const long = groups.map((group) => group.toString(16).padStart(4, '0')).join(':')
        const short = new URL(`http://[${long}]`).hostname.slice(1, -1)
        expect(isPublicAddress(long.toUpperCase())).toBe(isPublicAddress(short))
        // Only these three bits are the open internet, apart from IPv4 inside.
        const [first = 0] = groups
        if (first >> 13 !== 1 && first !== 0 && first !== 0x64) {
          expect(isPublicAddress(long)).toBe(false)
        }
      }),
    )
  })

  it('is never public when it is no address', () => {
    fc.assert(
      fc.property(fc.domain(), (name) => {
        expect(isPublicAddress(name)).toBe(false)
      }),
    )
  })
})
