import type { Runtime } from '@imrs/core'

/** The clock that ends tokens and stamps versions, and the chance that tokens are drawn from. */
export type VaultServerRuntime = Pick<Runtime, 'now' | 'random'>
