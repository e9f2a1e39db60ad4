export const entryName = '@imrs/catalog'
