export const entryName = '@imrs/store-kysely'
