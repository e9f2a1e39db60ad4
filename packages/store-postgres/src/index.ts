export const entryName = '@imrs/store-postgres'
