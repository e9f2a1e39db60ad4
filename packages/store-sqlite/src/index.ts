export const entryName = '@imrs/store-sqlite'
