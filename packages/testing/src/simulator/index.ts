export const entryName = '@imrs/testing/simulator'
