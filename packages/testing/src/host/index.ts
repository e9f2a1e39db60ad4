export const entryName = '@imrs/testing/host'
