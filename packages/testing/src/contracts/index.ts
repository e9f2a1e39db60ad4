export const entryName = '@imrs/testing/contracts'
