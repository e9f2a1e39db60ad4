/**
 * A text as a number, uniform in [0, 1) over texts that differ in any way; always the same for the same
 * text. For splits, not for secrets: FNV-1a, mixed as MurmurHash does at its end.
 */
export function textHash(text: string): number {
  let hash = 0x81_1c_9d_c5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296
}
