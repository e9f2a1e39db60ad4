export const entryName = '@imrs/providers'
